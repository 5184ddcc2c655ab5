"""What a run did and what the archive holds now, in a few lines of plain text."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from borneone_crawler.archive.sqlite.database import open_readonly


def run_summary(archive: Path, run_id: int) -> Iterator[str]:
    """Lines about one run: new, changed and unchanged articles, what failed, what is pending."""
    with closing(open_readonly(archive)) as database:
        run = next(database.query("SELECT * FROM runs WHERE id = ?", [run_id]))
        stats: dict[str, Any] = next((dict(row) for row in database.query(_STATS, [run_id])), {})
    yield (
        f"articles: {stats['new']} new, {stats['revised']} changed, "
        f"{stats['unchanged']} unchanged, {stats['held']} held in all"
    )
    if not stats["new"] and not stats["revised"] and not run["status"]:
        yield "nothing new"
    yield f"requests: {stats['requests']} in {stats['seconds']} s"
    if stats["pending"]:
        yield f"pending {stats['pending']}: the next run goes on with them"
    yield f"ledger: {stats['entries']} entries, head {run['ledger_head']}"
    if stats["failed"]:
        yield f"given up so far: {stats['failed']} (scrapy coverage says why)"


_STATS = """
SELECT
    coalesce(stats ->> '$."articles/new"', 0) AS new,
    coalesce(stats ->> '$."articles/revised"', 0) AS revised,
    coalesce(stats ->> '$."articles/unchanged"', 0) AS unchanged,
    coalesce(stats ->> '$."downloader/request_count"', 0) AS requests,
    CAST(round((julianday(finished_at) - julianday(started_at)) * 86400) AS INTEGER) AS seconds,
    (SELECT count(*) FROM articles WHERE id NOT IN (SELECT article_id FROM takedowns)) AS held,
    (SELECT max(n) FROM ledger WHERE chain = (SELECT uuid FROM archive)) AS entries,
    (SELECT count(*) FROM urls WHERE next_at IS NOT NULL) AS pending,
    (SELECT count(*) FROM urls WHERE state = 'failed') AS failed
FROM runs WHERE id = ?
"""
