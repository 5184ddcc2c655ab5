"""What every run asks first: may we (robots.txt), and is this the newsroom (the home page)?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from borneone_crawler.extensions.archive import ArchiveKeeper
from borneone_crawler.extensions.clock import clock_from
from borneone_crawler.extensions.run import RunKeeper
from borneone_crawler.headers import header, location_of
from borneone_crawler.items import Kind, Outcome, State
from borneone_crawler.middlewares.pace import KeepPace
from borneone_crawler.middlewares.robots import ObeyRobots
from borneone_crawler.pages.identity import feed_names, outlet_named, rest_names, said_title
from borneone_crawler.pages.page import Page
from borneone_crawler.robots import MAX_AGE, MAX_REDIRECTS, Robots
from borneone_crawler.site import Site
from borneone_crawler.statuses import Status, Stop
from borneone_crawler.urls import SiteUrls

MEND = "if the newsroom has another address, set base_url in archive/local.toml"


@dataclass(slots=True)
class Preflight:
    """Asks for robots.txt and the home page; captures are held until the site is known.

    `run` raises Stop: UNREACHABLE, FORBIDDEN, or MISCONFIGURED when this is not the newsroom.
    """

    crawler: Crawler
    site: Site
    urls: SiteUrls
    policy: Robots = field(init=False)
    """What robots.txt allows; known after `run`."""
    _asked: list[tuple[Kind, Response]] = field(default_factory=list)

    async def run(self) -> Page:
        """Returns the home page; its `url` shows the origin the site really answers at."""
        keeper = ArchiveKeeper.of(self.crawler)
        await self._leave_alone()
        keeper.archive.captures.hold()
        try:
            policy = await self._robots()
            page = await self._home(policy)
        except BaseException:
            keeper.archive.captures.drop()
            raise
        for (kind, response), capture in zip(
            self._asked, keeper.archive.captures.release(), strict=True
        ):
            due = keeper.archive.due_for(self.urls.canonical(response.url), kind)
            outcome = Outcome(
                url=due.url,
                kind=kind,
                state=State.STORED,
                http_status=response.status,
                capture=capture,
            )
            keeper.settle(due, outcome)
        return page

    async def _leave_alone(self) -> None:
        """An earlier run was asked to leave the site alone for a time: wait for its end, or leave
        it to a later run."""
        until = ArchiveKeeper.of(self.crawler).archive.quiet_until
        if until is None:
            return
        seconds = (until - clock_from(self.crawler.settings)()).total_seconds()
        if seconds > self.crawler.settings.getfloat("RETRY_AFTER_PATIENCE"):
            raise Stop(
                Status.UNREACHABLE,
                f"the site asked to be left alone until {until:%Y-%m-%d %H:%M} UTC",
            )
        await RunKeeper.of(self.crawler).pause(seconds)

    async def _robots(self) -> Robots:
        url = f"{self.urls.origin}/robots.txt"
        answer = await self._follow(url, Kind.ROBOTS)
        policy = Robots.from_answer(answer.status, answer.body) or self._held_policy(url)
        if policy is None:
            raise Stop(
                Status.UNREACHABLE,
                f"{url} answers {answer.status}: until it can be read, nothing may be asked for",
            )
        patience = self.crawler.settings.getfloat("RETRY_AFTER_PATIENCE")
        if policy.crawl_delay > patience:
            raise Stop(
                Status.FORBIDDEN,
                f"{url} asks for {policy.crawl_delay:.0f} seconds between requests, more than "
                f"retry_after_patience ({patience:.0f})",
            )
        robots = self.crawler.get_downloader_middleware(ObeyRobots)
        pace = self.crawler.get_downloader_middleware(KeepPace)
        assert robots is not None
        assert pace is not None
        robots.policy = self.policy = policy
        pace.widen(policy.crawl_delay)
        return policy

    def _held_policy(self, url: str) -> Robots | None:
        """The rules of a copy of robots.txt that is young enough to hold while the file cannot be
        read (RFC 9309 sections 2.3.1.4 and 2.4)."""
        archive = ArchiveKeeper.of(self.crawler).archive
        body = archive.good_copy(self.urls.canonical(url), MAX_AGE)
        return Robots.from_answer(200, body) if body is not None else None

    async def _home(self, policy: Robots) -> Page:
        url = self.urls.home
        if not policy.allows(url):
            raise Stop(Status.FORBIDDEN, f"robots.txt forbids {url}")
        answer = await self._follow(url, Kind.HOME)
        if answer.status in (401, 403, 451):
            raise Stop(Status.FORBIDDEN, f"{url} answers {answer.status}: we are not let in")
        if answer.status == 429 or answer.status >= 500:
            raise Stop(Status.UNREACHABLE, f"{url} answers {answer.status}")
        page = Page.from_bytes(answer.url, answer.body, header(answer, "Content-Type"))
        names = self.site.outlet_names
        if answer.status == 200 and (
            outlet_named(page, names)
            or await self._named_by("/feed/", feed_names, policy)
            or await self._named_by("/wp-json/", rest_names, policy)
        ):
            return page
        if ArchiveKeeper.of(self.crawler).archive.holds_articles:
            raise Stop(
                Status.UNEXPECTED_PAGES,
                f"{url} does not name {names[0]} any more: it answers {answer.status}, titled "
                f"{said_title(page)!r}. Is the domain parked or hacked? Nothing was asked for",
            )
        raise Stop(
            Status.MISCONFIGURED,
            f"{url} does not name {names[0]}: it answers {answer.status}, titled "
            f"{said_title(page)!r}. Nothing was stored; {MEND}",
        )

    async def _named_by(
        self, path: str, names_it: Callable[[bytes, Sequence[str]], bool], policy: Robots
    ) -> bool:
        """Whether the feed or the REST API of the site names the outlet."""
        url = self.urls.origin + path
        if not policy.allows(url):
            return False
        answer = await self._follow(url, Kind.SOURCE)
        return answer.status == 200 and names_it(answer.body, self.site.outlet_names)

    async def _follow(self, url: str, kind: Kind) -> Response:
        """The answer to `url` after redirects, which must stay on the site."""
        for _ in range(MAX_REDIRECTS + 1):
            answer = await self._ask(url, kind)
            location = location_of(answer)
            if not 300 <= answer.status < 400 or location is None:
                return answer
            target = self.urls.absolute(location, url)
            if target is None or not self.urls.on_site(target):
                raise Stop(
                    Status.MISCONFIGURED,
                    f"{url} redirects to {location}, which is not on the site. Nothing was "
                    f"stored; {MEND}",
                )
            url = target
        raise Stop(Status.UNREACHABLE, f"{url}: too many redirects")

    async def _ask(self, url: str, kind: Kind) -> Response:
        prior = ArchiveKeeper.of(self.crawler).archive.prior(self.urls.canonical(url))
        request = Request(url, meta={"for_robots": kind is Kind.ROBOTS, "prior": prior})
        engine = self.crawler.engine
        assert engine is not None
        try:
            answer = await engine.download_async(request)
        except IgnoreRequest as error:
            raise Stop(Status.UNREACHABLE, f"cannot ask for {url}: {error}") from error
        except Exception as error:
            host = urlsplit(url).netloc
            raise Stop(
                Status.UNREACHABLE,
                f"cannot reach {host}: {type(error).__name__}: {error} (asked for {url}; {MEND})",
            ) from error
        self._asked.append((kind, answer))
        return answer
