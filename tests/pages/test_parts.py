"""Articles split over several pages."""

import pytest

from borneone_crawler.pages.page import Page
from borneone_crawler.pages.parts import current_part, parts_of
from borneone_crawler.urls import SiteUrls

URLS = SiteUrls("https://borneonetv.com")
URL = "https://borneonetv.com/kapuas/"


def page(html: str, url: str = URL) -> Page:
    return Page.from_bytes(url, f"<html><body>{html}</body></html>".encode())


def numbers(found: Page) -> list[tuple[int | None, str]]:
    return [(link.part_number, link.url) for link in parts_of(found, URLS)]


def test_numbers_that_no_link_shows_are_filled_in() -> None:
    found = numbers(page('<a class="post-page-numbers" href="/kapuas/4/">4</a>'))
    assert found == [(n, f"{URL}{n}/") for n in (2, 3, 4)]


def test_page_links_need_no_class() -> None:
    assert numbers(page('<a href="/kapuas/2/">2</a>')) == [(2, f"{URL}2/")]
    assert numbers(page('<a href="/kapuas/2/">Berikutnya</a>')) == [(2, f"{URL}2/")]


def test_plain_permalinks_have_parts_too() -> None:
    found = numbers(page('<a href="/?p=9&amp;page=2">2</a>', "https://borneonetv.com/?p=9"))
    assert found == [(2, "https://borneonetv.com/?p=9&page=2")]


@pytest.mark.parametrize(
    "html",
    [
        '<p>Baca <a href="/kapuas/2/">laporan kami yang kedua tentang sungai itu</a></p>',
        '<a href="/kapuas/1/">1</a>',
        '<a href="/kapuas/99999/">99999</a>',
        '<a href="/kapuas/comment-page-2/#comments">2</a>',
        '<a href="/lain/2/">2</a>',
        '<a href="https://other.example/kapuas/2/">2</a>',
        '<a href="/kapuas/?replytocom=2">2</a>',
    ],
)
def test_other_links_are_no_parts(html: str) -> None:
    assert numbers(page(html)) == []


def test_a_part_knows_its_number_by_body_class_current_number_or_canonical() -> None:
    assert current_part(Page.from_bytes(URL, b'<body class="single-paged-3">x')) == 3
    current = '<span class="post-page-numbers current" aria-current="page">2</span>'
    assert current_part(page(current)) == 2
    claim = f'<link rel="canonical" href="{URL}">'
    assert current_part(page(claim, f"{URL}4/")) == 4
    assert current_part(page(claim)) == 1
    assert current_part(page("")) == 1
