"""Which layout reads a page: the first known one that fits, else the generic one."""

from borneone_crawler.pages.block_theme import BlockTheme
from borneone_crawler.pages.layout import Layout
from borneone_crawler.pages.neutral import Neutral
from borneone_crawler.pages.page import Page
from borneone_crawler.pages.wpberita import WpBerita, WpBeritaNewer
from borneone_crawler.site import Site
from borneone_crawler.urls import SiteUrls

LAYOUTS: tuple[type[Layout], ...] = (WpBeritaNewer, WpBerita, BlockTheme, Neutral, Layout)
"""From the most particular to the one that fits everything."""


def layout_of(page: Page, urls: SiteUrls, site: Site) -> Layout:
    """The layout that reads this page."""
    return next(layout for layout in LAYOUTS if layout.fits(page))(page, urls, site)
