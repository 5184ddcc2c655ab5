"""WARC 1.1 records: one gzip member each, built by warcio, and read back.

Format: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
"""

import hashlib
import zlib
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from secrets import randbits
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordbuilder import RecordBuilder
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from borneone_crawler.archive.clock import stamp
from borneone_crawler.items import CaptureRef

_VERSION = "WARC/1.1"
_BUILDER = RecordBuilder(warc_version=_VERSION)

IMPORTED_FROM = "imported-from"
"""In the warcinfo of a file of copies: where they come from, as in `captures.origin`."""

NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
"""WARC-Profile of a revisit for an answer 304 (section 6.7.3)."""

TRUNCATED = "WARC-Truncated"
"""Field of a record whose block is not whole (section 5.13)."""

REWRITTEN = "rewrittenFrom"
"""Field of the warcinfo of a file that was written anew: the name it had before."""

_INFO = {
    "format": "WARC File Format 1.1",
    "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    "not-verbatim": "HTTP header names, order and reason phrase are the client's; chunked "
    "transfer coding is undone and Content-Length is that of the stored body",
}

_USUAL, _STORED = 6, 0
"""How hard zlib tries: what came compressed gets no smaller, which took a third of a capture."""
_PACKED_TYPES = ("image/jpeg", "image/png", "image/webp", "image/gif", "image/avif")

Headers = Iterable[tuple[str, str]]


@dataclass(slots=True, kw_only=True)
class Exchange:
    """One request and its response, as the HTTP client had them."""

    url: str
    method: str
    request_headers: Headers
    status: int
    response_headers: Headers
    body: bytes
    """As received: still content-encoded, no longer chunked."""
    content_type: str | None
    fetched_at: datetime
    prior: CaptureRef | None = None
    """The newest capture of the same URL that holds a payload, if there is one."""
    cut_short: bool = False
    """Whether the connection ended before the body did."""


@dataclass(slots=True, kw_only=True)
class Pair:
    """The two records of one exchange, each one gzip member, ready to be appended."""

    exchange: Exchange
    record_id: str
    response: bytes
    """The member of the response record, or of the revisit that stands for it."""
    request: bytes
    payload_digest: str | None
    refers_to: str | None

    @classmethod
    def of(cls, exchange: Exchange) -> "Pair":
        digest = payload_digest(exchange.body)
        record, prior = _response(exchange, digest)
        record_id = record.rec_headers.get_header("WARC-Record-ID")
        return cls(
            exchange=exchange,
            record_id=record_id,
            response=member(record, level=_level(exchange, has_body=prior is None)),
            request=member(_request(exchange, record_id)),
            payload_digest=prior.payload_digest if prior else digest,
            refers_to=prior.record_id if prior else None,
        )

    def placed(self, file: str, offset: int) -> CaptureRef:
        """The capture that the response is once it stands in a file."""
        return CaptureRef(
            file=file,
            offset=offset,
            length=len(self.response),
            digest=hashlib.sha256(self.response).hexdigest(),
            record_id=self.record_id,
            url=self.exchange.url,
            status=self.exchange.status,
            content_type=self.exchange.content_type,
            fetched_at=stamp(self.exchange.fetched_at),
            payload_digest=self.payload_digest,
            refers_to=self.refers_to,
        )


def payload_digest(body: bytes) -> str:
    """A body's digest as WARC-Payload-Digest writes it."""
    return "sha1:" + b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()


def warcinfo(name: str, software: str, archive_uuid: str, **more: str) -> bytes:
    """The member that begins a file: what wrote it, for which archive, what is not verbatim."""
    info = {"software": software, "isPartOf": f"urn:uuid:{archive_uuid}"} | _INFO | more
    return member(_BUILDER.create_warcinfo_record(name, info))


def member(record: object, *, level: int = _USUAL) -> bytes:
    """The record as one gzip member."""
    buffer = BytesIO()
    WARCWriter(buffer, gzip=False, warc_version=_VERSION).write_record(record)
    return member_of(buffer.getvalue(), level=level)


def info_in(data: bytes) -> dict[str, str]:
    """What the record that begins a file says of it, by the names of `warcinfo`; nothing where
    the file does not begin with a whole one. `data` is the file's beginning."""
    try:
        record = next(iter(ArchiveIterator(BytesIO(data))), None)
    except ArchiveLoadFailed:
        return {}
    if record is None or record.rec_type != "warcinfo":
        return {}
    lines = record.raw_stream.read().decode("utf-8", "replace").splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def member_of(record: bytes, *, level: int = _USUAL) -> bytes:
    """A record as somebody wrote it, as one gzip member. `level`: how hard zlib tries."""
    packing = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return packing.compress(record) + packing.flush()


