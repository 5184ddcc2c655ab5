"""Signs in the archive that something is wrong with the site; each with addresses to look at."""

from datetime import datetime, timedelta

from sqlite_utils import Database

from borneone_crawler.archive.clock import stamp

LONG_AGO = timedelta(days=30)
"""How far back an article is dated that is met late."""


class Signs:
    """Asks the archive for them; changes nothing."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def back_dated(self, since: str) -> list[str]:
        """Articles met `since` then for the first time (UTC) that are dated long before."""
        before = stamp(datetime.fromisoformat(since) - LONG_AGO)
        rows = self._db.execute(
            """SELECT url FROM articles
               WHERE first_seen_at >= ? AND datetime(date_published) < datetime(?) ORDER BY id""",
            [since, before],
        )
        return [row[0] for row in rows.fetchall()]

    def later_than_the_feed(self, by: timedelta) -> list[str]:
        """Articles that were published later than the newest one that the feed shows, when the
        newest of them is by so much, though the feed answers."""
        works, newest = self._db.execute(
            """SELECT (SELECT state = 'works' FROM sources WHERE source = 'feed'),
                   (SELECT max(published_at) FROM shown WHERE source = 'feed'
                        -- what it showed when it was read last, older pages included
                        AND unixepoch(last_at) >= (
                            SELECT max(unixepoch(last_at)) - 600 FROM shown WHERE source = 'feed'))
                   """
        ).fetchone()
        if not works or newest is None:
            return []
        rows = self._db.execute(
            """SELECT url, date_published FROM articles
               WHERE datetime(date_published) > datetime(?) AND gone_at IS NULL
               ORDER BY datetime(date_published) DESC""",
            [newest],
        ).fetchall()
        if not rows or datetime.fromisoformat(rows[0][1]) < datetime.fromisoformat(newest) + by:
            return []
        return [row[0] for row in rows]

    def past_counts(self, most: int) -> list[str]:
        """Counters of the last crawls that nothing was wrong with, as JSON, newest last."""
        rows = self._db.execute(
            """SELECT stats FROM (
                   SELECT id, stats FROM runs
                   WHERE command = 'crawl' AND reason = 'complete' AND stats IS NOT NULL
                   ORDER BY id DESC LIMIT ?)
               ORDER BY id""",
            [most],
        )
        return [row[0] for row in rows.fetchall()]

    def alarmed_since(self, moment: datetime) -> set[str]:
        """Names of the alarms that runs have given since then."""
        rows = self._db.execute(
            """SELECT DISTINCT substr(counter.key, 7) FROM runs, json_each(stats) AS counter
               WHERE finished_at >= ? AND counter.key LIKE 'alarm/%'""",
            [stamp(moment)],
        )
        return {row[0] for row in rows.fetchall()}

    def newest_read(self, run_id: int, most: int) -> list[tuple[int, str, str]]:
        """The newest articles that a run has stored in a new state: WordPress's number, address
        and text."""
        rows = self._db.execute(
            """SELECT a.post_id, a.url, a.article_body FROM articles AS a
               JOIN revisions AS v ON v.id = a.revision_id
               WHERE v.run_id = ? AND a.post_id IS NOT NULL
               ORDER BY datetime(a.date_published) DESC LIMIT ?""",
            [run_id, most],
        )
        return rows.fetchall()
