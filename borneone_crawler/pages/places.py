"""Where on an article page things stand: what layouts look up, found once and kept."""

from functools import cached_property

from lxml.etree import _Element

from borneone_crawler.pages import content
from borneone_crawler.pages.page import Page
from borneone_crawler.pages.pictures import same_picture
from borneone_crawler.pages.text import text_of
from borneone_crawler.site import Site
from borneone_crawler.urls import SiteUrls


class Places:
    """The article on a page: its element, headline, text, and what surrounds them."""

    def __init__(self, page: Page, urls: SiteUrls, site: Site) -> None:
        self.page = page
        self.urls = urls
        self.site = site
        self.data = page.structured

    def named(self, word: str) -> list[_Element]:
        """The elements of the article of one class (".x") or id ("#x")."""
        within = self.article
        return [
            one
            for one in self.page.named.get(word, ())
            if any(above is within for above in one.iterancestors())
        ]

    @cached_property
    def article(self) -> _Element:
        """The element that holds headline and text (comments and sidebars are not in it)."""
        return content.article_of(self.page, self.heading)

    @cached_property
    def heading(self) -> _Element | None:
        """The heading that is the article's own."""
        return content.headline_of(self.page)

    @cached_property
    def text(self) -> _Element:
        """The element that holds the text, boilerplate still in it."""
        return self.find_text()

    def find_text(self) -> _Element:
        """What `text` is, for a layout to say."""
        return content.content_of(self.article, self.heading)

    def linked(self, *rel: str) -> list[_Element]:
        """The article's links whose rel is exactly these words: ("category", "tag")."""
        return self._by_rel.get(frozenset(rel), [])

    @cached_property
    def _by_rel(self) -> dict[frozenset[str], list[_Element]]:
        found: dict[frozenset[str], list[_Element]] = {}
        for anchor in self.article.iter("a"):
            if (rel := anchor.get("rel")) and anchor.get("href"):
                found.setdefault(frozenset(rel.split()), []).append(anchor)
        return found

    @cached_property
    def times(self) -> list[tuple[frozenset[str], str]]:
        """(classes, date) of each <time> of the article, those of comments left out."""
        return [
            (frozenset((time.get("class") or "").split()), time.get("datetime") or text_of(time))
            for time in self.time_elements
        ]

    @cached_property
    def time_elements(self) -> list[_Element]:
        """The <time> elements of the article, those of comments left out."""
        return [time for time in self.article.iter("time") if not content.in_comments(time)]

    def unmarked_times(self) -> list[str]:
        """Publication and update where nothing marks which is which: the earlier comes first.

        More than two times, or one that is marked as an update, say nothing of publication.
        """
        dates = sorted({date for _, date in self.times})
        is_marked = any("updated" in classes for classes, _ in self.times)
        return [] if is_marked or len(dates) > 2 else dates

    def above_text(self, tag: str) -> list[_Element]:
        """The elements of one name that stand in the article above its text."""
        found: list[_Element] = []
        for element in self.article.iter(tag, self.text.tag):
            if element is self.text:
                return found
            if element.tag == tag:
                found.append(element)
        return []

    def shows(self, url: str) -> bool:
        """Whether a picture, in whatever size, stands in the article."""
        images = self.article.iter("img", "amp-img")
        return any(same_picture(image.get("src") or "", url) for image in images)

    def metas(self, name: str) -> list[str]:
        """The content of a meta element, as a list of one or none."""
        said = self.data.metas.get(name)
        return [said] if said else []
