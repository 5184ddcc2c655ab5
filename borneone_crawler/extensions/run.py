"""Knows how the run is going and how it ends: its status and the line that explains it."""

import asyncio
import gc
import logging
import signal
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from borneone_crawler.statuses import COMPLETE, Status, Stop

logger = logging.getLogger(__name__)

_SIGNALS = {signal.SIGINT: Status.INTERRUPTED, signal.SIGTERM: Status.TERMINATED}


MOST_TOLD = 20
"""Traps that are told of a run; its log names all of them."""


class RunKeeper:
    """Collects the reasons to end a run; the first one counts."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._closing: asyncio.Task[None] | None = None
        self.stop: Stop | None = None
        self.halted = asyncio.Event()
        """Set when the run is to end: whoever waits for something else stops waiting."""
        self._streaks: dict[str, set[str]] = {}
        self.notes: list[str] = []
        """Lines for a person who is watching."""
        self.traps: list[str] = []
        """What the site would have led us on with for ever, in words."""
        self.bugs: list[str] = []
        """What went wrong through a fault of ours, each with its URL."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        keeper = cls(crawler)
        crawler.signals.connect(keeper.begin, signals.engine_started)
        return keeper

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        keeper = crawler.get_extension(cls)
        assert keeper is not None, "EXTENSIONS lacks RunKeeper"
        return keeper

    def begin(self) -> None:
        """From here on close in order on the first SIGINT or SIGTERM; the second one kills."""
        # Pages are freed without it; looking for cycles all the time takes 5 % of a run. What is
        # there by now stays, and is looked through no more: else the garbage of a run may grow
        # to a quarter of it.
        gc.set_threshold(50_000)
        gc.freeze()
        # Else Scrapy words what it has to say of every page, and throws it away.
        logging.getLogger("scrapy.core").setLevel(self._crawler.settings["LOG_LEVEL"])
        loop = asyncio.get_running_loop()
        for number, status in _SIGNALS.items():
            loop.add_signal_handler(number, self._signalled, status)

    def _signalled(self, status: Status) -> None:
        for number in _SIGNALS:
            asyncio.get_running_loop().remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL)
        self.halt(Stop(status, "stopped by a signal; the next run goes on from here"))

    def halt(self, stop: Stop) -> None:
        """End the run in order, with this status and line."""
        if self.stop is None:
            self.stop = stop
            logger.warning("%s", stop)
        self.halted.set()
        if self._closing is None and self._crawler.engine is not None:
            reason = self.stop.status.name.lower()
            self._closing = asyncio.ensure_future(
                self._crawler.engine.close_spider_async(reason=reason)
            )

    def streak(self, kind: str, url: str) -> int:
        """Count one more page that went wrong in a way. Returns how many did in a row."""
        pages = self._streaks.setdefault(kind, set())
        pages.add(url)
        return len(pages)

    def good(self, *kinds: str) -> None:
        """A page did not go wrong in these ways: their streaks are over."""
        for kind in kinds:
            self._streaks.pop(kind, None)

    async def pause(self, seconds: float) -> None:
        """Wait, but not past the end of the run."""
        try:
            await asyncio.wait_for(self.halted.wait(), max(0.0, seconds))
        except TimeoutError:
            return

    def trap(self, what: str) -> None:
        """Note a trap that the run does not walk into any further."""
        if len(self.traps) < MOST_TOLD:
            self.traps.append(what)
            self.notes.append(f"a trap was left alone: {what}")
        logger.warning("a trap is left alone: %s", what)

    def bug(self, what: str, error: BaseException | None = None) -> None:
        """Note a fault of ours; the run goes on and ends with status 70."""
        self.bugs.append(what)
        logger.error("%s", what, exc_info=error)

    def verdict(self, finish_reason: str) -> tuple[Status, str]:
        """Status and one line for a run that Scrapy says ended so."""
        if self.stop is not None:
            return self.stop.status, str(self.stop)
        if self.bugs:
            more = f" (and {len(self.bugs) - 1} more)" if len(self.bugs) > 1 else ""
            return Status.BUG, f"a fault of this program, see the log: {self.bugs[0]}{more}"
        if finish_reason != "finished":
            return Status.BUG, f"the run ended unexpectedly: {finish_reason}"
        return Status.OK, COMPLETE
