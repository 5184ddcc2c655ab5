"""What a sitemap lists: pages, or further sitemaps (https://www.sitemaps.org/protocol.html)."""

import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from parsel import Selector

from borneone_crawler.items import Kind, Link
from borneone_crawler.urls import Form, SiteUrls

DEFAULT_PATH = "/wp-sitemap.xml"
"""Where WordPress keeps its sitemap when robots.txt names none."""

MAX_BYTES = 32 * 1024 * 1024

MOST_CHILDREN = 500
"""Further sitemaps that are taken from one index."""

# The list of categories: WordPress's own, and that of the SEO plug-ins Yoast and Rank Math.
_OF_CATEGORIES = re.compile(r"(?:taxonomies-category-\d+|category-sitemap\d*)\.xml$")
# Lists of what is no article: tags, formats, authors, static pages.
_OF_OTHERS = re.compile(
    r"(?:taxonomies-\w+-\d+|users-\d+|posts-page-\d+|(?:post_tag|post_format|author|page)-sitemap\d*)"
    r"\.xml$"
)
_NUMBER = re.compile(r"\d*(?=\.xml)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One address of a sitemap, as it spells it."""

    url: str
    modified: str | None = None
    """UTC, ISO 8601; of a day alone its beginning."""
    published: str | None = None
    """The same; only sitemaps for news say it."""


@dataclass(slots=True)
class Sitemap:
    """One sitemap file."""

    children: list[Entry] = field(default_factory=list)
    pages: list[Entry] = field(default_factory=list)


def read_sitemap(body: bytes) -> Sitemap | None:
    """Read an index or a list, gzipped or not; None when it is neither. Entities are not
    resolved, and of a gzip bomb only the first MAX_BYTES are read."""
    if body.startswith(b"\x1f\x8b"):
        with suppress(zlib.error):
            body = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body, MAX_BYTES)
    tree = Selector(body=body or b" ", type="xml")
    if not tree.xpath("/*[local-name()='sitemapindex' or local-name()='urlset']"):
        return None
    return Sitemap(children=_entries(tree, "sitemap"), pages=_entries(tree, "url"))


def links_of(sitemap: Sitemap, sitemap_url: str, urls: SiteUrls, *, whole: bool) -> list[Link]:
    """The articles and categories' listings that a sitemap names, and the sitemaps that may name
    more: all of them to be read again when the `whole` of it is wanted, otherwise those that say
    they were changed, and the newest of those that do not say."""
    return [
        *_children(sitemap.children, sitemap_url, urls, whole=whole),
        *_pages(sitemap.pages, sitemap_url, urls),
    ]


def _children(
    found: Iterable[Entry], sitemap_url: str, urls: SiteUrls, *, whole: bool
) -> list[Link]:
    links = [
        Link(url=url, kind=Kind.SOURCE, modified=entry.modified, renew=whole)
        for entry, url in _usable(found, sitemap_url, urls)
        if _OF_CATEGORIES.search(url) or not _OF_OTHERS.search(url)
    ][:MOST_CHILDREN]
    newest: dict[str, Link] = {}
    for link in links:
        if link.modified is None and not _OF_CATEGORIES.search(link.url):
            newest[_NUMBER.sub("", link.url)] = link  # WordPress lists the oldest first
    for link in newest.values():
        link.renew = True
    return links


def _pages(found: Iterable[Entry], sitemap_url: str, urls: SiteUrls) -> list[Link]:
    links = []
    for entry, url in _usable(found, sitemap_url, urls):
        form = urls.form(urls.canonical(url)).form
        if form is Form.LISTING:
            links.append(Link(url=url, kind=Kind.LISTING))
        elif form is Form.ARTICLE:
            links.append(
                Link(
                    url=url,
                    kind=Kind.ARTICLE,
                    is_entry=True,
                    published=entry.published,
                    modified=entry.modified,
                )
            )
    return links


def _entries(tree: Selector, parent: str) -> list[Entry]:
    return [
        Entry(
            text("loc").strip(),
            modified=_utc(text("lastmod")),
            published=_utc(text("publication_date")),
        )
        for one in tree.xpath(f"/*/*[local-name()='{parent}']")
        if (text := partial(_text, one))("loc").strip()
    ]


def _text(entry: Selector, name: str) -> str:
    depth = "." if name != "publication_date" else "./*[local-name()='news']"
    # Not string(): that would write entities out, as often as a hostile file nests them.
    return "".join(entry.xpath(f"{depth}/*[local-name()='{name}'][1]/text()").getall())


def _utc(text: str) -> str | None:
    """A W3C date (https://www.w3.org/TR/NOTE-datetime); what has no zone is taken for UTC."""
    with suppress(ValueError, OverflowError):
        moment = datetime.fromisoformat(text.strip())
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return None


def _usable(
    found: Iterable[Entry], sitemap_url: str, urls: SiteUrls
) -> Iterator[tuple[Entry, str]]:
    for entry in found:
        url = urls.absolute(entry.url, sitemap_url)
        if url is not None and urls.on_site(url):
            yield entry, url
