"""The articles of another archive: those not known here, and what is newer of those that are."""

from collections.abc import Sequence
from typing import Any

from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.merging.disputes import Dispute
from borneone_crawler.archive.merging.dumps import dumps_first
from borneone_crawler.archive.merging.history import History
from borneone_crawler.archive.merging.pairs import Pair
from borneone_crawler.archive.merging.report import Merged
from borneone_crawler.archive.merging.states import ArticleState
from borneone_crawler.archive.merging.whereabouts import set_gone, set_gone_since
from borneone_crawler.archive.sqlite.rows import copied
from borneone_crawler.items import Kind, Link

# `looked_at`: when it was last known whether the page is there, and what it shows.
_ARTICLE = """
SELECT a.*, max(
    a.last_seen_at, coalesce(a.gone_at, ''), coalesce((
        SELECT checked_at FROM {0}.urls AS u
        WHERE u.url = a.url AND u.http_status < 500 AND u.state IN ('stored', 'gone')), '')
) AS looked_at,
    EXISTS (SELECT 1 FROM {0}.readings WHERE id = a.reading_id AND dump_id IS NOT NULL) AS is_dump
FROM {0}.articles AS a WHERE a.id = ?
"""

_SECTIONS = """
SELECT s.url, s.name
FROM {0}.article_sections AS x JOIN {0}.sections AS s ON s.id = x.section_id
WHERE x.article_id = ? AND s.slug IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM main.sections AS o WHERE o.slug = s.slug AND o.name <> s.name)
ORDER BY x.position
"""

_CRAWLED = """
SELECT count(*) FROM reading_captures AS x JOIN captures AS c ON c.id = x.capture_id
WHERE x.reading_id = ? AND (c.origin IS NULL OR c.origin LIKE 'merge %')
"""

Row = dict[str, Any]


