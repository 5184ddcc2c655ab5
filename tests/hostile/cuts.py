"""Pages that are cut short, each in another way."""

import gzip
import zlib
from collections.abc import Callable

import brotli

from tests.hostile import wire
from tests.small_site import Answer, SmallSite

Cut = Callable[[str], Answer]


def short_length(page: str) -> Answer:
    """Content-Length says more than comes."""
    body = page.encode()
    return wire.bytes_then_close(wire.head(Content_Length=len(body)) + body[:-60])


def broken_chunk(page: str) -> Answer:
    """A chunk that is shorter than it says, and the end of the connection."""
    body = page.encode()
    start = wire.head(Transfer_Encoding="chunked")
    return wire.bytes_then_close(start + b"%x\r\n%s" % (len(body), body[:-60]))


def no_last_chunk(page: str) -> Answer:
    """Whole chunks, but not the one that ends the body."""
    body = page.encode()
    start = wire.head(Transfer_Encoding="chunked")
    return wire.bytes_then_close(start + b"%x\r\n%s\r\n" % (len(body) - 60, body[:-60]))


def reset_in_mid_body(page: str) -> Answer:
    body = page.encode()
    return wire.reset(wire.head(Content_Length=len(body)) + body[:-60])


def closed_without_length(page: str) -> Answer:
    """Nothing says how long the body is, but its last tag is missing."""
    return wire.bytes_then_close(wire.head(Connection="close") + page.encode()[:-60])


def cut_gzip(page: str) -> Answer:
    """The framing is right, the gzip member is not whole."""
    return wire.cut_gzip(page, 40)


def cut_gzip_trailer(page: str) -> Answer:
    return wire.cut_gzip(page, 4)


def damaged_gzip(page: str) -> Answer:
    """Of the right length, but one byte of the text is another."""
    whole = gzip.compress(page.encode(), mtime=0)
    # Every bit: the last byte of the deflated data is zero in one page of six.
    return wire.coded("gzip", whole[:-9] + bytes([whole[-9] ^ 0xFF]) + whole[-8:])


def cut_second_member(page: str) -> Answer:
    """A gzip body of two members, the second of which is not whole."""
    members = [gzip.compress(part.encode(), mtime=0) for part in (page[:-200], page[-200:])]
    return wire.coded("gzip", b"".join(members)[:-40])


def cut_deflate(page: str) -> Answer:
    """In a coding that nobody has asked for, as the next one."""
    return wire.coded("deflate", zlib.compress(page.encode())[:-40])


def cut_brotli(page: str) -> Answer:
    return wire.coded("br", brotli.compress(page.encode())[:-40])


CUTS: list[Cut] = [
    short_length, broken_chunk, no_last_chunk, reset_in_mid_body, closed_without_length,
    cut_gzip, cut_gzip_trailer, damaged_gzip, cut_second_member, cut_deflate, cut_brotli,
]  # fmt: skip


def cut_all(site: SmallSite) -> None:
    """Article n answers as CUTS[n - 1] does, the last one is well."""
    site.numbers = list(range(1, len(CUTS) + 2))
    for number, cut in enumerate(CUTS, start=1):
        site.answers[f"/berita-{number}/"] = cut(site.article(number))
