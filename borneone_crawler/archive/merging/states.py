"""The states of one article in an archive, with what each reader made of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlite_utils import Database

from borneone_crawler.archive.articles.revisions import Reader
from borneone_crawler.archive.articles.stored import article_from, content_digest, digest
from borneone_crawler.archive.dumps.sameness import says_the_same
from borneone_crawler.items import Article, NotAnArticle, RawPage
from borneone_crawler.statuses import Stop

_READINGS = """
SELECT
    v.id AS state_id, v.n, v.seen_at, v.read_with, v.reading_id AS counting,
    r.id, r.reader_version, r.content_digest, r.article, r.read_at,
    r.dump_id IS NOT NULL AS is_dump
FROM {0}.revisions AS v JOIN {0}.readings AS r ON r.revision_id = v.id
WHERE v.article_id = ?
ORDER BY v.seen_at, v.n, r.id
"""

RawPages = Callable[[Sequence[int]], list[RawPage]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One reading of a state."""

    id: int
    reader_version: str
    read_at: str
    content_digest: str
    reading_digest: str
    is_dump: bool = False
    """It was made from a text dump."""

    @property
    def seal(self) -> tuple[str, str]:
        """What an entry of the ledger names it by."""
        return self.reading_digest, self.content_digest


@dataclass(slots=True, kw_only=True)
class ArticleState:
    """One revision."""

    id: int
    n: int
    seen_at: str
    read_with: str
    counting: int
    """The reading that counts."""
    readings: list[Held] = field(default_factory=list)

    def has(self, reading: Held) -> bool:
        """Whether the same reading is one of this state's."""
        return any(one.seal == reading.seal for one in self.readings)

    def like(self, reading: Held) -> Held:
        """The same reading among this state's."""
        return next(one for one in self.readings if one.seal == reading.seal)

    @property
    def is_dump(self) -> bool:
        """Whether it is known from a text dump alone."""
        return self.counts.is_dump

    @property
    def counts(self) -> Held:
        """The reading that counts; the newest where that one was left out."""
        return next((one for one in self.readings if one.id == self.counting), self.readings[-1])


def states(database: Database, schema: str, article_id: int) -> list[ArticleState]:
    """All states of an article, in the order in which the newsroom had them."""
    found: dict[int, ArticleState] = {}
    for row in database.query(_READINGS.format(schema), [article_id]):
        state = found.setdefault(
            row["state_id"],
            ArticleState(
                id=row["state_id"],
                n=row["n"],
                seen_at=row["seen_at"],
                read_with=row["read_with"],
                counting=row["counting"],
            ),
        )
        state.readings.append(
            Held(
                id=row["id"],
                reader_version=row["reader_version"],
                read_at=row["read_at"],
                content_digest=row["content_digest"],
                reading_digest=digest(row["article"]),
                is_dump=bool(row["is_dump"]),
            )
        )
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Likeness:
    """Says whether a state of ours and one of the other archive are the same content."""

    database: Database
    reader: Reader
    raw_pages: RawPages
    their_raw_pages: RawPages

    def same(self, ours: ArticleState, theirs: ArticleState) -> bool:
        """Like is compared with like: readings by one version of the reader, if need be by
        today's, anew. What can be read no more is compared as it stands."""
        if ours.is_dump != theirs.is_dump:
            article, their_article = self._article("main", ours), self._article("other", theirs)
            if ours.is_dump:
                return says_the_same(article, their_article)
            return says_the_same(their_article, article)
        alike = [
            one.content_digest == other.content_digest
            for one in ours.readings
            for other in theirs.readings
            if one.reader_version == other.reader_version
        ]
        if alike:
            return any(alike)
        again = self._again("main", ours, self.raw_pages)
        their_again = self._again("other", theirs, self.their_raw_pages)
        if again is None or their_again is None:
            return ours.counts.content_digest == theirs.counts.content_digest
        return again == their_again

    def _article(self, schema: str, state: ArticleState) -> Article:
        (text,) = self.database.execute(
            f"SELECT article FROM {schema}.readings WHERE id = ?",  # noqa: S608
            [state.counts.id],
        ).fetchone()
        return article_from(text)

    def _again(self, schema: str, state: ArticleState, raw_pages: RawPages) -> str | None:
        rows = self.database.execute(
            f"""SELECT capture_id FROM {schema}.reading_captures
                WHERE reading_id = ? ORDER BY part_number""",  # noqa: S608
            [state.counts.id],
        )
        captures = [int(row[0]) for row in rows.fetchall()]
        try:
            return (
                content_digest(self.reader.read(raw_pages(captures)).article) if captures else None
            )
        except (NotAnArticle, Stop):
            return None
