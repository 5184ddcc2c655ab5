"""What proves an article: its readings, the ledger's entries of it, and its raw captures."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from borneone_crawler.archive.articles.traces import Traces
from borneone_crawler.archive.captures.rows import COLUMNS
from borneone_crawler.archive.ledger import digest_of, serialised
from borneone_crawler.archive.sqlite.database import open_readonly
from borneone_crawler.archive.warc.folder import CaptureStore
from borneone_crawler.archive.warc.members import request_after
from borneone_crawler.items import CaptureRef
from borneone_crawler.statuses import Status, Stop
from borneone_crawler.urls import SiteUrls

_READINGS = """
SELECT v.n AS revision, v.seen_at, r.id = v.reading_id AS counts, r.reader_version, r.read_at,
    r.content_digest, r.article, d.sha256 AS dump, d.text AS dump_text,
    (SELECT json_group_array(digest) FROM (
        SELECT c.digest FROM reading_captures AS x JOIN captures AS c ON c.id = x.capture_id
        WHERE x.reading_id = r.id ORDER BY x.part_number)) AS captures
FROM revisions AS v JOIN readings AS r ON r.revision_id = v.id
LEFT JOIN dumps AS d ON d.id = r.dump_id
WHERE v.article_id = ? ORDER BY v.n, r.id
"""

_ENTRIES = """
SELECT * FROM ledger WHERE kind <> 'merge' AND url IN (
    SELECT url FROM articles WHERE id = :article
    UNION SELECT url FROM urls WHERE id IN (SELECT value FROM json_each(:pages)))
ORDER BY id
"""

_CAPTURE = f"""
SELECT {COLUMNS}, c.warc_type, c.origin, c.dropped,
    (SELECT digest FROM captures WHERE id = c.refers_to) AS refers_to
FROM captures AS c WHERE c.id = ?
"""  # noqa: S608 - our own words

_PLACE = f"SELECT {COLUMNS} FROM captures AS c WHERE c.record_id = ? AND c.dropped IS NULL"  # noqa: S608


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedReading:
    """What one version of the reader made of one state of an article."""

    revision: int
    seen_at: str
    counts: bool
    """Whether the state is told by this one, and not by another reading of it."""
    reader_version: str
    read_at: str
    content_digest: str
    article: str
    """JSON, to the byte; the ledger seals its SHA-256."""
    captures: list[str]
    """Digests of what it was read from, in the order of the pages."""
    dump: str | None
    """SHA-256 of the text dump that it was read from in place of captures."""
    dump_text: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of the ledger."""

    chain: str
    n: int
    digest: str
    data: bytes
    """What its digest is the SHA-256 of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """A raw capture, with its record where that is still to be had."""

    place: CaptureRef
    warc_type: str
    origin: str | None
    refers_to: str | None
    """Of a revisit, the digest of the capture that has the payload."""
    dropped: str | None
    record: bytes | None
    """The gzip member of the response or revisit, byte for byte."""
    request: bytes | None
    """That of the request for it."""
    lacking: str | None
    """Why its record is not to be had; what was thinned out by rule lacks nothing."""


class Evidence:
    """Reads only, and holds one record in memory at a time."""

    def __init__(self, database: Database, warc: Path) -> None:
        (archive,) = database.query("SELECT uuid, base_url FROM archive")
        self._db = database
        self._store = CaptureStore(warc, archive["uuid"], "")
        self._traces = Traces(database, SiteUrls(archive["base_url"]))
        self._traces.prepare_evidence()

    def readings(self, article_id: int) -> Iterator[SealedReading]:
        """All readings of all its states, in order of the states."""
        for row in self._db.query(_READINGS, [article_id]):
            given = row | {"captures": json.loads(row["captures"]), "counts": bool(row["counts"])}
            yield SealedReading(**given)

    def entries(self, article_id: int | None = None) -> Iterator[Entry]:
        """The entries about an article, at any address it had; or all there are. Raises Stop
        NO_ARCHIVE for one that is not as it was sealed."""
        if article_id is None:
            rows = self._db.query("SELECT * FROM ledger ORDER BY id")
        else:
            pages = json.dumps(self._traces.pages(article_id))
            rows = self._db.query(_ENTRIES, {"article": article_id, "pages": pages})
        return map(_entry, rows)

    def captures(self, article_id: int) -> Iterator[Captured]:
        """Its captures, in the order in which they came into the archive."""
        for capture_id in self._traces.evidence(article_id):
            (row,) = self._db.query(_CAPTURE, [capture_id])
            yield self._captured(row)

    def _captured(self, row: dict[str, Any]) -> Captured:
        more = {name: row.pop(name) for name in ("warc_type", "origin", "refers_to", "dropped")}
        place, record, request, lacking = CaptureRef(**row), None, None, None
        if more["dropped"] is None:
            record, request = self._record(place)
            if record is None:
                lacking = f"it is not in {place.file}, or {place.file} is not there"
        elif more["dropped"] != "noise":
            lacking = f"{place.file} has it no more ({more['dropped']})"
        return Captured(place=place, record=record, request=request, lacking=lacking, **more)

    def _record(self, place: CaptureRef) -> tuple[bytes | None, bytes | None]:
        """The members of a capture and of the request for it, as far as they are to be had."""
        try:
            record = self._store.member(place)
        except Stop:
            # A crawl may just have written the file anew, and not yet when the export began.
            moved = self._place_now(place.record_id)
            if moved is None or (moved.file, moved.offset) == (place.file, place.offset):
                return None, None
            try:
                place, record = moved, self._store.member(moved)
            except Stop:
                return None, None
        path = self._store.folder / Path(place.file).name
        return record, request_after(path, place.offset + place.length, place.record_id)

    def _place_now(self, record_id: str) -> CaptureRef | None:
        """Where a record stands at this moment."""
        path = self._db.execute("PRAGMA database_list").fetchone()[2]
        with closing(open_readonly(Path(path))) as now:
            rows = list(now.query(_PLACE, [record_id]))
        return CaptureRef(**rows[0]) if rows else None


def _entry(row: dict[str, Any]) -> Entry:
    try:
        data, digest = serialised(row), digest_of(row)
    except ValueError:
        data, digest = b"", ""
    if digest != row["digest"]:
        raise Stop(
            Status.NO_ARCHIVE,
            f"entry {row['n']} of the ledger is not as it was sealed: run scrapy verify",
        )
    return Entry(chain=row["chain"], n=row["n"], digest=digest, data=data)
