"""What verification has to say: a finding is one line about one thing, by the article's URL."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

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
    """Words for the first place in which two values, or lists of them, differ."""
    if isinstance(held, list | tuple) and isinstance(said, list | tuple):
        for one, other in zip_longest(held, said):
            if one != other:
                return difference(one, other)
    if isinstance(held, str) and isinstance(said, str):
        at = next((i for i, (a, b) in enumerate(zip(held, said, strict=False)) if a != b), None)
        start = max(0, (min(len(held), len(said)) if at is None else at) - _AROUND)
        return f"{_cut(held, start)} where its reading says {_cut(said, start)}"
    return f"{_named(held)} where its reading says {_named(said)}"


def _named(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, list | tuple):
        texts = [one for one in value if isinstance(one, str)]
        return _named(max(texts, key=len)) if texts else "a row"
    return _cut(str(value), 0)


def _cut(text: str, start: int) -> str:
    end = start + 2 * _AROUND
    return f"“{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}”"
