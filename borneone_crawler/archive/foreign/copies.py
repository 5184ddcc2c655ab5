"""Reads an imported capture, with the article's other pages where it has any."""

from collections.abc import Sequence
from dataclasses import dataclass

from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.foreign.tally import Tally
from borneone_crawler.items import Kind, Link, NotAnArticle, Reading

_APART = 86_400  # seconds between the pages of one article that are worth a note

_NEAREST = """
SELECT c.id, abs(unixepoch(c.fetched_at) - unixepoch(:at)) AS apart
FROM captures AS c JOIN urls AS u ON c.url_id = coalesce(u.same_as, u.id)
WHERE u.url = :url AND c.origin IS NOT NULL AND c.dropped IS NULL
    AND c.http_status IN (200, 304)
    AND (c.warc_type = 'response' OR c.refers_to IS NOT NULL)
ORDER BY apart, c.id LIMIT 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A capture, and the row of the frontier it belongs to."""

    id: int
    url_id: int
    url: str
    article_id: int | None
    fetched_at: str


class Waits(Exception):  # noqa: N818 - a fact about the input
    """A copy cannot be read today, and may be another day; the message says why."""


class Copies:
    """The captures of an archive, to be read as if they came in today."""

    def __init__(self, archive: Archive, tally: Tally) -> None:
        self._archive = archive
        self._tally = tally

    def copy(self, capture_id: int) -> Copy:
        (row,) = self._archive.db.query(
            """SELECT c.id, c.url_id, u.url, u.article_id, c.fetched_at
               FROM captures AS c JOIN urls AS u ON u.id = c.url_id WHERE c.id = ?""",
            [capture_id],
        )
        return Copy(**row)

    def reading(self, copy: Copy) -> tuple[Reading, list[int]]:
        """What today's reader makes of a capture and, where it is the first page of several, of
        the copies of the others that were made nearest to it in time; and all these captures.
        Raises NotAnArticle, Waits."""
        captures = [copy.id]
        reading = self._made_of(captures)
        parts = [link for link in reading.links if link.kind is Kind.PART]
        if parts:
            captures += [self._nearest(part, copy) for part in parts]
            reading = self._made_of(captures)
        return reading, captures

    def _made_of(self, captures: Sequence[int]) -> Reading:
        if len(self._archive.capture_rows.with_payload(captures)) < len(captures):
            raise Waits("repeats a page that is not among the captures")
        pages = self._archive.raw_pages(captures)
        try:
            return self._archive.reader.read(pages)
        except NotAnArticle:
            raise
        except Exception as error:  # one page must not keep the others out
            raise Waits(f"a fault of this program: {type(error).__name__}: {error}") from error

    def _nearest(self, part: Link, copy: Copy) -> int:
        url = self._archive.urls.canonical(part.url)
        found = self._archive.db.execute(_NEAREST, {"url": url, "at": copy.fetched_at}).fetchone()
        if found is None:
            raise Waits(f"its page {part.part_number} is not among the captures")
        if found[1] > _APART:
            self._tally.note("pages of one article captured more than a day apart", copy.url)
        return int(found[0])
