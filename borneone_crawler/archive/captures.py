"""Raw captures: every request and response into WARC 1.1 files, and back out of them.

The records are written by warcio. What is not verbatim is said in each file's warcinfo record:
header names and order are the HTTP client's, chunked transfer coding is undone; bodies are as
received, still compressed. Format: https://iipc.github.io/warc-specifications/
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from borneone_crawler.items import CaptureRef
from borneone_crawler.statuses import Status, Stop

MAX_FILE_BYTES = 1 << 30
"""A WARC file that has grown past this is closed and the next one begun (1 GiB, the custom)."""

_INFO = {
    "format": "WARC File Format 1.1",
    "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    "not-verbatim": "HTTP header names, order and reason phrase are the client's; chunked "
    "transfer coding is undone and Content-Length is that of the stored body",
}

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


@dataclass(slots=True, kw_only=True)
class StoredResponse:
    """A response read back from its capture."""

    url: str
    status: int
    content_type: str | None
    body: bytes
    """With the content coding undone."""


class CaptureStore:
    """The folder of WARC files of one archive.

    A file is made when the first record is written. While `holding`, records wait in memory:
    nothing is to be stored before the home page has shown that this is the right site.
    """

    def __init__(self, folder: Path, archive_uuid: str, software: str) -> None:
        self.folder = folder
        self._uuid = archive_uuid
        self._software = software
        self._file: BinaryIO | None = None
        self._held: list[_Pair] | None = None
        self._serial = 0

    def hold(self) -> None:
        """Keep what is captured from now on in memory, until `release` or `drop`."""
        self._held = []

    def release(self) -> list[CaptureRef]:
        """Write what was held. Returns the references, now final, in order."""
        held, self._held = self._held or [], None
        return [self._append(pair) for pair in held]

    def drop(self) -> None:
        """Forget what was held."""
        self._held = None

    def write(self, exchange: Exchange) -> CaptureRef | None:
        """Append request and response and flush. Returns where the response stands, or None
        while holding. Raises Stop IO_ERROR or CANNOT_CREATE when the disk says no."""
        pair = _Pair.of(exchange)
        if self._held is not None:
            self._held.append(pair)
            return None
        return self._append(pair)

    def read(self, capture: CaptureRef) -> StoredResponse:
        """Read one capture back. Raises Stop NO_ARCHIVE when its bytes have changed."""
        path = self.folder / Path(capture.file).name
        try:
            with path.open("rb") as file:
                file.seek(capture.offset)
                member = file.read(capture.length)
        except OSError as error:
            raise Stop(Status.NO_ARCHIVE, f"cannot read capture in {path}: {error}") from error
        if hashlib.sha256(member).hexdigest() != capture.digest:
            raise Stop(Status.NO_ARCHIVE, f"a capture in {path} is damaged ({capture.url})")
        record = next(iter(ArchiveIterator(BytesIO(member))))
        return StoredResponse(
            url=capture.url,
            status=capture.status,
            content_type=capture.content_type,
            body=record.content_stream().read(),
        )

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _append(self, pair: "_Pair") -> CaptureRef:
        try:
            file = self._current_file()
            offset = file.tell()
            # One write for both, so that a full disk or a kill tears at most the file's end.
            file.write(pair.response + pair.request)
            file.flush()
        except OSError as error:
            raise Stop(
                Status.IO_ERROR, f"cannot write a capture in {self.folder}: {error.strerror}"
            ) from error
        return CaptureRef(
            file=Path(file.name).name,
            offset=offset,
            length=len(pair.response),
            digest=hashlib.sha256(pair.response).hexdigest(),
            record_id=pair.record_id,
            url=pair.exchange.url,
            status=pair.exchange.status,
            content_type=pair.exchange.content_type,
            fetched_at=pair.exchange.fetched_at.astimezone(UTC).isoformat(timespec="milliseconds"),
        )

    def _current_file(self) -> BinaryIO:
        if self._file is not None and self._file.tell() >= MAX_FILE_BYTES:
            self.close()
        if self._file is None:
            self._file = self._new_file()
        return self._file

    def _new_file(self) -> BinaryIO:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            while True:
                stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
                name = f"borneone-{self._uuid[:8]}-{stamp}-{self._serial:05d}.warc.gz"
                self._serial += 1
                try:
                    file = (self.folder / name).open("xb")
                    break
                except FileExistsError:
                    continue
        except OSError as error:
            raise Stop(
                Status.CANNOT_CREATE, f"cannot write captures in {self.folder}: {error.strerror}"
            ) from error
        writer = WARCWriter(BytesIO(), gzip=True, warc_version="WARC/1.1")
        info = {"software": self._software, "isPartOf": f"urn:uuid:{self._uuid}"} | _INFO
        file.write(_member(writer.create_warcinfo_record(name, info)))
        return file


@dataclass(slots=True, kw_only=True)
class _Pair:
    """The two records of one exchange, each one gzip member, ready to be appended."""

    exchange: Exchange
    record_id: str
    response: bytes
    request: bytes

    @classmethod
    def of(cls, exchange: Exchange) -> "_Pair":
        date = exchange.fetched_at.astimezone(UTC).isoformat(timespec="milliseconds")
        warc_headers = {"WARC-Date": date.replace("+00:00", "Z")}
        builder = WARCWriter(BytesIO(), gzip=True, warc_version="WARC/1.1")
        response = builder.create_warc_record(
            exchange.url,
            "response",
            payload=BytesIO(exchange.body),
            length=len(exchange.body),
            warc_headers_dict=dict(warc_headers),
            http_headers=StatusAndHeaders(
                f"{exchange.status} {_phrase(exchange.status)}",
                _stored_headers(exchange.response_headers, len(exchange.body)),
                protocol="HTTP/1.1",
            ),
        )
        record_id = response.rec_headers.get_header("WARC-Record-ID")
        split = urlsplit(exchange.url)
        target = (split.path or "/") + (f"?{split.query}" if split.query else "")
        request = builder.create_warc_record(
            exchange.url,
            "request",
            warc_headers_dict=warc_headers | {"WARC-Concurrent-To": record_id},
            http_headers=StatusAndHeaders(
                f"{exchange.method} {target} HTTP/1.1",
                list(exchange.request_headers),
                is_http_request=True,
            ),
        )
        return cls(
            exchange=exchange,
            record_id=record_id,
            response=_member(response),
            request=_member(request),
        )


def _member(record: object) -> bytes:
    """The record as one gzip member."""
    buffer = BytesIO()
    WARCWriter(buffer, gzip=True, warc_version="WARC/1.1").write_record(record)
    return buffer.getvalue()


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