def record_in(data: bytes) -> Any:
    """The record of one member, as warcio reads it."""
    return next(iter(ArchiveIterator(BytesIO(data))))


def warc_date(text: str) -> datetime | None:
    """The moment that a WARC-Date names; None when it names none."""
    try:
        date = datetime.fromisoformat(text)
    except ValueError:
        return None
    return date.replace(tzinfo=date.tzinfo or UTC)


def capture_of(record: Any, data: bytes, file: str, offset: int) -> CaptureRef:
    """The capture that a response or revisit record is, standing in `data` at a place."""
    http, headers = record.http_headers, record.rec_headers
    fetched_at = warc_date(headers.get_header("WARC-Date"))
    assert fetched_at is not None, "no record without a date is written or let in"
    return CaptureRef(
        file=file,
        offset=offset,
        length=len(data),
        digest=hashlib.sha256(data).hexdigest(),
        record_id=headers.get_header("WARC-Record-ID"),
        url=headers.get_header("WARC-Target-URI"),
        status=int(http.get_statuscode()) if http else HTTPStatus.OK.value,
        content_type=http.get_header("Content-Type") if http else None,
        fetched_at=stamp(fetched_at),
        payload_digest=headers.get_header("WARC-Payload-Digest"),
        refers_to=headers.get_header("WARC-Refers-To"),
    )


def _response(exchange: Exchange, digest: str) -> tuple[Any, CaptureRef | None]:
    """The record that stands for the response, and the prior capture it is a revisit of."""
    status = f"{exchange.status} {_phrase(exchange.status)}"
    named = {
        "WARC-Record-ID": record_id(exchange.fetched_at),
        "WARC-Date": _written(exchange.fetched_at),
    }
    if exchange.cut_short:
        named[TRUNCATED] = "disconnect"
    prior = exchange.prior if not exchange.cut_short else None
    unmodified = exchange.status == 304
    if prior is not None and prior.payload_digest and (
        unmodified or (digest == prior.payload_digest and exchange.status == prior.status)
    ):  # fmt: skip
        record = _BUILDER.create_revisit_record(
            exchange.url,
            prior.payload_digest,
            prior.url,
            _written(datetime.fromisoformat(prior.fetched_at)),
            http_headers=StatusAndHeaders(
                status, list(exchange.response_headers), protocol="HTTP/1.1"
            ),
            warc_headers_dict=named | {"WARC-Refers-To": prior.record_id},
        )
        if unmodified:
            record.rec_headers.replace_header("WARC-Profile", NOT_MODIFIED)
        return record, prior
    record = _BUILDER.create_warc_record(
        exchange.url,
        "response",
        payload=BytesIO(exchange.body),
        length=len(exchange.body),
        warc_headers_dict=named | {"WARC-Payload-Digest": digest},
        http_headers=StatusAndHeaders(
            status,
            _stored_headers(exchange.response_headers, len(exchange.body)),
            protocol="HTTP/1.1",
        ),
    )
    return record, None


def _level(exchange: Exchange, *, has_body: bool) -> int:
    """How hard zlib is to try at the record of a response."""
    is_packed = (exchange.content_type or "").lower().startswith(_PACKED_TYPES) or any(
        name.lower() == "content-encoding" for name, _ in exchange.response_headers
    )
    return _STORED if has_body and is_packed else _USUAL


def _request(exchange: Exchange, response_id: str) -> Any:
    split = urlsplit(exchange.url)
    target = (split.path or "/") + (f"?{split.query}" if split.query else "")
    return _BUILDER.create_warc_record(
        exchange.url,
        "request",
        warc_headers_dict={
            "WARC-Date": _written(exchange.fetched_at),
            "WARC-Concurrent-To": response_id,
        },
        http_headers=StatusAndHeaders(
            f"{exchange.method} {target} HTTP/1.1",
            list(exchange.request_headers),
            is_http_request=True,
        ),
    )


def record_id(moment: datetime) -> str:
    """A UUID of version 7, which begins with the time (RFC 9562, section 5.7): what is captured
    one after the other stands together in the index of these names, however many it holds."""
    milliseconds = int(moment.timestamp() * 1000)
    number = milliseconds << 80 | 7 << 76 | randbits(12) << 64 | 0b10 << 62 | randbits(62)
    return f"<urn:uuid:{UUID(int=number)}>"


def _written(moment: datetime) -> str:
    return stamp(moment).replace("+00:00", "Z")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def _stored_headers(headers: Headers, length: int) -> list[tuple[str, str]]:
    """The response's headers, true of the body as it is stored."""
    framing = {"transfer-encoding", "content-length"}
    kept = [(name, value) for name, value in headers if name.lower() not in framing]
    return [*kept, ("Content-Length", str(length))]
