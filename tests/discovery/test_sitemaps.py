"""Sitemaps: an index, a list, and what is neither."""

import pytest

from borneone_crawler.discovery.sitemaps import category_links, read_sitemap
from borneone_crawler.items import Kind
from borneone_crawler.urls import SiteUrls
from tests.crawling import ROOT

URLS = SiteUrls("https://borneonetv.com")
INDEX = "https://borneonetv.com/wp-sitemap.xml"
FOLDER = ROOT / "fixtures" / "newsroom" / "sitemap"


def test_the_index_leads_to_the_list_of_categories_and_that_to_the_listings() -> None:
    index = read_sitemap((FOLDER / "wp-sitemap.xml").read_bytes())
    assert index.pages == []
    (child,) = category_links(index, INDEX, URLS)
    assert (child.kind, child.url) == (
        Kind.SOURCE, "https://borneonetv.com/wp-sitemap-taxonomies-category-1.xml",
    )  # fmt: skip
    found = read_sitemap((FOLDER / child.url.rsplit("/", 1)[1]).read_bytes())
    links = category_links(found, child.url, URLS)
    assert {link.kind for link in links} == {Kind.LISTING}
    assert "https://borneonetv.com/category/berita/kota-pontianak/" in {link.url for link in links}


@pytest.mark.parametrize("name", ["category-sitemap.xml", "category-sitemap2.xml"])
def test_the_names_that_plug_ins_give_are_known(name: str) -> None:
    body = f"<sitemapindex><sitemap><loc> /{name} </loc></sitemap></sitemapindex>".encode()
    (link,) = category_links(read_sitemap(body), INDEX, URLS)
    assert link.url == f"https://borneonetv.com/{name}"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Ups!</body></html>",
        b"\x00\xff\xfe",
        b"<urlset><url><loc>https://lain.example/category/x/</loc></url></urlset>",
        (
            b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>&x;</loc></url>'
            b"</urlset>"
        ),
        (
            b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><urlset><url><loc>&b;</loc>'
            b"</url></urlset>"
        ),
    ],
)
def test_what_is_no_sitemap_or_leads_elsewhere_gives_nothing(body: bytes) -> None:
    assert category_links(read_sitemap(body), INDEX, URLS) == []
