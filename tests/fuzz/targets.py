"""What is fuzzed, and what must hold of it whatever the bytes: one function a reader."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from borneone_crawler import reading
from borneone_crawler.archive.dumps.files import decoded
from borneone_crawler.discovery import feeds, rest, sitemaps
from borneone_crawler.discovery.listings import read_listing
from borneone_crawler.items import Link, RawPage, Reading
from borneone_crawler.robots import Robots
from borneone_crawler.site import BORNEONETV
from borneone_crawler.urls import SiteUrls

FIXTURES = Path(__file__).parents[2] / "fixtures"
URLS = SiteUrls(BORNEONETV.base_url, BORNEONETV.category_bases)
ADDRESS = f"{URLS.origin}/berita/"
SEEN_AT = "2024-06-03T02:00:00+00:00"
SECTIONS = ["Berita", "Lifestyle", "Daerah"]

_TYPES = (None, "text/html; charset=UTF-8", "text/html; charset=windows-1252", "text/html")


def article(data: bytes) -> None:
    """A page read as an article, by the way of the crawl and of `reparse`. The first byte chooses
    what the header says of it."""
    declared = _TYPES[data[0] % len(_TYPES)] if data else None
    raw = RawPage(url=ADDRESS, body=data[1:], content_type=declared, fetched_at=SEEN_AT)
    page = reading.page_of(raw)
    parts = reading.parts_of(page, URLS)
    assert all(URLS.on_site(part.url) for part in parts)
    reading.current_part(page)
    reading.refusal(page)
    try:
        read = reading.Reader(BORNEONETV).read([raw])
    except reading.NotAnArticle:
        return
    is_sound(read)
    assert read == reading.read([page], URLS, BORNEONETV), "a page is read the same again"


def listing(data: bytes) -> None:
    page = reading.Page.from_bytes(f"{URLS.origin}/category/berita/", data)
    found = read_listing(page.selector, page.named, page.url, URLS)
    can_be_asked_for([*found.entries, *found.others, *found.sections])
    assert found.next_page is None or URLS.on_site(found.next_page)


def sitemap(data: bytes) -> None:
    found = sitemaps.read_sitemap(data)
    for whole in (True, False) if found else ():
        can_be_asked_for(sitemaps.links_of(found, f"{URLS.origin}/sitemap.xml", URLS, whole=whole))


def feed(data: bytes) -> None:
    can_be_stored(feeds.read_feed(data) or [])


def inventory(data: bytes) -> None:
    found = rest.read_inventory(data, {"x-wp-total": "7", "x-wp-totalpages": "²"})
    can_be_stored(found.posts if found else [])
    assert found is None or (found.total, found.pages) == (7, None)
    rest.read_texts(data)


def robots(data: bytes) -> None:
    found = Robots.from_answer(200, data)
    assert found is not None
    assert found.allows(f"{URLS.origin}/robots.txt")
    found.allows(ADDRESS)
    assert found.crawl_delay >= 0
    assert len(found.sitemaps) <= 10


def text_dump(data: bytes) -> None:
    for encoding in ("utf-8", "windows-1252"):
        try:
            text = decoded(data, encoding)
        except UnicodeDecodeError:
            continue
        is_sound(reading.read_text(text, SECTIONS))


TARGETS: tuple[Callable[[bytes], None], ...] = (
    article, listing, sitemap, feed, inventory, robots, text_dump,
)  # fmt: skip


def is_sound(read: Reading) -> None:
    """What a reading promises whoever stores it."""
    article = read.article
    assert article.word_count == len(article.article_body.split())
    assert all(removal.rule for removal in read.removals)
    json.dumps(asdict(read), ensure_ascii=False).encode()  # no lone surrogate, nothing unknown
    can_be_stored(read.links)


def can_be_stored(links: list[Link]) -> None:
    for link in links:
        URLS.canonical(link.url).encode()
        URLS.form(URLS.canonical(link.url))
        for moment in (link.published, link.modified):
            assert moment is None or moment.endswith("+00:00")
        assert link.post_id is None or 0 <= link.post_id < 2**63


def can_be_asked_for(links: list[Link]) -> None:
    can_be_stored(links)
    for link in links:
        assert URLS.on_site(link.url)
        assert URLS.on_site(URLS.canonical(link.url))


def run(data: bytes) -> None:
    """One input: its first byte chooses the reader."""
    if data:
        TARGETS[data[0] % len(TARGETS)](data[1:])


def seeds() -> Iterator[bytes]:
    """The inputs that the fuzzer begins with: every fixture, for the reader it is meant for."""

    def seed(target: Callable[[bytes], None], data: bytes) -> bytes:
        return bytes([TARGETS.index(target)]) + data

    for kind in ("article_page", "not_an_article"):
        for path in sorted((FIXTURES / kind).glob("*/*.html")):
            yield seed(article, b"\1" + path.read_bytes())
    for path in sorted((FIXTURES / "listing_page").glob("*/*.html")):
        yield seed(listing, path.read_bytes())
    for path in sorted((FIXTURES / "text_dump").glob("*/*.txt")):
        yield seed(text_dump, path.read_bytes())
    for path in sorted((FIXTURES / "newsroom").rglob("*.xml")):
        yield seed(feed, path.read_bytes())
    yield seed(robots, (FIXTURES / "newsroom" / "robots.txt").read_bytes())
    yield from (seed(target, data) for target, data in (*_SMALL, *FOUND))


_SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>
<loc>https://borneonetv.com/berita/</loc><lastmod>2019-10-14T03:15:00Z</lastmod></url></urlset>"""
_INDEX = b"<sitemapindex><sitemap><loc>/wp-sitemap-posts-post-1.xml</loc></sitemap></sitemapindex>"
_FEED = b"""<rss><channel><item><link>https://borneonetv.com/berita/</link>
<guid>https://borneonetv.com/?p=12</guid><pubDate>Mon, 14 Oct 2019 03:15:00 +0000</pubDate></item>
</channel></rss>"""
_INVENTORY = b"""[{"id":12,"link":"https://borneonetv.com/berita/","modified_gmt":null,
"date_gmt":"2019-10-14T03:15:00","content":{"rendered":"<p>Isi.</p>","protected":false}}]"""
_ROBOTS = b"User-agent: *\nAllow: /a*b$\nDisallow: /\nCrawl-delay: 2.5\nSitemap: /s.xml\n"
_SMALL = (
    (sitemap, _SITEMAP), (sitemap, _INDEX), (feed, _FEED), (inventory, _INVENTORY),
    (robots, _ROBOTS),
)  # fmt: skip


