"""Every state that the newsroom published, and every reading of it; both only grow."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlite_utils import Database

from borneone_crawler.archive.articles.stored import (
    article_json,
    canonical_json,
    content_digest,
    digest,
    reading_from,
)
from borneone_crawler.archive.ledger import Event, Ledger
from borneone_crawler.archive.sqlite.rows import fetch, insert, insert_all
from borneone_crawler.items import RawPage, Reading, Removal


class Reader(Protocol):
    """Today's reader, as the archive knows it: handed in, so that captures can be read again."""

    @property
    def version(self) -> str:
        """What decides how it reads, as a digest."""
        ...

    def read(self, pages: Sequence[RawPage]) -> Reading:
        """Read an article from its captured pages, in order. Raises NotAnArticle."""
        ...

    def read_text(self, text: str, known_sections: Sequence[str]) -> Reading:
        """Read an article from the text of its page, as a dump has it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One state of an article, with the reading of it that counts."""

    id: int
    article_id: int
    n: int
    seen_at: str
    read_with: str
    """Version of the newest reader that has read it."""
    reading_id: int
    content_digest: str
    dump_id: int | None = None
    """The text dump that its reading was made from: no page of it is known."""


_REVISION = """
SELECT v.id, v.article_id, v.n, v.seen_at, v.read_with, r.id AS reading_id, r.content_digest,
    r.dump_id
FROM revisions AS v JOIN readings AS r ON r.id = v.reading_id
"""

_UNSEALED = """
SELECT
    r.id AS reading_id, a.url,
    CASE
        WHEN r.id > (SELECT min(id) FROM readings WHERE revision_id = v.id) THEN 'reading'
        WHEN v.n = 1 THEN 'new' ELSE 'revision'
    END AS event
FROM readings AS r
JOIN revisions AS v ON v.id = r.revision_id
JOIN articles AS a ON a.id = v.article_id
ORDER BY r.id
"""

MADE_FROM = """
SELECT digest FROM (
    SELECT x.reading_id, x.part_number, c.digest
    FROM reading_captures AS x JOIN captures AS c ON c.id = x.capture_id
    UNION ALL
    SELECT r.id, 1, d.sha256 FROM readings AS r JOIN dumps AS d ON d.id = r.dump_id
) WHERE reading_id = ? ORDER BY part_number
"""
"""Digests of the captures, or of the text dump, that a reading was made from."""

_GONE = "SELECT url FROM articles WHERE gone_at IS NOT NULL ORDER BY gone_at, id"


