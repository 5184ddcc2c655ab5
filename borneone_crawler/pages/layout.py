"""How an article page is read: a method a field, each offering candidates, best first.

This class reads by what WordPress itself and HTML say (rel, time, meta, JSON-LD), by no theme's
class names; a known theme is a subclass that puts its own places first.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import ClassVar, TypeVar

from lxml.etree import XPath, _Element

from borneone_crawler.items import Image, Kind, Link, Video
from borneone_crawler.pages.byline import name_beside
from borneone_crawler.pages.captions import split_credit
from borneone_crawler.pages.dates import moment
from borneone_crawler.pages.page import Page
from borneone_crawler.pages.pictures import address_of, caption_in
from borneone_crawler.pages.places import Places
from borneone_crawler.pages.players import video_of
from borneone_crawler.pages.signature import named_people
from borneone_crawler.pages.text import letters, text_lines, text_of, texts
from borneone_crawler.site import Site
from borneone_crawler.trees import fold
from borneone_crawler.urls import Form, SiteUrls

T = TypeVar("T")

_NUMBER = re.compile(r"[0-9]{1,18}")  # SQLite has no longer ones
_PATHS = XPath("descendant::*[contains(@itemtype, 'BreadcrumbList')]")

Candidates = Iterator[tuple[str, T | None]]
"""(source, value) pairs, best first; an empty value means the source has nothing."""


class Layout(Places):
    """Reads one article page of a theme nobody knows."""

    name: ClassVar[str] = "generic"

    def __init__(self, page: Page, urls: SiteUrls, site: Site) -> None:
        super().__init__(page, urls, site)
        self.unreadable: list[str] = []
        """Dates the page gives that are none."""
        self.written: dict[str, str] = {}
        """Dates as they were read, and each as the page writes it."""

    @classmethod
    def fits(cls, page: Page) -> bool:
        """Whether the page looks like one of this layout's."""
        return True

    # -- fields ---------------------------------------------------------------------------------

    def canonical(self) -> Candidates[str]:
        """The address the page claims as its own, absolute: a claim, not a fact."""
        for href in self.page.links.get("canonical", ())[:1]:
            yield "link[rel=canonical]", self.urls.absolute(href, self.page.url)
        for href in self.metas("og:url"):
            yield "og:url", self.urls.absolute(href, self.page.url)

    def post_id(self) -> Candidates[int]:
        """WordPress's id of the post."""
        yield "body.postid", _number_behind(sorted(self.page.classes), "postid-")
        for href in self.page.links.get("shortlink", ()):
            yield "link[rel=shortlink]", _number_behind(re.split("[?&#]", href), "p=")
        for href in self.page.links.get("alternate", ()):
            if "/wp/v2/posts/" in href:
                yield "link[rel=alternate]", _number_behind([href.rpartition("/posts/")[2]], "")
        ids = [element.get("id", "") for element in self.page.root.iter("article")]
        yield "article#post", _number_behind(ids, "post-")

    def headline(self) -> Candidates[str]:
        if self.heading is not None:
            yield "h1", text_of(self.heading)
        yield "json-ld", fold(self.data.text("headline") or "")
        for name in ("og:title", "twitter:title"):
            yield name, self.without_site(self.data.metas.get(name))
        yield "title", self.without_site(self.page.root.findtext(".//title"))

    def description(self) -> Candidates[str]:
        for name in ("description", "og:description", "twitter:description"):
            yield name, fold(self.data.metas.get(name, ""))
        yield "json-ld", fold(self.data.text("description") or "")

    def date_published(self) -> Candidates[str]:
        marked = [date for classes, date in self.times if "published" in classes]
        yield from self.dates_of("time.published", marked)
        yield from self.dates_of("article:published_time", self.metas("article:published_time"))
        yield from self.dates_of("json-ld", [self.data.text("datePublished")])
        yield from self.dates_of("earlier time", self.unmarked_times()[:1])
        yield from self.dates_of("text", self.written_dates())

    def date_modified(self) -> Candidates[str]:
        for classes, date in self.times:
            if "updated" in classes and "published" not in classes:
                yield from self.dates_of("time.updated", [date])
        yield from self.dates_of("article:modified_time", self.metas("article:modified_time"))
        yield from self.dates_of("json-ld", [self.data.text("dateModified")])
        yield from self.dates_of("later time", self.unmarked_times()[1:])

    def authors(self) -> Candidates[list[str]]:
        yield "author.vcard", texts(a for one in self.named(".vcard") for a in one.iter("a"))
        yield "a[rel=author]", _names(texts(self.linked("author")))
        yield "json-ld", self.data.names("author")
        links = (a for a in self.article.iter("a") if "/author/" in (a.get("href") or ""))
        yield "author link", _names(texts(links))
        yield "meta author", self.metas("author")
        yield "byline", name_beside(self.time_elements, self.section_tags(), self.text)

    def article_section(self) -> Candidates[list[str]]:
        yield "a[rel=category]", texts(self.linked("category", "tag"))
        yield "json-ld", self.data.texts("articleSection")
        yield "a[rel=tag]", texts(self.section_tags())
        yield "article:section", self.metas("article:section")
        yield "breadcrumb", texts(self.breadcrumb())[1:]

    def keywords(self) -> Candidates[list[str]]:
        # /topic/ is wpberita's own taxonomy beside the tags; some themes call sections tags too.
        tags = (one for one in self.linked("tag") if "/topic/" not in one.get("href"))
        yield "a[rel=tag]", texts(one for one in tags if not self.is_listing(one))
        yield "json-ld", self.data.texts("keywords")
        yield "article:tag", self.metas("article:tag")

    def in_language(self) -> Candidates[str]:
        yield "html[lang]", self.page.root.get("lang")
        yield "json-ld", self.data.text("inLanguage")

    def main_image(self) -> Candidates[Image]:
        """The picture above the text, else the one that the page names for machines."""
        for tag in ("img", "amp-img"):
            for image in self.above_text(tag):
                if "wp-post-image" in (image.get("class") or "").split():
                    frame = next(image.iterancestors("figure"), image)
                    yield "wp-post-image", self.picture(frame)
        for frame in self.above_text("figure"):
            yield "figure", self.picture(frame)
        for url in self.metas("og:image"):
            # Without a picture of the article's own it is the site's.
            if self.shows(url):
                yield "og:image", Image(url=url)

    def comment_count(self) -> Candidates[int]:
        for heading in self.page.named.get(".comments-title", ()):
            yield "comments-title", _first_number(text_of(heading))
        listed = sum(name[:9] == "#comment-" and name[9:].isdigit() for name in self.page.named)
        yield "comment list", listed or None
        count = self.data.article.get("commentCount")
        yield "json-ld", count if isinstance(count, int) else None
        if "#respond" in self.page.named or "#commentform" in self.page.named:
            yield "comment form", 0

    def named_people(self) -> Candidates[dict[str, list[str]]]:
        """Writer and editor, by role, from the line of them below the text."""
        footers = self.article.iter("footer")
        yield "footer", named_people("\n".join(text_lines(one) for one in footers))

    def videos_above(self) -> list[Video]:
        """The player that stands where other articles have their main picture."""
        found = []
        for frame in self.above_text("iframe"):
            source = frame.get("src") or frame.get("data-src") or ""
            url = self.urls.absolute(source, self.page.url)
            if url and (video := video_of(url)):
                found.append(video)
        return found

    def section_links(self) -> list[Link]:
        """Links to the sections' listings, with the sections' names."""
        breadcrumb = self.breadcrumb()
        links: dict[str, Link] = {}
        for anchor in (*self.linked("category", "tag"), *self.linked("tag"), *breadcrumb):
            url = self.urls.absolute(anchor.get("href") or "", self.page.url)
            if url is not None and url not in links and self._is_listing(url):
                links[url] = Link(url=url, kind=Kind.LISTING, text=text_of(anchor) or None)
        return list(links.values())

    # -- helpers --------------------------------------------------------------------------------

    def breadcrumb(self) -> list[_Element]:
        """The links of the path from the home page to the article."""
        return [a for path in _PATHS(self.article) for a in path.iter("a")]

    def section_tags(self) -> list[_Element]:
        """The links to sections that are marked as tags, as themes made of blocks do."""
        return [one for one in self.linked("tag") if self.is_listing(one)]

    def is_listing(self, anchor: _Element) -> bool:
        """Whether a link leads to a section's listing, by the form of its address."""
        url = self.urls.absolute(anchor.get("href") or "", self.page.url)
        return url is not None and self._is_listing(url)

    def _is_listing(self, url: str) -> bool:
        return self.urls.form(self.urls.canonical(url)).form is Form.LISTING

    def written_dates(self) -> list[str]:
        """Dates in words beside the headline, where a page has no other."""
        names = (".posted-on", ".entry-date", ".post-date", ".date")
        return [text_of(one) for name in names for one in self.named(name)[:1]]

    def dates_of(self, source: str, raws: Iterable[str | None]) -> Candidates[str]:
        for raw in raws:
            if not raw:
                continue
            found = moment(raw, self.site.time_zone, seen_at=self.page.fetched_at)
            if found is None:
                self.unreadable.append(raw)
            else:
                self.written.setdefault(found, raw)
            yield source, found

    def without_site(self, title: str | None) -> str | None:
        """A document's title without the outlet's name behind its last dash."""
        title = fold(title or "")
        for mark in (" - ", " – ", " | ", " — ", " » ", " • "):
            head, found, tail = title.rpartition(mark)
            if found and letters(tail) in {letters(name) for name in self.outlet_names()}:
                return head
        return title or None

    def outlet_names(self) -> list[str]:
        names = (*self.site.outlet_names, self.data.metas.get("og:site_name", ""))
        return [name for name in names if letters(name)]

    def picture(self, element: _Element) -> Image | None:
        """The first picture in an element, with its caption."""
        image = next(element.iter("img", "amp-img"), None)
        if image is None or not (url := address_of(image, self.page.url, self.urls)):
            return None
        caption, credit = split_credit(caption_in(element))
        return Image(url=url, caption=caption, credit_text=credit)


