"""Gives imported captures their place: the row of their address, and what a revisit repeats."""

from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.captures.rows import COLUMNS
from borneone_crawler.archive.clock import stamp
from borneone_crawler.archive.foreign.copies import Copy
from borneone_crawler.archive.frontier.frontier import role_of
from borneone_crawler.archive.warc.records import NOT_MODIFIED, record_in, warc_date
from borneone_crawler.items import CaptureRef, Kind, Link, Reading, Role

_WAITING = """
SELECT id FROM captures WHERE waiting = 1 AND origin IS NOT NULL AND
"""

_REPEATED = """
SELECT c.id FROM captures AS c JOIN urls AS u ON c.url_id = coalesce(u.same_as, u.id)
WHERE u.url = :url AND c.warc_type = 'response' AND c.dropped IS NULL
    AND (c.payload_digest = :digest OR c.fetched_at = :date)
    AND (:unmodified OR c.payload_digest IS NULL OR :digest IS NULL
         OR c.payload_digest = :digest)
ORDER BY c.fetched_at = :date DESC, c.fetched_at, c.id LIMIT 1
"""
"""The response of an address that a revisit repeats: that of the date it names, else the first
with the same payload."""


_JOIN = """
UPDATE urls SET
    article_id = :article,
    role = coalesce(role, CASE url WHEN :own THEN 'canonical' ELSE :role END)
WHERE (id = :row OR same_as = :row OR part_of = :row)
    AND (article_id IS NULL OR :own = (SELECT url FROM urls WHERE id = :row))
"""


class Linker:
    """Links copies to the rows of their addresses, and those to articles."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._db = archive.db

    def link(self) -> None:
        """Link every copy that is not linked yet: first to their addresses, then revisits to
        what they repeat, which may have come with another file."""
        for capture_id in self._ids("url_id IS NULL"):
            with self._db.atomic():
                self._give_row(capture_id)
            self._archive.checkpoint()
        for capture_id in self._ids("warc_type = 'revisit' AND refers_to IS NULL"):
            with self._db.atomic():
                self._find_repeated(capture_id)

    def _ids(self, condition: str) -> list[int]:
        rows = self._db.execute(_WAITING + condition + " ORDER BY id").fetchall()
        return [int(row[0]) for row in rows]

    def _give_row(self, capture_id: int) -> None:
        """The row of the frontier for a copy's address, made where there is none: due, so that
        the live page is asked for too."""
        url, origin = self._db.execute(
            "SELECT url, origin FROM captures WHERE id = ?", [capture_id]
        ).fetchone()
        added = self._archive.frontier.add(
            Link(url=url, kind=Kind.ARTICLE), origin, self._archive.run_id
        )
        if added is None:  # the rules of urls.py are others than when it was copied
            self._db.execute("UPDATE captures SET waiting = 0 WHERE id = ?", [capture_id])
            return
        self._db.execute("UPDATE captures SET url_id = ? WHERE id = ?", [added.row_id, capture_id])

    def _find_repeated(self, capture_id: int) -> None:
        (row,) = self._db.query(
            f"SELECT {COLUMNS} FROM captures AS c WHERE c.id = ?",  # noqa: S608
            [capture_id],
        )
        fields = record_in(self._archive.captures.member(CaptureRef(**row))).rec_headers
        found = self._archive.capture_rows.id_of(fields.get_header("WARC-Refers-To"))
        if found is None:
            date = warc_date(fields.get_header("WARC-Refers-To-Date") or "")
            at = fields.get_header("WARC-Refers-To-Target-URI") or row["url"]
            one = self._db.execute(
                _REPEATED,
                {
                    "url": self._archive.urls.canonical(at),
                    "digest": fields.get_header("WARC-Payload-Digest"),
                    "date": stamp(date) if date else None,
                    "unmodified": fields.get_header("WARC-Profile") == NOT_MODIFIED,
                },
            ).fetchone()
            found = int(one[0]) if one else None
        self._db.execute(
            """UPDATE captures SET refers_to = (
                   SELECT CASE warc_type WHEN 'revisit' THEN refers_to ELSE id END
                   FROM captures WHERE id = ?
               ) WHERE id = ?""",
            [found, capture_id],
        )

    def join(self, copy: Copy, reading: Reading, claim: str | None, article_id: int) -> None:
        """Let the addresses that a page was met at, names for itself, and has its further pages
        at lead to its article, but for those that lead to another one today. They stay due."""
        own_url = reading.article.url
        also = [link for link in reading.links if link.kind is Kind.ARTICLE]
        if claim is not None:
            also.append(Link(url=claim, kind=Kind.ARTICLE))
        rows = {copy.url_id}
        for link in also:
            added = self._archive.frontier.add(link, copy.url, self._archive.run_id)
            rows |= {added.row_id} if added is not None else set()
        for link in reading.links:
            if link.kind is Kind.PART:
                self._join_part(link, copy.url_id)
        for row_id in rows:
            self._db.execute(
                _JOIN,
                {
                    "article": article_id,
                    "row": row_id,
                    "own": own_url,
                    "role": role_of(copy.url) if row_id == copy.url_id else Role.ALIAS,
                },
            )

    def _join_part(self, part: Link, first_page: int) -> None:
        """A further page is asked for when its first page has been, not for itself."""
        self._db.execute(
            """UPDATE urls SET kind = 'part', role = 'part', part_of = ?, part_number = ?,
                   next_at = NULL, reason = 'its first page makes it due'
               WHERE url = ? AND part_of IS NULL AND state = 'pending' AND checked_at IS NULL""",
            [first_page, part.part_number, self._archive.urls.canonical(part.url)],
        )
