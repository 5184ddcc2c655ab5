"""Turns away bodies that were cut short: a truncated page is never an article."""

import zlib
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response

from borneone_crawler.headers import header

_CHUNK = 1 << 16
_TAIL = 1024
"""Bytes at the end of a page in which its last tag is looked for."""


class WholeBodies:
    """Stands between capture (860), which keeps what there is, and decompression (590), which
    takes a cut gzip body for a whole one without a word."""

    def __init__(self, crawler: Crawler) -> None:
        self._most = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        if is_cut_short(response):
            raise ResponseDataLossError(f"cut short after {len(response.body)} bytes")
        if _is_gzip(response) and response.body and not _is_whole(response.body, self._most):
            raise ResponseDataLossError("the gzip body is cut short or damaged")
        return response


def is_cut_short(response: Response) -> bool:
    """Whether the connection ended before the body did. Where nothing says how long a body is
    (RFC 9112 section 6.3, the last case), its page does: by the tag that ends it."""
    if "dataloss" in response.flags:
        return True
    # What comes with a redirect or an error is no page, and may have no body at all; and a
    # compressed body shows by itself whether it is whole.
    is_page = (header(response, "Content-Type") or "").startswith("text/html")
    return (
        "partial" in response.flags
        and response.status == 200
        and is_page
        and not _is_gzip(response)
        and b"</html" not in response.body[-_TAIL:].lower()
    )


def _is_gzip(response: Response) -> bool:
    return (header(response, "Content-Encoding") or "").strip().lower() in ("gzip", "x-gzip")


def _is_whole(body: bytes, most: int) -> bool:
    """Whether the gzip member comes to its end and its checksum is right; in small steps, so
    that a bomb is not blown up here. What inflates to more than `most` bytes is left to the
    decompression, which refuses it."""
    inflating = zlib.decompressobj(zlib.MAX_WBITS | 16)
    rest, size = body, 0
    try:
        while rest and not inflating.eof and size <= most:
            size += len(inflating.decompress(rest, _CHUNK))
            rest = inflating.unconsumed_tail
        while not inflating.eof and size <= most and (more := inflating.decompress(b"", _CHUNK)):
            size += len(more)
    except zlib.error:
        return False
    return inflating.eof or size > most
