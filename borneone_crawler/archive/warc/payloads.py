"""HTTP bodies as they stand in WARC records: transfer and content coding undone, in bounds."""

import re
from collections.abc import Iterable

from borneone_crawler.codings import TooLarge, Unreadable, decoded, is_known, to_undo

MAX_BYTES = 32 * 1024 * 1024
"""The largest body that is read, as it stands and decoded."""

_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r\n")


def body_of(headers: Iterable[tuple[str, str]], raw: bytes, limit: int = MAX_BYTES) -> bytes:
    """The body of a response without its codings.

    `headers` are the HTTP headers, `raw` what stands behind them in the record. A writer that
    has undone a coding itself may have left its header: such a body is taken as it is. Raises
    Unreadable: "cut short", "too large", "coded as …".
    """
    fields = {name.lower(): value.strip().lower() for name, value in headers}
    if fields.get("transfer-encoding", "").endswith("chunked"):
        raw = unchunked(raw)
    elif (length := fields.get("content-length", "")).isdecimal() and int(length) > len(raw):
        raise Unreadable("cut short")
    for coding in to_undo(fields.get("content-encoding", "")):
        raw = _without(coding, raw, limit)
    if len(raw) > limit:
        raise TooLarge
    return raw


def unchunked(raw: bytes) -> bytes:
    """The body without its chunks (RFC 9112 section 7.1); one without any stays as it is.
    Raises Unreadable when it breaks off."""
    head = _CHUNK_SIZE.match(raw)
    if head is None:
        return raw
    body, at = bytearray(), 0
    while head is not None:
        size, at = int(head[1], 16), head.end()
        if size == 0:
            return bytes(body)
        if at + size > len(raw):
            break
        body += raw[at : at + size]
        head = _CHUNK_SIZE.match(raw, at + size + len(b"\r\n"))
    raise Unreadable("cut short")


def _without(coding: str, raw: bytes, limit: int) -> bytes:
    if coding == "identity" or not raw:
        return raw
    try:
        if not is_known(coding):
            raise Unreadable(f"coded as {coding[:20]}")
        return decoded(raw, coding, limit)
    except TooLarge:
        raise
    except Unreadable:
        if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            return raw  # the coding was undone before it was written
        raise
