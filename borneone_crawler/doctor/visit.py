"""The site: reachable, letting us in, the newsroom, and of one mind with us about the time."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parsedate_to_datetime
from tempfile import TemporaryDirectory

from scrapy import Request, signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings

from borneone_crawler.archive.clock import Clock
from borneone_crawler.desk.times import span
from borneone_crawler.doctor.checks import Check, mend, ok
from borneone_crawler.extensions.archive import ArchiveKeeper
from borneone_crawler.extensions.clock import clock_from
from borneone_crawler.extensions.run import RunKeeper
from borneone_crawler.headers import header
from borneone_crawler.pages.identity import said_title
from borneone_crawler.pages.page import Page
from borneone_crawler.robots import Robots
from borneone_crawler.site import Site
from borneone_crawler.spiders.newsroom import NewsroomSpider
from borneone_crawler.spiders.preflight import Preflight
from borneone_crawler.statuses import Status, Stop

OFF_BY = timedelta(minutes=5)
"""How far our clock may be from the site's."""

_MENDS = {
    Status.UNREACHABLE: (
        "site",
        "If it stays for days and other sites answer, look whether base_url is right",
    ),
    Status.FORBIDDEN: ("allowed", "Talk to the site's people"),
    Status.MISCONFIGURED: (
        "outlet",
        "Do that, unless the domain was given up or the site hacked",
    ),
}
"""What each way to end the visit is about, and what to do."""


@dataclass(slots=True)
class Visit:
    """What the two questions with which every run begins came to."""

    site: Site
    stop: Stop | None = None
    home: Page | None = None
    robots: Robots | None = None
    answers: int = 0
    ahead: list[timedelta] = field(default_factory=list)
    """Of each answer with a date: how far our clock is ahead of the site's."""

    def checks(self) -> Iterator[Check]:
        """What was found out, up to the first thing that is to be mended; then the clock."""
        status = self.stop.status if self.stop else Status.OK
        if self.answers and status is not Status.UNREACHABLE:
            yield ok("site", f"{self.home.url if self.home else self.site.base_url} answers")
        if self.robots and status is not Status.FORBIDDEN:
            delay = self.robots.crawl_delay
            pace = f"with {delay:g} s between requests" if delay else "at our own pace"
            yield ok("allowed", f"robots.txt lets us in, {pace}")
        if self.home:
            name, title = self.site.outlet_names[0], said_title(self.home)
            yield ok("outlet", f"this is {name}; its home page is titled {title!r}")
        if self.stop:
            name, how = _MENDS[self.stop.status]
            yield mend(name, str(self.stop), how)
        yield from self._clock()

    def _clock(self) -> Iterator[Check]:
        if not self.ahead:
            return
        off = min(self.ahead, key=abs)
        said = f"{span(abs(off).total_seconds())} "
        said += "ahead of" if off > timedelta(0) else "behind"
        if abs(off) > OFF_BY:
            yield mend("clock", f"{said} the site's", "Set the machine's clock: timedatectl")
        else:
            yield ok("clock", f"{said} the site's")

    def note(self, response: Response, clock: Clock) -> None:
        """Compare the clocks; a copy out of a cache says in Age how old it is (RFC 9111)."""
        self.answers += 1
        age = header(response, "Age") or ""
        try:
            date = parsedate_to_datetime(header(response, "Date") or "")
            seconds = timedelta(seconds=int(age) if age.isascii() and age.isdigit() else 0)
            self.ahead.append(clock() - (date + seconds))
        except (ValueError, TypeError, OverflowError):
            return  # no date, or none with a zone


def visit(settings: Settings, site: Site) -> Visit:
    """Ask what every run asks first, under the same limits: robots.txt and the home page, and
    where that does not name the outlet the feed and the REST API. The archive is left alone.

    Raises Stop when that was interrupted, for a fault of ours, and IO_ERROR or CANNOT_CREATE where
    the temporary files for it have no room.
    """
    made = Visit(site)
    with _temporary() as folder:
        ours = settings.copy()
        instead = {"ARCHIVE_DB": f"{folder}/new.db", "WARC_DIR": "", "BASE_URL": site.base_url}
        ours.setdict(instead | {"LOG_FILE": None, "LOG_ENABLED": False}, "cmdline")
        ours["EXTENSIONS"] = dict(ours["EXTENSIONS"]) | {_LINE: None}
        process = AsyncCrawlerProcess(ours)
        spider = type("Visitor", (_Visitor,), {"name": site.name, "site": site, "made": made})
        crawler = process.create_crawler(spider)
        task = process.crawl(crawler)
        process.start(install_signal_handlers=False)
        if (error := task.exception()) is not None:
            raise error
        keeper = ArchiveKeeper.of(crawler)
    if keeper.status is not Status.OK:
        made.stop = Stop(keeper.status, keeper.reason)
        if keeper.status not in _MENDS:
            raise made.stop
    return made


@contextmanager
def _temporary() -> Iterator[str]:
    try:
        folder = TemporaryDirectory()
    except OSError as error:
        raise Stop(Status.CANNOT_CREATE, f"no temporary folder: {error.strerror}") from error
    with folder as name:
        yield name


_LINE = "borneone_crawler.extensions.progress.ShowProgress"


class _Visitor(NewsroomSpider):
    """Asks the first questions of a run, and no more."""

    made: Visit

    async def _requests(self, run: RunKeeper, keeper: ArchiveKeeper) -> AsyncIterator[Request]:
        clock = clock_from(self.settings)

        def answered(response: Response) -> None:
            self.made.note(response, clock)

        self.crawler.signals.connect(answered, signals.response_received, weak=False)
        preflight = Preflight(self.crawler, self.newsroom, self.urls)
        try:
            self.made.home = await preflight.run()
        finally:
            self.made.robots = getattr(preflight, "policy", None)
        return
        yield  # a generator that has nothing to give
