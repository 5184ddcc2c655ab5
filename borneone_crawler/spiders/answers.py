"""What every answer means: each is read, and settled, or handed on to the pipelines."""

import asyncio
from collections.abc import Iterator

from scrapy import Request
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
from twisted.python.failure import Failure

from borneone_crawler import reading
from borneone_crawler.archive.frontier.frontier import Due
from borneone_crawler.discovery.listings import Listing, read_listing
from borneone_crawler.discovery.sources import UnreadableError, is_whole, read_source, source_of
from borneone_crawler.extensions.archive import GIVE_UP_AFTER, ArchiveKeeper
from borneone_crawler.extensions.health import HealthKeeper
from borneone_crawler.extensions.run import RunKeeper
from borneone_crawler.headers import header, location_of
from borneone_crawler.items import Kind, Outcome, Source, SourceState, State
from borneone_crawler.middlewares.pace import KeepPace
from borneone_crawler.middlewares.verdicts import Refused, Unasked
from borneone_crawler.pace import TRY_AGAIN_STATUSES, delay_before, outage_delays
from borneone_crawler.pages.page import Page
from borneone_crawler.patience import patience
from borneone_crawler.pipelines import Story
from borneone_crawler.statuses import Status, Stop
from borneone_crawler.urls import SiteUrls

FORBIDDEN_STATUSES = frozenset({401, 403, 451})
"""Answers that let us see nothing; they may come from a guard that lets us in another day."""

_NETWORK_ERRORS = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
    OSError,
)


