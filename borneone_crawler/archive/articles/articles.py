"""Decides what a reading is to the archive: a new article, another state of one, or the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from sqlite_utils import Database

from borneone_crawler.archive.articles.addresses import Addresses
from borneone_crawler.archive.articles.current import CurrentState
from borneone_crawler.archive.articles.rereading import Rereader
from borneone_crawler.archive.articles.revisions import Reader, Revision, Revisions
from borneone_crawler.archive.articles.sighting import Sighting
from borneone_crawler.archive.articles.stored import content_digest
from borneone_crawler.archive.articles.worse import Held, is_teaser, reads_worse
from borneone_crawler.archive.clock import just_before
from borneone_crawler.archive.dumps.dumps import Dumps
from borneone_crawler.archive.dumps.sameness import says_the_same
from borneone_crawler.archive.ledger import Event, Ledger
from borneone_crawler.items import Article, Link, RawPage, Reading

_STANDING = """
SELECT a.url, a.last_seen_at, a.gone_at IS NOT NULL OR a.redirected_to IS NOT NULL,
    t.article_id IS NOT NULL
FROM articles AS a LEFT JOIN takedowns AS t ON t.article_id = a.id
WHERE a.id = ?
"""


class Effect(StrEnum):
    """What storing a reading did."""

    NEW = "new"
    REVISED = "revised"
    UNCHANGED = "unchanged"
    SUPERSEDED = "superseded"
    """The same state as a text dump had told of: now it is read from its page."""
    WITHHELD = "withheld"
    """Nothing: the article was taken down here."""


@dataclass(frozen=True, slots=True)
class Stored:
    article_id: int
    effect: Effect


class _Standing(NamedTuple):
    """How an article stands in the archive before a page of it is taken in."""

    url: str
    last_seen_at: str
    is_away: bool
    """Whether its page was found gone, or to lead elsewhere."""
    is_withheld: bool
    """Whether it was taken down here."""


class Articles:
    """Writes articles, their revisions and readings. Transactions are the caller's."""

    def __init__(
        self,
        database: Database,
        current: CurrentState,
        addresses: Addresses,
        revisions: Revisions,
        ledger: Ledger,
        reader: Reader,
        raw_pages: Callable[[Sequence[int]], list[RawPage]],
        dumps: Dumps,
    ) -> None:
        self._db = database
        self._current = current
        self._addresses = addresses
        self._revisions = revisions
        self._ledger = ledger
        self._reader = reader
        self._dumps = dumps
        self._rereader = Rereader(revisions, reader, raw_pages, dumps)

    def store(self, reading: Reading, sighting: Sighting) -> Stored:
        """Store a reading as a new article, a new revision of one, or a sighting of the same."""
        article = reading.article
        article_id = self._addresses.article_of(article, sighting)
        if sighting.dump_id is not None:
            assert article_id is None, "a text dump makes only an article that is not held"
        if article_id is None:
            article.url = self._addresses.of_new(article, sighting)
            article_id = self._current.insert(reading, sighting.seen_at)
            self._append(article_id, reading, sighting)
            self._dumps.weigh_again(article.headline)
            return Stored(article_id, Effect.NEW)
        held = self._standing(article_id)
        if held.is_withheld:
            return Stored(article_id, Effect.WITHHELD)
        shown = self._revisions.shown(article_id)
        if shown.dump_id is not None:
            return Stored(article_id, self._supersede(held, shown, reading, sighting))
        if sighting.seen_at < held.last_seen_at or (
            not sighting.is_live and sighting.seen_at == held.last_seen_at
        ):
            return Stored(article_id, self._store_earlier(article_id, reading, sighting))
        self._stand(article_id, held, article, sighting)
        shown = self._like_with_like(shown, sighting)
        if content_digest(article) == shown.content_digest:
            self._current.see_again(article_id, article, sighting.seen_at)
            return Stored(article_id, Effect.UNCHANGED)
        self._append(article_id, reading, sighting)
        self._current.show(article_id, reading)
        self._current.see_again(article_id, article, sighting.seen_at)
        return Stored(article_id, Effect.REVISED)

    def _standing(self, article_id: int) -> _Standing:
        return _Standing(*self._db.execute(_STANDING, [article_id]).fetchone())

    def _stand(
        self, article_id: int, held: _Standing, article: Article, sighting: Sighting
    ) -> None:
        """Where the article stands, after a page of it was met."""
        article.url = held.url
        if sighting.is_live:
            self._addresses.follow(article_id, article, sighting)
            if held.is_away:
                self._come_back(article_id)

    def _supersede(
        self, held: _Standing, shown: Revision, reading: Reading, sighting: Sighting
    ) -> Effect:
        """A page of an article that is known from text dumps alone: it is what the article shows
        from now on, whenever it was fetched. The state that a dump tells of is the same one, or
        an earlier one: a dump has no date, and no page could be found of it."""
        article_id = shown.article_id
        self._stand(article_id, held, reading.article, sighting)
        shown = self._like_with_like(shown, sighting)
        is_same = says_the_same(self._revisions.reading(shown.reading_id).article, reading.article)
        for dumped in self._revisions.of(article_id):
            on_this_page = is_same and dumped.id == shown.id
            seen_at = sighting.seen_at if on_this_page else just_before(sighting.seen_at)
            self._revisions.date_back(dumped, seen_at)
        if is_same:
            reading_id = self._revisions.supersede(
                shown, reading, sighting.captures, now=sighting.now, run_id=sighting.run_id
            )
            self._show_revision(article_id, shown.id, reading_id)
        else:
            self._append(article_id, reading, sighting)
        self._current.show(article_id, reading)
        self._db.execute(
            """UPDATE articles SET first_seen_at = min(first_seen_at, :seen_at),
                   last_seen_at = :seen_at
               WHERE id = :id""",
            {"seen_at": sighting.seen_at, "id": article_id},
        )
        return Effect.SUPERSEDED if is_same else Effect.REVISED

    def _store_earlier(self, article_id: int, reading: Reading, sighting: Sighting) -> Effect:
        """A capture older than the newest sighting: a state of its own, if neither the state
        before it nor the one after it is the same. What the article shows stays."""
        reading.article.url = self._addresses.of(article_id)
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
        """Why a page must not replace what is held of its article (worse.reads_worse)."""
        return reads_worse(reading, Held.of(self._db, article_id))

    def is_teaser(self, article_id: int, reading: Reading) -> str | None:
        """The same of a page of today alone (worse.is_teaser). What a text dump has more than its
        page may be anything that stood around the text."""
        if self._revisions.shown(article_id).dump_id is not None:
            return None
        return is_teaser(reading, Held.of(self._db, article_id))

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
            dump_id=sighting.dump_id,
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

    def _content_of(self, article_id: int) -> str:
        row = self._db.execute(
            "SELECT content_digest FROM articles WHERE id = ?", [article_id]
        ).fetchone()
        return str(row[0])

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
