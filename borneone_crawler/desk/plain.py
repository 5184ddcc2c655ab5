"""Text of others, made safe to print: no terminal is told anything by a page."""

import json
import re
import unicodedata

_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of what stands beside them."""
_SPEAKING = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff{''.join(sorted(_DIRECTIONS))}]")


def plain(text: str) -> str:
    """The text on one line, its control characters and marks of direction shown as "�"."""
    return "".join("\ufffd" if _speaks(char) else char for char in " ".join(text.split()))


def brief(text: str, most: int = 80) -> str:
    """The same, cut to so many characters."""
    text = plain(text)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def harmless(text: str) -> str:
    """The text with its lines and tabs, all that would speak to a terminal shown as "�"."""
    return _SPEAKING.sub(lambda found: found[0] if found[0] == "\t" else "\ufffd", text)


def json_text(value: object) -> str:
    """JSON for people and machines: what would speak to a terminal is escaped, so that nothing
    is lost."""
    return _escaped(json.dumps(value, indent=1, ensure_ascii=False))


def json_line(value: object) -> str:
    """The same on one line."""
    return _escaped(json.dumps(value, ensure_ascii=False))


def _escaped(text: str) -> str:
    # Outside of strings JSON has none of these but the ends of its lines.
    return _SPEAKING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _speaks(char: str) -> bool:
    return char in _DIRECTIONS or unicodedata.category(char) in {"Cc", "Cs"}
