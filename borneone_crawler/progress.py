"""Shows a person at a terminal how far a long command is; nobody else."""

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import Self, TypeVar

T = TypeVar("T")

_EVERY = 0.2
"""Seconds between two changes of the line."""


class Progress:
    """One line on stderr that is written over, and gone in the end; nothing at all where stderr
    is no terminal."""

    def __init__(self) -> None:
        self._shows = sys.stderr.isatty()
        self._shown_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def __call__(self, what: str, done: int, total: int) -> None:
        """`total` 0 where it is not known beforehand."""
        self._show(f"{what}: {done} of {total}" if total else f"{what} …", at_once=not total)

    def share(self, what: str, share: float | None = None) -> None:
        """`share` is how much of it is done, from 0 to 1, where that is known."""
        self._show(f"{what} …" if share is None else f"{what} {share:.0%}", at_once=share is None)

    def clear(self) -> None:
        """Make room for a line of something else."""
        if self._shows:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()

    def _show(self, text: str, *, at_once: bool) -> None:
        now = monotonic()
        if self._shows and (at_once or now - self._shown_at >= _EVERY):
            self._shown_at = now
            sys.stderr.write(f"\r\033[K{text}")
            sys.stderr.flush()


def counted(items: Iterable[T], total: int, what: str) -> Iterator[T]:
    """The items as they are, counted on the way: "reparse: 350 of 1200"."""
    with Progress() as progress:
        for number, item in enumerate(items, start=1):
            progress(what, number, total)
            yield item
