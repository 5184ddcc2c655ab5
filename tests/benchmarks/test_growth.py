"""A daily run takes as many requests and as much of the processor, however much is held."""

import json
import statistics
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from borneone_crawler.archive.articles.stored import article_from, article_json
from borneone_crawler.discovery import rest
from borneone_crawler.items import Kind, Outcome, RawPage, Reading, Source, SourceState, State
from borneone_crawler.newsrooms import placed
from borneone_crawler.reading import Reader
from borneone_crawler.site import BORNEONETV
from borneone_crawler.statuses import Status
from tests.benchmarks.growing import Growing
from tests.benchmarks.measuring import seconds_of
from tests.crawling import Crawl
from tests.small_site import HTML, SmallSite

HELD = (1_000, 20_000, 200_000)
NEW = 10
DAYS = 7
"""Daily runs of each archive, one beside the other."""
MOST = 1.1
"""Processor time with more held against that with HELD[0]: none but what the measuring wavers."""

FILLED = datetime(2019, 11, 1, tzinfo=UTC)
# A year later all that is held is due to be looked at again: each run does as much as it may.
FIRST_DAY = datetime(2021, 1, 1, tzinfo=UTC)
_NUMBER = 28_000_000_000
"""Of the posts that are read for all others; the day of a post follows from its rest by 28."""


class Served:
    """What is read of the pages of a SmallSite: each differs from another by its number, and by
    its day."""

    def __init__(self, site: SmallSite) -> None:
        self._site = site
        newsroom = placed(BORNEONETV, site.origin)
        self.reader = Reader(newsroom, ())
        self._models = [self._read(_NUMBER + day) for day in range(28)]

    def _read(self, number: int) -> Reading:
        page = RawPage(
            url=self.url(number),
            body=self._site.article(number).encode(),
            content_type=HTML,
            fetched_at=FILLED.isoformat(),
        )
        return self.reader.read([page])

    def url(self, number: int) -> str:
        return f"{self._site.origin}/berita-{number}/"

    def reading(self, number: int, edition: int = 0) -> Reading:
        assert edition == 0, "nothing is edited"
        model, of_model = self._models[number % 28], str(_NUMBER + number % 28)
        links = [
            replace(link, url=link.url.replace(of_model, str(number))) for link in model.links
        ]
        article = article_from(article_json(model.article).replace(of_model, str(number)))
        return replace(model, article=article, links=links)


def fill(folder: Path, site: SmallSite) -> None:
    """Make the archive that a first crawl of the whole site would have made."""
    served = Served(site)
    newsroom = placed(BORNEONETV, site.origin)
    growing = Growing(folder, served, newsroom, served.reader, FILLED)
    total = len(site.numbers)
    for first in range(1, total + 1, rest.PER_PAGE):
        numbers = range(first, min(first + rest.PER_PAGE, total + 1))
        name(growing, site, numbers, total)
        growing.store(len(numbers))
    growing.archive.end_run(Status.OK, "complete", {})
    growing.archive.close()


def name(growing: Growing, site: SmallSite, numbers: range, total: int) -> None:
    """Have a page of the REST inventory name posts; the last one completes it."""
    url = rest.inventory_url(site.origin, whole=True)
    body = json.dumps([site.post(number) for number in numbers]).encode()
    inventory = rest.read_inventory(body, {"x-wp-total": str(total)})
    assert inventory is not None
    due = growing.archive.due_for(growing.archive.urls.canonical(url), Kind.SOURCE)
    outcome = Outcome(
        url=due.url, kind=Kind.SOURCE, state=State.STORED, http_status=200, links=inventory.posts,
        total=inventory.total, source=Source.REST, source_state=SourceState.WORKS, walk_on=True,
    )  # fmt: skip
    if numbers.stop <= total:
        outcome.next_page = url
    growing.archive.settle(due, outcome)


@dataclass
class Newsroom:
    """A site, and the archive of it."""

    site: SmallSite
    crawl: Crawl

    def day(self, moment: datetime) -> tuple[int, float]:
        """Requests and processor seconds of a run that finds NEW articles."""
        site = self.site
        newest = site.numbers[-1]
        site.numbers += range(newest + 1, newest + NEW + 1)
        at = moment.replace(tzinfo=None).isoformat()
        site.modified |= dict.fromkeys(site.numbers[-NEW:], at)
        site.asked.clear()
        words = self.crawl.argv(NOW=moment.isoformat())[3:]
        seconds = seconds_of(words, self.crawl.archive.with_name("seconds"))
        assert self.crawl.one("SELECT count(*) FROM articles") == len(site.numbers)
        return len(site.asked), seconds

    def counted(self, name: str) -> int:
        """A counter of the last run."""
        sql = "SELECT stats ->> ? FROM runs ORDER BY id DESC LIMIT 1"
        return int(self.crawl.one(sql, f'$."{name}"') or 0)


@pytest.fixture
def newsrooms(tmp_path: Path) -> Iterator[list[Newsroom]]:
    with ExitStack() as stack:
        made = []
        for held in HELD:
            site = stack.enter_context(SmallSite(held))
            site.has_rest = True
            folder = tmp_path / str(held)
            folder.mkdir()
            fill(folder, site)
            made.append(Newsroom(site, Crawl(folder, site.origin)))
        yield made


@pytest.mark.bench
def test_a_daily_run_takes_as_much_however_much_is_held(newsrooms: list[Newsroom]) -> None:
    requests: list[set[int]] = [set() for _ in HELD]
    seconds: list[list[float]] = [[] for _ in HELD]
    # The first run after the archives were made meets the listings, and plans all visits.
    for day in range(DAYS + 1):
        for each, newsroom in enumerate(newsrooms):
            asked, took = newsroom.day(FIRST_DAY + timedelta(days=day))
            assert newsroom.counted("articles/new") == NEW
            if day:
                requests[each].add(asked)
                seconds[each].append(took)
    for held, asked_each, took_each in zip(HELD, requests, seconds, strict=True):
        ratios = [many / few for many, few in zip(took_each, seconds[0], strict=True)]
        print(
            f"{held:,} held: {sorted(asked_each)} requests, {statistics.median(took_each):.2f} s "
            f"of the processor; {statistics.median(ratios):.2f} to 1"
        )
    assert requests[0] == requests[1] == requests[2]
    for took_each in seconds[1:]:
        ratios = [many / few for many, few in zip(took_each, seconds[0], strict=True)]
        assert statistics.median(ratios) <= MOST
