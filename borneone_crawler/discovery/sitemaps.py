"""What a sitemap lists: pages, or further sitemaps (https://www.sitemaps.org/protocol.html)."""

import re
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from parsel import Selector

from borneone_crawler.items import Kind, Link
from borneone_crawler.urls import Form, SiteUrls

DEFAULT_PATH = "/wp-sitemap.xml"
"""Where WordPress keeps its sitemap when robots.txt names none."""

MAX_BYTES = 32 * 1024 * 1024

MOST_CHILDREN = 50
"""Further sitemaps that are taken from one index."""

# The list of categories: WordPress's own, and that of the SEO plug-ins Yoast and Rank Math.
_OF_CATEGORIES = re.compile(r"(?:taxonomies-category-\d+|category-sitemap\d*)\.xml$")


@dataclass(slots=True)
class Sitemap:
    """One sitemap file; addresses as it spells them."""

    children: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)


def read_sitemap(body: bytes) -> Sitemap:
    """Read an index or a list, gzipped or not. What is no sitemap is an empty one; entities are
    not resolved, and of a gzip bomb only the first MAX_BYTES are read."""
    if body.startswith(b"\x1f\x8b"):
        with suppress(zlib.error):
            body = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body, MAX_BYTES)
    tree = Selector(body=body or b" ", type="xml")
    return Sitemap(children=_addresses(tree, "sitemap"), pages=_addresses(tree, "url"))


def category_links(sitemap: Sitemap, sitemap_url: str, urls: SiteUrls) -> list[Link]:
    """The categories' listings that a sitemap names, and the sitemaps that may name more."""
    children = [
        Link(url=url, kind=Kind.SOURCE)
        for url in _usable(sitemap.children, sitemap_url, urls)
        if _OF_CATEGORIES.search(url)
    ]
    listings = [
        Link(url=url, kind=Kind.LISTING)
        for url in _usable(sitemap.pages, sitemap_url, urls)
        if urls.form(urls.canonical(url)).form is Form.LISTING
    ]
    return [*children[:MOST_CHILDREN], *listings]


def _addresses(tree: Selector, parent: str) -> list[str]:
    query = f"/*/*[local-name()='{parent}']/*[local-name()='loc']/text()"
    return [text.strip() for text in tree.xpath(query).getall()]


def _usable(found: Iterable[str], sitemap_url: str, urls: SiteUrls) -> Iterable[str]:
    for href in found:
        url = urls.absolute(href, sitemap_url)
        if url is not None and urls.on_site(url):
            yield url
