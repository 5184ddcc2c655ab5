"""Trees of lxml as both who reads pages and who cleans them need them."""

from lxml.etree import XPath, _Element
from lxml.html import HtmlMixin

BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog dir div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main menu nav ol p
    pre section summary table tbody td tfoot th thead tr ul""".split()  # noqa: SIM905
)
"""Elements that stand on lines of their own (https://html.spec.whatwg.org/#flow-content-3)."""

# HTML's white space and no other: a no-break space is a character the newsroom wrote.
_OTHER_SPACES = "\t\n\r\f"
_PIECES = XPath("descendant::text()", smart_strings=False)
# With a condition "descendant::" is one walk, where ".//" makes two of it.
_VISIBLE = XPath(
    "descendant::text()[not(parent::script or parent::style or parent::noscript)]",
    smart_strings=False,
)
_UNSEEN = ("script", "style", "noscript")
_drop = HtmlMixin.drop_tree  # lxml's own, for any element


def fold(text: str) -> str:
    """Runs of HTML's white space as one space, none at the ends; NBSP is a character."""
    for space in _OTHER_SPACES:
        text = text.replace(space, " ")
    while "  " in text:  # half as many each time
        text = text.replace("  ", " ")
    return text.strip(" ")


def visible(element: _Element) -> list[str]:
    """The pieces of text in an element that are not a script's or a style's."""
    # The condition takes five times as long as the pieces.
    has_unseen = next(element.iter(*_UNSEEN), None) is not None
    pieces: list[str] = _VISIBLE(element) if has_unseen else _PIECES(element)
    return pieces


def drop(element: _Element) -> None:
    """Take an element out of its tree, the text behind it stays. Bare texts that stood on both
    sides of a block do not become one: it stays between them, empty."""
    parent = element.getparent()
    if parent is None or element.tag not in BLOCKS or not _parts_words(element, parent):
        _drop(element)
        return
    tail = element.tail
    element.clear()
    element.tag, element.tail = "div", tail


def _parts_words(element: _Element, parent: _Element) -> bool:
    """Whether words that no block holds stand right before an element and right behind it."""
    above, below = element.getprevious(), element.getnext()
    text = parent.text if above is None else above.tail
    before = _says(text) or _is_worded(above)
    return before and (_says(element.tail) or _is_worded(below))


def _says(text: str | None) -> bool:
    return bool(text and text.strip())


def _is_worded(sibling: _Element | None) -> bool:
    if sibling is None or not isinstance(sibling.tag, str):  # a comment has a function for a tag
        return False
    return sibling.tag not in BLOCKS and any(map(_says, visible(sibling)))
