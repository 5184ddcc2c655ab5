"""Judges records that others wrote: which are pages of this newsroom that may be articles."""

import hashlib
from base64 import b32encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

from borneone_crawler.archive.foreign.stream import Record
from borneone_crawler.archive.warc.payloads import body_of, unchunked
from borneone_crawler.archive.warc.records import record_in, warc_date
from borneone_crawler.codings import Unreadable
from borneone_crawler.urls import MAX_LENGTH, Form, SiteUrls

EARLIEST = datetime(1996, 1, 1, tzinfo=UTC)
"""No page was captured for keeps before: an older date is that of a clock that was not set."""

ANOTHER_SITE = "another site"

_MAX_HTTP_HEAD = 1 << 18
_HTML = frozenset({"text/html", "application/xhtml+xml", ""})
_DIGESTS = frozenset({"md5", "sha1", "sha256", "sha512"})
_LONGEST_ID = 200


class LeftOut(Exception):  # noqa: N818 - most records of a foreign file are
    """A record is not taken; `reason` says why, `sample` which it was."""

    def __init__(self, reason: str, sample: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.sample = sample


@dataclass(frozen=True, slots=True)
class Judge:
    """What one newsroom takes of foreign files at one time."""

    urls: SiteUrls
    now: datetime

    def is_of_interest(self, fields: dict[str, str]) -> bool:
        """Whether a record's block has to be read to judge it."""
        kind = fields.get("warc-type", "").lower()
        return kind == "warcinfo" or (
            kind in ("response", "revisit") and self._on_site(fields.get("warc-target-uri", ""))
        )

    def check(self, record: Record) -> None:
        """Let a response or revisit pass that may be an article of the newsroom, or be the page
        of one that was met again. Raises LeftOut."""
        url = record.fields.get("warc-target-uri", "")
        if not self._on_site(url):
            raise LeftOut(ANOTHER_SITE, _host(url))
        reason = next(self._reasons(record, url), None)
        if reason is not None:
            raise LeftOut(reason, url)

    def _on_site(self, url: str) -> bool:
        return len(url) <= MAX_LENGTH and self.urls.on_site(url)

    def _reasons(self, record: Record, url: str) -> Iterator[str]:
        """What speaks against a record of the site."""
        if record.block is None:
            yield "too large"
        if not url.isprintable() or " " in url:
            yield "not a web address"
        verdict = self.urls.form(self.urls.canonical(url))
        if verdict.form is not Form.ARTICLE:
            yield f"not an article's address: {verdict.rule or verdict.form}"
        identity = record.fields.get("warc-record-id", "")
        if not identity or len(identity) > _LONGEST_ID:
            yield "no record id"
        if self._date(record.fields.get("warc-date", "")) is None:
            yield "no believable date"
        if "warc-truncated" in record.fields and record.type == "response":
            yield "cut short"
        yield from _reasons_in_block(record)

    def _date(self, text: str) -> datetime | None:
        # What is dated after today would pass for newer than all that is to come.
        date = warc_date(text)
        return date if date is not None and EARLIEST <= date <= self.now else None


def _reasons_in_block(record: Record) -> Iterator[str]:
    assert record.block is not None
    # Of a revisit wget digests the block before it leaves the body out, and says so.
    shortened = record.type == "revisit" and "warc-truncated" in record.fields
    if not shortened and not _holds(record.fields.get("warc-block-digest"), record.block):
        yield "damaged: not what its digest says"
    if record.type == "revisit" and not record.block.strip():
        return  # of a revisit the HTTP headers may be left out too
    http = _http(record)
    if http is None:
        yield "no readable HTTP headers"
        return
    status = http.http_headers.get_statuscode()
    unchanged = record.type == "revisit" and status == "304"
    if status != "200" and not unchanged:
        yield f"answered {status}" if status.isdigit() and len(status) == 3 else "no HTTP status"
    kind = (http.http_headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
    if kind not in _HTML and not unchanged:
        yield f"not HTML: {kind[:40]}"
    if record.type == "response":
        yield from _reasons_in_body(record, http)


def _reasons_in_body(record: Record, http: Any) -> Iterator[str]:
    raw = http.raw_stream.read()
    try:
        body_of(http.http_headers.headers, raw)
        whole = unchunked(raw)
    except Unreadable as error:
        yield str(error)
        return
    # Some tools digest the body as it was sent, some without its chunks. Where the whole block
    # is proved by a digest of its own, theirs may be of either.
    digest = record.fields.get("warc-payload-digest")
    proved = "warc-block-digest" in record.fields
    if not proved and not _holds(digest, raw) and not _holds(digest, whole):
        yield "damaged: not what its digest says"


def _http(record: Record) -> Any | None:
    """The record with its HTTP headers read by warcio, or None."""
    assert record.block is not None
    begin = record.block[:_MAX_HTTP_HEAD]
    if record.length > len(begin) and b"\r\n\r\n" not in begin and b"\n\n" not in begin:
        return None
    try:
        read = record_in(record.as_it_stands())
    except (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, ValueError):
        return None
    return read if read.http_headers is not None else None


def _holds(digest: str | None, data: bytes) -> bool:
    """Whether a digest as WARC writes it (`sha1:` and base32 or hexadecimal) is that of the data;
    one of a kind that is not known proves nothing."""
    algorithm, _, value = (digest or "").partition(":")
    algorithm = algorithm.lower().replace("-", "")
    if algorithm not in _DIGESTS or not value:
        return True
    found = hashlib.new(algorithm, data, usedforsecurity=False).digest()
    written = value.strip().upper().rstrip("=")
    return written in (b32encode(found).decode().rstrip("="), found.hex().upper())


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url.partition(":")[0]
    except ValueError:
        return url
