"""The table `captures`: where each raw response stands, and which of them hold a payload."""

import json
from collections.abc import Sequence

from sqlite_utils import Database

from borneone_crawler.archive.sqlite.rows import fetch
from borneone_crawler.items import CaptureRef

COLUMNS = """
c.warc_file AS file, c.warc_offset AS offset, c.warc_length AS length, c.digest, c.record_id,
c.url, c.http_status AS status, c.content_type, c.fetched_at, c.payload_digest
"""
"""What makes a CaptureRef out of a row `c`."""


_OURS = "(origin IS NULL OR origin LIKE 'merge %')"
"""What a run of this program has captured, here or where an archive that was merged was made."""


_KEEP = """
INSERT INTO captures (
    url_id, url, run_id, fetched_at, http_status, content_type, warc_file, warc_offset,
    warc_length, digest, record_id, warc_type, payload_digest, refers_to, waiting, origin)
VALUES (
    :url_id, :url, :run_id, :fetched_at, :http_status, :content_type, :warc_file, :warc_offset,
    :warc_length, :digest, :record_id, :warc_type, :payload_digest, :refers_to, :waiting, :origin)
ON CONFLICT (record_id) DO NOTHING
"""


class CaptureRows:
    """Writes and finds rows of `captures`. Transactions are the caller's."""

    def __init__(self, database: Database, schema: str = "main") -> None:
        """`schema`: the name under which the database is attached, for reading another's."""
        self._db = database
        self._schema = schema

    def keep(
        self,
        capture: CaptureRef,
        url_id: int | None,
        run_id: int,
        *,
        waiting: bool = False,
        origin: str | None = None,
        is_revisit: bool = False,
    ) -> int:
        """The row of a capture, made where there is none; one that waited does so no more.
        `is_revisit` for a revisit that does not say by an id what it refers to."""
        kept = self._db.execute(
            _KEEP,
            {
                "url_id": url_id,
                "url": capture.url,
                "run_id": run_id,
                "fetched_at": capture.fetched_at,
                "http_status": capture.status,
                "content_type": capture.content_type,
                "warc_file": capture.file,
                "warc_offset": capture.offset,
                "warc_length": capture.length,
                "digest": capture.digest,
                "record_id": capture.record_id,
                "warc_type": "revisit" if capture.refers_to or is_revisit else "response",
                "payload_digest": capture.payload_digest,
                "refers_to": self.id_of(capture.refers_to),
                "waiting": waiting,
                "origin": origin,
            },
        )
        if kept.rowcount:
            assert kept.lastrowid is not None
            return kept.lastrowid
        known = self.id_of(capture.record_id)
        assert known is not None
        self._db.execute("UPDATE captures SET waiting = 0 WHERE id = ?", [known])
        return known

    def id_of(self, record_id: str | None) -> int | None:
        """The row of a record, if there is one."""
        if record_id is None:
            return None
        row = self._db.execute(
            "SELECT id FROM captures WHERE record_id = ?", [record_id]
        ).fetchone()
        return int(row[0]) if row else None

    def of(self, capture_id: int) -> CaptureRef:
        """One capture by the number of its row, as it stands."""
        query = f"SELECT {COLUMNS} FROM captures AS c WHERE c.id = ?"  # noqa: S608
        return CaptureRef(**next(self._db.query(query, [capture_id])))

    def with_payload(self, capture_ids: Sequence[int]) -> list[CaptureRef]:
        """The captures that hold the payloads of these, in the same order: of a revisit the
        response it refers to. Those whose payload is in no file any more, or never was, are left
        out."""
        held = self.payloads(capture_ids)
        return [held[capture_id] for capture_id in capture_ids if capture_id in held]

    def payloads(self, capture_ids: Sequence[int]) -> dict[int, CaptureRef]:
        """The same, each by the capture that was named."""
        rows = fetch(
            self._db,
            f"""SELECT asked.id AS asked, {COLUMNS}
                FROM json_each(?) AS wanted
                CROSS JOIN {self._schema}.captures AS asked ON asked.id = wanted.value
                CROSS JOIN {self._schema}.captures AS c
                    ON c.id = CASE asked.warc_type WHEN 'revisit' THEN asked.refers_to
                                                   ELSE asked.id END
                WHERE c.dropped IS NULL""",  # noqa: S608
            [json.dumps(capture_ids)],
        )
        return {row.pop("asked"): CaptureRef(**row) for row in rows}

    def waiting_for(self, url_ids: Sequence[int]) -> dict[int, CaptureRef]:
        """By row of `urls`, the captures that were found after a crash and are to be read in place
        of asking: never one that others made, which says nothing of today."""
        rows = fetch(
            self._db,
            f"""SELECT c.url_id, {COLUMNS} FROM captures AS c
                WHERE c.url_id IN (SELECT value FROM json_each(?)) AND c.waiting = 1 AND {_OURS}
                ORDER BY c.id DESC""",  # noqa: S608
            [json.dumps(url_ids)],
        )
        return {row.pop("url_id"): CaptureRef(**row) for row in rows}

    def wait_again(self, capture_id: int | None) -> None:
        """Have a response of ours read in place of asking, if it is still to be had."""
        self._db.execute(
            f"""UPDATE captures SET waiting = 1
                WHERE id = ? AND warc_type = 'response' AND dropped IS NULL AND {_OURS}""",  # noqa: S608
            [capture_id],
        )

    def wait_no_more(self, url_id: int) -> None:
        """What waited for a URL has been read, or is of no use any more."""
        self._db.execute(
            "UPDATE captures SET waiting = 0 WHERE url_id = ? AND waiting = 1 AND " + _OURS,  # noqa: S608
            [url_id],
        )
