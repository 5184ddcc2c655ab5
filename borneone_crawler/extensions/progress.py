"""Shows a person at the terminal how far the run is; in cron it is not there at all."""

import asyncio
from collections import deque
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from borneone_crawler.desk.underway import Underway
from borneone_crawler.extensions.archive import ArchiveKeeper
from borneone_crawler.items import Kind
from borneone_crawler.progress import Progress, columns, is_watched

EVERY = 0.5
"""Seconds between two looks."""

_LEADING = {Kind.LISTING, Kind.SOURCE, Kind.ARTICLE}
"""Pages that lead to more: lists to articles, articles to their pictures."""

WINDOW = 60.0
"""Seconds over which the rate is measured."""


class ShowProgress:
    """One line on stderr, written over, and gone before the summary."""

    def __init__(self, crawler: Crawler) -> None:
        if not is_watched():
            raise NotConfigured
        self._crawler = crawler
        self._line = Progress()
        self._leading = set(_LEADING)
        if crawler.settings["CAPTURE_IMAGES"] == "none":
            self._leading.remove(Kind.ARTICLE)
        self._at = ""
        self._counts: deque[tuple[float, int]] = deque()
        self._showing: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        progress = cls(crawler)
        crawler.signals.connect(progress.spider_opened, signals.spider_opened)
        crawler.signals.connect(progress.asking, signals.request_reached_downloader)
        crawler.signals.connect(progress.spider_closed, signals.spider_closed)
        return progress

    def spider_opened(self, spider: Spider) -> None:
        self._showing = asyncio.ensure_future(self._show(spider))

    def asking(self, request: Request) -> None:
        due = request.meta.get("due")
        self._at = f"{due.kind} {urlsplit(request.url).path}" if due else request.url

    def spider_closed(self) -> None:
        if self._showing is not None:
            self._showing.cancel()
            self._line.clear()

    async def _show(self, spider: Spider) -> None:
        while True:
            self._line.tell(self._underway(spider).line(columns() - 1), at_once=True)
            await asyncio.sleep(EVERY)

    def _underway(self, spider: Spider) -> Underway:
        stats = self._crawler.stats
        fetched = stats.get_value("response_received_count", 0)
        due = ArchiveKeeper.of(self._crawler).archive.due_now()
        return Underway(
            fetched=fetched,
            found=stats.get_value("discovery/new candidates", 0),
            # A run for one page alone leaves the others to the next.
            pending=None if getattr(spider, "only_url", "") else sum(due.values()),
            grows=not due.keys().isdisjoint(self._leading),
            per_minute=self._rate(fetched),
            at=self._at,
        )

    def _rate(self, fetched: int) -> float | None:
        now = asyncio.get_running_loop().time()
        self._counts.append((now, fetched))
        while now - self._counts[0][0] > WINDOW:
            self._counts.popleft()
        since, before = self._counts[0]
        return (fetched - before) / (now - since) * 60 if fetched - before >= 2 else None
