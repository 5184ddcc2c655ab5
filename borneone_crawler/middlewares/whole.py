"""Turns away bodies that were cut short: a truncated page is never an article."""

import zlib

from scrapy import Request
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response

from borneone_crawler.headers import header

_CHUNK = 1 << 16


class WholeBodies:
    """Stands between capture (860) and decompression (590), which takes a cut gzip body for a
    whole one without a word. Broken framing is refused by the downloader itself."""

    def process_response(self, request: Request, response: Response) -> Response:
        coding = (header(response, "Content-Encoding") or "").lower()
        if coding in ("gzip", "x-gzip") and response.body and not _is_whole(response.body):
            raise ResponseDataLossError("the gzip body is cut short or damaged")
        return response


def _is_whole(body: bytes) -> bool:
    """Whether the gzip member comes to its end and its checksum is right; in small steps, so
    that a bomb is not blown up here."""
    inflating = zlib.decompressobj(zlib.MAX_WBITS | 16)
    rest = body
    try:
        while rest and not inflating.eof:
            inflating.decompress(rest, _CHUNK)
            rest = inflating.unconsumed_tail
        while not inflating.eof and inflating.decompress(b"", _CHUNK):
            pass
    except zlib.error:
        return False
    return inflating.eof
