"""What a listing page lists: its articles, its next page, and the sections it names."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml.etree import _Element
from parsel import Selector

from borneone_crawler.items import Kind, Link
from borneone_crawler.trees import fold
from borneone_crawler.urls import Form, SiteUrls

# Where wpberita shows articles, and the links there: the list, the headline block that takes the
# three newest out of it on page 1, and the slider of the home page.
_KNOWN = (
    ("#infinite-container", "article .entry-title a"),
    (".gmr-bigheadline", ".gmr-slide-titlelink, a.recent-title"),
    ("#moduleslide", "a.recent-title"),
)
# Where anybody else shows them: headings that are links, in what HTML calls the page's main part.
_HEADINGS = ("h1", "h2", "h3", "h4")
_MAIN_PARTS = ("article", "main")
_IN_ARTICLES = "main article a[href], .hentry a[href]"
_FURNITURE = ("aside", "nav", "footer")

_KIND = re.compile(r"^(?:Kategori|Category|Arsip|Archives?)\s*:\s*", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"[0-9]{1,6}")

Named = Mapping[str, Sequence[_Element]]


@dataclass(slots=True)
class Listing:
    """One page of a listing. Addresses are absolute, as the page spells them."""

    title: str | None = None
    """The heading of the page: of a category, its name."""
    entries: list[Link] = field(default_factory=list)
    """The articles it lists, in the page's order."""
    others: list[Link] = field(default_factory=list)
    """Further links on the page that may be articles (menus, sidebars), and those that a rule of
    urls.py will turn away and count."""
    next_page: str | None = None
    sections: list[Link] = field(default_factory=list)
    """Listings of categories that the page links to, with their names."""


def read_listing(selector: Selector, named: Named, page_url: str, urls: SiteUrls) -> Listing:
    """Read a listing of a newsroom on WordPress, by known theme markup and by structure.

    `named` are the page's elements by class (".x") and id ("#x"), in order.
    """
    page = _Reader(selector, named, page_url, urls)
    entries = page.entries()
    known = {urls.canonical(link.url) for link in entries}
    return Listing(
        title=page.title(),
        entries=entries,
        others=[
            link
            for link in page.links(selector.root.iter("a"), Form.ARTICLE, Form.NEVER)
            if urls.canonical(link.url) not in known
        ],
        next_page=page.next_page(),
        sections=page.sections(),
    )


