"""Keeps the pace the site asks for: Crawl-delay, and Retry-After for the whole host."""

import asyncio
import logging
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from borneone_crawler.extensions.clock import clock_from
from borneone_crawler.extensions.run import RunKeeper
from borneone_crawler.pace import RETRY_AFTER_STATUSES, retry_after
from borneone_crawler.statuses import Status, Stop

logger = logging.getLogger(__name__)


class Unasked(IgnoreRequest):
    """The request was not made, and nothing is known of its URL."""


class KeepPace:
    """Waits before a request while the host wants to be left alone."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._clock = clock_from(crawler.settings)
        self._patience = crawler.settings.getfloat("RETRY_AFTER_PATIENCE")
        self._free_at = 0.0
        self.crawl_delay = 0.0
        """Seconds between requests that robots.txt asks for; set by the preflight."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls(crawler)
        crawler.signals.connect(middleware.slow_down, signals.request_reached_downloader)
        return middleware

    async def process_request(self, request: Request) -> None:
        run = RunKeeper.of(self._crawler)
        while (wait := self._free_at - asyncio.get_running_loop().time()) > 0:
            await run.pause(wait)
            if run.halted.is_set():
                raise Unasked("the run is ending")

    def slow_down(self, request: Request) -> None:
        """Widen the downloader's own gap between requests; it is never narrowed."""
        assert self._crawler.engine is not None
        slot = self._crawler.engine.downloader.slots[request.meta["download_slot"]]
        slot.delay = max(slot.delay, self.crawl_delay)

    def process_response(self, request: Request, response: Response) -> Response:
        if response.status not in RETRY_AFTER_STATUSES:
            return response
        header = response.headers.get("Retry-After")
        value = header.decode("latin-1") if header is not None else None
        seconds = retry_after(value, self._clock())
        if seconds is None:
            return response
        request.meta["retry_after"] = seconds
        logger.warning("%s answers %d: wait %.0f s", request.url, response.status, seconds)
        if seconds > self._patience:
            message = (
                f"the site asks to be left alone for {seconds:.0f} seconds "
                f"({response.status} at {request.url}), longer than this run waits "
                f"({self._patience:.0f}); the next run goes on"
            )
            RunKeeper.of(self._crawler).halt(Stop(Status.UNREACHABLE, message))
        else:
            loop = asyncio.get_running_loop()
            self._free_at = max(self._free_at, loop.time() + seconds)
        return response
