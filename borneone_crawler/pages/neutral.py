"""The markup that WordPress's own themes share: hentry, entry-title, entry-content."""

from typing import ClassVar

from lxml.etree import _Element

from borneone_crawler.pages.layout import Candidates, Layout
from borneone_crawler.pages.page import Page
from borneone_crawler.pages.text import texts


class Neutral(Layout):
    """Twenty Ten to Twenty Twenty-Five, and the many themes made after them."""

    name: ClassVar[str] = "neutral"

    @classmethod
    def fits(cls, page: Page) -> bool:
        return len(page.named.get(".entry-content", ())) == 1

    def find_text(self) -> _Element:
        found = self.named(".entry-content")
        return found[0] if len(found) == 1 else super().find_text()

    def headline(self) -> Candidates[str]:
        titles = [*self.named(".entry-title"), *self.named(".wp-block-post-title")]
        for text in texts(title for title in titles if title.tag == "h1"):
            yield "entry-title", text
        yield from super().headline()

    def keywords(self) -> Candidates[list[str]]:
        yield "tags-links", texts(a for one in self.named(".tags-links") for a in one.iter("a"))
        yield from super().keywords()
