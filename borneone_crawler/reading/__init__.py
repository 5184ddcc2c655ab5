"""The one sequence from captured page(s) to a Reading: STEPS over a Draft.

Pipelines, reparse, explain, import and benchmarks all read this way.
"""

from collections.abc import Sequence
from pathlib import Path

from borneone_crawler.items import Reading
from borneone_crawler.pages.page import Page
from borneone_crawler.pages.parts import current_part, parts_of
from borneone_crawler.pages.refusals import refusal
from borneone_crawler.reading.draft import PASSING, Draft, NotAnArticle, distinct
from borneone_crawler.reading.facts import begin
from borneone_crawler.reading.steps import CLEANING_STEPS, STEPS
from borneone_crawler.reading.text_dump import read_text
from borneone_crawler.reading.version import reader_version
from borneone_crawler.site import Site
from borneone_crawler.urls import SiteUrls

__all__ = [
    "CLEANING_STEPS",
    "PASSING",
    "STEPS",
    "Draft",
    "NotAnArticle",
    "begin",
    "current_part",
    "finish",
    "parts_of",
    "read",
    "read_text",
    "reader_version",
    "refusal",
]


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
    """Read an article from its page, or its pages in order. Raises NotAnArticle."""
    draft = begin(pages, urls, site, own_rules=own_rules)
    for step in STEPS:
        step(draft)
    return finish(draft)
