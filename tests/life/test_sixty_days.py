"""Left alone in cron: the real command runs once a day beside the life of a newsroom, and at the
end the archive is its history."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from borneone_crawler.statuses import Status
from tests.crawling import Crawl
from tests.life.comparing import expected, held
from tests.life.newsroom import BEGIN, Story, tell
from tests.life.server import LifeServer, Outage

LATE = 22
"""The day on which cron is an hour late: what was read of robots.txt the day before is too old."""

CERTAIN = timedelta(days=6)
"""How long after a post was taken down daily runs are sure of it."""


def noon(day: int) -> datetime:
    """When cron runs the crawl on a day of the story."""
    return BEGIN + timedelta(days=day, hours=12 + (day == LATE))


class Cron:
    """Runs the crawl each day at noon, and notes what came of it."""

    def __init__(self, folder: Path, site: LifeServer, *, deep_every: int) -> None:
        self.site = site
        self.deep_every = deep_every
        self.crawl = Crawl(folder, site.origin)
        self.good: list[datetime] = []
        """When runs came to their end."""

    def run(self, day: int) -> Status:
        self.site.now = noon(day)
        asked = len(self.site.log)
        settings = {"CAPTURE_IMAGES": "none", "DEEP_EVERY": self.deep_every}
        status = Status(self.crawl.run(NOW=self.site.now.isoformat(), **settings))
        kinds = Counter(_kind(entry.path) for entry in self.site.log[asked:])
        print(f"day {day}: status {status}, {sum(kinds.values())} requests: {dict(kinds)}")
        assert self.crawl.stderr == "", "no false alarm"
        if status is Status.OK:
            self.good.append(self.site.now)
        return status


def _kind(path: str) -> str:
    for kind, mark in (("rest", "/wp-json"), ("feed", "/feed"), ("sitemap", "sitemap")):
        if mark in path:
            return kind
    if path in ("/", "/robots.txt"):
        return "robots and home"
    return "listing" if path.startswith(("/category/", "/page/")) else "article"


def outage(day: int, now: datetime) -> Outage | None:
    """What is wrong with the site on some days of the story."""
    return {
        9: Outage(),
        15: Outage(status=429, retry_after=now + timedelta(hours=20)),
        LATE: Outage(status=500, only="/robots.txt"),
    }.get(day)


def live(story: Story, cron: Cron, days: int) -> None:
    for day in range(days):
        cron.site.outage = outage(day, noon(day))
        status = cron.run(day)
        assert status is (Status.OK if cron.site.outage is None else Status.UNREACHABLE)


def is_the_history(story: Story, cron: Cron) -> None:
    """Compare the archive with what stood in the newsroom whenever a run looked."""
    told, crawl = expected(story, cron.good), cron.crawl
    assert crawl.one("SELECT count(*) FROM articles") == len(told), "no post twice, none missing"
    assert held(crawl) == told
    there = {post.id for post in story.at(cron.good[-1]).listed}
    gone = {row[0] for row in crawl.rows("SELECT post_id FROM articles WHERE gone_at IS NOT NULL")}
    assert there.isdisjoint(gone)
    assert _gone_for(CERTAIN, story, cron.good[-1]) & told.keys() <= gone
    for post in story.at(cron.good[-1]).listed:
        url = f"{crawl.origin}{post.path}"
        assert crawl.one("SELECT post_id FROM articles WHERE url = ?", url) == post.id


def _gone_for(time: timedelta, story: Story, until: datetime) -> set[int]:
    """Posts that were taken down at least so long ago, and have not come back since."""
    return {
        number
        for number, changes in story.history(until).items()
        if changes[-1].state is None and changes[-1].when <= until - time
    }


def test_eleven_days(tmp_path: Path) -> None:
    story = tell(days=11, stock=25)
    with LifeServer(story) as site:
        cron = Cron(tmp_path, site, deep_every=5)
        live(story, cron, 11)
        is_the_history(story, cron)


@pytest.mark.long
@pytest.mark.parametrize("yoast", [False, True], ids=["core sitemap", "yoast sitemap"])
def test_sixty_days(tmp_path: Path, yoast: bool) -> None:
    story = tell(days=60, stock=120)
    with LifeServer(story, yoast=yoast) as site:
        cron = Cron(tmp_path, site, deep_every=30)
        live(story, cron, 60)
        is_the_history(story, cron)
