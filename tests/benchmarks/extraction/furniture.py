"""What a page shows besides its article: known, because what the author wrote is known."""

import re
from collections.abc import Iterable

from lxml import html

_SHOWN = "//body//text()[not(ancestor::script or ancestor::style or ancestor::template)]"
_LETTERS = re.compile(r"[^\W\d_]{3}")


def texts_of(page: bytes | str) -> list[str]:
    """The text nodes of a page or a piece of HTML, white space folded, scripts left out."""
    parser = html.HTMLParser(encoding="utf-8")
    data = page.encode() if isinstance(page, str) else page
    if not data.strip():
        return []
    tree = html.document_fromstring(data, parser=parser)
    return [folded for text in tree.xpath(_SHOWN) if (folded := " ".join(text.split()))]


def markers_of(page: bytes, written: Iterable[str]) -> list[str]:
    """The texts of a page that stand in nothing that its author wrote, each once.

    `written` is HTML: the text as WordPress shows it without plug-ins, the headline, the caption
    of the picture above. Whatever a reader's text has of the rest is boilerplate it let in. What
    has no three letters in a row (numbers, signs) could stand anywhere and marks nothing.
    """
    own = " ".join(text for piece in written for text in texts_of(piece))
    found = dict.fromkeys(texts_of(page))
    return [text for text in found if _LETTERS.search(text) and text not in own]
