"""Makes room: takes pages that said nothing new out of the WARC files, by a fixed policy.

Of the pages of an article stay: every one that a reading was made from, and so the first; the
newest; whatever a revisit record refers to; and whatever another archive captured. What goes was
read when it came, and said nothing new: it differs in advertisements, counters and the like.
"""

import logging
import shutil

from sqlite_utils import Database

from borneone_crawler.archive.warc.folder import CaptureStore
from borneone_crawler.archive.warc.rewriting import Rewriting

logger = logging.getLogger(__name__)

MIN_BYTES = 16 * 1024 * 1024
"""A file is written anew only when so many bytes go ..."""

MIN_SHARE = 0.3
"""... and they are at least this share of it."""

# What may go at the most, by the index alone: in most runs no file is worth to be looked at.
_REPEATING = """
SELECT warc_file FROM captures WHERE repeats = 1 AND dropped IS NULL
GROUP BY warc_file HAVING sum(warc_length) >= ?
"""

_SUPERSEDED = """
SELECT c.record_id, c.warc_length
FROM captures AS c
JOIN urls AS u ON u.id = c.url_id
WHERE c.warc_file = ? AND c.repeats = 1 AND c.dropped IS NULL
    AND c.warc_type = 'response' AND c.http_status = 200 AND c.waiting = 0
    AND c.origin IS NULL AND u.kind IN ('article', 'part')
    AND c.id NOT IN (SELECT capture_id FROM reading_captures)
    AND NOT EXISTS (SELECT 1 FROM captures WHERE refers_to = c.id AND dropped IS NULL)
    AND c.id IS NOT u.capture_id
    AND EXISTS (
        SELECT 1 FROM captures AS later
        WHERE later.url_id = c.url_id AND later.fetched_at > c.fetched_at
            AND later.http_status = 200 AND later.dropped IS NULL
            AND (later.repeats = 1
                OR later.id IN (SELECT capture_id FROM reading_captures)))
"""


class Thinning:
    """Rewrites at most one file a run."""

    def __init__(self, database: Database, store: CaptureStore, rewriting: Rewriting) -> None:
        self._db = database
        self._store = store
        self._rewriting = rewriting

    def run(self) -> int:
        """Thin the file that gains most by it, if one is worth it and the disk has room for its
        copy. Returns how many captures went. Raises Stop like Rewriting."""
        superseded: dict[str, dict[str, int]] = {
            name: dict(self._db.execute(_SUPERSEDED, [name]).fetchall())
            for (name,) in self._db.execute(_REPEATING, [MIN_BYTES]).fetchall()
        }
        gains = {}
        for path in self._store.files()[:-1]:  # the newest is still being written
            size, gain = path.stat().st_size, sum(superseded.get(path.name, {}).values())
            if gain >= MIN_BYTES and gain >= MIN_SHARE * size:
                gains[path.name] = gain
        if not gains:
            return 0
        name = max(gains, key=gains.__getitem__)
        path = self._store.folder / name
        if shutil.disk_usage(self._store.folder).free < 2 * path.stat().st_size:
            logger.warning("%s is not thinned: the disk has no room for a copy of it", name)
            return 0
        gone = self._rewriting.rewrite(name, superseded[name], "noise")
        pages = len(superseded[name])
        logger.info("%s: %d pages that said nothing new are out, %d bytes", name, pages, gone)
        return pages
