"""Shows a person at a terminal how far a long command is; nobody else."""

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

T = TypeVar("T")

_EVERY = 0.2
"""Seconds between two changes of the line."""


class Progress:
    """One line on stderr that is written over; nothing at all where stderr is no terminal."""

    def __init__(self) -> None:
        self._shows = sys.stderr.isatty()
        self._shown_at = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        """`total` 0 where it is not known beforehand."""
        now = monotonic()
        if self._shows and (not total or now - self._shown_at >= _EVERY):
            self._shown_at = now
            count = f": {done} of {total}" if total else " …"
            sys.stderr.write(f"\r\033[K{what}{count}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Make room for a line of something else."""
        if self._shows:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


def counted(items: Iterable[T], total: int, what: str) -> Iterator[T]:
    """The items as they are, counted on the way: "reparse: 350 of 1200"."""
    progress = Progress()
    for number, item in enumerate(items, start=1):
        progress(what, number, total)
        yield item
    progress.clear()
