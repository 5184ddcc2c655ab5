"""The one line every newsroom's spider follows: claim, ask, read, settle."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from borneone_crawler import reading
from borneone_crawler.archive import Archive, Due
from borneone_crawler.discovery.listings import Listing, read_listing
from borneone_crawler.discovery.sitemaps import DEFAULT_PATH, category_links, read_sitemap
from borneone_crawler.extensions.archive import GIVE_UP_AFTER, ArchiveKeeper
from borneone_crawler.extensions.clock import clock_from
from borneone_crawler.extensions.run import RunKeeper
from borneone_crawler.headers import header, location_of
from borneone_crawler.items import Kind, Outcome, State
from borneone_crawler.middlewares.verdicts import Refused, Unasked
from borneone_crawler.pace import TRY_AGAIN_STATUSES, delay_before
from borneone_crawler.pages.page import Page
from borneone_crawler.pipelines import Story
from borneone_crawler.site import Site
from borneone_crawler.spiders.preflight import Preflight
from borneone_crawler.statuses import Status, Stop
from borneone_crawler.urls import Form, SiteUrls

BATCH = 100
"""Rows claimed at a time: all that Scrapy's own queue ever holds."""

FORBIDDEN_STATUSES = frozenset({401, 403, 451})
"""Answers that let us see nothing; they may come from a guard that lets us in another day."""

_NETWORK_ERRORS = (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
    OSError,
)