class ArticleMerge:
    """Merges article by article. Transactions are the caller's."""

    def __init__(self, archive: Archive, history: History, merged: Merged) -> None:
        self._archive = archive
        self._db = archive.db
        self._history = history
        self._merged = merged
        self.disputed: list[Dispute] = []
        self.displaced: set[int] = set()
        """Articles of ours whose address another one has now."""

    def take_in(self, pair: Pair) -> int | None:
        """Bring one article in. Returns its id here; None when nothing of it can be."""
        theirs = self._row("other", pair.theirs)
        found = self._history.sound(pair.theirs, theirs["url"])
        if not found:
            return pair.ours
        if pair.ours is None:
            return self._new(theirs, found)
        self._known(pair.ours, theirs, found)
        return pair.ours

    def _new(self, theirs: Row, found: Sequence[ArticleState]) -> int:
        holder = self._holder(theirs["url"])
        is_later = holder is None or holder["last_seen_at"] < theirs["last_seen_at"]
        if holder is not None:
            # The one that was seen there earlier gives way; here that is ours, or only for a
            # moment, so that the ledger tells whose the address was before.
            self._displace(holder["id"])
        article_id = copied(
            self._db, "articles", theirs["id"], revision_id=None, reading_id=None, compared=None
        )
        # Where our own chain knows another article by that address, it must know this one too.
        known = self._db.execute(
            "SELECT 1 FROM ledger WHERE url = ? AND chain = ?",
            [theirs["url"], self._archive.ledger.chain],
        ).fetchone()
        placed = self._history.take_in(article_id, theirs["url"], found, seal=known is not None)
        self._show(article_id, placed.at.get(theirs["revision_id"]), "other", theirs)
        if holder is not None and not is_later:
            self._archive.addresses.give_way(article_id)
            away = self._address(holder["id"])
            self._archive.addresses.move(holder["id"], away, theirs["url"])
            self.displaced.discard(holder["id"])
        url = self._address(article_id)
        self._set_counters(article_id, theirs)
        set_gone_since(self._archive, article_id, url, theirs["looked_at"])
        self._merged.articles += 1
        return article_id

    def _holder(self, url: str) -> Row | None:
        return next(
            self._db.query("SELECT id, last_seen_at FROM articles WHERE url = ?", [url]), None
        )

    def _address(self, article_id: int) -> str:
        (url,) = self._db.execute("SELECT url FROM articles WHERE id = ?", [article_id]).fetchone()
        return str(url)

    def _known(self, article_id: int, theirs: Row, found: Sequence[ArticleState]) -> None:
        ours = self._row("main", article_id)
        placed = self._history.take_in(article_id, ours["url"], found)
        dumps_first(self._archive, article_id)
        if ours["is_dump"] != theirs["is_dump"]:
            # Nobody has seen a page where there is only a text dump: what the other saw counts.
            (ours if ours["is_dump"] else theirs).update(last_seen_at="", looked_at="")
        newer = theirs["last_seen_at"] > ours["last_seen_at"]
        if newer and theirs["url"] != ours["url"]:
            self._move(article_id, ours["url"], theirs)
        # It shows what was seen last, by whichever of the two.
        side, source = ("other", theirs) if newer else ("main", ours)
        last = placed.at.get(theirs["revision_id"]) if newer else ours["revision_id"]
        if newer or placed.added:
            last = self._undisputed(article_id, last, source["last_seen_at"])
        shown = self._show(article_id, last, side, source)
        changed = self._see(article_id, ours, theirs) or shown
        if shown or newer:
            self._set_counters(article_id, source)
        if theirs["looked_at"] > ours["looked_at"]:
            changed |= set_gone(self._archive, article_id, ours, theirs)
        self._merged.changes += bool(changed or newer)

    def _show(self, article_id: int, revision_id: int | None, side: str, source: Row) -> bool:
        """Show a state; the newest where it is not said which."""
        revisions = self._archive.revisions.of(article_id)
        state = next((one for one in revisions if one.id == revision_id), revisions[-1])
        links = self._sections(side, source["id"])
        return self._archive.articles.show_state(article_id, state, links)

    def _move(self, article_id: int, held: str, theirs: Row) -> None:
        """It stands where the other archive saw it later, unless another article does."""
        holder = self._holder(theirs["url"])
        if holder is not None:
            if holder["last_seen_at"] >= theirs["last_seen_at"]:
                return
            self._displace(holder["id"])
        self._archive.addresses.move(article_id, held, theirs["url"])

    def _displace(self, article_id: int) -> None:
        self._archive.addresses.give_way(article_id)
        self.displaced.add(article_id)

    def _see(self, article_id: int, ours: Row, theirs: Row) -> bool:
        """First and last seen by whichever of the two. Returns whether that is news."""
        first = min(ours["first_seen_at"], theirs["first_seen_at"])
        last = max(ours["last_seen_at"], theirs["last_seen_at"])
        if (first, last) == (ours["first_seen_at"], ours["last_seen_at"]):
            return False
        self._db.execute(
            "UPDATE articles SET first_seen_at = ?, last_seen_at = ? WHERE id = ?",
            [first, last, article_id],
        )
        return True

    def _set_counters(self, article_id: int, source: Row) -> None:
        """What is no content, as it was seen last with the content that is shown."""
        self._db.execute(
            """UPDATE articles SET comment_count = :comment_count,
                   date_modified = coalesce(:date_modified, date_modified)
               WHERE id = :id AND content_digest = :content_digest""",
            source | {"id": article_id},
        )

    def _undisputed(self, article_id: int, last: int | None, seen_again_at: str) -> int | None:
        """The state that was seen last, unless there is a newer one: then somebody saw it change,
        and nobody saw it change back. What others captured between two sightings is no such."""
        newest = self._archive.revisions.of(article_id)[-1]
        crawled = self._db.execute(_CRAWLED, [newest.reading_id]).fetchone()[0]
        if last == newest.id or (not crawled and seen_again_at > newest.seen_at):
            return last
        if seen_again_at > newest.seen_at:
            self.disputed.append(Dispute(article_id, newest.seen_at, seen_again_at))
        return newest.id

    def _sections(self, schema: str, article_id: int) -> list[Link]:
        """Where its sections are, which the readings do not keep; those that have another name
        here by now are left out, so that an old name does not come back."""
        rows = self._db.query(_SECTIONS.format(schema), [article_id])
        return [Link(url=row["url"], kind=Kind.LISTING, text=row["name"]) for row in rows]

    def _row(self, schema: str, article_id: int) -> Row:
        (row,) = self._db.query(_ARTICLE.format(schema), [article_id])
        return dict(row)
