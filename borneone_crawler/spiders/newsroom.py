"""The one line every newsroom's spider follows: claim, ask, read, settle."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.frontier.frontier import Due
from borneone_crawler.discovery import rest
from borneone_crawler.discovery.listings import read_listing
from borneone_crawler.discovery.pictures import MAX_BYTES
from borneone_crawler.extensions.archive import ArchiveKeeper
from borneone_crawler.extensions.clock import clock_from
from borneone_crawler.extensions.health import HealthKeeper
from borneone_crawler.extensions.run import RunKeeper
from borneone_crawler.items import Kind, Outcome, Source, State
from borneone_crawler.newsrooms import placed, turn_to
from borneone_crawler.pages.page import Page
from borneone_crawler.site import Site
from borneone_crawler.spiders.answers import Answers
from borneone_crawler.spiders.discovery import Discovery
from borneone_crawler.spiders.preflight import Preflight
from borneone_crawler.statuses import Status, Stop
from borneone_crawler.urls import Form, SiteUrls

BATCH = 100
"""Rows claimed at a time: all that Scrapy's own queue ever holds."""


class NewsroomSpider(Spider):
    """Brings the archive of one newsroom up to date.

    Arguments: `deep=1` walks every listing to its end whatever is known, which a run does by
    itself every DEEP_EVERY days unless `deep=0`; `url=…` archives just that page; `section=SLUG`
    looks for new articles in that section alone. `_job` is what scrapyd calls the run; nothing
    depends on it.
    """

    site: ClassVar[Site]
    newsroom: Site
    """`site` at the address that the settings give."""
    urls: SiteUrls
    answers: Answers

    def __init__(
        self,
        deep: str | None = None,
        url: str | None = None,
        section: str | None = None,
        _job: str | None = None,
        **unknown: Any,
    ) -> None:
        super().__init__()
        if _job is not None:
            self.logger.info("job %r of scrapyd", _job)
        if unknown:
            raise Stop(
                Status.USAGE,
                f"unknown argument -a {next(iter(unknown))}=…; there are deep, url and section",
            )
        given = {"deep": deep, "url": url, "section": section}
        self.arguments = {name: text for name, text in given.items() if text is not None}
        # Of a script whose variable is not set: never taken for the whole newsroom.
        if empty := [name for name, text in self.arguments.items() if not text]:
            raise Stop(
                Status.USAGE, f"-a {empty[0]}= says nothing: give it a value, or leave it out"
            )
        if deep not in (None, "0", "1"):
            raise Stop(Status.USAGE, f"-a deep={deep}: write deep=1 or deep=0")
        self.only_url, self.section = url or "", section or ""

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        super().update_settings(settings)
        turn_to(settings, cls.site)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.newsroom = cls.site_at(crawler.settings)
        if contact := crawler.settings["CONTACT"]:
            agent = f"{crawler.settings['USER_AGENT']} +{contact}"
            crawler.settings.set("USER_AGENT", agent, priority="spider")
        spider.urls = SiteUrls(spider.newsroom.base_url, spider.newsroom.category_bases)
        if spider.only_url:
            verdict = spider.urls.form(spider.urls.canonical(spider.only_url))
            if verdict.form is not Form.ARTICLE:
                rule = verdict.rule or f"it has the form of a {verdict.form}"
                raise Stop(Status.USAGE, f"{spider.only_url} is no article's address: {rule}")
        return spider

    @classmethod
    def site_at(cls, settings: BaseSettings) -> Site:
        """The newsroom at the address the settings give. Raises Stop MISCONFIGURED."""
        return placed(cls.site, settings["BASE_URL"])

    async def start(self) -> AsyncIterator[Request]:
        """Claim what is due, until nothing is."""
        run = RunKeeper.of(self.crawler)
        try:
            async for request in self._requests(run, ArchiveKeeper.of(self.crawler)):
                yield request
        except Stop as stop:
            run.halt(stop)

    async def _requests(self, run: RunKeeper, keeper: ArchiveKeeper) -> AsyncIterator[Request]:
        if run.halted.is_set():
            return
        preflight = Preflight(self.crawler, self.newsroom, self.urls)
        home = await preflight.run()
        self._origin = home.url
        self.answers = Answers(self.crawler, self.urls, home.url, deep=keeper.is_deep)
        self._ask_for_contact(run, keeper)
        scope = None
        if self.only_url:
            row = keeper.archive.want(self.only_url)
            scope = {row} if row is not None else set()
        elif self.section:
            self._take_section(home)
        else:
            self._take_home(home)
            discovery = Discovery(self.crawler, self.urls, self.answers, deep=keeper.is_deep)
            for kind in discovery.steps(preflight.policy.sitemaps):
                async for request in self._ask(run, keeper, kind=kind):
                    yield request
        async for request in self._ask(run, keeper, scope):
            yield request
        if scope is not None:
            run.notes += [f"{self.only_url}: {became}" for became in keeper.archive.became(scope)]
        elif not self.section and not run.halted.is_set():
            await self._compare()

    async def _compare(self) -> None:
        """Ask for the texts that the REST API gives of a few articles, for HealthKeeper."""
        archive, keeper = self.answers.archive, HealthKeeper.of(self.crawler)
        path = keeper.texts_wanted(archive)
        if path is None or not archive.sources.works(Source.REST):
            return
        due = archive.due_for(self.urls.canonical(self.urls.origin + rest.TEXTS), Kind.SOURCE)
        request = Request(self.urls.on_origin(self.urls.origin + path, self._origin))
        assert self.crawler.engine is not None
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:
            self.logger.info("cannot compare with the REST API: %s", error)
            self.answers.keeper.give_back(due)
            return
        if response.status == 200:
            keeper.compare(archive, response.body)
        outcome = self.answers.outcome(due, State.STORED, None, request, response)
        self.answers.keeper.settle(due, outcome)

    async def _ask(
        self,
        run: RunKeeper,
        keeper: ArchiveKeeper,
        scope: set[int] | None = None,
        kind: Kind | None = None,
    ) -> AsyncIterator[Request]:
        """Requests for what is due, until nothing is: of these rows and what they lead to, or of
        this kind, which does not wait for what is to be tried again soon."""
        while not run.halted.is_set():
            if scope is not None:
                scope |= keeper.followed
            keeper.followed.clear()
            keeper.progress.clear()
            rows = keeper.archive.claim(BATCH, scope, kind)
            for due in rows:
                yield self.request_for(due)
            if rows:
                await self.crawler.signals.wait_for(signals.scheduler_empty)
            elif keeper.archive.frontier.claimed:
                await keeper.progress.wait()
            elif kind is not None or not await self._wait_for_retries(run, keeper.archive, scope):
                return

    def request_for(self, due: Due) -> Request:
        """The request that a claimed row stands for."""
        request = Request(
            due.ask_as or self.urls.on_origin(due.url, self._origin),
            callback=self.answers.answered,
            errback=self.answers.failed,
            meta={"due": due},
        )
        if due.kind is Kind.IMAGE:
            request.meta["download_maxsize"] = MAX_BYTES
        if due.prior is not None and self.answers.may_be_unmodified(due):
            if due.etag:
                request.headers["If-None-Match"] = due.etag
            if due.last_modified:
                request.headers["If-Modified-Since"] = due.last_modified
        return request

    def _ask_for_contact(self, run: RunKeeper, keeper: ArchiveKeeper) -> None:
        """Said once, on the first crawl of a live site: its people should know whom to ask."""
        live = not urlsplit(self.urls.origin).netloc.startswith(("127.", "localhost", "[::1]"))
        if live and keeper.run_id == 1 and not self.settings["CONTACT"]:
            run.notes.append(
                "The site cannot see who is asking: set contact in archive/local.toml."
            )
            self.logger.warning("%s", run.notes[-1])

    def _take_home(self, home: Page) -> None:
        """The home page has been read before anything else: it is the first listing."""
        due, outcome = self._answer_of_home()
        self.answers.take(
            read_listing(home.selector, home.named, self.urls.home, self.urls), outcome
        )
        self.answers.keeper.settle(due, outcome)

    def _take_section(self, home: Page) -> None:
        """Have one section walked, which the home page names or an earlier run has met."""
        archive = self.answers.archive
        listing = read_listing(home.selector, home.named, self.urls.home, self.urls)
        due, outcome = self._answer_of_home()
        outcome.links = [link for link in listing.sections if self._is_section(link.url)]
        if not outcome.links and not archive.knows_listing(self.section):
            slugs = sorted({self._slug(link.url) for link in listing.sections})
            message = f"no section {self.section!r}; the home page names {', '.join(slugs)}"
            self.answers.run.halt(Stop(Status.USAGE, message))
        self.answers.keeper.settle(due, outcome)
        archive.refresh_listings(self.section)

    def _answer_of_home(self) -> tuple[Due, Outcome]:
        due = self.answers.archive.due_for(self.urls.home, Kind.HOME)
        outcome = self.answers.outcome(due, State.STORED)
        outcome.http_status = 200
        return due, outcome

    def _is_section(self, url: str) -> bool:
        return self._slug(url) == self.section

    def _slug(self, url: str) -> str:
        return self.urls.listing_key(self.urls.canonical(url)).rpartition("#")[0]

    async def _wait_for_retries(
        self, run: RunKeeper, archive: Archive, scope: set[int] | None
    ) -> bool:
        """Wait for rows that are to be tried again soon. False when nothing falls due in time."""
        earliest = archive.frontier.earliest(scope)
        if earliest is None:
            return False
        clock = clock_from(self.settings)
        seconds = (datetime.fromisoformat(earliest) - clock()).total_seconds()
        if seconds > self.settings.getfloat("RUN_PATIENCE"):
            return False
        await run.pause(seconds + 0.01)
        return True
