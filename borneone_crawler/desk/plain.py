"""Text of others, made safe to print: no terminal is told anything by a page."""

import json
import unicodedata

_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of what stands beside them."""


def plain(text: str) -> str:
    """The text on one line, its control characters and marks of direction shown as "�"."""
    return "".join("\ufffd" if _speaks(char) else char for char in " ".join(text.split()))


def brief(text: str, most: int = 80) -> str:
    """The same, cut to so many characters."""
    text = plain(text)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def json_text(value: object) -> str:
    """JSON for people and machines: what would speak to a terminal is escaped, so that nothing
    is lost."""
    text = json.dumps(value, indent=1, ensure_ascii=False)
    # Outside of strings JSON has none of these but the ends of its lines.
    return "".join(
        f"\\u{ord(char):04x}" if char != "\n" and _speaks(char) else char for char in text
    )


def _speaks(char: str) -> bool:
    return char in _DIRECTIONS or unicodedata.category(char) in {"Cc", "Cs"}
