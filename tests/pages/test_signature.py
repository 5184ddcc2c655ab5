"""Datelines, sign-offs, and people named by role."""

import pytest

from borneone_crawler.pages.signature import dateline_of, initials_of, named_people, typed_people

OUTLETS = ("BorneOneTV", "BorneOne TV", "TV", "")


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("Pontianak, BorneOneTV – Wakil Gubernur", "Pontianak, BorneOneTV"),
        ("PONTIANAK, BORNEONETV — Wakil", "PONTIANAK, BORNEONETV"),
        ("BorneOneTV, Sambas - Wakil", "BorneOneTV, Sambas"),
        ("BorneOneTV – Wakil", "BorneOneTV"),
        ("Pontianak (BorneOneTV) – Wakil", "Pontianak (BorneOneTV)"),
        ("Kubu Raya, BorneOne TV– Wakil", "Kubu Raya, BorneOne TV"),
        ("PONTIANAK – Wakil", "PONTIANAK"),
        ("Singkawang – Wakil", "Singkawang"),
        ("Ria Norsan – wakil gubernur – hadir", None),
        ("Harga cabai – naik lagi", None),
        ("Wartawan BorneOneTV yang sedang meliput banjir di Sintang itu – selamat", None),
        ("– Wakil", None),
        ("Wakil Gubernur Kalbar mengatakan hal itu.", None),
        ("", None),
    ],
)
def test_a_dateline_is_a_place_and_perhaps_the_outlet(block: str, expected: str | None) -> None:
    assert dateline_of(block, OUTLETS) == expected


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("“Begitu,” ujarnya. [Lay]", "Lay"),
        ("Begitu katanya. (Lay)", "Lay"),
        ("Begitu katanya. (Lay/Red)", "Lay/Red"),
        ("Begitu katanya.(red)", "red"),
        ("[Lay]", "Lay"),
        ("Begitu katanya. (*)", "*"),
        ("Begitu katanya.\xa0[Lay]", "Lay"),
        ("Menurut Komisi Pemilihan Umum (KPU)", None),
        ("Digelar Senin. (14/10/2019)", None),
        ("Begitu katanya. (bersambung)", None),
        ("Begitu katanya. (Lihat juga halaman lain di bawah ini)", None),
        ("Begitu katanya.", None),
    ],
)
def test_initials_are_the_closing_sign_off(last: str, expected: str | None) -> None:
    assert initials_of(["Awal (Lay).", last]) == expected


@pytest.mark.parametrize(
    "named", [["Penulis: Lay Ria", "Editor: Budi"], ["Penulis: Lay Ria | Editor: Budi, S.H."]]
)
def test_lines_that_name_people_may_follow_the_sign_off(named: list[str]) -> None:
    assert initials_of(["Begitu katanya. [Lay]", *named]) == "Lay"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Penulis: Lay", {"authors": ["Lay"]}),
        ("Penulis: Lay\nEditor: Budi S.", {"authors": ["Lay"], "editor": ["Budi S"]}),
        ("Penulis: Lay | Editor: Budi", {"authors": ["Lay"], "editor": ["Budi"]}),
        ("Pewarta : Andilala", {"authors": ["Andilala"]}),
        (
            "Penulis: Salmah, S.Sos.\nEditor: Usman, M.Si.",
            {"authors": ["Salmah, S.Sos."], "editor": ["Usman, M.Si."]},
        ),
        ("Seorang editor: bukan nama", {}),
        ("", {}),
    ],
)
def test_people_are_named_by_role(text: str, expected: dict[str, list[str]]) -> None:
    assert named_people(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Editor: begitulah ia dipanggil. Penulis: sebutan lain baginya.", {}),
        ("Penulis: tidak seorang pun menulisnya.", {}),
        ("Penulis: Siti binti Ahmad", {"authors": ["Siti binti Ahmad"]}),
        ("Penulis: Lay dan Ria\nEditor: budi", {"authors": ["Lay dan Ria"], "editor": ["budi"]}),
    ],
)
def test_prose_with_a_role_in_it_names_nobody(text: str, expected: dict[str, list[str]]) -> None:
    assert typed_people(text) == expected
