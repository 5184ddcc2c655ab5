"""What comes in from a foreign file, and why the rest does not."""

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import brotli
import pytest

from borneone_crawler.archive.foreign.judge import Judge, LeftOut
from borneone_crawler.archive.foreign.stream import Record, records
from borneone_crawler.urls import SiteUrls
from tests.foreign_warc import ForeignWarc, payload_digest

URL = "https://borneonetv.com/wagub/"
DATE = "2019-10-14T03:15:00Z"
PAGE = "<html><p>Wagub Kalbar meminta warga menjaga sungai.</p></html>" * 20
JUDGE = Judge(SiteUrls("https://borneonetv.com"), datetime(2024, 1, 1, tzinfo=UTC))

Add = Callable[[ForeignWarc], Any]


def verdict(folder: Path, add: Add) -> str | None:
    """Why the one record that `add` writes is left out; None when it is taken."""
    with ForeignWarc(folder / "a.warc.gz") as warc:
        add(warc)
    with warc.path.open("rb") as file:
        _, record = records(file, JUDGE.is_of_interest)
    assert isinstance(record, Record)
    try:
        JUDGE.check(record)
    except LeftOut as reason:
        return reason.reason
    return None


def page(url: str = URL, body: str | bytes = PAGE, date: str = DATE, **more: Any) -> Add:
    return lambda warc: warc.response(url, body, date, **more)


@pytest.mark.parametrize(
    "add",
    [
        page(),
        page("http://www.borneonetv.com/wagub?utm_source=wa#x"),
        page("https://borneonetv.com:443/wagub/amp/"),
        page("https://borneonetv.com/?p=12"),
        page("<https://borneonetv.com/wagub/>"),
        page(coding="gzip", chunks=True),
        page(body=brotli.compress(PAGE.encode()), coding="br"),
        page(content_type=None),
        page(date="2019-10-14T03:15:00.123456789Z"),
        page(date="2019-10-14T10:15:00+07:00"),
        page(headers={"WARC-Payload-Digest": "sha256:" + "0" * 64, "WARC-Block-Digest": "x:1"}),
        page(chunks=True, headers={"WARC-Payload-Digest": payload_digest(PAGE.encode())}),
        lambda warc: warc.revisit(URL, PAGE, DATE, of=URL, at=DATE),
        lambda warc: warc.revisit(URL, PAGE, DATE, of=URL, at=DATE, with_http=False),
    ],
)
def test_what_may_be_an_article_is_taken(tmp_path: Path, add: Add) -> None:
    assert verdict(tmp_path, add) is None


@pytest.mark.parametrize(
    ("add", "why"),
    [
        (page("https://example.com/wagub/"), "another site"),
        (page("https://borneonetv.com.example.com/wagub/"), "another site"),
        (page("https://borneonetv.com@example.com/wagub/"), "another site"),
        (page("https://borneonetv.com:8443/wagub/"), "another site"),
        (page("urn:x:y"), "another site"),
        (page(f"https://borneonetv.com/{'a' * 3000}/"), "another site"),
        (page("https://borneonetv.com/\x1b[2Jwagub/"), "not a web address"),
        (page("https://borneonetv.com/"), "not an article's address: home"),
        (page("https://borneonetv.com/category/berita/"), "not an article's address: listing"),
        (page("https://borneonetv.com/tag/sungai/"), "not an article's address: tag archive"),
        (page("https://borneonetv.com/feed/"), "not an article's address: feed"),
        (page(status="404 Not Found"), "answered 404"),
        (page(status="301 Moved"), "answered 301"),
        (page(status="abc"), "no HTTP status"),
        (page(content_type="application/json"), "not HTML: application/json"),
        (page(date="2031-01-01T00:00:00Z"), "no believable date"),
        (page(date="1970-01-01T00:00:00Z"), "no believable date"),
        (page(date="yesterday"), "no believable date"),
        (page(headers={"WARC-Truncated": "length"}), "cut short"),
        (page(http={"Content-Length": "999999"}), "cut short"),
        (page(body=gzip.compress(PAGE.encode())[:-9], http={"Content-Encoding": "gzip"}),
         "cut short"),
        (page(body=b"\x1f\x9d", http={"Content-Encoding": "compress"}), "coded as compress"),
        (page(body=bytes(40_000_000)), "too large"),
        (page(body=gzip.compress(bytes(40_000_000)), http={"Content-Encoding": "gzip"}),
         "too large"),
        (page(headers={"WARC-Block-Digest": payload_digest(b"other")}),
         "damaged: not what its digest says"),
        (page(headers={"WARC-Record-ID": "<urn:uuid:" + "1" * 300 + ">"}), "no record id"),
        (page(http={f"X-{n}": "y" * 1000 for n in range(400)}), "no readable HTTP headers"),
    ],
)  # fmt: skip
def test_what_is_not_taken_has_its_reason(tmp_path: Path, add: Add, why: str) -> None:
    assert verdict(tmp_path, add) == why


def test_bytes_that_are_not_what_the_only_digest_says_are_damaged(tmp_path: Path) -> None:
    with ForeignWarc(tmp_path / "a.warc", compressed="none") as warc:
        warc.response(URL, PAGE, DATE)
    data = warc.path.read_bytes()
    without = b"".join(
        line for line in data.splitlines(keepends=True) if not line.startswith(b"WARC-Block")
    )
    warc.path.write_bytes(without.replace(b"Kalbar", b"Kalsel"))
    with warc.path.open("rb") as file:
        _, record = records(file, JUDGE.is_of_interest)
    assert isinstance(record, Record)
    with pytest.raises(LeftOut, match="digest"):
        JUDGE.check(record)
