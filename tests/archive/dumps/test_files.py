"""Which files are texts, and which are refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borneone_crawler.archive.dumps.files import LARGEST, text_files
from borneone_crawler.cleaning import rules
from borneone_crawler.reading import read_text
from borneone_crawler.trees import fold

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


DUMPED = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.sampled_from([TEXT, "BeritaLifestyle", "Foto: Lay", "[Lay]", "\x85", "\u2028", "\r\n"]),
        st.sampled_from([rule.example for rule in rules.load().lines]),
    ),
    max_size=12,
).map("\n".join)
BYTES = st.one_of(
    st.binary(max_size=200),
    DUMPED.map(lambda text: text.encode("utf-8", "replace")),
    DUMPED.map(lambda text: text.encode("windows-1252", "replace")),
)


@pytest.fixture(scope="module")
def file_of_any_bytes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dumps") / "lama.txt"


@given(BYTES)
def test_any_bytes_are_a_text_to_the_byte_or_refused_and_a_reading_adds_nothing(
    file_of_any_bytes: Path, raw: bytes
) -> None:
    file_of_any_bytes.write_bytes(raw)
    files, refused = text_files([file_of_any_bytes])
    assert len(files) + len(refused) == 1
    for file in files:
        assert file.text.encode(file.encoding) == raw.removeprefix(b"\xef\xbb\xbf")
        article = read_text(file.text, ["Berita", "Lifestyle"]).article
        lines = list(map(fold, file.text.splitlines()))
        kept = article.article_body.split("\n\n") if article.article_body else []
        behind = iter(lines)
        assert all(line in behind for line in kept), "lines of the dump, in its order"
        assert article.headline is None or article.headline in lines
