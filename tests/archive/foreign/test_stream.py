"""Whatever the bytes: what is whole is read, what is not is told, in bounded memory."""

import gzip
import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from borneone_crawler.archive.foreign.stream import (
    MAX_BLOCK,
    Damage,
    Record,
    begins_like_warc,
    records,
)
from tests.foreign_warc import ForeignWarc

URL = "https://borneonetv.com/wagub/"
DATE = "2019-10-14T03:15:00Z"


def made(folder: Path, compressed: str, pages: int = 5) -> bytes:
    with ForeignWarc(folder / "a.warc", compressed=compressed) as warc:
        for number in range(pages):
            warc.response(f"{URL}{number}", f"<p>Halaman {number}</p>" * 40, DATE)
            warc.other("metadata", URL)
    return warc.path.read_bytes()


def read(data: bytes) -> tuple[list[Record], list[Damage]]:
    found = list(records(io.BytesIO(data), lambda fields: True))
    return (
        [one for one in found if isinstance(one, Record)],
        [one for one in found if isinstance(one, Damage)],
    )


@pytest.mark.parametrize("compressed", ["records", "all", "none"])
def test_every_record_is_read_however_the_file_is_compressed(
    tmp_path: Path, compressed: str
) -> None:
    data = made(tmp_path, compressed)
    whole, damages = read(data)
    assert damages == []
    plain = data if compressed == "none" else gzip.decompress(data)
    assert b"".join(one.as_it_stands() for one in whole) == plain
    expected = [
        (record.rec_type, record.rec_headers.get_header("WARC-Record-ID"))
        for record in ArchiveIterator(io.BytesIO(plain))
    ]
    assert [(one.type, one.fields["warc-record-id"]) for one in whole] == expected


def test_a_block_nobody_wants_is_not_kept(tmp_path: Path) -> None:
    data = made(tmp_path, "records")
    found = list(records(io.BytesIO(data), lambda fields: fields["warc-type"] == "metadata"))
    assert {(one.type, one.block is None) for one in found if isinstance(one, Record)} == {
        ("warcinfo", True), ("response", True), ("metadata", False),
    }  # fmt: skip


@pytest.mark.parametrize("compressed", ["records", "none"])
def test_of_a_file_that_is_cut_short_the_whole_records_are_read(
    tmp_path: Path, compressed: str
) -> None:
    data = made(tmp_path, compressed)
    whole, damages = read(data[:-30])
    assert len(whole) == 10
    assert len(damages) == 1
    assert "cut short" in damages[0].why
    offset = damages[0].offset
    assert read(data[:offset])[1] == [] if compressed == "records" else offset <= len(data)


def test_behind_damaged_bytes_a_compressed_file_is_gone_on_with(tmp_path: Path) -> None:
    data = bytearray(made(tmp_path, "records"))
    members = [one.offset for one in read(bytes(data))[0]]
    data[members[3] + 20] ^= 0xFF
    data[members[6] + 1] = 0
    whole, damages = read(bytes(data))
    assert [damage.offset for damage in damages] == [members[3], members[6]]
    assert len(whole) == 9


def test_text_of_a_page_never_passes_for_a_record_of_an_uncompressed_file(tmp_path: Path) -> None:
    forged = f"\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {URL}\r\n"
    with ForeignWarc(tmp_path / "a.warc", compressed="none") as warc:
        warc.raw(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 10\r\n\r\nshorter ")
        warc.raw(b"than it is" + forged.encode() + b"Content-Length: 0\r\n\r\n\r\n\r\n")
        warc.response(URL, "<p>later", DATE)
    whole, damages = read(warc.path.read_bytes())
    assert [one.type for one in whole] == ["warcinfo", "response"]
    assert [damage.why for damage in damages] == ["something else than a record"]


@pytest.mark.parametrize(
    "head",
    [
        b"WARC/1.0\r\nWARC-Type: response\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: -5\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: 9999999999999999999999\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: \xd9\xa3\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: 999999999999\r\n\r\nshort",
        b"WARC/9.0\r\nContent-Length: 1\r\n\r\nx",
        b"WARC/1.0\r\n" + b"X: y\r\n" * 20_000,
        b"WARC/1.0" + b"x" * 100_000,
    ],
)
def test_a_record_that_is_none_is_told_and_not_believed(head: bytes) -> None:
    for data in (head, gzip.compress(head)):
        whole, damages = read(data)
        assert whole == []
        assert len(damages) == 1


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("warc")
    return {how: made(folder, how, pages=2) for how in ("records", "all", "none")}


EDIT = st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=40))


@given(st.sampled_from(["records", "all", "none"]), st.lists(EDIT, min_size=1, max_size=5))
def test_no_bytes_bring_the_reader_down(
    files: dict[str, bytes], compressed: str, edits: list[tuple[float, int, bytes]]
) -> None:
    file = bytearray(files[compressed])
    for place, gone, instead in edits:
        at = int(place * len(file))
        file[at : at + gone] = instead
    for one in records(io.BytesIO(bytes(file)), lambda fields: True):
        assert isinstance(one, Damage) or len(one.block or b"") == one.length
    begins_like_warc(io.BytesIO(bytes(file)))


def test_a_bomb_is_passed_over_in_little_memory() -> None:
    size = MAX_BLOCK + 60_000_000
    head = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {size}\r\n\r\n".encode()
    bomb = gzip.compress(head + bytes(size) + b"\r\n\r\n", compresslevel=1)
    blank = gzip.compress(b"\r\n" * 20_000_000 + head, compresslevel=1)
    del head
    tracemalloc.start()
    whole, damages = read(bomb + blank)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [(one.block, one.length) for one in whole] == [(None, size)]
    assert len(damages) == 1
    assert peak < 8_000_000


@pytest.mark.parametrize(
    ("data", "is_warc"),
    [
        (b"", False),
        (b"WARC/1.0\r\n", True),
        (b"<html>", False),
        (gzip.compress(b"<html>", mtime=0), False),
        (gzip.compress(b"WARC/1.0\r\n", mtime=0), True),
        (b"\x1f\x8b\x08\x00damaged" + gzip.compress(b"WARC/1.0\r\n", mtime=0), True),
        (b"\x1f\x8b\x08" * 40_000, False),
    ],
    ids=["empty", "plain", "page", "gzipped page", "gzipped", "damaged at first", "no member"],
)
def test_a_warc_is_known_by_its_bytes(data: bytes, is_warc: bool) -> None:
    assert begins_like_warc(io.BytesIO(data)) is is_warc
