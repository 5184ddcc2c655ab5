"""Opens the one Archive of the run, and writes into it how the run ended."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from borneone_crawler import __version__
from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.frontier.frontier import FAULT, Due
from borneone_crawler.discovery import plan
from borneone_crawler.extensions.clock import clock_from
from borneone_crawler.extensions.health import HealthKeeper
from borneone_crawler.extensions.run import RunKeeper
from borneone_crawler.extensions.visits import plan_visits
from borneone_crawler.items import Kind, Outcome, State
from borneone_crawler.local import own_rules, place
from borneone_crawler.pace import delay_before
from borneone_crawler.reading import NOT_THERE, PASSING, Reader
from borneone_crawler.statuses import COMPLETE, Status, Stop
from borneone_crawler.upkeep import health
from borneone_crawler.upkeep.absence import next_check

logger = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(hours=20)
"""After which an alarm that lasts is told again: a daily run may be some minutes early."""

_LASTING = {
    Status.UNEXPECTED_PAGES,
    Status.UNREACHABLE,
    Status.FORBIDDEN,
    Status.MISCONFIGURED,
}
"""How runs end as long as something is wrong with the site, or with what is set of it."""

GIVE_UP_AFTER = 8
"""Pages in a row that go wrong until the site, not the page, is taken to be the reason."""


class ArchiveKeeper:
    """Others get the archive by `ArchiveKeeper.of(crawler).archive`.

    Raises Stop while the crawler is made, before anything is asked of the site.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self.progress = asyncio.Event()
        """Set whenever a claimed row has been settled or given back."""
        self.followed: set[int] = set()
        """Rows that outcomes led to since the spider looked last: redirects, parts, next pages."""
        self.run_id: int | None = None
        self.status = Status.BUG
        self.reason = "the run never began"
        self.is_deep = False
        """Whether this run walks every listing to its end."""
        self.is_alarming = True
        """Whether a status that needs a person is to be told one."""
        self._clock = clock_from(settings)
        path = place(settings, "ARCHIVE_DB")
        site = crawler.spidercls.site_at(settings)  # type: ignore[attr-defined]
        self.reader = Reader(site, own_rules(settings), settings.getfloat("READ_PATIENCE"))
        self.reader.check()
        self.archive = Archive(
            path,
            place(settings, "WARC_DIR", default=path.parent / "warc"),
            site,
            clock=self._clock,
            software=f"borneone_crawler/{__version__}",
            reader=self.reader,
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        keeper = cls(crawler)
        crawler.signals.connect(keeper.spider_opened, signals.spider_opened)
        crawler.signals.connect(keeper.spider_closed, signals.spider_closed)
        return keeper

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        keeper = crawler.get_extension(cls)
        assert keeper is not None, "EXTENSIONS lacks ArchiveKeeper"
        return keeper

    def settle(self, due: Due, outcome: Outcome, captures: Sequence[int | None] = (None,)) -> None:
        """Write what became of a claimed row, exactly once; everything that ends a request
        comes through here. A failing disk ends the run, and the row stays due. What cannot be
        written through a fault of ours is settled as failed, with its capture."""
        run = RunKeeper.of(self._crawler)
        if due.id not in self.archive.frontier.claimed:
            run.bug(f"settled twice: {due.url} ({outcome.state}, {outcome.reason})")
            return
        stats = self._crawler.stats
        try:
            settled = self.archive.settle(due, outcome, captures)
        except Stop as stop:
            self.give_back(due)
            run.halt(stop)
            return
        except Exception as error:
            fault = f"{FAULT}: {type(error).__name__}: {error}"
            run.bug(f"{due.url}: {type(error).__name__}: {error}", error)
            if outcome.reason is not None and outcome.reason.startswith(FAULT):
                self.give_back(due)
                run.halt(Stop(Status.BUG, f"{due.url} cannot be settled: {error}"))
                return
            plain = replace(outcome, state=State.FAILED, reason=fault, reading=None, links=[])
            self.settle(due, replace(plain, retry_after=None, redirect_to=None, next_page=None))
            return
        if settled.effect is not None or (
            outcome.kind is Kind.LISTING and outcome.state is State.STORED
        ):
            run.good("forbidden", "unreadable")
        stats.inc_value(f"urls/{outcome.kind} {outcome.state}")
        if settled.effect is not None:
            stats.inc_value(f"articles/{settled.effect}")
        stats.inc_value("discovery/new candidates", settled.new_links)
        for trap in settled.traps:
            run.trap(trap)
        self.followed.update(settled.followed)
        self.progress.set()

    def turn_down(self, due: Due, outcome: Outcome, reason: str) -> None:
        """Settle a page that is not an article. What was one before stays one: its page only
        reads worse today. What may be one tomorrow is asked for again."""
        why = f"not an article: {reason}"
        # What some page links to may be anything: of the site only that says something which it
        # shows as an article.
        is_telling = due.article_id is not None or self.archive.sources.is_shown(due.id)
        if is_telling and (reason != NOT_THERE or due.article_id is None):
            wrong = health.NOT_ARTICLES if due.article_id is None else health.WORSE
            HealthKeeper.of(self._crawler).met(due, wrong)
        if reason in PASSING:
            self.put_off(due, outcome, why, end=State.SKIPPED)
            if not is_telling:
                return
            pages = RunKeeper.of(self._crawler).streak("unreadable", due.url)
            if pages >= GIVE_UP_AFTER:
                message = (
                    f"{pages} pages in a row were no articles, the last one {due.url}: {reason}"
                )
                RunKeeper.of(self._crawler).halt(Stop(Status.UNEXPECTED_PAGES, message))
            return
        if reason == NOT_THERE:
            # Some caches serve a site's page for 404 with the status 200.
            self.absent(due, outcome, why)
            return
        outcome.state = State.STORED if due.article_id is not None else State.SKIPPED
        outcome.reason = why
        self.settle(due, outcome)

    def absent(self, due: Due, outcome: Outcome, why: str) -> None:
        """Settle a page that says it is not there. Once is a suspicion: an article is gone when
        it was absent at every check over several days, whatever else went wrong between them."""
        outcome.absent, outcome.state, outcome.reason = True, State.GONE, why
        if due.article_id is not None and not due.absences:
            HealthKeeper.of(self._crawler).met(due, health.ABSENT)
        delays = [float(each) for each in self._crawler.settings.getlist("ABSENCE_DELAYS")]
        again = next_check(due.absences + 1, due.absent_since, self._clock(), delays)
        if due.kind in (Kind.ARTICLE, Kind.PART) and again is not None:
            outcome.state = State.STORED if due.article_id is not None else State.PENDING
            outcome.reason, outcome.retry_after = f"{why}, absence {due.absences + 1}", again
        self.settle(due, outcome)

    def put_off(self, due: Due, outcome: Outcome, why: str, *, end: State) -> None:
        """Settle a page that may be better in some hours; when the tries are used up, as `end`.
        What is an article in the archive stays one meanwhile, and after."""
        delays = self._crawler.settings.getlist("LATER_DELAYS")
        delay = delay_before(due.attempts + 1, [float(seconds) for seconds in delays])
        outcome.state, outcome.reason = State.PENDING, why
        if delay is None:
            outcome.state, outcome.reason = end, f"{why} × {due.attempts + 1}"
        if due.article_id is not None:
            outcome.state = State.STORED
        outcome.retry_after = self.still_suspected(due) if delay is None else delay
        self.settle(due, outcome)

    def still_suspected(self, due: Due) -> float | None:
        """Seconds until an article is looked for again that was absent at its last answer, though
        the tries since then are used up; None when nothing is suspected."""
        delays = [float(each) for each in self._crawler.settings.getlist("ABSENCE_DELAYS")]
        suspected = due.article_id is not None and due.absences > 0
        return delays[-1] if suspected and delays else None

    def _is_narrowed(self, spider: Spider) -> bool:
        return not self._given(spider).keys().isdisjoint({"url", "section"})

    def _given(self, spider: Spider) -> dict[str, str]:
        return getattr(spider, "arguments", {})

    def _arguments(self, spider: Spider) -> dict[str, str]:
        """Those that the spider was given; a run that is due to walk everything is a deep one."""
        given = self._given(spider)
        every = timedelta(days=self._crawler.settings.getfloat("DEEP_EVERY"))
        is_due = plan.goes_deep(self.archive.runs.walked_at, every, self._clock())
        if is_due and "deep" not in given and not self._is_narrowed(spider):
            logger.info("the listings are walked to their ends again after %s", every)
            return given | {"deep": "1"}
        return given

    def _look_after_health(self, *, narrowed: bool) -> None:
        """Have the run end with an alarm when something is wrong with the site."""
        keeper = HealthKeeper.of(self._crawler)
        lines = keeper.alarms(
            self.archive, first=narrowed or not self.archive.runs.was_walked_whole
        )
        if lines:
            self.status = Status.UNEXPECTED_PAGES
            self.reason = f"{COMPLETE}, but {'; '.join(lines)}"
            self._tell_once_a_day(keeper.named)
            logger.warning("%s", self.reason)

    def _tell_once_a_day(self, alarms: set[str]) -> None:
        """Tell a person of alarms unless all of them were told within AGAIN_AFTER; whether they
        were is noted in the stats."""
        told = self.archive.signs.told_since(self._clock() - AGAIN_AFTER)
        self.is_alarming = not alarms <= told
        for name in alarms:
            self._crawler.stats.set_value(f"alarm/{name}", int(self.is_alarming))

    def give_back(self, due: Due) -> None:
        """Leave a claimed row as it was: still due."""
        self.archive.frontier.claimed.discard(due.id)
        self.progress.set()

    def spider_opened(self, spider: Spider) -> None:
        # Scrapy would only log what is raised here, and go on.
        try:
            arguments = self._arguments(spider)
            self.is_deep = arguments.get("deep") == "1"
            self.run_id = self.archive.begin_run("crawl", arguments)
            self.archive.try_faults_again()
        except Stop as stop:
            RunKeeper.of(self._crawler).halt(stop)
        except Exception as error:
            run = RunKeeper.of(self._crawler)
            run.bug(f"the run cannot begin: {type(error).__name__}: {error}", error)
            run.halt(Stop(Status.BUG, f"the run cannot begin: {error}"))

    def spider_closed(self, spider: Spider, reason: str) -> None:
        self.status, self.reason = RunKeeper.of(self._crawler).verdict(reason)
        if self.archive.is_new and self.status is Status.MISCONFIGURED:
            # The site is not the one meant: an archive of it must not be left behind.
            self.archive.take_back()
            self.run_id = None
            return
        if self.run_id is None:
            self.archive.close()
            return
        if self.status is Status.UNREACHABLE:
            # It happens, and is over by itself: only when it lasts a person is needed.
            patience = timedelta(seconds=self._crawler.settings.getfloat("ALARM_AFTER"))
            self.is_alarming = not self.archive.was_good_since(self._clock() - patience)
        if self.status in _LASTING and self.is_alarming:
            self._tell_once_a_day({f"status {self.status}"})
        try:
            if self.reason == COMPLETE:
                self._look_after_health(narrowed=self._is_narrowed(spider))
                self.archive.thin()
                # Once for each article that came in, not by the next run for all of them.
                plan_visits(self.archive, self._crawler.settings)
            HealthKeeper.of(self._crawler).note()
            numbers = self._crawler.stats.get_stats().items()
            ours = {name: value for name, value in numbers if isinstance(value, int | float)}
            traps = RunKeeper.of(self._crawler).traps
            self.archive.end_run(self.status, self.reason, ours | {"traps": traps})
            logger.info("ledger: entry %d, head %s", self.archive.head.n, self.archive.head.digest)
            self.archive.close()
        except Stop as stop:
            # A disk that fails even now: the row stays as that of a run that was killed.
            if self.status is Status.OK:
                self.status, self.reason = stop.status, str(stop)
