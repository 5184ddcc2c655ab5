"""Reads a whole article: from its pages in hand, or from its captures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from borneone_crawler.cleaning import rules
from borneone_crawler.cleaning.trial import objection
from borneone_crawler.items import RawPage, Reading
from borneone_crawler.pages.page import Page
from borneone_crawler.patience import patience
from borneone_crawler.reading.draft import Draft, distinct
from borneone_crawler.reading.facts import begin
from borneone_crawler.reading.steps import STEPS
from borneone_crawler.reading.text_dump import read_text
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
    own_rules: Path | None = None,
) -> Reading:
    """Read an article from its page, or its pages in order, and leave these as they are. Raises
    NotAnArticle."""
    draft = begin([page.copy() for page in pages], urls, site, own_rules=own_rules)
    for step in STEPS:
        step(draft)
    return finish(draft)


@dataclass(frozen=True)
class Reader:
    """Today's reader for one newsroom, for whoever has its pages as they were captured."""

    site: Site
    own_rules: Path | None = None
    """The file of the owner's own rules."""
    patience: float = 60.0
    """Seconds of a processor that each step of the reading may take: no page is worth more, but a
    rule's pattern may try every way to take a line apart."""

    @cached_property
    def _urls(self) -> SiteUrls:
        return SiteUrls(self.site.base_url, self.site.category_bases)

    @property
    def version(self) -> str:
        """What decides how it reads, as a digest."""
        return reader_version(self.rules.own_says)

    @property
    def rules(self) -> rules.Rules:
        """The rules it reads by, the owner's with them. Raises ValueError or OSError."""
        return rules.load(self.own_rules)

    def check(self) -> None:
        """Raise Stop MISCONFIGURED, before any page is asked for or read, when the rules it reads
        by cannot be used."""
        try:
            if said := objection(self.rules):
                raise ValueError(f"{self.own_rules and self.own_rules.name}, {said}")
        except (OSError, ValueError) as error:
            raise Stop(Status.MISCONFIGURED, f"the rules of what is cut: {error}") from error

    def read(self, pages: Sequence[RawPage]) -> Reading:
        """Read an article from its captured pages, in order. Raises NotAnArticle, and TooSlow."""
        draft = self.begin([page_of(raw) for raw in pages])
        for step in STEPS:
            self.take(step, draft)
        return finish(draft)

    def take(self, step: Callable[[Draft], None], draft: Draft) -> None:
        """Have one of STEPS done. Raises what it raises, and TooSlow."""
        with patience(self.patience, step.__name__):
            step(draft)

    def begin(self, pages: Sequence[Page]) -> Draft:
        """A draft of an article before the first step, which takes the pages apart. Raises
        NotAnArticle, and TooSlow."""
        with patience(self.patience, "begin"):
            return begin(pages, self._urls, self.site, own_rules=self.own_rules)

    def read_text(self, text: str, known_sections: Sequence[str]) -> Reading:
        """Read an article from the text of its page, as a dump has it (text_dump)."""
        return read_text(
            text, known_sections, outlet_names=self.site.outlet_names, own_rules=self.own_rules
        )


def page_of(raw: RawPage) -> Page:
    """A captured page, parsed."""
    return Page.from_bytes(raw.url, raw.body, raw.content_type, fetched_at=raw.fetched_at)