def _page(head: str = "", classes: str = "", text: str = "") -> bytes:
    """A page for `article`."""
    return (
        f'\1<html><head>{head}</head><body class="single single-post {classes}"><article'
        f' class="post hentry"><h1 class="entry-title">Judul</h1><div class="entry-content">'
        f"<p>Isi berita.</p>{text}</div></article></body></html>"
    ).encode()


FOUND = (
    (article, _page("<link rel=shortlink href=http://[><link rel=canonical href=http://[>")),
    (article, _page(classes="postid-" + "9" * 5_000)),
    (article, _page(text=f'<b class="post-page-numbers" aria-current="page">{"9" * 5_000}</b>')),
    (article, _page(text=f'<span class="comments-link">{"9" * 5_000} komentar</span>')),
    (article, b"\1></html><p>Lanjutan.</p><article><h1>Judul</h1><p>Isi berita hari ini."),
    (listing, "<a href='/category/berita/page/2/'>²</a>".encode()),
    (listing, f"<a href='/category/berita/page/2/'>{'2' * 5_000}</a>".encode()),
    (feed, _FEED.replace(b"https://borneonetv.com/?p", b"http://[?p")),
    (feed, _FEED.replace(b"https://borneonetv.com/berita", b"http://[")),
    (feed, _FEED.replace(b"berita", b"page/" + b"9" * 5_000)),
    (feed, _FEED.replace(b"berita", b"amp/" * 200_000)),
    (inventory, _INVENTORY.replace(b"borneonetv", b"\\ud800").replace(b"Isi", b"\\udc00")),
)
"""What brought a reader down once, or kept it for hours."""