class Revisions:
    """Appends revisions and readings, and seals each in the ledger. Transactions are the
    caller's."""

    def __init__(self, database: Database, ledger: Ledger, reader: Reader) -> None:
        self._db = database
        self._ledger = ledger
        self._reader = reader

    def shown(self, article_id: int) -> Revision:
        """The revision that an article shows."""
        (row,) = fetch(
            self._db,
            _REVISION + "WHERE v.id = (SELECT revision_id FROM articles WHERE id = ?)",  # noqa: S608
            [article_id],
        )
        return Revision(**row)

    def one(self, revision_id: int) -> Revision:
        """A revision by its number in the archive."""
        return Revision(**next(self._db.query(_REVISION + "WHERE v.id = ?", [revision_id])))

    def of(self, article_id: int) -> list[Revision]:
        """All states of an article, in the order in which the newsroom had them."""
        rows = self._db.query(
            _REVISION + "WHERE v.article_id = ? ORDER BY v.seen_at, v.n", [article_id]
        )
        return [Revision(**row) for row in rows]

    def append(
        self,
        article_id: int,
        reading: Reading,
        captures: Sequence[int],
        *,
        seen_at: str,
        now: str,
        run_id: int,
        dump_id: int | None = None,
    ) -> Revision:
        """One more state of an article, read from captures in the order of its pages, or from a
        text dump."""
        n = self._db.execute(
            "SELECT count(*) + 1 FROM revisions WHERE article_id = ?", [article_id]
        ).fetchone()[0]
        revision_id = insert(
            self._db,
            "revisions",
            {
                "article_id": article_id,
                "n": n,
                "seen_at": seen_at,
                "run_id": run_id,
                "read_with": self._reader.version,
            },
        )
        content = content_digest(reading.article)
        reading_id = self._keep(revision_id, reading, captures, dump_id, now, run_id, content)
        self._count(revision_id, reading_id)
        self.seal(Event.NEW if n == 1 else Event.REVISION, reading_id, reading.article.url)
        return Revision(
            id=revision_id,
            article_id=article_id,
            n=n,
            seen_at=seen_at,
            read_with=self._reader.version,
            reading_id=reading_id,
            content_digest=content,
            dump_id=dump_id,
        )

    def supersede(
        self,
        revision: Revision,
        reading: Reading,
        captures: Sequence[int],
        *,
        now: str,
        run_id: int,
    ) -> int:
        """A page of a state that was known from a text dump alone: its reading counts from now
        on. Returns the reading's id."""
        reading_id = self._keep(revision.id, reading, captures, None, now, run_id)
        self._count(revision.id, reading_id)
        self.seal(Event.READING, reading_id, self._address(revision.article_id))
        return reading_id

    def date_back(self, revision: Revision, seen_at: str) -> None:
        """Place a state that is known from a text dump, which has no date, before what is known
        to be later."""
        if revision.seen_at <= seen_at:
            return
        self._db.execute("UPDATE revisions SET seen_at = ? WHERE id = ?", [seen_at, revision.id])
        rows = self._db.execute(
            "SELECT id FROM readings WHERE revision_id = ? ORDER BY id", [revision.id]
        )
        for (reading_id,) in rows.fetchall():
            self.seal(Event.READING, reading_id, self._address(revision.article_id))

    def add_reading(self, revision: Revision, reading: Reading, *, now: str, run_id: int) -> int:
        """What today's reader makes of a revision; kept only where it is something else than
        before. Returns the id of the reading that counts from now on."""
        if same_reading(reading, self.reading(revision.reading_id)):
            self._count(revision.id, revision.reading_id)
            return revision.reading_id
        captures = self.captures_of(revision.reading_id)
        # A version that was given up and taken up again has its reading already.
        row = self._db.execute(
            "SELECT id FROM readings WHERE revision_id = ? AND reader_version = ? AND article = ?",
            [revision.id, self._reader.version, article_json(reading.article)],
        ).fetchone()
        reading_id = (
            int(row[0])
            if row
            else self._keep(revision.id, reading, captures, revision.dump_id, now, run_id)
        )
        self._count(revision.id, reading_id)
        self.seal(Event.READING, reading_id, self._address(revision.article_id))
        return reading_id

    def seal_unsealed(self) -> None:
        """Begin the ledger of an archive that is older than ledgers."""
        if self._ledger.head.n:
            return
        with self._db.atomic():
            for row in list(self._db.query(_UNSEALED)):
                self.seal(Event(row["event"]), row["reading_id"], row["url"])
            for (url,) in self._db.execute(_GONE).fetchall():
                self._ledger.append(Event.GONE, url)

    def reading(self, reading_id: int) -> Reading:
        """A reading back from the archive; its links are not kept."""
        row = next(self._db.query("SELECT * FROM readings WHERE id = ?", [reading_id]))
        removals = self._db.query(
            "SELECT rule, text FROM removals WHERE reading_id = ? ORDER BY position", [reading_id]
        )
        return reading_from(row, [Removal(**removal) for removal in removals])

    def captures_of(self, reading_id: int) -> list[int]:
        """Ids of the captures that a reading was made from, in the order of the pages."""
        rows = self._db.execute(
            "SELECT capture_id FROM reading_captures WHERE reading_id = ? ORDER BY part_number",
            [reading_id],
        )
        return [int(row[0]) for row in rows.fetchall()]

    def made_from(self, reading_id: int) -> list[str]:
        """Digests of the captures, or of the text dump, that a reading was made from."""
        return [str(value) for (value,) in self._db.execute(MADE_FROM, [reading_id]).fetchall()]

    def _address(self, article_id: int) -> str:
        row = self._db.execute("SELECT url FROM articles WHERE id = ?", [article_id]).fetchone()
        return str(row[0])

    def _count(self, revision_id: int, reading_id: int) -> None:
        self._db.execute(
            "UPDATE revisions SET reading_id = ?, read_with = ? WHERE id = ?",
            [reading_id, self._reader.version, revision_id],
        )

    def _keep(
        self,
        revision_id: int,
        reading: Reading,
        captures: Sequence[int],
        dump_id: int | None,
        now: str,
        run_id: int,
        content: str | None = None,
    ) -> int:
        reading_id = insert(
            self._db,
            "readings",
            {
                "revision_id": revision_id,
                "reader_version": self._reader.version,
                "reader": reading.reader,
                "read_at": now,
                "run_id": run_id,
                "content_digest": content or content_digest(reading.article),
                "article": article_json(reading.article),
                "sources": canonical_json(reading.sources),
                "flags": canonical_json(reading.flags),
                "dump_id": dump_id,
            },
        )
        insert_all(
            self._db,
            "reading_captures",
            ("reading_id", "capture_id", "part_number"),
            [(reading_id, capture, number) for number, capture in enumerate(captures, start=1)],
        )
        insert_all(
            self._db,
            "removals",
            ("reading_id", "position", "rule", "text"),
            [
                (reading_id, position, it.rule, it.text)
                for position, it in enumerate(reading.removals, start=1)
            ],
        )
        return reading_id

    def seal(self, event: Event, reading_id: int, url: str) -> None:
        """Enter a reading as it stands in its row into the ledger."""
        (row,) = fetch(
            self._db,
            """SELECT v.n, v.seen_at, r.content_digest, r.article, r.reader_version
               FROM readings AS r JOIN revisions AS v ON v.id = r.revision_id
               WHERE r.id = ?""",
            [reading_id],
        )
        self._ledger.append(
            event,
            url,
            revision=row["n"],
            seen_at=row["seen_at"],
            content_digest=row["content_digest"],
            reading_digest=digest(row["article"]),
            captures=self.made_from(reading_id),
            detail=row["reader_version"],
        )


def same_reading(one: Reading, other: Reading) -> bool:
    """Whether two readings say the same in every respect that is kept."""
    return (one.article, one.reader, one.sources, one.flags, one.removals) == (
        other.article,
        other.reader,
        other.sources,
        other.flags,
        other.removals,
    )
