"""The text of an element as a reader sees it."""

from collections.abc import Iterable

from lxml.etree import XPath, _Element, iterwalk

from borneone_crawler.trees import fold

_BREAKING = frozenset({"br", "p", "div", "li", "td", "blockquote", "section", "h2", "h3", "h4"})
_VISIBLE = XPath("descendant::text()[not(parent::script or parent::style)]", smart_strings=False)


def pieces_of(element: _Element) -> list[str]:
    """The pieces of text of an element and everything in it but scripts."""
    pieces: list[str] = _VISIBLE(element)
    return pieces


def text_of(element: _Element) -> str:
    """The folded text of an element and everything in it but scripts, as one line."""
    breaks = element.iter("br", "p", "div", "li", "td")
    if all(one is element for one in breaks):
        return fold("".join(pieces_of(element)))
    words: list[str] = []
    for event, one in iterwalk(element, events=("start", "end", "comment", "pi")):
        words.append(" " if one.tag in _BREAKING else "")
        if one.tag not in {"script", "style"} and event == "start":
            words.append(one.text or "")
        elif event != "start" and one is not element:
            words.append(one.tail or "")
    return fold("".join(words))


def text_lines(element: _Element) -> str:
    """The text of an element, a line for each of its elements that has one."""
    return "\n".join(filter(None, map(fold, pieces_of(element))))


def texts(elements: Iterable[_Element]) -> list[str]:
    """The texts of the elements, each once, in their order; empty ones are left out."""
    return list(dict.fromkeys(filter(None, map(text_of, elements))))


def letters(text: str) -> str:
    """Only the letters and digits, case folded: what two spellings of one name share."""
    return "".join(char for char in text.casefold() if char.isalnum())
