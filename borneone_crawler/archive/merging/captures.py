"""The raw captures: their rows first, as of records that are to be had; then the records."""

import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlite_utils import Database

from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.captures.rows import COLUMNS
from borneone_crawler.archive.merging.other import Other
from borneone_crawler.archive.merging.report import Merged
from borneone_crawler.archive.warc.folder import CaptureStore
from borneone_crawler.archive.warc.members import request_after
from borneone_crawler.items import CaptureRef
from borneone_crawler.statuses import Stop

AT_ONCE = 64
"""Records copied between two transactions that write down where they stand."""

_PIECE = 1 << 20

# Nothing of an article that was taken down here comes in: see `barred`.
_BARRED = """
SELECT id FROM other.captures WHERE url_id IN (SELECT id FROM temp.barred)
UNION
SELECT x.capture_id FROM other.reading_captures AS x
JOIN other.readings AS r ON r.id = x.reading_id
JOIN other.revisions AS v ON v.id = r.revision_id
JOIN temp.pairs AS p ON p.theirs = v.article_id
WHERE p.down
"""

# A record is lost until it stands in a file of ours: what a kill leaves half done is then true,
# and is mended by the next run, or by merging again.
_ROWS = f"""
INSERT INTO main.captures (
    url, run_id, fetched_at, http_status, content_type, warc_file, warc_offset, warc_length,
    digest, record_id, warc_type, payload_digest, repeats, dropped, origin)
SELECT
    url, :run, fetched_at, http_status, content_type, warc_file, warc_offset, warc_length,
    digest, record_id, warc_type, payload_digest, repeats, coalesce(dropped, 'lost'),
    coalesce(origin, :origin)
FROM other.captures AS o
WHERE id NOT IN ({_BARRED})
    AND NOT EXISTS (SELECT 1 FROM main.captures AS c WHERE c.record_id = o.record_id)
ORDER BY id
"""  # noqa: S608

_REFERENCES = """
UPDATE main.captures SET refers_to = ours.id
FROM other.captures AS o
JOIN other.captures AS theirs ON theirs.id = o.refers_to
JOIN main.captures AS ours ON ours.record_id = theirs.record_id
WHERE main.captures.record_id = o.record_id AND main.captures.refers_to IS NULL
"""

_MISSED = """
UPDATE main.captures SET dropped = 'lost', waiting = 0
WHERE warc_file = ? AND dropped IS NULL AND warc_offset + warc_length > ?
    AND record_id IN (SELECT record_id FROM other.captures WHERE dropped IS NULL)
"""

_WANTED = f"""
SELECT {COLUMNS}
FROM other.captures AS c JOIN main.captures AS ours USING (record_id)
WHERE ours.dropped = 'lost' AND c.dropped IS NULL AND ours.digest = c.digest
ORDER BY c.id
"""  # noqa: S608


_HERE_BEFORE = "SELECT record_id FROM main.captures WHERE dropped = 'lost' AND run_id <> ?"


def take_rows(archive: Archive, other: Other, merged: Merged) -> None:
    """The rows of captures that are not here, one transaction; also those of ours whose file is
    gone while the other archive has it."""
    with archive.db.atomic():
        names = {"run": archive.run_id, "origin": other.origin}
        merged.captures += archive.db.execute(_ROWS, names).rowcount
        archive.db.execute(_REFERENCES)
        for (file,) in archive.db.execute(
            "SELECT DISTINCT warc_file FROM main.captures WHERE dropped IS NULL"
        ).fetchall():
            archive.db.execute(_MISSED, [file, _size(archive.captures.folder / file)])


def copy_records(
    archive: Archive,
    other: Other,
    merged: Merged,
    *,
    dry: bool,
    watch: Callable[[str, float | None], None],
) -> None:
    """Copy the records that are wanted, byte for byte, each with its request, and say in its row
    where it stands. `dry` reads and proves them only."""
    wanted = [CaptureRef(**row) for row in archive.db.query(_WANTED)]
    here_before = {name for (name,) in archive.db.execute(_HERE_BEFORE, [archive.run_id])}
    for start in range(0, len(wanted), AT_ONCE):
        watch("copying captures", start / len(wanted))
        with archive.db.atomic():
            for capture in wanted[start : start + AT_ONCE]:
                members = list(_members(other.store, capture))
                if not members:
                    merged.lost[capture.file] += 1
                    continue
                file, offset = (
                    (capture.file, capture.offset) if dry else archive.captures.append(members)
                )
                archive.db.execute(
                    """UPDATE main.captures SET warc_file = ?, warc_offset = ?, dropped = NULL
                       WHERE record_id = ?""",
                    [file, offset, capture.record_id],
                )
                merged.records += 1
                merged.back += capture.record_id in here_before
    # On the disk itself before anything refers to them.
    archive.captures.sync()


def copy_captures(database: Database, theirs: int, ours: int) -> None:
    """Say of a reading that came in what it was made from."""
    database.execute(
        """INSERT INTO reading_captures (reading_id, part_number, capture_id)
           SELECT :ours, x.part_number, here.id
           FROM other.reading_captures AS x
           JOIN other.captures AS there ON there.id = x.capture_id
           JOIN main.captures AS here USING (record_id)
           WHERE x.reading_id = :theirs""",
        {"theirs": theirs, "ours": ours},
    )


def _members(store: CaptureStore, capture: CaptureRef) -> Iterator[bytes]:
    """The record's member and that of its request, where they are sound; nothing if not."""
    try:
        data = store.member(capture)
    except Stop:
        return
    if not _is_one_record(data, capture.record_id):
        return
    yield data
    path = store.folder / Path(capture.file).name
    request = request_after(path, capture.offset + capture.length, capture.record_id)
    if request is not None:
        yield request


def _is_one_record(data: bytes, record_id: str) -> bool:
    """Whether bytes of somebody else are just one whole member with this record in it; inflated
    in pieces, since nobody knows how much it becomes."""
    inflating = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        head = inflating.decompress(data, _PIECE)
        while not inflating.eof and inflating.unconsumed_tail:
            inflating.decompress(inflating.unconsumed_tail, _PIECE)
    except zlib.error:
        return False
    ours = head.startswith(b"WARC/") and record_id.encode() in head.partition(b"\r\n\r\n")[0]
    return ours and inflating.eof and not inflating.unused_data


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
