"""Writes every response to disk as it was received, before anything reads it."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response

from borneone_crawler.archive.warc.records import Exchange
from borneone_crawler.extensions.archive import ArchiveKeeper
from borneone_crawler.extensions.clock import clock_from
from borneone_crawler.extensions.run import RunKeeper
from borneone_crawler.headers import header
from borneone_crawler.middlewares.verdicts import Unasked
from borneone_crawler.middlewares.whole import is_cut_short
from borneone_crawler.statuses import Stop

_BETWEEN_US_AND_A_PROXY = {"proxy-authorization"}
"""Request headers that never reach the site: the password for the proxy that the environment names
(http_proxy). Scrapy has them on the request; captures are read, merged and given away."""


class CaptureRaw:
    """Stands next to the downloader (860), where it sees robots.txt, redirects and bodies that
    are still compressed. Puts the CaptureRef on the request, as meta["capture"]."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._clock = clock_from(crawler.settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        if "capture" in request.meta:
            return response  # it came out of its capture
        due = request.meta.get("due")
        exchange = Exchange(
            url=request.url,
            method=request.method,
            request_headers=[
                (name, value)
                for name, value in _pairs(request.headers)
                if name.lower() not in _BETWEEN_US_AND_A_PROXY
            ],
            status=response.status,
            response_headers=_pairs(response.headers),
            body=response.body,
            content_type=header(response, "Content-Type"),
            fetched_at=self._clock(),
            prior=due.prior if due is not None else request.meta.get("prior"),
            cut_short=is_cut_short(response),
        )
        try:
            ref = ArchiveKeeper.of(self._crawler).archive.captures.write(exchange)
        except Stop as stop:
            RunKeeper.of(self._crawler).halt(stop)
            raise Unasked("it could not be captured") from stop
        request.meta["capture"] = ref
        return response


def _pairs(headers: Headers) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in values
    ]
