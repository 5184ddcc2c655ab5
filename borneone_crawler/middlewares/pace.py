"""Keeps the pace the site asks for: the gap between requests, and Retry-After for the host."""

import asyncio
import logging
from datetime import timedelta
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from borneone_crawler.extensions.archive import ArchiveKeeper
from borneone_crawler.extensions.clock import clock_from
from borneone_crawler.extensions.run import RunKeeper
from borneone_crawler.headers import header
from borneone_crawler.middlewares.verdicts import Unasked
from borneone_crawler.pace import RETRY_AFTER_STATUSES, retry_after
from borneone_crawler.statuses import Status, Stop

logger = logging.getLogger(__name__)


class KeepPace:
    """Waits before a request while the host wants to be left alone.

    Scrapy counts DOWNLOAD_DELAY from when it sent a request; on a new connection the server
    sees that one later than we sent it, and so the next one sooner. Here the gap is counted from
    the first byte of the answer, so that the server never sees less than was promised.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._clock = clock_from(crawler.settings)
        self._patience = crawler.settings.getfloat("RETRY_AFTER_PATIENCE")
        self._free_at = 0.0
        self._gap = crawler.settings.getfloat("DOWNLOAD_DELAY")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls(crawler)
        crawler.signals.connect(middleware.answered, signals.headers_received)
        return middleware

    def widen(self, gap: float) -> None:
        """Keep at least `gap` seconds between requests, from the last one on: Crawl-delay."""
        self._gap = max(self._gap, gap)
        self.hold(self._gap)

    async def process_request(self, request: Request) -> None:
        run = RunKeeper.of(self._crawler)
        while (wait := self._free_at - asyncio.get_running_loop().time()) > 0:
            await run.pause(wait)
            if run.halted.is_set():
                raise Unasked("the run is ending")

    def answered(self) -> None:
        self.hold(self._gap)

    def process_exception(self, request: Request, exception: Exception) -> None:
        self.hold(self._gap)

    def process_response(self, request: Request, response: Response) -> Response:
        if response.status not in RETRY_AFTER_STATUSES:
            return response
        seconds = retry_after(header(response, "Retry-After"), self._clock())
        if seconds is None:
            return response
        request.meta["retry_after"] = seconds
        ArchiveKeeper.of(self._crawler).archive.keep_quiet(
            self._clock() + timedelta(seconds=seconds)
        )
        logger.warning("%s answers %d: wait %.0f s", request.url, response.status, seconds)
        if seconds > self._patience:
            message = (
                f"the site asks to be left alone for {seconds:.0f} seconds "
                f"({response.status} at {request.url}), longer than this run waits "
                f"({self._patience:.0f}); the next run goes on"
            )
            RunKeeper.of(self._crawler).halt(Stop(Status.UNREACHABLE, message))
        else:
            self.hold(seconds)
        return response

    def hold(self, seconds: float) -> None:
        """No request for so long; a wait that is under way is never shortened."""
        self._free_at = max(self._free_at, asyncio.get_running_loop().time() + seconds)
