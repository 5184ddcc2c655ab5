"""Signs in the archive that something is wrong with the site; each with addresses to look at."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlite_utils import Database

from borneone_crawler.archive.clock import stamp

LONG_AGO = timedelta(days=30)
"""How far back an article is dated that is met late."""

# Eight weeks of the same day of the week, each by the newsroom's own clock; an archive that does
# not go back so far has nothing to compare with.
_FLOOD = """
WITH RECURSIVE
new_days (day) AS (
    SELECT DISTINCT substr(date_published, 1, 10) FROM articles
    WHERE first_seen_at >= :since AND date_published IS NOT NULL
),
weeks (back) AS (VALUES (0) UNION ALL SELECT back + 7 FROM weeks WHERE back < 56),
counted AS (
    SELECT day, back, (
        SELECT count(*) FROM articles
        WHERE date_published >= date(day, '-' || back || ' days')
            AND date_published < date(day, '-' || back || ' days', '+1 day')) AS articles
    FROM new_days CROSS JOIN weeks
    WHERE date(day, '-56 days') >= (SELECT substr(min(date_published), 1, 10) FROM articles)
),
compared AS (
    SELECT day, max(articles) FILTER (WHERE back = 0) AS articles,
        max(articles) FILTER (WHERE back > 0) AS most
    FROM counted GROUP BY day
)
SELECT day, articles, most FROM compared
WHERE articles >= 5 * most AND articles >= most + 20
ORDER BY articles DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Flood:
    """A day with far more articles than are usual."""

    day: date
    articles: int
    most: int
    """Articles of the fullest of the days that it is compared with."""
    urls: list[str]
    """Addresses of those that were met last."""


class Signs:
    """Asks the archive for them; changes nothing."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def back_dated(self, since: str) -> list[str]:
        """Articles met `since` then for the first time (UTC) that are dated long before."""
        before = stamp(datetime.fromisoformat(since) - LONG_AGO)
        rows = self._db.execute(
            """SELECT url FROM articles
               WHERE first_seen_at >= ? AND datetime(date_published) < datetime(?)
               ORDER BY first_seen_at, id""",
            [since, before],
        )
        return [row[0] for row in rows.fetchall()]

    def flood(self, since: str) -> Flood | None:
        """The day on which most articles are dated, if there are far more than on the same day of
        the week before, and some of them were met `since` then (UTC) for the first time."""
        row = self._db.execute(_FLOOD, {"since": since}).fetchone()
        if row is None:
            return None
        urls = self._db.execute(
            """SELECT url FROM articles
               WHERE substr(date_published, 1, 10) = ? AND first_seen_at >= ? ORDER BY id""",
            [row[0], since],
        ).fetchall()
        return Flood(date.fromisoformat(row[0]), row[1], row[2], [url for (url,) in urls])

    def later_than_the_feed(self, by: timedelta) -> list[str]:
        """Articles that were published later than the newest one that the feed shows, when the
        newest of them is by so much, though the feed answers."""
        works, newest = self._db.execute(
            """SELECT (SELECT state = 'works' FROM sources WHERE source = 'feed'),
                   (SELECT max(published_at) FROM shown WHERE source = 'feed'
                        -- what it showed when it was read last, older pages included
                        AND last_at >= (
                            SELECT strftime('%Y-%m-%dT%H:%M:%f+00:00', max(last_at), '-10 minutes')
                            FROM shown WHERE source = 'feed'))
                   """
        ).fetchone()
        if not works or newest is None:
            return []
        rows = self._db.execute(
            """SELECT url, date_published FROM articles
               -- no zone is a whole day away: this much the index knows
               WHERE date_published >= date(:newest, '-1 day')
                   AND datetime(date_published) > datetime(:newest) AND gone_at IS NULL
               ORDER BY datetime(date_published) DESC""",
            {"newest": newest},
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

    def told_since(self, moment: datetime) -> set[str]:
        """Names of the alarms that a person was told of since then."""
        rows = self._db.execute(
            """SELECT DISTINCT substr(counter.key, 7) FROM runs, json_each(stats) AS counter
               WHERE finished_at >= ? AND counter.key LIKE 'alarm/%' AND counter.value = 1""",
            [stamp(moment)],
        )
        return {row[0] for row in rows.fetchall()}

    def newest_read(self, run_id: int, most: int) -> list[tuple[int, str, str]]:
        """The newest articles that a run has stored in a new state: WordPress's number, address
        and text."""
        rows = self._db.execute(
            # CROSS JOIN: from the few states of the run to their articles, never from all articles
            """SELECT a.post_id, a.url, a.article_body FROM revisions AS v
               CROSS JOIN articles AS a ON a.id = v.article_id AND a.revision_id = v.id
               WHERE v.run_id = ? AND a.post_id IS NOT NULL
               ORDER BY datetime(a.date_published) DESC LIMIT ?""",
            [run_id, most],
        )
        return rows.fetchall()
