"""Themes made of blocks (WordPress 5.9 and later): every part of the page is a named block."""

from typing import ClassVar

from borneone_crawler.pages.layout import Candidates
from borneone_crawler.pages.neutral import Neutral
from borneone_crawler.pages.page import Page
from borneone_crawler.pages.text import texts


class BlockTheme(Neutral):
    """Twenty Twenty-Two and later. Their links to sections and tags both say only rel=tag."""

    name: ClassVar[str] = "block theme"

    @classmethod
    def fits(cls, page: Page) -> bool:
        return super().fits(page) and ".wp-site-blocks" in page.named

    def date_published(self) -> Candidates[str]:
        times = [time for one in self.named(".wp-block-post-date") for time in one.iter("time")]
        yield from self.dates_of("wp-block-post-date", (one.get("datetime") for one in times[:1]))
        yield from super().date_published()

    def authors(self) -> Candidates[list[str]]:
        yield "wp-block-post-author", texts(self.named(".wp-block-post-author__name"))
        yield from super().authors()

    def article_section(self) -> Candidates[list[str]]:
        blocks = self.named(".taxonomy-category")
        yield "taxonomy-category", texts(a for block in blocks for a in block.iter("a"))
        yield from super().article_section()

    def keywords(self) -> Candidates[list[str]]:
        blocks = self.named(".taxonomy-post_tag")
        yield "taxonomy-post_tag", texts(a for block in blocks for a in block.iter("a"))
        yield from super().keywords()