class _Reader:
    def __init__(self, selector: Selector, named: Named, page_url: str, urls: SiteUrls) -> None:
        self.selector = selector
        self.named = named
        self.page_url = page_url
        self.urls = urls
        self.here = urls.canonical(page_url)
        self._targets: dict[str, tuple[str, str, Form] | None] = {}

    def title(self) -> str | None:
        """The first heading of the first rank, without the "Kategori:" that some themes add."""
        if ".error-404" in self.named:
            return None
        headings = self.selector.css("h1.page-title, main h1") or self.selector.css("h1")
        for found in headings[:1]:
            return _KIND.sub("", fold("".join(found.root.itertext()))) or None
        return None

    def entries(self) -> list[Link]:
        """The listed articles: known places and, beside them, headings in the main part.

        Only where neither shows any, every link of an <article>.
        """
        listed = {*self._in_known_places(), *self._in_headings()}
        # The tree's order, not the places': the newest come first on the page.
        anchors = [a for a in self.selector.root.iter("a") if a in listed]
        found = self.links(anchors, Form.ARTICLE, entries=True)
        if found:
            return found
        anchors = [one.root for one in self.selector.css(_IN_ARTICLES)]
        return self.links((a for a in anchors if not _is_furniture(a)), Form.ARTICLE, entries=True)

    def _in_known_places(self) -> Iterator[_Element]:
        for place, links in _KNOWN:
            for element in _outermost(self.named.get(place, ())):
                yield from (one.root for one in Selector(root=element, type="html").css(links))

    def _in_headings(self) -> Iterator[_Element]:
        headings = self.selector.root.iter(*_HEADINGS)
        in_main = (one for one in headings if any(True for _ in one.iterancestors(*_MAIN_PARTS)))
        for heading in _outermost(in_main):
            for anchor in heading.iter("a"):
                if anchor.get("href") is not None and not _is_furniture(anchor):
                    yield anchor

    def sections(self) -> list[Link]:
        """Links of a category's form, and whatever the menu marks as a category."""
        marking = set(self.named.get(".menu-item-object-category", ()))
        found: dict[str, Link] = {}
        for anchor in self.selector.root.iter("a"):
            href = anchor.get("href") or ""
            if href.startswith("#") or (target := self.target(href)) is None:
                continue
            url, key, form = target
            if form is Form.ARTICLE:
                in_menu = anchor.getparent() in marking
                if not in_menu and "category" not in (anchor.get("rel") or "").split():
                    continue
            elif form is not Form.LISTING:
                continue
            first, number = self.urls.listing_of(key)
            if number == 1 and first not in found:
                text = fold("".join(anchor.itertext())) or None
                found[first] = Link(url=url, kind=Kind.LISTING, text=text)
        return list(found.values())

    def next_page(self) -> str | None:
        """The link to the next page, or None on the last; never back, never to page 1."""
        for query in ("a.next.page-numbers", "link[rel=next]", "a[rel=next]", ".nav-previous a"):
            for found in self.selector.css(query)[:1]:
                if url := self._following(found.attrib.get("href", "")):
                    return url
        for anchor in self.selector.root.iter("a"):
            text = (anchor.text or "").strip()
            if _PAGE_NUMBER.fullmatch(text) and (
                url := self._following(anchor.get("href") or "", int(text))
            ):
                return url
        return None

    def _following(self, href: str, said: int | None = None) -> str | None:
        """The link, if it leads to the page after this one of the same listing."""
        url = self.urls.absolute(href, self.page_url)
        if url is None or not self.urls.on_site(url):
            return None
        listing, number = self.urls.listing_of(self.here)
        target, following = self.urls.listing_of(self.urls.canonical(url))
        if following != number + 1 or (said is not None and said != following):
            return None
        same = self.urls.listing_key(target) == self.urls.listing_key(listing)
        return url if same else None

    def links(
        self, anchors: Iterable[_Element], *forms: Form, entries: bool = False
    ) -> list[Link]:
        """The on-site links of these forms, each page once, with the words it is linked by."""
        found: dict[str, Link] = {}
        for anchor in anchors:
            target = self.target(anchor.get("href") or "")
            if target is None or target[1] == self.here or target[2] not in forms:
                continue
            url, key, _ = target
            link = found.get(key)
            if link is None:
                link = found[key] = Link(url=url, kind=Kind.ARTICLE, is_entry=entries)
            if link.text is None:
                text = fold("".join(anchor.itertext())) or fold(anchor.get("title") or "")
                link.text = text or None
        return list(found.values())

    def target(self, href: str) -> tuple[str, str, Form] | None:
        """What a link on the page leads to: address, identity and form; None off the site."""
        if href not in self._targets:
            url = self.urls.absolute(href, self.page_url)
            if url is None or not self.urls.on_site(url):
                self._targets[href] = None
            else:
                key = self.urls.canonical(url)
                self._targets[href] = url, key, self.urls.form(key).form
        return self._targets[href]


def _outermost(elements: Iterable[_Element]) -> Iterator[_Element]:
    """Those of the elements, given in the tree's order, that stand in no other one of them."""
    met: set[_Element] = set()
    for element in elements:
        if met.isdisjoint(element.iterancestors()):
            yield element
        met.add(element)


def _is_furniture(anchor: _Element) -> bool:
    """Whether a link stands in a sidebar, menu or footer of the page (an item's own may be)."""
    for above in anchor.iterancestors():
        if above.tag == "article":
            return False
        if above.tag in _FURNITURE:
            return True
    return False
