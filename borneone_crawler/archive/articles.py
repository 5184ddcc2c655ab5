"""Decides what a reading is to the archive: a new article, another state of one, or the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from sqlite_utils import Database

from borneone_crawler.archive.current import CurrentState
from borneone_crawler.archive.ledger import Event, Ledger
from borneone_crawler.archive.rereading import Rereader, flags_of, reads_worse
from borneone_crawler.archive.revisions import Reader, Revision, Revisions
from borneone_crawler.archive.stored import content_digest, digest
from borneone_crawler.items import Article, Link, RawPage, Reading


class Effect(StrEnum):
    """What storing a reading did."""

    NEW = "new"
    REVISED = "revised"
    UNCHANGED = "unchanged"
    WITHHELD = "withheld"
    """Nothing: the article was taken down here."""


@dataclass(frozen=True, slots=True)
class Stored:
    article_id: int
    effect: Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """How a reading was come by."""

    asked: str
    """Identity of the URL that was read."""
    known_as: int | None
    """The article it stood for before."""
    claim: str | None
    """Identity of the page's rel=canonical, where it may be believed."""
    captures: Sequence[int]
    """What was read, in the order of the article's pages."""
    seen_at: str
    """When it was fetched."""
    run_id: int
    now: str
    is_live: bool = True
    """False for what others captured: it says what once was, never what is now."""


