"""Text of others, made safe to print: no terminal is told anything by a page."""

import unicodedata

_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of what stands beside them."""


def plain(text: str) -> str:
    """The text on one line, its control characters and marks of direction shown as "�"."""
    folded = " ".join(text.split())
    return "".join(
        "\ufffd" if char in _DIRECTIONS or unicodedata.category(char) in {"Cc", "Cs"} else char
        for char in folded
    )


def brief(text: str, most: int = 80) -> str:
    """The same, cut to so many characters."""
    text = plain(text)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
