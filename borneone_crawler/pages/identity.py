"""Whether a page is the newsroom's own, by the names it calls itself."""

import json
import re
from collections.abc import Iterator, Sequence

from parsel import Selector

from borneone_crawler.pages.page import Page
from borneone_crawler.pages.text import letters, text_of

_BETWEEN = re.compile(r"\s*[–—|»•:]\s*|\s+-\s+")


def outlet_named(page: Page, outlet_names: Sequence[str]) -> str | None:
    """Where a page names the outlet, or None if it does not.

    Only letters and digits count. A name stands alone between dashes or bars, so that
    "borneonetv.com is for sale" does not pass.
    """
    for place, name in _names(page):
        if _is_named(name, outlet_names):
            return place
    return None


def feed_names(body: bytes, outlet_names: Sequence[str]) -> bool:
    """Whether an RSS or Atom feed's title names the outlet."""
    text = body.decode("utf-8", errors="replace")
    titles = Selector(text=text, type="xml").xpath(
        "/rss/channel/title/text() | /*[local-name()='feed']/*[local-name()='title']/text()"
    )
    return any(_is_named(title, outlet_names) for title in titles.getall())


def rest_names(body: bytes, outlet_names: Sequence[str]) -> bool:
    """Whether the root of a WordPress REST API names the outlet."""
    try:
        name = json.loads(body).get("name")
    except (ValueError, AttributeError, RecursionError):
        return False
    return isinstance(name, str) and _is_named(name, outlet_names)


def said_title(page: Page) -> str:
    """What a page calls itself, for a message to a person; at most 100 characters."""
    return next((text_of(title) for title in page.root.iter("title")), "")[:100]


def _is_named(name: str, outlet_names: Sequence[str]) -> bool:
    wanted = {letters(outlet) for outlet in outlet_names}
    return any(letters(segment) in wanted for segment in _BETWEEN.split(name))


def _names(page: Page) -> Iterator[tuple[str, str]]:
    metas = page.structured.metas
    for key in ("og:site_name", "application-name"):
        if key in metas:
            yield key, metas[key]
    for node in page.structured.of_type("Organization", "NewsMediaOrganization", "WebSite"):
        for key in ("name", "alternateName"):
            if isinstance(name := node.get(key), str):
                yield "json-ld", name
    for title in page.root.iter("title"):
        yield "title", text_of(title)
        break
    for title in page.selector.css("link[rel=alternate][title]::attr(title)").getall():
        yield "feed title", title