class Articles:
    """Writes articles, their revisions and readings. Transactions are the caller's."""

    def __init__(
        self,
        database: Database,
        current: CurrentState,
        revisions: Revisions,
        ledger: Ledger,
        reader: Reader,
        raw_pages: Callable[[Sequence[int]], list[RawPage]],
    ) -> None:
        self._db = database
        self._current = current
        self._revisions = revisions
        self._ledger = ledger
        self._reader = reader
        self._rereader = Rereader(revisions, reader, raw_pages)

    def store(self, reading: Reading, sighting: Sighting) -> Stored:
        """Store a reading as a new article, a new revision of one, or a sighting of the same."""
        article = reading.article
        article_id = self._same_article(article, sighting)
        if article_id is None:
            article.url = self._url_of_new(article, sighting)
            article_id = self._current.insert(reading, sighting.seen_at)
            self._append(article_id, reading, sighting)
            return Stored(article_id, Effect.NEW)
        if self._is_withheld(article_id):
            return Stored(article_id, Effect.WITHHELD)
        last_seen = self._last_seen(article_id)
        if sighting.seen_at < last_seen or (
            not sighting.is_live and sighting.seen_at == last_seen
        ):
            return Stored(article_id, self._store_earlier(article_id, reading, sighting))
        if sighting.is_live:
            self._move(article_id, article, sighting)
            self._come_back(article_id)
        else:
            article.url = self._url_of(article_id)
        shown = self._like_with_like(self._revisions.shown(article_id), sighting)
        if content_digest(article) == shown.content_digest:
            self._current.see_again(article_id, article, sighting.seen_at)
            return Stored(article_id, Effect.UNCHANGED)
        self._append(article_id, reading, sighting)
        self._current.show(article_id, reading)
        self._current.see_again(article_id, article, sighting.seen_at)
        return Stored(article_id, Effect.REVISED)

    def _store_earlier(self, article_id: int, reading: Reading, sighting: Sighting) -> Effect:
        """A capture older than the newest sighting: a state of its own, if neither the state
        before it nor the one after it is the same. What the article shows stays."""
        reading.article.url = self._url_of(article_id)
        held = self._revisions.of(article_id)
        until = [one for one in held if one.seen_at <= sighting.seen_at][-1:]
        after = [one for one in held if one.seen_at > sighting.seen_at][:1]
        digests = {self._like_with_like(one, sighting).content_digest for one in (*until, *after)}
        self._db.execute(
            "UPDATE articles SET first_seen_at = min(first_seen_at, ?) WHERE id = ?",
            [sighting.seen_at, article_id],
        )
        if content_digest(reading.article) in digests:
            return Effect.UNCHANGED
        revision = self._append_revision(article_id, reading, sighting)
        if not after and revision.content_digest == self._content_of(article_id):
            # What the article shows had not always been there since it was first seen.
            self._show_revision(article_id, revision.id, revision.reading_id)
        return Effect.REVISED

    def reads_worse(self, article_id: int, reading: Reading) -> str | None:
        """Why a page must not replace what is held of its article (rereading.reads_worse)."""
        row = self._db.execute(
            "SELECT word_count, headline, flags FROM articles WHERE id = ?", [article_id]
        ).fetchone()
        return reads_worse(reading, int(row[0]), row[1], flags_of(row[2]))

    def reread(self, revision: Revision, reading: Reading, *, now: str, run_id: int) -> Revision:
        """Take what today's reader makes of a revision for its reading; an article that shows
        the revision shows the new reading. Never an edit by the newsroom."""
        held = self._revisions.reading(revision.reading_id).article
        reading.article.url = held.url
        reading_id = self._revisions.add_reading(revision, reading, now=now, run_id=run_id)
        row = self._db.execute(
            """SELECT url, comment_count, date_modified FROM articles
               WHERE id = ? AND revision_id = ?""",
            [revision.article_id, revision.id],
        ).fetchone()
        if row is not None and reading_id != revision.reading_id:
            shown = self._revisions.reading(reading_id)
            shown.article.url, shown.links = row[0], reading.links
            # What a later sighting of the same content has moved on is not taken back.
            if row[1] != held.comment_count:
                shown.article.comment_count = row[1]
            if row[2] != held.date_modified:
                shown.article.date_modified = row[2]
            self._current.show(revision.article_id, shown)
            self._show_revision(revision.article_id, revision.id, reading_id)
        return next(v for v in self._revisions.of(revision.article_id) if v.id == revision.id)

    def unmodified(self, article_id: int, now: str) -> None:
        """The site says that the page is as it was when it was read last."""
        self._come_back(article_id)
        self._db.execute("UPDATE articles SET last_seen_at = ? WHERE id = ?", [now, article_id])

    def redirected(self, article_id: int, asked: str, target: str) -> None:
        """The address leads to another page now. If it is the article's own, that is marked;
        the text stays."""
        changed = self._db.execute(
            """UPDATE articles SET redirected_to = :target
               WHERE id = :id AND url = :asked AND redirected_to IS NOT :target""",
            {"id": article_id, "asked": asked, "target": target},
        ).rowcount
        if changed:
            self._ledger.append(Event.REDIRECTED, asked, detail=target)

    def gone(self, article_id: int, asked: str, now: str) -> None:
        """The page is not there any more. If it is the article's own address, the newsroom has
        taken it down; the text stays, marked."""
        changed = self._db.execute(
            "UPDATE articles SET gone_at = ? WHERE id = ? AND url = ? AND gone_at IS NULL",
            [now, article_id, asked],
        ).rowcount
        if changed:
            self._ledger.append(Event.GONE, asked)

    def _come_back(self, article_id: int) -> None:
        row = self._db.execute(
            """SELECT url FROM articles
               WHERE id = ? AND (gone_at IS NOT NULL OR redirected_to IS NOT NULL)""",
            [article_id],
        ).fetchone()
        if row is not None:
            self._db.execute(
                "UPDATE articles SET gone_at = NULL, redirected_to = NULL WHERE id = ?",
                [article_id],
            )
            self._ledger.append(Event.BACK, row[0])

    def _append(self, article_id: int, reading: Reading, sighting: Sighting) -> None:
        revision = self._append_revision(article_id, reading, sighting)
        self._show_revision(article_id, revision.id, revision.reading_id)

    def _append_revision(self, article_id: int, reading: Reading, sighting: Sighting) -> Revision:
        return self._revisions.append(
            article_id,
            reading,
            sighting.captures,
            seen_at=sighting.seen_at,
            now=sighting.now,
            run_id=sighting.run_id,
        )

    def _show_revision(self, article_id: int, revision_id: int, reading_id: int) -> None:
        self._db.execute(
            "UPDATE articles SET revision_id = ?, reading_id = ? WHERE id = ?",
            [revision_id, reading_id, article_id],
        )

    def _like_with_like(self, shown: Revision, sighting: Sighting) -> Revision:
        """What is held, as today's reader reads it: where another version made it, its captures
        are read again first, so that only the newsroom's changes count as edits."""
        if shown.read_with == self._reader.version:
            return shown
        again = self._rereader.read(shown).after
        if again is None:
            return shown  # what can be read no more is compared as it stands
        return self.reread(shown, again, now=sighting.now, run_id=sighting.run_id)

    def _same_article(self, article: Article, sighting: Sighting) -> int | None:
        """The article in the archive that this page is, if it is one of them.

        The post id alone never decides (another post may have taken it after a move of the
        site), but an id that differs always does: a slug that was used again is another article.
        """
        row = self._db.execute(
            """SELECT id FROM articles
               WHERE (id = :known_as OR url = :asked)
                   AND (post_id IS NULL OR :post_id IS NULL OR post_id = :post_id)
               UNION ALL
               SELECT id FROM articles
               WHERE post_id = :post_id
                   AND (url IN (:claim, :by_number) OR date_published = :date_published)
               LIMIT 1""",
            {
                "known_as": sighting.known_as,
                "asked": sighting.asked,
                "claim": sighting.claim,
                "by_number": _by_number(sighting.asked, article.post_id),
                "post_id": article.post_id,
                "date_published": article.date_published,
            },
        ).fetchone()
        return int(row[0]) if row else self._taken_down(article, sighting.claim)

    def _taken_down(self, article: Article, claim: str | None) -> int | None:
        """The article that was taken down here, if it is what now stands at another address: of
        the same number and date, or with the same content, or calling itself by its address."""
        row = self._db.execute(
            """SELECT t.article_id FROM takedowns AS t JOIN articles AS a ON a.id = t.article_id
               WHERE t.identity = :identity
                   OR (a.url = :claim
                       AND (a.post_id IS NULL OR :post_id IS NULL OR a.post_id = :post_id))
                   OR EXISTS (
                       SELECT 1 FROM json_each(t.digests)
                       WHERE value ->> '$.content_digest' = :content)
               LIMIT 1""",
            {
                "identity": identity_digest(article.post_id, article.date_published),
                "claim": claim,
                "post_id": article.post_id,
                "content": content_digest(article),
            },
        ).fetchone()
        return int(row[0]) if row else None

    def _url_of(self, article_id: int) -> str:
        row = self._db.execute("SELECT url FROM articles WHERE id = ?", [article_id]).fetchone()
        return str(row[0])

    def _content_of(self, article_id: int) -> str:
        row = self._db.execute(
            "SELECT content_digest FROM articles WHERE id = ?", [article_id]
        ).fetchone()
        return str(row[0])

    def _last_seen(self, article_id: int) -> str:
        row = self._db.execute(
            "SELECT last_seen_at FROM articles WHERE id = ?", [article_id]
        ).fetchone()
        return str(row[0])

    def _is_withheld(self, article_id: int) -> bool:
        return bool(
            self._db.execute(
                "SELECT 1 FROM takedowns WHERE article_id = ?", [article_id]
            ).fetchone()
        )

    def _move(self, article_id: int, article: Article, sighting: Sighting) -> None:
        """Give the article the address of the page that names itself canonical."""
        article.url = held = self._url_of(article_id)
        if sighting.claim == sighting.asked != held:
            article.url = self._free_url(sighting.asked, article_id, held)
        if article.url != held:
            self._db.execute(
                "UPDATE articles SET url = ?, redirected_to = NULL WHERE id = ?",
                [article.url, article_id],
            )
            self._ledger.append(Event.MOVED, article.url, detail=held)

    def _url_of_new(self, article: Article, sighting: Sighting) -> str:
        """Where an article that is not held yet stands: where it was met, unless another post was
        met there later."""
        numbered = _by_number(sighting.asked, article.post_id)
        later = self._db.execute(
            "SELECT 1 FROM articles WHERE url = ? AND last_seen_at > ?",
            [sighting.asked, sighting.seen_at],
        ).fetchone()
        if later is not None and numbered is not None:
            return numbered
        return self._free_url(sighting.asked, None, sighting.asked)

    def _free_url(self, wanted: str, article_id: int | None, otherwise: str) -> str:
        """`wanted`, unless another article stands there: then that one's address says so.

        A slug that was given to a new post belongs to the new one; the older article keeps its
        place under an address that WordPress gives every post, or under a mark of its own.
        """
        row = self._db.execute("SELECT id FROM articles WHERE url = ?", [wanted]).fetchone()
        if row is None or row[0] == article_id:
            return wanted
        if article_id is not None:
            return otherwise
        self.give_way(int(row[0]))
        return wanted

    def give_way(self, article_id: int) -> None:
        """Have an article leave its address to another one."""
        held, post_id = self._db.execute(
            "SELECT url, post_id FROM articles WHERE id = ?", [article_id]
        ).fetchone()
        address = spare_address(held, post_id, article_id)
        if self._db.execute("SELECT 1 FROM articles WHERE url = ?", [address]).fetchone():
            address = spare_address(held, None, article_id)  # a post number that was given twice
        self.move(article_id, held, address)

    def move(self, article_id: int, held: str, address: str) -> None:
        """Give an article another address, and say so in the ledger."""
        self._db.execute("UPDATE articles SET url = ? WHERE id = ?", [address, article_id])
        self._ledger.append(Event.MOVED, address, detail=held)

    def show_state(self, article_id: int, revision: Revision, links: Sequence[Link]) -> bool:
        """Have an article show this state of it; `links` name the sections of that. False if it
        does already."""
        url, *shown = self._db.execute(
            "SELECT url, revision_id, reading_id FROM articles WHERE id = ?", [article_id]
        ).fetchone()
        if shown == [revision.id, revision.reading_id]:
            return False
        reading = self._revisions.reading(revision.reading_id)
        reading.article.url, reading.links = url, list(links)
        self._current.show(article_id, reading)
        self._show_revision(article_id, revision.id, revision.reading_id)
        return True


def spare_address(url: str, post_id: int | None, number: int) -> str:
    """Where an article can be found whose address another has now: as WordPress's post, or by a
    mark of our own."""
    split = urlsplit(url)
    marked = f"{split.scheme}://{split.netloc}{split.path}?earlier={number}"
    return _by_number(url, post_id) or marked


def _by_number(url: str, post_id: int | None) -> str | None:
    """The address that WordPress gives a post on the site of a URL, whatever its slug."""
    split = urlsplit(url)
    return f"{split.scheme}://{split.netloc}/?p={post_id}" if post_id is not None else None


def identity_digest(post_id: int | None, date_published: str | None) -> str | None:
    """What an article that was taken down is known by when it turns up at another address."""
    if post_id is None or date_published is None:
        return None
    return digest(f"{post_id}\n{date_published}")
