"""What a citation of an article rests on: its state, and the captures it was read from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from borneone_crawler.desk.cite.authors import authors_of
from borneone_crawler.desk.states import Standing, standing_of

_CAPTURES = """
SELECT c.url, c.fetched_at, c.warc_file, c.warc_offset, c.warc_length, c.digest, c.record_id,
    c.origin, c.dropped
FROM reading_captures AS x JOIN captures AS c ON c.id = x.capture_id
WHERE x.reading_id = ? ORDER BY x.part_number
"""

_DUMP = """
SELECT d.name, d.sha256, d.added_at FROM readings AS r JOIN dumps AS d ON d.id = r.dump_id
WHERE r.id = ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A raw response that the state was read from: its columns in the table `captures`."""

    url: str
    fetched_at: str
    warc_file: str
    warc_offset: int
    warc_length: int
    digest: str
    record_id: str
    origin: str | None
    dropped: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dump:
    """The text dump that the state was read from, in place of captures."""

    name: str
    sha256: str
    added_at: str
    """When it was taken in, UTC; the text itself has no date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """An article in one state, to be cited."""

    standing: Standing
    newsroom: str
    """The newsroom's short name, as the archive has it."""
    outlet: str
    """Its name in print."""
    archive: str
    """The archive's uuid."""
    authors: list[str]
    """Empty where the page names nobody but the outlet."""
    captures: list[Capture]
    """In the order of the article's pages; empty where raw responses were not kept."""
    dump: Dump | None

    @property
    def archived_at(self) -> str:
        """When what is cited was captured or taken in; else when it was first seen. UTC."""
        if self.captures:
            return self.captures[0].fetched_at
        return self.dump.added_at if self.dump else self.standing.state.from_at


def citation_of(
    database: Database,
    article_id: int,
    as_of: str | None,
    now: datetime,
    outlet_names: Sequence[str],
) -> Citation:
    """The citation of an article, as it stands or as of a date. Raises Stop like
    `standing_of`."""
    database.execute("BEGIN")  # one moment, whatever a crawl writes meanwhile
    try:
        standing = standing_of(database, article_id, as_of, now)
        (archive,) = database.query("SELECT uuid, newsroom FROM archive")
        read = [standing.state.reading_id]
        return Citation(
            standing=standing,
            newsroom=archive["newsroom"],
            outlet=outlet_names[0],
            archive=archive["uuid"],
            authors=authors_of(standing.article, outlet_names),
            captures=[Capture(**row) for row in database.query(_CAPTURES, read)],
            dump=next((Dump(**row) for row in database.query(_DUMP, read)), None),
        )
    finally:
        database.execute("ROLLBACK")
