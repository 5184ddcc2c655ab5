"""Whether every capture still stands in its WARC file, whole and byte for byte."""

import hashlib
import sqlite3
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from borneone_crawler.archive.sqlite.database import open_readonly
from borneone_crawler.archive.verification.findings import Checked, Finding, Kind, Progress

_CHUNK = 1 << 20

_CAPTURES = """
SELECT
    c.id, c.url, c.fetched_at, c.warc_file, c.warc_offset, c.warc_length, c.digest, c.dropped,
    c.origin, coalesce(a.url, c.url) AS about
FROM captures AS c
LEFT JOIN urls AS u ON u.id = c.url_id
LEFT JOIN articles AS a ON a.id = u.article_id
"""

_STILL_NEEDED = """
SELECT a.url AS about, v.n, c.fetched_at, coalesce(p.dropped, c.dropped) AS dropped
FROM reading_captures AS x
JOIN captures AS c ON c.id = x.capture_id
LEFT JOIN captures AS p ON p.id = c.refers_to
JOIN readings AS r ON r.id = x.reading_id
JOIN revisions AS v ON v.id = r.revision_id
JOIN articles AS a ON a.id = v.article_id
WHERE c.dropped IN ('noise', 'erased') OR p.dropped IN ('noise', 'erased')
"""


class Members:
    """Reads every capture's gzip member out of its file and compares its SHA-256."""

    def __init__(
        self, db: sqlite3.Connection, own: str, path: Path, folder: Path, checked: Checked
    ) -> None:
        self._db = db
        self._own = own
        self._path = path
        self._folder = folder
        self._checked = checked

    def findings(self, progress: Progress) -> Iterator[Finding]:
        """What is wrong with any capture; a file that is not there at all is one finding."""
        total = self._db.execute("SELECT count(*) FROM captures").fetchone()[0]
        done = 0
        rows = self._db.execute(_CAPTURES + " ORDER BY c.warc_file, c.warc_offset")
        for name, captures in groupby(rows, key=lambda row: str(row["warc_file"])):
            missing: list[str] = []
            for row in captures:
                done += 1
                progress("captures", done, total)
                if (finding := self._dropped(row)) is not None:
                    yield finding
                elif row["dropped"] is None:
                    fault = self._fault(row)
                    if fault is FileNotFoundError:
                        missing.append(row["about"])
                    elif fault is not None:
                        yield Finding(Kind.DAMAGED, f"{_name(row)}: {fault}", row["about"])
            if missing:
                more = len(missing) - 1
                what = f"{name}, with this and {more} more captures, is not in {self._folder}"
                yield Finding(Kind.MISSING, what, missing[0])
        for row in self._db.execute(_STILL_NEEDED):
            yield Finding(
                Kind.MISSING,
                f"the capture of {row['fetched_at']}, from which revision {row['n']} was read: "
                f"it is marked as dropped ({row['dropped']})",
                row["about"],
            )

    def _dropped(self, row: sqlite3.Row) -> Finding | None:
        """Count a capture whose record was dropped; a finding where it was lost."""
        thing = f"captures dropped as {row['dropped']}" if row["dropped"] else "captures"
        self._checked[thing] += 1
        if row["dropped"] != "lost":
            return None
        if row["origin"] is not None and self._own not in row["warc_file"]:
            why = (
                f"the capture of {row['fetched_at']} ({row['url']}) was not there when its "
                "archive was merged: merge that again with its captures (--warc)"
            )
            return Finding(Kind.MISSING, why, row["about"])
        return Finding(Kind.MISSING, f"{_name(row)}: the disk lost it (a power cut)", row["about"])

    def _fault(self, row: sqlite3.Row) -> str | type[FileNotFoundError] | None:
        """What is wrong with one capture. Before that is said its row is looked up again: a
        crawl may just have written the file anew."""
        fault = self._compare(row)
        if fault is None:
            return None
        database = open_readonly(self._path)
        try:
            database.conn.row_factory = sqlite3.Row
            now = database.conn.execute(_CAPTURES + " WHERE c.id = ?", [row["id"]]).fetchone()
        finally:
            database.close()
        if now is None or tuple(now) == tuple(row):
            return fault
        return None if now["dropped"] else self._compare(now)

    def _compare(self, row: sqlite3.Row) -> str | type[FileNotFoundError] | None:
        path = self._folder / Path(row["warc_file"]).name
        start, length = row["warc_offset"], row["warc_length"]
        if start < 0 or length <= 0:
            return "its place in the file cannot be"
        try:
            if not path.is_file():
                return FileNotFoundError
            with path.open("rb") as file:
                size = file.seek(0, 2)
                if start + length > size:
                    return f"the file ends at byte {size}, before the capture does"
                file.seek(start)
                digest = hashlib.sha256()
                while length > 0 and (data := file.read(min(length, _CHUNK))):
                    digest.update(data)
                    length -= len(data)
        except OSError as error:
            return f"cannot be read: {error.strerror}"
        if digest.hexdigest() != row["digest"]:
            return "the bytes in the file are not those that were captured"
        return None


def _name(row: sqlite3.Row) -> str:
    place = f"{row['warc_file']} from byte {row['warc_offset']} on"
    return f"the capture of {row['fetched_at']} ({row['url']}) in {place}"
