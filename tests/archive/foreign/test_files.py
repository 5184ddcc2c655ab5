"""What a person may name: WARC files, compressed or not, and WACZ; everything else is told."""

import gzip
import hashlib
import zipfile
from pathlib import Path

import pytest

from borneone_crawler.archive.foreign.files import warc_files
from borneone_crawler.archive.foreign.stream import Record, records
from borneone_crawler.statuses import Status, Stop
from tests.foreign_warc import ForeignWarc, wacz

URL = "https://borneonetv.com/wagub/"


def made(path: Path, compressed: str = "records") -> Path:
    with ForeignWarc(path, compressed=compressed) as warc:
        warc.response(URL, "<p>Wagub.", "2019-10-14T03:15:00Z")
    return path


@pytest.mark.parametrize("compressed", ["records", "all", "none"])
def test_a_file_is_named_with_its_digest(tmp_path: Path, compressed: str) -> None:
    path = made(tmp_path / "a.warc", compressed)
    (found,), refused = warc_files([path])
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert (found.name, found.sha256, refused) == ("a.warc", digest, [])
    assert found.origin == f"a.warc (sha256 {digest[:12]})"


def test_a_wacz_is_read_in_place(tmp_path: Path) -> None:
    parts = [made(tmp_path / "1.warc.gz"), made(tmp_path / "2.warc", "none")]
    path = wacz(tmp_path / "crawl.wacz", *parts)
    found, refused = warc_files([path])
    assert refused == []
    assert [one.name for one in found] == [
        "crawl.wacz/archive/1.warc.gz",
        "crawl.wacz/archive/2.warc",
    ]
    for one in found:
        with one.opened() as file:
            kinds = [
                record.type
                for record in records(file, lambda fields: True)
                if isinstance(record, Record)
            ]
        assert kinds == ["warcinfo", "response"]


def test_what_is_packed_twice_or_lies_about_its_place_is_refused(tmp_path: Path) -> None:
    warc = made(tmp_path / "1.warc.gz")
    twice = wacz(tmp_path / "twice.wacz", warc, compression=zipfile.ZIP_DEFLATED)
    lying = wacz(tmp_path / "lying.wacz", warc)
    data = lying.read_bytes()
    size = warc.stat().st_size
    lying.write_bytes(data.replace(size.to_bytes(4, "little"), (1 << 30).to_bytes(4, "little")))
    _, refused = warc_files([warc, twice, lying])
    assert [name for name, _ in refused] == [
        "twice.wacz/archive/1.warc.gz",
        "lying.wacz/archive/1.warc.gz",
    ]
    assert all("unzip it" in why for _, why in refused)


def test_a_bomb_of_names_that_are_one_stretch_is_read_once(tmp_path: Path) -> None:
    path = wacz(tmp_path / "crawl.wacz", made(tmp_path / "1.warc.gz"))
    with zipfile.ZipFile(path, "a") as package:
        first = package.getinfo("archive/1.warc.gz")
        for number in range(50):
            twin = zipfile.ZipInfo(f"archive/twin{number}.warc.gz")
            for name in ("header_offset", "file_size", "compress_size", "CRC", "create_system"):
                setattr(twin, name, getattr(first, name))
            package.filelist.append(twin)
            package._didModify = True  # type: ignore[attr-defined]
    found, _ = warc_files([path])
    assert len(found) == 1


@pytest.mark.parametrize(
    ("begin", "why"),
    [
        (b"<html>", "no WARC"),
        (b"", "no WARC"),
        (gzip.compress(b"tar", mtime=0), "no WARC"),
        (b"filedesc://IAH-1.arc 0.0.0.0 20191014 text/plain 76\n", "ARC file"),
        (b"\x28\xb5\x2f\xfdxxxx", "zstd -d"),
        (b"PK\x03\x04 not really", "damaged zip"),
    ],
)
def test_a_file_that_is_none_says_what_it_is(tmp_path: Path, begin: bytes, why: str) -> None:
    other = tmp_path / "other\x1b[2J"
    other.write_bytes(begin)
    with pytest.raises(Stop, match=why) as caught:
        warc_files([other])
    assert caught.value.status is Status.NO_ARCHIVE
    assert "\x1b" not in str(caught.value)
    found, refused = warc_files([other, made(tmp_path / "a.warc")])
    assert (len(found), len(refused)) == (1, 1)


def test_a_file_that_is_not_there_stops_everything(tmp_path: Path) -> None:
    for missing in (tmp_path / "none.warc", tmp_path):
        with pytest.raises(Stop, match="cannot read") as caught:
            warc_files([made(tmp_path / "a.warc"), missing])
        assert caught.value.status is Status.NO_ARCHIVE
