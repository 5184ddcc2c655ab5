"""Text of others in lines of a terminal: safe to print, and no wider than wanted."""

import unicodedata
from collections.abc import Iterator

from borneone_crawler.desk.plain import plain

MOST_COLUMNS = 88
"""Wider lines are hard to read."""

_GAP = "   "
"""Between the cells of a table."""


def wrapped(text: str, width: int | None, *, hanging: int = 0) -> Iterator[str]:
    """The text on lines of at most so many columns, all after the first indented; a word that is
    longer stands by itself. None: on one line, however long."""
    line, used = "", 0
    for word in plain(text).split(" "):
        needed = columns(word)
        if line and width is not None and used + 1 + needed > width:
            yield line
            line, used = " " * hanging + word, hanging + needed
        else:
            line = f"{line} {word}" if line else word
            used += needed + bool(used)
    yield line


def blocks(text: str, width: int | None) -> Iterator[str]:
    """The blocks of an article's text, an empty line between them; the lines of a verse and the
    rows of a table stay lines, and the cells stand apart."""
    for place, block in enumerate(text.split("\n\n")):
        if place:
            yield ""
        for line in block.split("\n"):
            if "\t" in line:
                yield _GAP.join(map(plain, line.split("\t")))
            else:
                yield from wrapped(line, width)


def columns(text: str) -> int:
    """How many columns a terminal gives a text."""
    return sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
