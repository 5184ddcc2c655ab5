"""Content codings of HTTP bodies (RFC 9110 section 8.4.1), undone whole and in bounds."""

import sys
import zlib
from collections.abc import Callable

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MOST = 5
"""Codings of one body that are undone, as curl has it: some bodies come out of theirs as they went
in, however often."""

_STEP = 1 << 16
_MAGIC = b"\x1f\x8b"
"""How a gzip member begins (RFC 1952 section 2.3.1)."""


class Unreadable(Exception):  # noqa: N818 - a fact about foreign bytes, not a fault
    """The body cannot be read; the message says why in a few words."""


class TooLarge(Unreadable):
    """It may be readable, but comes to more bytes than are taken."""

    def __init__(self) -> None:
        super().__init__("too large")


def listed(header: str) -> list[str]:
    """The codings that a Content-Encoding header names, in lower case and in the order in which
    they were done."""
    return [coding for one in header.split(",") if (coding := one.strip().lower())]


def to_undo(header: str) -> list[str]:
    """The same, the last one first. Raises Unreadable when they are more than MOST."""
    codings = listed(header)
    if len(codings) > MOST:
        raise Unreadable(f"coded {len(codings)} times")
    return codings[::-1]


def is_known(coding: str) -> bool:
    """Whether it is a coding that is undone here, by its name in lower case."""
    return coding in _DECODERS


def decoded(body: bytes, coding: str, limit: int) -> bytes:
    """The body without one coding, which is known. Raises TooLarge at more than `limit` bytes, and
    Unreadable: "cut short", "coded as …, but not readable as that"."""
    try:
        return _DECODERS[coding](body, limit)
    except (zlib.error, zstd.ZstdError, brotli.error) as error:
        raise Unreadable(f"coded as {coding}, but not readable as that") from error


def _gunzip(raw: bytes, limit: int) -> bytes:
    members, size = [], 0
    while True:
        inflating = zlib.decompressobj(zlib.MAX_WBITS | 16)
        members.append(inflating.decompress(raw, limit - size + 1))
        size += len(members[-1])
        _check(size, limit, whole=inflating.eof)
        raw = inflating.unused_data
        if not raw or not _MAGIC.startswith(raw[: len(_MAGIC)]):  # what else is there is padding
            return b"".join(members)


def _inflate(raw: bytes, limit: int) -> bytes:
    # Some servers send the bare stream, without the zlib header that RFC 9110 asks for.
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        inflating = zlib.decompressobj(bits)
        try:
            body = inflating.decompress(raw, limit + 1)
        except zlib.error:
            continue
        _check(len(body), limit, whole=inflating.eof)
        return body
    raise zlib.error("neither with header nor without")


def _unbrotli(raw: bytes, limit: int) -> bytes:
    decoder = brotli.Decompressor()
    body = bytearray(decoder.process(raw, output_buffer_limit=_STEP))
    while not decoder.is_finished() and len(body) <= limit:
        more = decoder.process(b"", output_buffer_limit=_STEP)
        if not more:
            break
        body += more
    _check(len(body), limit, whole=decoder.is_finished())
    return bytes(body)


def _unzstd(raw: bytes, limit: int) -> bytes:
    frames, size = [], 0
    while raw:
        decoder = zstd.ZstdDecompressor()
        frames.append(decoder.decompress(raw, limit - size + 1))
        size += len(frames[-1])
        _check(size, limit, whole=decoder.eof)
        raw = decoder.unused_data
    return b"".join(frames)


def _check(size: int, limit: int, *, whole: bool) -> None:
    if size > limit:
        raise TooLarge
    if not whole:
        raise Unreadable("cut short")


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
