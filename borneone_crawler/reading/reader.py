"""Reads a whole article: from its pages in hand, or from its captures."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from borneone_crawler.cleaning import rules
from borneone_crawler.items import RawPage, Reading
from borneone_crawler.pages.page import Page
from borneone_crawler.reading.draft import Draft, distinct
from borneone_crawler.reading.facts import begin
from borneone_crawler.reading.steps import STEPS
from borneone_crawler.reading.version import reader_version
from borneone_crawler.site import Site
from borneone_crawler.statuses import Status, Stop
from borneone_crawler.urls import SiteUrls


def finish(draft: Draft) -> Reading:
    """The draft without its trees."""
    return Reading(
        article=draft.article,
        reader=draft.reader,
        sources=draft.sources,
        removals=draft.removals,
        flags=list(dict.fromkeys(draft.flags)),
        links=distinct(draft.links, lambda link: (link.kind, link.url)),
    )


def read(
    pages: Sequence[Page],
    urls: SiteUrls,
    site: Site,
    *,
    own_rules: Sequence[Path] = (),
) -> Reading:
    """Read an article from its page, or its pages in order, and leave these as they are. Raises
    NotAnArticle."""
    return _taking_apart([page.copy() for page in pages], urls, site, own_rules)


def _taking_apart(
    pages: Sequence[Page], urls: SiteUrls, site: Site, own_rules: Sequence[Path] = ()
) -> Reading:
    draft = begin(pages, urls, site, own_rules=own_rules)
    for step in STEPS:
        step(draft)
    return finish(draft)


@dataclass(frozen=True, slots=True)
class Reader:
    """Today's reader for one newsroom, for whoever has its pages as they were captured."""

    site: Site

    @property
    def version(self) -> str:
        """What decides how it reads, as a digest."""
        return reader_version()

    def check(self) -> None:
        """Raise Stop MISCONFIGURED, before any page is asked for or read, when the rules it reads
        by cannot be used."""
        try:
            rules.load()
        except (OSError, ValueError) as error:
            raise Stop(Status.MISCONFIGURED, f"the rules of what is cut: {error}") from error

    def read(self, pages: Sequence[RawPage]) -> Reading:
        """Read an article from its captured pages, in order. Raises NotAnArticle."""
        urls = SiteUrls(self.site.base_url, self.site.category_bases)
        return _taking_apart([page_of(raw) for raw in pages], urls, self.site)


def page_of(raw: RawPage) -> Page:
    """A captured page, parsed."""
    return Page.from_bytes(raw.url, raw.body, raw.content_type, fetched_at=raw.fetched_at)
