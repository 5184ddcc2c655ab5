"""Keeps every request on the newsroom's own origin."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from borneone_crawler.middlewares.verdicts import Refused
from borneone_crawler.urls import MAX_LENGTH, TOO_LONG, SiteUrls


class SiteOnly:
    """The last word on where a connection may go, whatever asked for it.

    Scrapy's own offsite check ignores the port and is switched off by dont_filter.
    """

    def __init__(self, urls: SiteUrls) -> None:
        self._urls = urls

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(SiteUrls(crawler.settings["BASE_URL"]))

    def process_request(self, request: Request) -> None:
        if not self._urls.on_site(request.url):
            raise Refused("off the site")
        if len(request.url) > MAX_LENGTH:
            raise Refused(TOO_LONG)
