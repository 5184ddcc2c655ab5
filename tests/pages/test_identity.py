"""Whose home page it is."""

import pytest

from borneone_crawler.pages.identity import outlet_named
from borneone_crawler.pages.page import Page

NAMES = ("BorneOneTV", "BorneOne TV")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta property="og:site_name" content="BorneOne TV">', "og:site_name"),
        ("<title>BORNEONETV – Kabar Kalimantan Barat</title>", "title"),
        ("<title>Beranda | BorneOneTV</title>", "title"),
        ("<title>BorneOneTV.</title>", "title"),
        (
            (
                '<script type="application/ld+json">{"@graph":[{"@type":"Organization",'
                '"name":"BorneOneTV"}]}</script>'
            ),
            "json-ld",
        ),
        ('<link rel="alternate" title="BorneOneTV &raquo; Feed" href="/feed/">', "feed title"),
        ("<title>borneonetv.com is for sale</title>", None),
        ("<title>borneonetv.com</title>", None),
        ("<title>Bukan BorneOneTV</title>", None),
        ("<title>Selamat datang</title>", None),
        ("", None),
    ],
)
def test_a_page_names_the_outlet_or_not(head: str, expected: str | None) -> None:
    page = Page.from_bytes("https://borneonetv.com/", f"<html><head>{head}</head>".encode())
    assert outlet_named(page, NAMES) == expected
