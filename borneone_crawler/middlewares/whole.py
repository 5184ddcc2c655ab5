"""Undoes the codings of bodies, and turns away those that are cut short: such is no article."""

from itertools import takewhile
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, ResponseDataLossError
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from borneone_crawler.codings import TooLarge, Unreadable, decoded, is_known, listed, to_undo
from borneone_crawler.headers import header

_TAIL = 1024
"""Bytes at the end of a page in which its last tag is looked for."""


class WholeBodies:
    """Stands where Scrapy's HttpCompressionMiddleware would, which takes a body whose coding
    breaks off for a whole one without a word: behind capture (860), which keeps what there is."""

    def __init__(self, crawler: Crawler) -> None:
        self._most = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        if is_cut_short(response):
            raise ResponseDataLossError(f"cut short after {len(response.body)} bytes")
        if not response.body or not (codings := _codings(response)):
            return response
        body, most = response.body, request.meta.get("download_maxsize", self._most)
        try:
            for coding in takewhile(is_known, to_undo(codings)):
                body = decoded(body, coding, most)
        except TooLarge as error:
            raise IgnoreRequest(f"it comes to more than {most} bytes") from error
        except Unreadable as error:
            raise ResponseDataLossError(f"the body is {error}") from error
        # What is not known is left as it is, as browsers do: some servers call a charset a coding.
        del response.headers["Content-Encoding"]
        kind = responsetypes.from_args(headers=response.headers, url=response.url, body=body)
        return response.replace(cls=kind, body=body)


def is_cut_short(response: Response) -> bool:
    """Whether the connection ended before the body did. Where nothing says how long a body is
    (RFC 9112 section 6.3, the last case), its page does: by the tag that ends it."""
    if "dataloss" in response.flags:
        return True
    # What comes with a redirect or an error is no page, and may have no body at all; and a coded
    # body shows by itself whether it is whole.
    is_page = (header(response, "Content-Type") or "").startswith("text/html")
    return (
        "partial" in response.flags
        and response.status == 200
        and is_page
        and not any(map(is_known, listed(_codings(response))))
        and b"</html" not in response.body[-_TAIL:].lower()
    )


def _codings(response: Response) -> str:
    """What the response says of how its body is coded; it may say so in several headers."""
    return b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
