"""What verification has to say: a finding is one line about one thing, by the article's URL."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile, zip_longest

_AROUND = 24
"""Characters shown on either side of the first one that differs."""

Progress = Callable[[str, int, int], None]
"""Told of what, how many are done, and of how many."""

Checked = Counter[str]
"""How many of each thing were looked at."""


class Kind(StrEnum):
    """What is wrong; of the last two, nothing is."""

    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"
    DAMAGED = "damaged"
    WITHHELD = "withheld"
    """Taken down here, its text kept out of sight."""
    ERASED = "erased"
    """Taken down here and destroyed, its digests kept."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what is wrong (or has been taken down), with which article."""

    kind: Kind
    what: str
    url: str | None = None

    @property
    def is_fault(self) -> bool:
        """False for what was taken down in order."""
        return self.kind not in (Kind.WITHHELD, Kind.ERASED)

    def __str__(self) -> str:
        return printable(": ".join(part for part in (self.kind, self.url, self.what) if part))


def printable(text: str) -> str:
    """The text on one line and without anything that a terminal would obey: it comes from web
    pages, and from a file that somebody may have tampered with."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def difference(held: object, said: object) -> str:
    """Words for the first place in which two values, or two lists of rows, differ."""
    if isinstance(held, list) and isinstance(said, list):
        more = [one for one in held if one not in said]
        less = [one for one in said if one not in held]
        if not more and less:
            return f"not {_named(less[0])}, which its reading has"
        if more and not less:
            return f"{_named(more[0])}, which its reading has not"
    if isinstance(held, list | tuple) and isinstance(said, list | tuple):
        pairs = zip_longest(held, said)
        return next((difference(one, other) for one, other in pairs if one != other), "")
    start = 0
    if isinstance(held, str) and isinstance(said, str):
        alike = takewhile(lambda pair: pair[0] == pair[1], zip(held, said, strict=False))
        start = max(0, sum(1 for _ in alike) - _AROUND)
    return f"{_named(held, start)} where its reading says {_named(said, start)}"


def _named(value: object, start: int = 0) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, list | tuple):
        value = " ".join(one for one in value if isinstance(one, str))
    text, end = str(value), start + 2 * _AROUND
    return f"“{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}”"
