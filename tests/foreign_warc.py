"""WARC files as others write them: the Internet Archive, crawlers with old habits, broken ones."""

import gzip
import zipfile
from base64 import b32encode
from hashlib import sha1
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Self

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HTML = "text/html; charset=UTF-8"


def chunked(body: bytes, size: int = 300) -> bytes:
    """The body as HTTP/1.1 sends it when its length is not known before."""
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


class ForeignWarc:
    """One WARC file being written. `compressed` is how: each record, all in one, or not at all."""

    def __init__(
        self, path: Path, *, compressed: str = "records", software: str = "Heritrix/3.4"
    ) -> None:
        self.path = path
        self._compressed = compressed
        self._buffer = BytesIO()
        self._writer = WARCWriter(
            self._buffer, gzip=compressed == "records", warc_version="WARC/1.0"
        )
        self._writer.write_record(
            self._writer.create_warcinfo_record(path.name, {"software": software})
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        data = self._buffer.getvalue()
        self.path.write_bytes(gzip.compress(data) if self._compressed == "all" else data)

    def response(
        self,
        url: str,
        body: str | bytes,
        date: str,
        *,
        status: str = "200 OK",
        content_type: str | None = HTML,
        coding: str | None = None,
        chunks: bool = False,
        headers: dict[str, str] | None = None,
        http: dict[str, str] | None = None,
    ) -> str:
        """A response record; `headers` adds to or changes those of WARC, `http` those of HTTP.
        `body` is already coded as `coding` says. Returns its WARC-Record-ID."""
        raw = body.encode() if isinstance(body, str) else body
        if coding == "gzip":
            raw = gzip.compress(raw)
        fields = {"Content-Type": content_type, "Content-Encoding": coding}
        if chunks:
            raw, fields["Transfer-Encoding"] = chunked(raw), "chunked"
        fields |= http or {}
        record = self._writer.create_warc_record(
            url,
            "response",
            payload=BytesIO(raw),
            length=len(raw),
            warc_headers_dict={"WARC-Date": date} | (headers or {}),
            http_headers=StatusAndHeaders(
                status, [(name, value) for name, value in fields.items() if value], "HTTP/1.1"
            ),
        )
        self._writer.write_record(record)
        return str(record.rec_headers.get_header("WARC-Record-ID"))

    def revisit(
        self,
        url: str,
        body: str,
        date: str,
        *,
        of: str,
        at: str,
        refers_to: str | None = None,
        with_http: bool = True,
    ) -> None:
        """A record that says the payload was the same as that of `of` at the time `at`."""
        http = StatusAndHeaders("200 OK", [("Content-Type", HTML)], "HTTP/1.1")
        record = self._writer.create_revisit_record(
            url,
            payload_digest(body.encode()),
            of,
            at,
            http_headers=http if with_http else None,
            warc_headers_dict={"WARC-Date": date}
            | ({"WARC-Refers-To": refers_to} if refers_to else {}),
        )
        self._writer.write_record(record)

    def other(self, kind: str, url: str, payload: bytes = b"x: y\r\n") -> None:
        """A record of another kind: metadata, resource, conversion."""
        self._writer.write_record(
            self._writer.create_warc_record(
                url, kind, payload=BytesIO(payload), length=len(payload)
            )
        )

    def raw(self, data: bytes) -> None:
        """Bytes as they are."""
        self._buffer.write(data)


def payload_digest(body: bytes) -> str:
    return "sha1:" + b32encode(sha1(body, usedforsecurity=False).digest()).decode()


def wacz(path: Path, *warcs: Path, compression: int = zipfile.ZIP_STORED) -> Path:
    """The files packed as Browsertrix packs a crawl."""
    with zipfile.ZipFile(path, "w") as package:
        for warc in warcs:
            package.write(warc, f"archive/{warc.name}", compress_type=compression)
        package.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0"}\n')
        package.writestr("datapackage.json", '{"profile": "data-package"}')
    return path
