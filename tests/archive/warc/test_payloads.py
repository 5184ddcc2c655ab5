"""Bodies come out of their codings whole and in bounds, or not at all."""

import gzip
import sys
import zlib

import brotli
import pytest

from borneone_crawler.archive.warc.payloads import body_of
from borneone_crawler.codings import Unreadable
from tests.foreign_warc import chunked

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PAGE = "<html><p>Sungai Kapuas – “banjir” 😀</p></html>".encode() * 50

CODED = {
    "gzip": gzip.compress(PAGE),
    "x-gzip": gzip.compress(PAGE[:100]) + gzip.compress(PAGE[100:]),
    "deflate": zlib.compress(PAGE),
    "br": brotli.compress(PAGE),
    "zstd": zstd.compress(PAGE),
    "gzip, br": brotli.compress(gzip.compress(PAGE)),
    "identity": PAGE,
}


@pytest.mark.parametrize("coding", CODED)
def test_every_coding_a_browser_takes_is_undone(coding: str) -> None:
    assert body_of([("Content-Encoding", coding.upper())], CODED[coding]) == PAGE


def test_deflate_without_its_header_is_undone_too() -> None:
    assert body_of([("Content-Encoding", "deflate")], zlib.compress(PAGE)[2:-4]) == PAGE


@pytest.mark.parametrize("coding", CODED)
def test_a_coding_that_the_writer_has_undone_already_is_not_undone_again(coding: str) -> None:
    assert body_of([("content-encoding", coding)], PAGE) == PAGE


def test_chunks_are_undone_before_the_coding() -> None:
    headers = [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")]
    assert body_of(headers, chunked(CODED["gzip"])) == PAGE
    assert body_of(headers, CODED["gzip"]) == PAGE
    assert body_of(headers[:1], b"A;x=y\r\n0123456789\r\n0\r\nTrailer: z\r\n\r\n") == b"0123456789"


def test_what_stands_behind_a_gzip_body_is_padding() -> None:
    assert body_of([("Content-Encoding", "gzip")], CODED["gzip"] + b"\0\0\0") == PAGE
    assert body_of([("Content-Encoding", "gzip")], gzip.compress(b"")) == b""


@pytest.mark.parametrize("coding", [name for name in CODED if name != "identity"])
def test_a_body_that_is_cut_short_is_not_read(coding: str) -> None:
    for length in (1, len(CODED[coding]) // 2, len(CODED[coding]) - 1):
        with pytest.raises(Unreadable):
            body_of([("Content-Encoding", coding)], CODED[coding][:length])


def test_a_body_shorter_than_it_should_be_is_not_read() -> None:
    with pytest.raises(Unreadable, match="cut short"):
        body_of([("Content-Length", "11")], b"0123456789")
    for end in (3, 6, 20):
        with pytest.raises(Unreadable, match="cut short"):
            body_of([("Transfer-Encoding", "chunked")], chunked(PAGE)[:-end])


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, br"])
def test_a_bomb_is_too_large(coding: str) -> None:
    bomb = bytes(5_000_000)
    coded = {
        "gzip": gzip.compress(bomb),
        "deflate": zlib.compress(bomb),
        "br": brotli.compress(bomb),
        "zstd": zstd.compress(bomb),
        "gzip, br": brotli.compress(gzip.compress(bomb)),
    }[coding]
    headers = [("Content-Encoding", coding)]
    with pytest.raises(Unreadable, match="too large"):
        body_of(headers, coded, limit=len(bomb) - 1)
    assert len(body_of(headers, coded, limit=len(bomb))) == len(bomb)


def test_a_body_that_says_it_is_coded_without_end_is_not_read() -> None:
    coded = PAGE
    for _ in range(5):
        coded = gzip.compress(coded)
    assert body_of([("Content-Encoding", "gzip," * 5)], coded) == PAGE
    with pytest.raises(Unreadable, match="coded 6 times"):
        body_of([("Content-Encoding", "gzip, " * 6)], gzip.compress(coded))


def test_an_unknown_coding_is_named() -> None:
    with pytest.raises(Unreadable, match="coded as compress"):
        body_of([("Content-Encoding", "compress")], b"\x1f\x9d...")
    with pytest.raises(Unreadable, match="gzip, but"):
        body_of([("Content-Encoding", "gzip")], b"no gzip at all")