class Answers:
    """Callback and errback of every request of a run."""

    def __init__(self, crawler: Crawler, urls: SiteUrls, origin: str, *, deep: bool) -> None:
        self.run = RunKeeper.of(crawler)
        self.keeper = ArchiveKeeper.of(crawler)
        self.health = HealthKeeper.of(crawler)
        self.archive = self.keeper.archive
        self._crawler = crawler
        self._urls = urls
        self._origin = origin
        self._deep = deep
        self._walks_whole = deep or not self.archive.runs.was_walked_whole
        self._probing: asyncio.Task[None] | None = None
        self.doors: set[str] = set()
        """Identities of the addresses by which sources are entered: what these answer is how the
        source does."""

    def answered(self, response: Response) -> Iterator[Story]:
        """Every answer: settle what it says, or hand an article on to the pipelines."""
        due: Due = response.meta["due"]
        self.health.answered(due, response.meta.get("download_latency"))
        if response.status in TRY_AGAIN_STATUSES:
            self._try_again(due, str(response.status), _asked(response), response)
            return
        if response.status in FORBIDDEN_STATUSES:
            self._forbidden(due, response)
            return
        self.run.good("failing")
        if 300 <= response.status < 400 and response.status != 304:
            self._redirected(due, response)
        elif response.status == 304 and due.prior is not None:
            self._unmodified(due, response)
        elif response.status in (404, 410):
            self._absent(due, response)
        elif response.status != 200:
            outcome = self.outcome(due, State.FAILED, str(response.status), None, response)
            self._say(outcome, SourceState.UNREADABLE)
            self.keeper.settle(due, outcome)
        elif due.kind is Kind.LISTING:
            self._listing(due, response)
        elif due.kind is Kind.SOURCE:
            self._source(due, response)
        elif due.kind is Kind.IMAGE:
            self._picture(due, response)
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
            outcome = self.outcome(due, State.SKIPPED, str(error), request)
            self._say(outcome, SourceState.FORBIDDEN)
            self.keeper.settle(due, outcome)
        elif isinstance(error, _NETWORK_ERRORS):
            self._try_again(due, _said(error), request)
        elif isinstance(error, IgnoreRequest | DownloadCancelledError):
            self.keeper.settle(due, self.outcome(due, State.FAILED, "too large", request))
        else:
            self.run.bug(f"{request.url}: {_said(error)}", error)
            self.keeper.settle(due, self.outcome(due, State.FAILED, _said(error), request))

    def _forbidden(self, due: Due, response: Response) -> None:
        """One page may be closed; after many in a row we are not let in any more."""
        if due.kind in (Kind.IMAGE, Kind.SOURCE):  # these are often guarded on their own
            outcome = self.outcome(due, State.SKIPPED, str(response.status), None, response)
            self._say(outcome, SourceState.FORBIDDEN)
            self.keeper.settle(due, outcome)
            return
        outcome = self.outcome(due, State.PENDING, None, None, response)
        self.keeper.put_off(due, outcome, str(response.status), end=State.FAILED)
        pages = self.run.streak("forbidden", due.url)
        if pages >= GIVE_UP_AFTER:
            message = f"{pages} pages in a row answered {response.status}, the last one {due.url}"
            self.run.halt(Stop(Status.FORBIDDEN, message))

    def _absent(self, due: Due, response: Response) -> None:
        """A 404 or 410. A whole section is not believed to be gone at the first one."""
        outcome = self.outcome(due, State.GONE, str(response.status), None, response)
        self._say(outcome, SourceState.MISSING)
        if due.kind is Kind.LISTING and self._urls.listing_of(due.url)[1] == 1:
            self.keeper.put_off(due, outcome, str(response.status), end=State.GONE)
        else:
            self.keeper.absent(due, outcome, str(response.status))

    def may_be_unmodified(self, due: Due) -> bool:
        """Whether a page need not be sent again if it is as it was captured last (RFC 9110
        section 13). A deep run reads every list anew."""
        return due.article_id is not None or (due.kind is Kind.SOURCE and not self._deep)

    def _unmodified(self, due: Due, response: Response) -> None:
        """A 304: the page is as it was when it was captured last, and validators stay."""
        outcome = self.outcome(due, State.STORED, None, None, response)
        outcome.etag = outcome.etag or due.etag
        outcome.last_modified = outcome.last_modified or due.last_modified
        self._say(outcome, SourceState.WORKS)
        self.keeper.settle(due, outcome)

    def _picture(self, due: Due, response: Response) -> None:
        outcome = self.outcome(due, State.STORED, None, None, response)
        kind = header(response, "Content-Type") or "nothing"
        if not kind.startswith("image/"):
            outcome.state, outcome.reason = State.SKIPPED, f"not a picture: {kind}"
        self.keeper.settle(due, outcome)

    def _listing(self, due: Due, response: Response) -> None:
        page = _page(response)
        outcome = self.outcome(due, State.STORED, None, None, response)
        most = self.keeper.reader.patience
        with patience(most, "refusal"):
            reason = reading.refusal(page)
        if reason in reading.PASSING:
            # What is behind this page of the list is only found through it.
            self.keeper.turn_down(due, outcome, reason)
            return
        address = self._urls.canonical(response.url)
        with patience(most, "read_listing"):
            listing = read_listing(page.selector, page.named, address, self._urls)
        self.take(listing, outcome)
        place, _, number = self._urls.listing_key(due.url).rpartition("#")
        if number == "1":
            emptied = not listing.entries and self.archive.sources.has_listed(place)
            self.health.listing(due.url, emptied=emptied)
        self.keeper.settle(due, outcome)

    def _say(self, outcome: Outcome, state: SourceState) -> None:
        """What an answer says of how a source does. That the list ends, or that one file of many
        is missing, says nothing."""
        if outcome.kind is Kind.SOURCE and (
            state is SourceState.WORKS or outcome.url in self.doors
        ):
            outcome.source, outcome.source_state = source_of(outcome.url), state

    def _source(self, due: Due, response: Response) -> None:
        outcome = self.outcome(due, State.STORED, None, None, response)
        outcome.walk_on = is_whole(due.url)
        headers = {
            name.decode("latin-1").lower(): values[-1].decode("latin-1")
            for name, values in response.headers.items()
        }
        try:
            found = read_source(response.url, response.body, headers, self._urls, whole=self._deep)
        except UnreadableError as error:
            outcome.state, outcome.reason = State.SKIPPED, str(error)
            self._say(outcome, SourceState.UNREADABLE)
        else:
            outcome.links, outcome.next_page = found.links, found.next_page
            outcome.total = found.total
            self._say(outcome, SourceState.WORKS if found.links else SourceState.UNREADABLE)
        self.keeper.settle(due, outcome)

    def take(self, listing: Listing, outcome: Outcome) -> None:
        """Have an outcome bring what a listing lists."""
        outcome.source = Source.LISTING
        outcome.links = [*listing.entries, *listing.sections, *listing.others]
        outcome.next_page = listing.next_page
        outcome.walk_on = self._walks_whole

    def _article(self, due: Due, response: Response) -> Iterator[Story]:
        outcome = self.outcome(due, State.STORED, None, None, response)
        try:
            page = _page(response)
            if due.kind is Kind.PART:
                yield from self._part(due, outcome, page)
                return
            draft = self.keeper.reader.begin([page])
            if parts := [link for link in draft.links if link.kind is Kind.PART]:
                outcome.state, outcome.reason = State.PENDING, "waits for its other pages"
                outcome.links = parts
                self.keeper.settle(due, outcome)
                return
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
            if part.capture_id is None or (
                part.row_id != due.part_of and part.state is not State.STORED
            ):
                self.keeper.settle(due, outcome)
                return
            try:
                (stored,) = self.archive.raw_pages([part.capture_id])
            except Stop as stop:
                self.keeper.give_back(due)
                self.run.halt(stop)
                return
            pages.append(reading.page_of(stored))
            captures.append(part.capture_id)
        draft = self.keeper.reader.begin(pages)
        outcome.canonical = draft.canonical
        yield Story(due=due, outcome=outcome, draft=draft, captures=captures)

    def _redirected(self, due: Due, response: Response) -> None:
        outcome = self.outcome(due, State.STORED, None, None, response)
        location = location_of(response)
        target = self._urls.absolute(location, response.url) if location else None
        if target is None or not self._urls.on_site(target):
            outcome.reason = f"redirects off the site: {location or 'nowhere'}"
            outcome.state = State.STORED if due.article_id is not None else State.SKIPPED
        outcome.redirect_to = target
        self.keeper.settle(due, outcome)

    def _try_again(
        self, due: Due, why: str, request: Request, response: Response | None = None
    ) -> None:
        """A failure that may be better later; after many in a row the site itself is down."""
        delay = delay_before(due.attempts + 1, self._crawler.settings.getlist("RETRY_DELAYS"))
        outcome = self.outcome(due, State.PENDING, why, request, response)
        self._say(outcome, SourceState.FAILING)
        if response is None or response.status >= 500:  # else it is the pace that is wrong
            self.health.failed(due)
        if delay is None:
            outcome.state, outcome.reason = State.FAILED, f"{why} × {due.attempts + 1}"
            outcome.retry_after = self.keeper.still_suspected(due)
        else:
            # A Retry-After is the site's own word, and never shortened by our table.
            outcome.retry_after = max(float(delay), request.meta.get("retry_after", 0.0))
        if due.article_id is not None:
            outcome.state = State.STORED  # what is held stays, whatever its page does today
        self.keeper.settle(due, outcome)
        if self.run.streak("failing", due.url) >= GIVE_UP_AFTER and self._probing is None:
            self._probing = asyncio.ensure_future(self._probe(f"{why} ({request.url})"))

    async def _probe(self, last: str) -> None:
        """Many pages failed in a row: ask for the home page, to tell broken pages from a broken
        site. A broken one is left alone for a time, and looked at again."""
        pace = self._crawler.get_downloader_middleware(KeepPace)
        assert pace is not None
        is_up = await self._is_up()
        for delay in outage_delays(self._crawler.settings.getfloat("OUTAGE_PATIENCE")):
            if is_up or self.run.halted.is_set():
                break
            pace.hold(delay)
            is_up = await self._is_up()
        self._probing = None
        if is_up:
            self.run.good("failing")
            return
        message = f"{GIVE_UP_AFTER} pages failed in a row, the last one with {last}, and so does "
        message += f"{self._urls.home}; the next run goes on from here"
        self.run.halt(Stop(Status.UNREACHABLE, message))

    async def _is_up(self) -> bool:
        """Whether the site answers with its home page, once it may be asked."""
        due = self.archive.due_for(self._urls.home, Kind.HOME)
        request = Request(self._urls.on_origin(self._urls.home, self._origin))
        assert self._crawler.engine is not None
        try:
            response = await self._crawler.engine.download_async(request)
            is_up = response.status < 500 and response.status != 429
        except Exception:
            response, is_up = None, False
        state = State.STORED if is_up else State.PENDING
        self.keeper.settle(due, self.outcome(due, state, None, request, response))
        return is_up

    def outcome(
        self,
        due: Due,
        state: State,
        reason: str | None = None,
        request: Request | None = None,
        response: Response | None = None,
    ) -> Outcome:
        """The outcome of a row, with what request and response say of it."""
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
