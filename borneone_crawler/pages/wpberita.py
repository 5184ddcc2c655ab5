"""The theme family wpberita of idtheme.com: the layout that BorneOneTV's pages were seen in."""

from typing import ClassVar

from lxml.etree import _Element

from borneone_crawler.pages.layout import Candidates
from borneone_crawler.pages.neutral import Neutral
from borneone_crawler.pages.page import Page
from borneone_crawler.pages.text import texts


class WpBerita(Neutral):
    """Version 1.0.8: author and sections in one line below the headline."""

    name: ClassVar[str] = "wpberita"

    @classmethod
    def fits(cls, page: Page) -> bool:
        return ".entry-content-single" in page.named

    def find_text(self) -> _Element:
        found = self.named(".entry-content-single")
        return found[0] if len(found) == 1 else super().find_text()

    def article_section(self) -> Candidates[list[str]]:
        lines = self.named(".cat-links-content")
        yield "cat-links-content", texts(a for line in lines for a in line.iter("a"))
        yield from super().article_section()


class WpBeritaNewer(WpBerita):
    """Later versions: sections above the headline, author and date in a table beside a picture."""

    name: ClassVar[str] = "wpberita-newer"

    @classmethod
    def fits(cls, page: Page) -> bool:
        return super().fits(page) and ".gmr-gravatar-metasingle" in page.named

    def authors(self) -> Candidates[list[str]]:
        yield (
            "gmr-content-metasingle",
            texts(
                anchor
                for line in self.named(".gmr-content-metasingle")
                for anchor in line.iter("a")
                if "/author/" in (anchor.get("href") or "")
            ),
        )
        yield from super().authors()
