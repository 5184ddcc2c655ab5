"""Captions: what the picture shows, and whom it is credited to."""

import pytest

from borneone_crawler.pages.captions import split_credit


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("Wagub (14/10/2019). Foto, BorneOneTV/Lay", ("Wagub (14/10/2019).", "BorneOneTV/Lay")),
        ("Wagub (14/20/2019). Foto: BorneOneTV/Lay", ("Wagub (14/20/2019).", "BorneOneTV/Lay")),
        ("Wagub. (Foto: Lay)", ("Wagub.", "Lay")),
        ("Wagub (Dok. Humas)", ("Wagub", "Dok. Humas")),
        ("Wagub [Istimewa]", ("Wagub", "Istimewa")),
        ("Wagub. Istimewa", ("Wagub.", "Istimewa")),
        ("Wagub. (ist)", ("Wagub.", "ist")),
        ("FOTO/ANTARA", (None, "ANTARA")),
        ("Sumber foto: Humas Pemprov", (None, "Humas Pemprov")),
        ("Pameran foto di Pontianak", ("Pameran foto di Pontianak", None)),
        ("Warga melihat foto, kemarin sore di taman.", None),
        ("Tamu istimewa", ("Tamu istimewa", None)),
        ("Rapat (14/10/2019)", ("Rapat (14/10/2019)", None)),
        ("", (None, None)),
        (None, (None, None)),
    ],
)
def test_the_credit_is_split_off(
    caption: str | None, expected: tuple[str | None, str | None] | None
) -> None:
    assert split_credit(caption) == (expected or (caption, None))
