"""The runs of an archive: when each was, what it did, and how it ended."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from borneone_crawler.desk.plain import brief, plain
from borneone_crawler.desk.times import local
from borneone_crawler.statuses import COMPLETE, Status

RUNNING, KILLED = "running", "killed"
"""What is said, in place of a status, of a run that has not ended, and of one that never will."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run. What did not end is counted from the rows it has written so far; what was not
    counted is None."""

    number: int
    command: str
    arguments: dict[str, Any]
    started_at: str
    """ISO 8601, UTC."""
    finished_at: str | None
    seconds: int | None
    """From start to end; of one that is running, until now; of one that was killed, unknown."""
    status: int | None
    word: str
    """What the status stands for; "running" or "killed" where there is none."""
    new: int
    changed: int
    unchanged: int | None
    requests: int | None
    failed: int | None
    """Pages that this run gave up or could not read."""
    pending: int | None
    """Pages that it left, or still has, to be asked for."""
    reason: str | None
    traps: list[str]
    """Traps of the site that the run left alone, in words."""


def last_runs(
    database: Database, most: int, *, at_work: Callable[[], bool], now: datetime
) -> list[Run]:
    """The last runs, at most so many, the newest last. `at_work` says whether somebody writes to
    the archive just now: then the newest run is going on, if it has no end; others were killed."""
    busy = at_work()
    rows = list(database.query(_LAST, {"most": most}))
    # Asked twice: it may have begun or ended while the rows were read.
    busy = at_work() or busy
    return [_run(row, running=busy and row is rows[-1], now=now) for row in rows]


def _run(row: dict[str, Any], *, running: bool, now: datetime) -> Run:
    due, ended = row.pop("due"), row["finished_at"]
    until = datetime.fromisoformat(ended) if ended else now if running else None
    row["seconds"] = None
    if until is not None:
        began = datetime.fromisoformat(row["started_at"])
        row["seconds"] = round((until - began).total_seconds())
    if ended:
        row["word"] = _word(row["status"])
    else:
        row["word"] = RUNNING if running else KILLED
        row["pending"] = due if running else None
    parsed = {name: json.loads(row[name]) for name in ("arguments", "traps")}
    return Run(**row | parsed)


def _word(status: int) -> str:
    try:
        return Status(status).word
    except ValueError:  # another version of this program has more of them
        return "unknown"


def as_json(runs: Sequence[Run]) -> list[dict[str, Any]]:
    """The runs for machines, under the names of Run."""
    return [asdict(run) for run in runs]


def lines_of(runs: Sequence[Run], time_zone: str) -> Iterator[str]:
    """A table, its times in the newsroom's own zone. Counts that are nothing in all runs are left
    out; below a run that did not simply end, why."""
    from tabulate import tabulate

    if not runs:
        yield "no run yet"
        return
    zone = ZoneInfo(time_zone)
    columns = [_cells(run, zone) for run in runs]
    shown = [name for name in columns[0] if name not in _COUNTS or any(c[name] for c in columns)]
    table = tabulate(
        [[cells[name] for name in shown] for cells in columns],
        headers=shown,
        tablefmt="plain",
        colalign=["left" if name in _LEFT else "right" for name in shown],
        disable_numparse=True,
        missingval="–",
    )
    head, *rows = (line.rstrip() for line in table.splitlines())
    yield head
    for run, row in zip(runs, rows, strict=True):
        yield row
        if run.reason and run.reason != COMPLETE:
            yield f"     {plain(run.reason)}"
        for trap in run.traps:
            yield f"     a trap was left alone: {plain(trap)}"


_COUNTS = {"new", "changed", "unchanged", "requests", "failed", "pending"}
_LEFT = {"command", "started", "status"}


def _cells(run: Run, zone: ZoneInfo) -> dict[str, object]:
    given = (f"{name}={value}" for name, value in run.arguments.items())
    return {
        "run": run.number,
        "command": brief(" ".join([run.command, *given]), 40),
        "started": local(run.started_at, zone),
        "took": None if run.seconds is None else timedelta(seconds=run.seconds),
        "status": run.word if run.status is None else f"{run.status} {run.word}",
        "new": run.new,
        "changed": run.changed,
        "unchanged": run.unchanged,
        "requests": run.requests,
        "failed": run.failed,
        "pending": run.pending,
    }


_LAST = """
WITH last AS (SELECT * FROM runs ORDER BY id DESC LIMIT :most),
written AS (
    SELECT run_id, count(*) FILTER (WHERE n = 1) AS new, count(*) FILTER (WHERE n > 1) AS changed
    FROM revisions WHERE run_id IN (SELECT id FROM last) GROUP BY run_id
),
captured AS (
    SELECT run_id, count(*) AS requests FROM captures
    WHERE run_id IN (SELECT id FROM last WHERE finished_at IS NULL) GROUP BY run_id
)
SELECT
    r.id AS number, command, arguments, started_at, finished_at, status, reason,
    coalesce(stats ->> '$."articles/new"', w.new, 0) AS new,
    coalesce(stats ->> '$."articles/revised"', w.changed, 0) AS changed,
    iif(is_ended_crawl, coalesce(stats ->> '$."articles/unchanged"', 0), NULL) AS unchanged,
    iif(
        is_ended_crawl, coalesce(stats ->> '$."downloader/request_count"', 0), c.requests
    ) AS requests,
    iif(
        is_ended_crawl,
        (SELECT coalesce(sum(value), 0) FROM json_each(stats) WHERE key GLOB 'urls/* failed'),
        NULL
    ) AS failed,
    stats ->> '$."frontier/pending"' AS pending,
    coalesce(stats -> '$.traps', '[]') AS traps,
    (SELECT count(*) FROM urls WHERE next_at IS NOT NULL) AS due
FROM (SELECT *, command = 'crawl' AND finished_at IS NOT NULL AS is_ended_crawl FROM last) AS r
    LEFT JOIN written AS w ON w.run_id = r.id
    LEFT JOIN captured AS c ON c.run_id = r.id
ORDER BY r.id
"""
