"""How a run learns what is new: it asks sources, walks listings, looks at articles again."""

import logging
from collections.abc import Iterator, Sequence

from scrapy.crawler import Crawler

from borneone_crawler.discovery import feeds, plan, rest
from borneone_crawler.discovery.sitemaps import DEFAULT_PATH
from borneone_crawler.discovery.sources import source_of
from borneone_crawler.extensions.archive import ArchiveKeeper
from borneone_crawler.extensions.clock import clock_from
from borneone_crawler.extensions.visits import want_visits
from borneone_crawler.items import Kind, Source
from borneone_crawler.spiders.answers import Answers
from borneone_crawler.urls import SiteUrls

logger = logging.getLogger(__name__)


class Discovery:
    """Makes rows of the frontier due, a step at a time."""

    def __init__(self, crawler: Crawler, urls: SiteUrls, answers: Answers, *, deep: bool) -> None:
        self._archive = ArchiveKeeper.of(crawler).archive
        self._settings = crawler.settings
        self._now = clock_from(crawler.settings)()
        self._urls = urls
        self._answers = answers
        self._deep = deep
        self._first = not self._archive.runs.was_walked_whole

    def steps(self, sitemaps: Sequence[str]) -> Iterator[Kind]:
        """After each step all that is due of its kind is to be asked for, before the next one.
        `sitemaps`: those that robots.txt names."""
        if self._deep:
            self._archive.revive()
        self._want_sources(sitemaps)
        yield Kind.SOURCE
        if self._miscounts():
            self._want(rest.inventory_url(self._urls.origin, whole=True))
            yield Kind.SOURCE
        walk = self._walk()
        if walk is plan.Walk.SAMPLE:
            self._archive.refresh_one_listing()
            yield Kind.LISTING
            walk = self._walk()
        if walk is not plan.Walk.SAMPLE:
            self._archive.refresh_listings()
            yield Kind.LISTING
        want_visits(self._archive, self._settings)

    def _want_sources(self, sitemaps: Sequence[str]) -> None:
        origin = self._urls.origin
        if self._asks(Source.REST):
            self._want(rest.inventory_url(origin, whole=self._reads_whole()))
        if self._asks(Source.SITEMAP):
            for url in sitemaps or [origin + DEFAULT_PATH]:
                if source_of(url) is Source.SITEMAP:
                    self._want(url)
        if self._asks(Source.FEED):
            self._want(origin + feeds.PATH)

    def _want(self, url: str) -> None:
        self._answers.doors.add(self._urls.canonical(url))
        self._archive.want_source(url)

    def _asks(self, source: Source) -> bool:
        held = self._archive.sources.standing(source)
        state, at = (held.state, held.checked_at) if held else (None, None)
        return plan.asks(state, at, self._now, deep=self._deep)

    def _reads_whole(self) -> bool:
        held = self._archive.sources.standing(Source.REST)
        complete = held.complete_at if held else None
        return plan.reads_whole(complete, self._now, deep=self._deep, miscounts=False)

    def _miscounts(self) -> bool:
        held = self._archive.sources.standing(Source.REST)
        if held is None or not self._archive.sources.works(Source.REST) or self._reads_whole():
            return False
        miscounts = self._archive.sources.miscounts(Source.REST)
        return plan.reads_whole(held.complete_at, self._now, deep=False, miscounts=miscounts)

    def _walk(self) -> plan.Walk:
        """How to walk the listings, as far as is known by now."""
        unknown = self._archive.sources.disagree(self._archive.runs.began_at)
        if unknown:
            logger.info("%d addresses that only listings show: %s …", len(unknown), unknown[0])
        return plan.walk(
            deep=self._deep,
            first=self._first,
            whole_source=any(map(self._archive.sources.works, (Source.REST, Source.SITEMAP))),
            disagree=bool(unknown),
        )