class NewsroomSpider(Spider):
    """Brings the archive of one newsroom up to date.

    Arguments: `deep=1` walks every listing to its end whatever is known; `url=…` archives just
    that page; `section=SLUG` looks for new articles in that section alone.
    """

    site: ClassVar[Site]
    newsroom: Site
    """`site` at the address that the settings give."""
    urls: SiteUrls
    run: RunKeeper
    keeper: ArchiveKeeper
    archive: Archive

    def __init__(self, deep: str = "", url: str = "", section: str = "", **unknown: Any) -> None:
        super().__init__()
        if unknown:
            raise Stop(
                Status.USAGE,
                f"unknown argument -a {next(iter(unknown))}=…; there are deep, url and section",
            )
        if deep not in ("", "0", "1"):
            raise Stop(Status.USAGE, f"-a deep={deep}: write deep=1 or leave it out")
        self.deep, self.only_url, self.section = deep == "1", url, section
        self.arguments = {
            name: value
            for name, value in (("deep", deep), ("url", url), ("section", section))
            if value
        }
        self._probing: asyncio.Task[None] | None = None

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
        try:
            SiteUrls(settings["BASE_URL"])
        except ValueError as error:
            raise Stop(Status.MISCONFIGURED, f"base_url: {error}") from error
        return replace(cls.site, base_url=settings["BASE_URL"].rstrip("/"))

    async def start(self) -> AsyncIterator[Request]:
        """Claim what is due, until nothing is."""
        self.run = RunKeeper.of(self.crawler)
        self.keeper = ArchiveKeeper.of(self.crawler)
        self.archive = self.keeper.archive
        try:
            preflight = Preflight(self.crawler, self.newsroom, self.urls)
            home = await preflight.run()
        except Stop as stop:
            self.run.halt(stop)
            return
        self._origin = home.url
        self._ask_for_contact()
        scope = self._seed(home, preflight.policy.sitemaps)
        while not self.run.halted.is_set():
            if scope is not None:
                scope |= self.keeper.followed
            self.keeper.progress.clear()
            rows = self.archive.claim(BATCH, scope)
            for due in rows:
                yield self.request_for(due)
            if rows:
                await self.crawler.signals.wait_for(signals.scheduler_empty)
            elif self.archive.frontier.claimed:
                await self.keeper.progress.wait()
            elif not await self._wait_for_retries(scope):
                return

    def request_for(self, due: Due) -> Request:
        """The request that a claimed row stands for."""
        return Request(
            due.ask_as or self.urls.on_origin(due.url, self._origin),
            callback=self.parse,
            errback=self.failed,
            meta={"due": due},
        )

    def parse(self, response: Response) -> Iterator[Story]:
        """Every answer: settle what it says, or hand an article on to the pipelines."""
        due: Due = response.meta["due"]
        if response.status in TRY_AGAIN_STATUSES:
            self._try_again(due, str(response.status), _asked(response), response)
            return
        if response.status in FORBIDDEN_STATUSES:
            self._forbidden(due, response)
            return
        self.run.good("failing")
        if 300 <= response.status < 400:
            self._redirected(due, response)
        elif response.status in (404, 410):
            self._absent(due, response)
        elif response.status != 200:
            outcome = self._outcome(due, State.FAILED, str(response.status), None, response)
            self.keeper.settle(due, outcome)
        elif due.kind is Kind.LISTING:
            self._listing(due, response)
        elif due.kind is Kind.SOURCE:
            self._sitemap(due, response)
        else:
            yield from self._article(due, response)

    def failed(self, failure: Failure) -> None:
        """Every request without an answer."""
        request: Request = failure.request  # type: ignore[attr-defined]
        due: Due = request.meta["due"]
        error = failure.value
        if isinstance(error, Unasked) or self.run.halted.is_set():
            self.keeper.give_back(due)
        elif isinstance(error, Refused):
            self.keeper.settle(due, self._outcome(due, State.SKIPPED, str(error), request))
        elif isinstance(error, _NETWORK_ERRORS):
            self._try_again(due, _said(error), request)
        elif isinstance(error, IgnoreRequest | DownloadCancelledError):
            self.keeper.settle(due, self._outcome(due, State.FAILED, "too large", request))
        else:
            self.run.bug(f"{request.url}: {_said(error)}", error)
            self.keeper.settle(due, self._outcome(due, State.FAILED, _said(error), request))

    def _ask_for_contact(self) -> None:
        """Said once, on the first crawl of a live site: its people should know whom to ask."""
        live = not urlsplit(self.urls.origin).netloc.startswith(("127.", "localhost", "[::1]"))
        if live and self.keeper.run_id == 1 and not self.settings["CONTACT"]:
            self.run.notes.append(
                "The site cannot see who is asking: set contact in archive/local.toml."
            )
            self.logger.warning("%s", self.run.notes[-1])

    def _seed(self, home: Page, sitemaps: Sequence[str]) -> set[int] | None:
        """Make due what this run starts from. Returns the rows it is narrowed to, if it is."""
        if self.only_url:
            row = self.archive.want(self.only_url)
            return {row} if row is not None else set()
        listing = read_listing(home.selector, self.urls.home, self.urls)
        due = self.archive.due_for(self.urls.home, Kind.HOME)
        outcome = self._outcome(due, State.STORED)
        outcome.http_status = 200
        if self.section:
            outcome.links = [link for link in listing.sections if self._is_section(link.url)]
            if not outcome.links and not self.archive.knows_listing(self.section):
                slugs = sorted({self._slug(link.url) for link in listing.sections})
                message = f"no section {self.section!r}; the home page names {', '.join(slugs)}"
                self.run.halt(Stop(Status.USAGE, message))
        else:
            self._take(listing, outcome)
            for url in sitemaps or [self.urls.origin + DEFAULT_PATH]:
                self.archive.want_source(url, again=self.deep)
        self.keeper.settle(due, outcome)
        self.archive.refresh_listings(self.section, deep=self.deep)
        return None

    def _is_section(self, url: str) -> bool:
        return self._slug(url) == self.section

    def _slug(self, url: str) -> str:
        return self.urls.listing_key(self.urls.canonical(url)).rpartition("#")[0]

    async def _wait_for_retries(self, scope: set[int] | None) -> bool:
        """Wait for rows that are to be tried again soon. False when nothing falls due in time."""
        earliest = self.archive.frontier.earliest(scope)
        if earliest is None:
            return False
        clock = clock_from(self.settings)
        seconds = (datetime.fromisoformat(earliest) - clock()).total_seconds()
        if seconds > self.settings.getfloat("RUN_PATIENCE"):
            return False
        await self.run.pause(seconds + 0.01)
        return True

    def _forbidden(self, due: Due, response: Response) -> None:
        """One page may be closed; after many in a row we are not let in any more."""
        outcome = self._outcome(due, State.PENDING, None, None, response)
        self.keeper.put_off(due, outcome, str(response.status), end=State.FAILED)
        pages = self.run.streak("forbidden", due.url)
        if pages >= GIVE_UP_AFTER:
            message = f"{pages} pages in a row answered {response.status}, the last one {due.url}"
            self.run.halt(Stop(Status.FORBIDDEN, message))

    def _absent(self, due: Due, response: Response) -> None:
        """A 404 or 410. A whole section is not believed to be gone at the first one."""
        outcome = self._outcome(due, State.GONE, str(response.status), None, response)
        if due.kind is Kind.LISTING and self.urls.listing_of(due.url)[1] == 1:
            self.keeper.put_off(due, outcome, str(response.status), end=State.GONE)
        else:
            self.keeper.settle(due, outcome)

    def _listing(self, due: Due, response: Response) -> None:
        page = _page(response)
        outcome = self._outcome(due, State.STORED, None, None, response)
        reason = reading.refusal(page)
        if reason in reading.PASSING:
            # What is behind this page of the list is only found through it.
            self.keeper.turn_down(due, outcome, reason)
            return
        listing = read_listing(page.selector, self.urls.canonical(response.url), self.urls)
        self._take(listing, outcome)
        self.keeper.settle(due, outcome)

    def _sitemap(self, due: Due, response: Response) -> None:
        outcome = self._outcome(due, State.STORED, None, None, response)
        outcome.links = category_links(read_sitemap(response.body), response.url, self.urls)
        self.keeper.settle(due, outcome)

    def _take(self, listing: Listing, outcome: Outcome) -> None:
        outcome.links = [*listing.entries, *listing.sections, *listing.others]
        outcome.next_page = listing.next_page
        outcome.walk_on = self.deep

    def _article(self, due: Due, response: Response) -> Iterator[Story]:
        outcome = self._outcome(due, State.STORED, None, None, response)
        try:
            page = _page(response)
            if due.kind is Kind.PART:
                yield from self._part(due, outcome, page)
                return
            if parts := reading.parts_of(page, self.urls):
                outcome.state, outcome.reason = State.PENDING, "waits for its other pages"
                outcome.links = parts
                self.keeper.settle(due, outcome)
                return
            draft = reading.begin([page], self.urls, self.newsroom)
        except reading.NotAnArticle as verdict:
            self.keeper.turn_down(due, outcome, verdict.reason)
            return
        outcome.canonical = draft.canonical
        yield Story(due=due, outcome=outcome, draft=draft)

    def _part(self, due: Due, outcome: Outcome, page: Page) -> Iterator[Story]:
        """One more page of an article; with the last one it is read whole, from the captures."""
        assert due.part_of is not None
        reason = reading.refusal(page)
        # "part of another article" is what a part should say of itself.
        if reason not in (None, "part of another article"):
            raise reading.NotAnArticle(reason if reason in reading.PASSING else "script shell")
        pages: list[Page] = []
        captures: list[int | None] = []
        for part in self.archive.parts(due.part_of):
            if part.row_id == due.id:
                pages.append(page)
                captures.append(None)
                continue
            if part.capture is None or (
                part.row_id != due.part_of and part.state is not State.STORED
            ):
                self.keeper.settle(due, outcome)
                return
            try:
                stored = self.archive.captures.read(part.capture)
            except Stop as stop:
                self.keeper.give_back(due)
                self.run.halt(stop)
                return
            pages.append(
                Page.from_bytes(
                    stored.url,
                    stored.body,
                    stored.content_type,
                    fetched_at=part.capture.fetched_at,
                )
            )
            captures.append(part.capture_id)
        draft = reading.begin(pages, self.urls, self.newsroom)
        outcome.canonical = draft.canonical
        yield Story(due=due, outcome=outcome, draft=draft, captures=captures)

    def _redirected(self, due: Due, response: Response) -> None:
        outcome = self._outcome(due, State.STORED, None, None, response)
        location = location_of(response)
        target = self.urls.absolute(location, response.url) if location else None
        if target is None or not self.urls.on_site(target):
            outcome.state = State.SKIPPED
            outcome.reason = f"redirects off the site: {location or 'nowhere'}"
        outcome.redirect_to = target
        self.keeper.settle(due, outcome)

    def _try_again(
        self, due: Due, why: str, request: Request, response: Response | None = None
    ) -> None:
        """A failure that may be better later; after many in a row the site itself is down."""
        delay = delay_before(due.attempts + 1, self.settings.getlist("RETRY_DELAYS"))
        outcome = self._outcome(due, State.PENDING, why, request, response)
        if delay is None:
            outcome.state, outcome.reason = State.FAILED, f"{why} × {due.attempts + 1}"
        else:
            # A Retry-After is the site's own word, and never shortened by our table.
            outcome.retry_after = max(float(delay), request.meta.get("retry_after", 0.0))
        self.keeper.settle(due, outcome)
        if self.run.streak("failing", due.url) >= GIVE_UP_AFTER and self._probing is None:
            self._probing = asyncio.ensure_future(self._probe(f"{why} ({request.url})"))

    async def _probe(self, last: str) -> None:
        """Many pages failed in a row: ask for the home page, to tell broken pages from a broken
        site."""
        due = self.archive.due_for(self.urls.home, Kind.HOME)
        request = Request(self.urls.on_origin(self.urls.home, self._origin))
        assert self.crawler.engine is not None
        try:
            response = await self.crawler.engine.download_async(request)
            answered = response.status < 500 and response.status != 429
        except Exception:
            response, answered = None, False
        state = State.STORED if answered else State.PENDING
        self.keeper.settle(due, self._outcome(due, state, None, request, response))
        self._probing = None
        if answered:
            self.run.good("failing")
            return
        message = f"{GIVE_UP_AFTER} pages failed in a row, the last one with {last}, and so does "
        message += f"{self.urls.home}; the next run goes on from here"
        self.run.halt(Stop(Status.UNREACHABLE, message))

    def _outcome(
        self,
        due: Due,
        state: State,
        reason: str | None = None,
        request: Request | None = None,
        response: Response | None = None,
    ) -> Outcome:
        if request is None and response is not None:
            request = response.request
        return Outcome(
            url=due.url,
            kind=due.kind,
            state=state,
            reason=reason,
            http_status=response.status if response is not None else None,
            capture=request.meta.get("capture") if request is not None else None,
            etag=header(response, "ETag") if response is not None else None,
            last_modified=header(response, "Last-Modified") if response is not None else None,
        )


def _page(response: Response) -> Page:
    capture = response.meta["capture"]
    return Page.from_bytes(
        response.url,
        response.body,
        header(response, "Content-Type"),
        fetched_at=capture.fetched_at,
    )


def _asked(response: Response) -> Request:
    assert response.request is not None
    return response.request


def _said(error: BaseException | None) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
