"""Ends a run that has asked for as much as it may, or for as long."""

import time
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from borneone_crawler.extensions.archive import ArchiveKeeper
from borneone_crawler.extensions.run import RunKeeper
from borneone_crawler.middlewares.verdicts import Unasked
from borneone_crawler.statuses import Status, Stop


class KeepBudget:
    """Counts every request, robots.txt and the home page too, but never ends a run before these.
    What is left stays due, and the run's status is 0."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._requests = crawler.settings.getint("MAX_REQUESTS")
        self._minutes = crawler.settings.getfloat("MAX_MINUTES")
        self._asked = 0
        self._began = time.monotonic()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        spent = self._spent()
        if spent is not None and "due" in request.meta:
            run = RunKeeper.of(self._crawler)
            if not run.halted.is_set():
                pending = ArchiveKeeper.of(self._crawler).archive.pending
                run.halt(Stop(Status.OK, f"the budget of {spent} is used up, pending {pending}"))
            raise Unasked("the budget is used up")
        self._asked += 1

    def _spent(self) -> str | None:
        if 0 < self._requests <= self._asked:
            return f"{self._requests} requests"
        if 0 < self._minutes * 60 <= time.monotonic() - self._began:
            return f"{self._minutes:g} minutes"
        return None