def pick(candidates: Callable[[], Candidates[T]]) -> tuple[T | None, str | None]:
    """The first value that is not empty, and its source."""
    for source, value in candidates():
        if value not in (None, "", [], {}):
            return value, source
    return None, None


def pick_date(candidates: Callable[[], Candidates[str]]) -> tuple[str | None, str | None]:
    """The first date with a time of day, and its source; else the first date there is."""
    only_day: tuple[str | None, str | None] = (None, None)
    for source, value in candidates():
        if value and "T" in value:
            return value, source
        if value and only_day[0] is None:
            only_day = value, source
    return only_day


# A link to somebody's posts that says so: the name is in the middle.
_POSTS_OF = re.compile(
    r"^(?:View all (?:of|posts by)|Posts by|By|Oleh|Penulis:?"
    r"|Lihat semua (?:pos|tulisan|artikel)(?:an)? (?:dari|oleh))\s+"
    r"(?P<name>.+?)(?:['’]s? posts\.?)?$",
    re.IGNORECASE,
)


def _names(found: list[str]) -> list[str]:
    """Names out of the words of links to authors, each once."""
    names = (match["name"] if (match := _POSTS_OF.match(text)) else text for text in found)
    return list(dict.fromkeys(names))


def _number_behind(words: Iterable[str], prefix: str) -> int | None:
    for word in words:
        digits = word.removeprefix(prefix)
        if word.startswith(prefix) and _NUMBER.fullmatch(digits):
            return int(digits)
    return None


def _first_number(text: str | None) -> int | None:
    digits = "".join(char if char.isascii() and char.isdigit() else " " for char in text or "")
    return next((int(one) for one in digits.split() if _NUMBER.fullmatch(one)), None)
