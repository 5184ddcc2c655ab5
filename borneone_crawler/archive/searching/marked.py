"""A text on one line, and where in it the words stand that were searched for."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marked:
    """White space is folded; otherwise the text is as the newsroom wrote it, and must be made
    safe before it is printed."""

    text: str
    places: list[tuple[int, int]]
    """First character of each marked piece, and the first after it."""

    def pieces(self) -> list[tuple[str, bool]]:
        """The text in pieces, and whether each is marked."""
        pieces, end = [], 0
        for first, after in self.places:
            pieces += [(self.text[end:first], False), (self.text[first:after], True)]
            end = after
        pieces.append((self.text[end:], False))
        return [piece for piece in pieces if piece[0]]


def marked(text: str, *, open: str, close: str) -> Marked:  # noqa: A002 - a pair of marks
    """The text without the marks, and where they stood."""
    told, places, first = "", [], 0
    for piece in re.split(f"({open}|{close})", " ".join(text.split())):
        if piece == open:
            first = len(told)
        elif piece == close:
            places.append((first, len(told)))
        else:
            told += piece
    return Marked(told, places)
