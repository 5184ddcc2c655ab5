"""When stored articles are looked at again: planned once for each, and found by an index."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlite_utils import Database

from borneone_crawler.archive.clock import stamp
from borneone_crawler.archive.frontier.frontier import TAKEN_DOWN

BATCH = 1_000
"""Pages that are planned in one transaction."""

Plan = Callable[[str, str], tuple[datetime, float]]
"""From when an article was published or changed last, and when its page answered or failed last
(both ISO 8601), to when it is due again and the seconds of the interval that ends then."""

# Not one that is no article's own address, or whose article is gone or taken down.
_UNPLANNED = """
SELECT u.id,
    CASE WHEN a.gone_at IS NULL AND u.reason IS NOT ? THEN
        iif(v.n > 1, v.seen_at, coalesce(a.date_published, a.first_seen_at))
    END,
    coalesce(u.checked_at, a.last_seen_at)
FROM urls AS u
LEFT JOIN articles AS a ON a.url = u.url
LEFT JOIN revisions AS v ON v.id = a.revision_id
WHERE u.visit_at IS NULL AND u.kind = 'article' AND u.state = 'stored' AND u.same_as IS NULL
LIMIT ?
"""

_DUE = """
SELECT id, visit_at FROM urls
WHERE visit_after = ? AND visit_at <= ? AND next_at IS NULL AND state = 'stored'
    AND same_as IS NULL AND reason IS NOT ?
ORDER BY visit_at, id LIMIT ?
"""


class Visits:
    """Writes and asks `urls.visit_at`, which triggers empty when a page is to be planned anew."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def plan(self, ages: Sequence[float], plan: Plan) -> None:
        """Plan every page that is not planned yet; all of them where others were planned by other
        ages. Each batch is a transaction."""
        self._go_by(json.dumps(ages))
        while rows := self._db.execute(_UNPLANNED, [TAKEN_DOWN, BATCH]).fetchall():
            planned: list[tuple[str, float | None, int]] = []
            for row_id, born, seen in rows:
                if born is None:
                    planned.append(("", None, row_id))
                else:
                    at, after = plan(born, seen)
                    planned.append((stamp(at), after, row_id))
            with self._db.atomic():
                self._db.conn.executemany(
                    "UPDATE urls SET visit_at = ?, visit_after = ? WHERE id = ?", planned
                )

    def due(self, after: float, now: datetime, most: int) -> list[tuple[int, str]]:
        """At most so many of the pages whose interval of so many seconds is over: row and when it
        was, those first that wait for longest."""
        return self._db.execute(_DUE, [after, stamp(now), TAKEN_DOWN, most]).fetchall()

    def _go_by(self, ages: str) -> None:
        if self._db.execute("SELECT visit_ages FROM archive").fetchone()[0] == ages:
            return
        with self._db.atomic():
            self._db.execute(
                "UPDATE urls SET visit_at = NULL, visit_after = NULL WHERE visit_at IS NOT NULL"
            )
            self._db.execute("UPDATE archive SET visit_ages = ?", [ages])
