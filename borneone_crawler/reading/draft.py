"""An article on its way from its pages to a Reading."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from lxml.etree import _Element

from borneone_crawler.cleaning import rules
from borneone_crawler.cleaning.tree import Taken
from borneone_crawler.items import Article, Link, Removal
from borneone_crawler.pages.layout import Layout
from borneone_crawler.site import Site
from borneone_crawler.urls import SiteUrls

T = TypeVar("T")


PASSING = frozenset({"maintenance", "login page", "script shell", "not html", "empty body"})
"""Reasons that may be gone tomorrow: the page may be an article then."""

NOT_THERE = "not found page"
"""The reason of a page that says in words what others say with a 404."""


@dataclass(slots=True, kw_only=True)
class Draft:
    """An article on its way: what was read so far, with the trees still in hand."""

    article: Article
    contents: list[_Element]
    """One tree a page: the whole <body> at first, the cleaned text's container at the end."""
    layouts: list[Layout]
    """What reads each page."""
    containers: list[_Element]
    """In each page the element that holds the text."""
    urls: SiteUrls
    site: Site
    rules: rules.Rules
    reader: str
    canonical: str | None = None
    """The page's rel=canonical as it stands: a claim."""
    blocks: list[str] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    removals: list[Removal] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    """What the rules took, with the places it was taken from."""
    flags: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    link_order: dict[str, int] = field(default_factory=dict)
    """Where in the text each link stands, boilerplate included."""
    boxes_cut: int = 0
    """Characters outside of links that element rules took out of the containers."""
    lines_cut: int = 0
    """Characters that line and tail rules took, without those that went to a field."""

    @property
    def layout(self) -> Layout:
        """What reads the first page, and so the article's fields."""
        return self.layouts[0]


def put(draft: Draft, name: str, found: tuple[object, str | None]) -> None:
    """Set a field of the article and its source, unless nothing was found."""
    value, source = found
    if value not in (None, "", []):
        setattr(draft.article, name, value)
        draft.sources[name] = source or ""


def distinct(items: list[T], key: Callable[[T], object]) -> list[T]:
    """The items whose key was not met before, in order."""
    first: dict[object, T] = {}
    for item in items:
        first.setdefault(key(item), item)
    return list(first.values())
