"""Catches requests and items that fell out of the line, so that each still ends in an outcome."""

from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from borneone_crawler.archive.frontier.frontier import FAULT, Due
from borneone_crawler.extensions.archive import ArchiveKeeper
from borneone_crawler.extensions.run import RunKeeper
from borneone_crawler.items import CaptureRef, Outcome, State
from borneone_crawler.statuses import Stop


class SafetyNet:
    """Settles as failed what Scrapy dropped or what raised; the capture is kept with it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        net = cls(crawler)
        crawler.signals.connect(net.spider_error, signals.spider_error)
        crawler.signals.connect(net.item_error, signals.item_error)
        crawler.signals.connect(net.item_dropped, signals.item_dropped)
        crawler.signals.connect(net.request_dropped, signals.request_dropped)
        return net

    def spider_error(self, failure: Failure, response: Response | None) -> None:
        if isinstance(failure.value, Stop):
            # The archive or the disk fails: the row stays due, and the run is over.
            RunKeeper.of(self._crawler).halt(failure.value)
            if response is not None and "due" in response.meta:
                ArchiveKeeper.of(self._crawler).give_back(response.meta["due"])
            return
        if response is None or "due" not in response.meta:
            RunKeeper.of(self._crawler).bug(_said(failure.value), failure.value)
            return
        capture = response.meta.get("capture")
        self._fail(response.meta["due"], capture, failure.value)

    def item_error(self, item: Any, failure: Failure) -> None:
        self._fail(item.due, item.outcome.capture, failure.value)

    def item_dropped(self, item: Any, exception: BaseException) -> None:
        # A pipeline that drops on purpose has settled; one of the user's own may not have.
        if item.due.id in ArchiveKeeper.of(self._crawler).archive.frontier.claimed:
            self._fail(item.due, item.outcome.capture, exception)

    def request_dropped(self, request: Request) -> None:
        if "due" in request.meta:
            self._fail(request.meta["due"], None, RuntimeError("the scheduler dropped it"))

    def _fail(self, due: Due, capture: CaptureRef | None, error: BaseException | None) -> None:
        RunKeeper.of(self._crawler).bug(f"{due.url}: {_said(error)}", error)
        outcome = Outcome(
            url=due.url,
            kind=due.kind,
            state=State.FAILED,
            reason=f"{FAULT}: {_said(error)}",
            http_status=capture.status if capture else None,
            capture=capture,
        )
        ArchiveKeeper.of(self._crawler).settle(due, outcome)


def _said(error: BaseException | None) -> str:
    return f"{type(error).__name__}: {error}"
