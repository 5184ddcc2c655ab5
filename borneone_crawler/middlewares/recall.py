"""Answers from a capture that an interrupted run has made, instead of asking the site again."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from borneone_crawler.extensions.archive import ArchiveKeeper
from borneone_crawler.statuses import Stop


class RecallCaptures:
    """A row of the frontier that waits with a capture needs no request: the response is read from
    its WARC record, and goes the way of every other from there."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> Response | None:
        due = request.meta.get("due")
        if due is None or due.waiting is None:
            return None
        try:
            stored = ArchiveKeeper.of(self._crawler).archive.captures.read_response(due.waiting)
        except Stop:
            return None  # it cannot be read after all: the site is asked
        if stored.cut_short:
            return None
        self._crawler.stats.inc_value("captures/recalled")
        request.meta["capture"] = due.waiting
        headers = Headers()
        for name, value in stored.headers:
            headers.appendlist(name, value.encode("latin-1", "replace"))
        kind = responsetypes.from_args(headers=headers, url=stored.url, body=stored.body)
        return kind(stored.url, status=stored.status, headers=headers, body=stored.body)
