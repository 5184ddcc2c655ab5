"""Every listing in fixtures/ gives its articles, sections and next page."""

import json
from pathlib import Path

import pytest

from borneone_crawler.discovery.listings import Listing, read_listing
from borneone_crawler.items import Kind
from borneone_crawler.pages.page import Page
from borneone_crawler.site import BORNEONETV
from borneone_crawler.urls import SiteUrls

FIXTURES = Path(__file__).parents[2] / "fixtures/listing_page"
CASES = sorted(path.parent for path in FIXTURES.glob("*/input.json"))
URLS = SiteUrls(BORNEONETV.base_url, BORNEONETV.category_bases)
HERE = "https://borneonetv.com/category/berita/"


def listing_of(html: str, url: str = HERE) -> Listing:
    page = Page.from_bytes(url, html.encode())
    return read_listing(page.selector, page.named, url, URLS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))
class TestListingPage:
    @pytest.fixture
    def listing(self, case: Path) -> Listing:
        url = json.loads((case / "input.json").read_text(encoding="utf-8"))["url"]
        return listing_of((case / "input.html").read_text(encoding="utf-8"), url)

    @pytest.fixture
    def said(self, case: Path) -> dict[str, object]:
        found: dict[str, object] = json.loads((case / "output.json").read_text(encoding="utf-8"))
        return found

    def test_every_article_is_listed_in_order(
        self, listing: Listing, said: dict[str, object]
    ) -> None:
        assert [link.url for link in listing.entries] == said["entries"]
        assert all(link.is_entry and link.kind is Kind.ARTICLE for link in listing.entries)

    def test_the_next_page_is_the_one_after_this(
        self, listing: Listing, said: dict[str, object]
    ) -> None:
        assert listing.next_page == said["next"]

    def test_the_sections_have_their_names(
        self, listing: Listing, said: dict[str, object]
    ) -> None:
        sections = [{"url": link.url, "text": link.text} for link in listing.sections]
        assert sections == said["sections"]

    def test_the_title_is_the_section(self, listing: Listing, said: dict[str, object]) -> None:
        assert listing.title == said["title"]

    def test_what_is_listed_is_not_among_the_others(
        self, listing: Listing, said: dict[str, object]
    ) -> None:
        entries = {URLS.canonical(link.url) for link in listing.entries}
        assert entries.isdisjoint(URLS.canonical(link.url) for link in listing.others)


def test_a_listing_without_known_class_names_is_read_by_its_headings() -> None:
    listing = listing_of(
        "<main><h1>Berita</h1><div><h2><a href='/satu/'>Satu</a></h2></div>"
        "<div><h2><a href='/dua/'>Dua</a></h2></div></main><aside><h3><a href='/tiga/'>x</a></h3>"
        "</aside>"
    )
    assert [link.text for link in listing.entries] == ["Satu", "Dua"]
    assert [link.text for link in listing.others] == ["x"]


@pytest.mark.parametrize(
    ("link", "following"),
    [
        ("<a class='next page-numbers' href='/category/berita/page/2/'>Berikutnya</a>", 2),
        ("<a class='page-numbers' href='/category/berita/page/2/'>2</a>", 2),
        ("<link rel='next' href='/category/berita/page/2/'>", 2),
        ("<a class='next page-numbers' href='/category/berita/page/1/'>x</a>", None),
        ("<a class='page-numbers' href='/category/berita/page/9/'>9</a>", None),
        ("<a class='next page-numbers' href='/category/daerah/page/2/'>x</a>", None),
        ("<a class='next page-numbers' href='https://other.example/page/2/'>x</a>", None),
    ],
)
def test_only_the_page_after_this_one_is_next(link: str, following: int | None) -> None:
    page = listing_of(f"<main>{link}</main>").next_page
    second = "https://borneonetv.com/category/berita/page/2/"
    assert page == (second if following else None)


def test_one_article_in_two_spellings_is_one_entry() -> None:
    listing = listing_of(
        "<main><h2><a href='http://www.borneonetv.com/satu'>Satu</a></h2>"
        "<h2><a href='/satu/?utm_source=x'>Satu</a></h2></main>"
    )
    assert len(listing.entries) == 1


def test_an_empty_listing_says_so() -> None:
    assert listing_of("<main><h1>Berita</h1></main>").entries == []
