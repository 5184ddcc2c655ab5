"""Whether two texts are one that was edited."""

import pytest

from borneone_crawler.likeness import nearly_identical

TEXT = (
    "Pontianak, BorneOneTV – Wakil Gubernur Kalimantan Barat meminta warga menggunakan media "
    "sosial dengan bijak. Ia mengatakan hal itu di hadapan puluhan pelajar pada Senin pagi. [Lay]"
)


@pytest.mark.parametrize(
    "other",
    [
        TEXT,
        TEXT.replace("Senin", "Selasa"),
        f"RALAT: Judul berita ini telah diperbaiki. {TEXT}",
        TEXT.replace(" [Lay]", ""),
        TEXT.replace(" ", "\n\n"),
    ],
)
def test_an_edited_text_is_nearly_the_same(other: str) -> None:
    assert nearly_identical(TEXT, other)
    assert nearly_identical(other, TEXT)


@pytest.mark.parametrize(
    "other",
    [
        "",
        "[Lay]",
        "Sambas, BorneOneTV – Harga jeruk naik menjelang hari raya. [Lay]",
        "Wakil Gubernur Kalimantan Barat membuka pameran. Ia mengatakan hal itu pada Senin pagi.",
        " ".join(reversed(TEXT.split())),
    ],
)
def test_another_text_is_not(other: str) -> None:
    assert not nearly_identical(TEXT, other)
    assert not nearly_identical(other, TEXT)


def test_short_texts_are_the_same_when_they_are_equal() -> None:
    assert nearly_identical("Foto hari ini", "Foto  hari ini")
    assert not nearly_identical("Foto hari ini", "Foto hari itu")
    assert not nearly_identical("", "")
