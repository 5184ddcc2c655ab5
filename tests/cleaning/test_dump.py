"""Text dumps: section names unglued, captions told from text."""

import pytest

from borneone_crawler.cleaning.dump import read_dump, unglue
from borneone_crawler.cleaning.rules import load

NAMES = ["Berita", "Kota Pontianak", "Lifestyle", "Kota"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("BeritaKota PontianakLifestyle", ["Berita", "Kota Pontianak", "Lifestyle"]),
        ("Berita, Lifestyle", ["Berita", "Lifestyle"]),
        ("Kota", ["Kota"]),
        ("Berita duka dari Sambas", []),
        ("", []),
    ],
)
def test_glued_section_names_are_told_apart(line: str, expected: list[str]) -> None:
    assert unglue(line, NAMES) == expected


def test_a_dump_without_sections_begins_with_its_headline() -> None:
    dump = read_dump("Judul\n\nSatu.\nBaca Juga: Lain\nDua.", NAMES, load(), lambda line: None)
    assert (dump.sections, dump.headline, dump.blocks) == ([], "Judul", ["Satu.", "Dua."])
    assert dump.removals == [("read-also-dump", "Baca Juga: Lain")]


def test_sections_that_nobody_knows_are_told_from_the_headline_that_is_repeated() -> None:
    dump = read_dump("BeritaHiburan\n\nJudul\n×\nJudul\nSatu.", NAMES, load(), lambda line: None)
    assert (dump.sections, dump.headline, dump.blocks) == ([], "Judul", ["Satu."])
    assert dump.removals[0] == ("sections-not-known", "BeritaHiburan")


def test_a_line_of_sections_without_end_is_no_line_of_sections() -> None:
    assert unglue("Berita" * 50, NAMES) == ["Berita"] * 50
    assert unglue("Berita" * 100_000, NAMES) == []


def test_an_empty_dump_is_read_as_nothing() -> None:
    assert read_dump("", NAMES, load(), lambda line: None).headline is None
