"""The HTML that is kept for people: what remains of a tree, sanitised."""

from functools import cache

import nh3
from lxml.etree import _Element
from lxml.html import tostring

from borneone_crawler.cleaning.blocks import SILENT

_TAGS = """a abbr b blockquote br caption cite code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i ins
    li mark ol p pre q s small strong sub sup table tbody td tfoot th thead tr u ul"""
_ATTRIBUTES = {
    "a": {"href"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
}

LONGEST = 8 * 1024 * 1024
"""Characters of HTML that are sanitised: ammonia takes four times as long for twice as many "&" in
one text, minutes for these, and cannot be interrupted."""


def html_of(trees: list[_Element]) -> str:
    """The content of the trees with a small list of elements, and no attribute but link targets;
    nothing when it is longer than LONGEST.

    Sanitised by ammonia (through nh3), after the removals, so it says what article_body says.
    """
    inner = "\n".join(_inner(tree) for tree in trees)
    return sanitised(inner).strip()


def sanitised(html: str) -> str:
    """The same of HTML that was kept: an archive may be of somebody else's making."""
    return str(_cleaner().clean(html)) if len(html) <= LONGEST else ""


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS.split()),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
        clean_content_tags=set(SILENT),
    )


def _inner(tree: _Element) -> str:
    children = "".join(tostring(child, encoding="unicode") for child in tree)
    return (tree.text or "").replace("&", "&amp;").replace("<", "&lt;") + children
