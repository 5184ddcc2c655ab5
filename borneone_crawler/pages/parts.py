"""Articles split over several pages: which parts there are, and which one a page is."""

import re
from urllib.parse import parse_qs, urlsplit

from lxml.etree import _Element

from borneone_crawler.items import Kind, Link
from borneone_crawler.pages.page import Page
from borneone_crawler.pages.text import text_of
from borneone_crawler.urls import SiteUrls

MOST = 200
"""Parts of the longest article believed in; more is a trap or a mistake."""

# "/2/" or "?page=2". One of two characters first: to them re can skip.
_NUMBERED = re.compile(r"[/=](?:(?<=/)|(?<=[?&]page=))\d{1,4}/?(?:[?#]|$)")
_PART = re.compile(r"(.*)/(\d{1,3})/?", re.DOTALL)
_WORDS = re.compile(r"\b(?:sebelumnya|berikutnya|selanjutnya|previous|next)\b", re.IGNORECASE)


def parts_of(page: Page, urls: SiteUrls) -> list[Link]:
    """Pages 2 to the last of the article whose first page this is, numbers left out filled in."""
    bases = {urls.canonical(page.url)}
    for href in page.links.get("canonical", [])[:1]:
        if (claim := urls.absolute(href, page.url)) and urls.on_site(claim):
            bases.add(urls.canonical(claim))
    slugs = {urlsplit(base).path.rstrip("/").rpartition("/")[2] or "page=" for base in bases}
    # Cheap first: a page has hundreds of links, and none or few of them lead to its own parts.
    named = [one for slug in sorted(slugs) for one in page.anchors if slug in one[1]]
    found: dict[int, str] = {}
    for anchor, href in named:
        if not _NUMBERED.search(href):
            continue
        url = urls.absolute(href, page.url)
        if url is None or not urls.on_site(url):
            continue
        number = next((n for base in bases if (n := _number(urls.canonical(url), base))), None)
        if number and number <= MOST and _is_page_link(anchor, number):
            found.setdefault(number, url)
    if not found:
        return []
    last, model = max(found), found[max(found)]
    return [
        Link(url=found.get(n) or _numbered(model, last, n), kind=Kind.PART, part_number=n)
        for n in range(2, last + 1)
    ]


def current_part(page: Page) -> int:
    """Which page of a multi-page article this is, from 1; 1 for every other page."""
    for name in page.classes:
        match = re.fullmatch(r"single-paged-(\d{1,3})", name)
        if match:
            return int(match[1])
    for current in page.named.get(".post-page-numbers", ()):
        text = text_of(current)
        if current.get("aria-current") and re.fullmatch(r"[0-9]{1,4}", text):
            return int(text)
    # Without any class: the address ends in a number, and the page claims the one without it.
    claim = next(iter(page.links.get("canonical", ())), "")
    try:
        path, base = urlsplit(page.url).path, urlsplit(claim).path
    except ValueError:
        return 1
    match = _PART.fullmatch(path)
    return int(match[2]) if match and match[1] == base.rstrip("/") != "" else 1


def _number(url: str, base: str) -> int | None:
    """N of base/N/ (or base&page=N); None for any other URL and for page 1."""
    one, other = urlsplit(url), urlsplit(base)
    if one.path == other.path and one.query and "p=" in other.query:
        value = parse_qs(one.query).get("page", [""])[0]
    elif one.path.startswith(other.path) and other.path != "/" and not one.query:
        value = one.path[len(other.path) :].strip("/")
    else:
        return None
    number = int(value) if re.fullmatch(r"[1-9]\d{0,3}", value) else 0
    return number if number > 1 else None


def _is_page_link(anchor: _Element, number: int) -> bool:
    """Whether a link says it leads to a page, and is not one of the text."""
    if "post-page-numbers" in (anchor.get("class") or "").split():
        return True
    text = text_of(anchor)
    return str(number) in text.split() or bool(len(text) < 40 and _WORDS.search(text))


def _numbered(url: str, old: int, new: int) -> str:
    """The same address with another page number."""
    return re.sub(rf"(/|page=){old}(/?)(?=$|[&?#])", rf"\g<1>{new}\g<2>", url, count=1)
