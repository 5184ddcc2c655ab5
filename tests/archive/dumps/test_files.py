"""Which files are texts, and which are refused."""

from pathlib import Path

import pytest

from borneone_crawler.archive.dumps.files import LARGEST, text_files

TEXT = "Judul “Baru” – siang\n\nPontianak – Begitu.\n"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8"),
        (TEXT.encode("windows-1252"), "windows-1252"),
        (TEXT.replace("\n", "\r\n").encode(), "utf-8"),
    ],
)
def test_a_text_is_kept_byte_for_byte_and_read_in_its_encoding(
    tmp_path: Path, raw: bytes, encoding: str
) -> None:
    path = tmp_path / "lama.txt"
    path.write_bytes(raw)
    (file,), refused = text_files([path])
    assert (file.raw, file.encoding, refused) == (raw, encoding, [])
    assert file.text.replace("\r\n", "\n") == TEXT


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\n", "empty"),
        (b"\x1f\x8b\x08\x00abc", "no text"),
        (TEXT.encode("utf-16"), "no text"),
        (b"Judul \x81 begitu", "no text"),
        (b"<!DOCTYPE html><p>Begitu</p>", "HTML"),
        (b"a" * (LARGEST + 1), "larger than 1 MiB"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, raw: bytes, why: str) -> None:
    path = tmp_path / "lama.txt"
    path.write_bytes(raw)
    files, ((name, said),) = text_files([path])
    assert (files, name) == ([], str(path))
    assert why in said


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    files, refused = text_files([tmp_path, tmp_path / "fehlt.txt"])
    assert files == []
    assert [why for _, why in refused] == ["no file", "not there"]
