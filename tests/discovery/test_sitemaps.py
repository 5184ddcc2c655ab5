"""Sitemaps: an index, a list, and what is neither."""

import gzip

import pytest

from borneone_crawler.discovery.sitemaps import links_of, read_sitemap
from borneone_crawler.items import Kind, Link
from borneone_crawler.urls import SiteUrls
from tests.crawling import ROOT

SITE = "https://borneonetv.com"
URLS = SiteUrls(SITE)
INDEX = f"{SITE}/wp-sitemap.xml"
FOLDER = ROOT / "fixtures" / "newsroom" / "sitemap"


def links(body: bytes | str, *, whole: bool = False) -> list[Link]:
    sitemap = read_sitemap(body if isinstance(body, bytes) else body.encode())
    assert sitemap is not None
    return links_of(sitemap, INDEX, URLS, whole=whole)


def index(*children: str) -> str:
    listed = "".join(
        f"<sitemap><loc> {SITE}/{name} </loc>{f'<lastmod>{at}</lastmod>' if at else ''}</sitemap>"
        for name, _, at in (child.partition(" ") for child in children)
    )
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</sitemapindex>'


def test_wordpress_s_index_leads_to_posts_and_categories_and_these_to_their_pages() -> None:
    posts, categories = links((FOLDER / "wp-sitemap.xml").read_bytes())
    assert [link.url.removeprefix(f"{SITE}/wp-sitemap-") for link in (posts, categories)] == [
        "posts-post-1.xml", "taxonomies-category-1.xml",
    ]  # fmt: skip
    assert {posts.kind, categories.kind} == {Kind.SOURCE}
    articles = links((FOLDER / posts.url.rsplit("/", 1)[1]).read_bytes())
    assert len(articles) == 69
    assert all(link.kind is Kind.ARTICLE and link.is_entry for link in articles)
    listings = links((FOLDER / categories.url.rsplit("/", 1)[1]).read_bytes())
    assert {link.kind for link in listings} == {Kind.LISTING}
    assert f"{SITE}/category/berita/kota-pontianak/" in {link.url for link in listings}


def test_of_files_without_a_date_the_newest_is_read_again_and_all_of_them_when_wanted() -> None:
    body = index(*(f"wp-sitemap-posts-post-{n}.xml" for n in (1, 2, 3)), "category-sitemap.xml")
    assert [link.renew for link in links(body)] == [False, False, True, False]
    assert all(link.renew for link in links(body, whole=True))
    kinds = index(*(f"wp-sitemap-posts-{name}.xml" for name in ("post-1", "post-2", "foto-1")))
    assert [link.renew for link in links(kinds)] == [False, True, True], "the newest of each kind"


def test_files_with_a_date_tell_when_they_are_to_be_read_again() -> None:
    old, new = links(
        index("post-sitemap.xml 2019-10-14T03:30:00+00:00", "post-sitemap2.xml 2026-11-24")
    )
    assert (old.modified, new.modified) == (
        "2019-10-14T03:30:00.000+00:00", "2026-11-24T00:00:00.000+00:00",
    )  # fmt: skip
    assert not old.renew
    assert not new.renew


@pytest.mark.parametrize(
    "name",
    ["users-1", "posts-page-1", "taxonomies-post_tag-1", "taxonomies-newstopic-1"],
)
def test_lists_of_what_is_no_article_are_not_asked_for(name: str) -> None:
    assert links(index(f"wp-sitemap-{name}.xml")) == []


@pytest.mark.parametrize(
    "name", ["post_tag-sitemap.xml", "author-sitemap.xml", "page-sitemap.xml"]
)
def test_nor_those_of_plug_ins(name: str) -> None:
    assert links(index(name)) == []


def test_a_sitemap_for_news_says_when_an_article_was_published() -> None:
    body = f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>{SITE}/banjir/</loc>
        <lastmod>2026-11-24T09:00:00+07:00</lastmod><news:news>
        <news:publication_date>2026-11-24T08:15:00+07:00</news:publication_date></news:news></url>
        <url><loc>{SITE}/kabut/</loc><lastmod>kemarin</lastmod></url></urlset>"""
    news, plain = links(gzip.compress(body.encode()))
    assert news.published == "2026-11-24T01:15:00.000+00:00"
    assert news.modified == "2026-11-24T02:00:00.000+00:00"
    assert (plain.published, plain.modified) == (None, None)


def test_a_full_file_is_read_to_its_end() -> None:
    listed = "".join(f"<url><loc>{SITE}/berita-{n}/</loc></url>" for n in range(2_000))
    assert len(links(gzip.compress(f"<urlset>{listed}</urlset>".encode()))) == 2_000


@pytest.mark.parametrize(
    "body",
    [
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
def test_what_leads_elsewhere_gives_nothing(body: bytes) -> None:
    assert links(body) == []


@pytest.mark.parametrize("body", [b"", b"<html><body>Ups!</body></html>", b"\x00\xff\xfe", b"{}"])
def test_what_is_no_sitemap_is_told(body: bytes) -> None:
    assert read_sitemap(body) is None
