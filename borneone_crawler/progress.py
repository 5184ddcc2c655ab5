"""Shows a person at a terminal how far a long command is; nobody else."""

import os
import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import Self, TypeVar

T = TypeVar("T")

_EVERY = 0.2
"""Seconds between two changes of the line."""


def is_watched() -> bool:
    """Whether stderr is a terminal, and one that can take a line back."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def columns() -> int:
    """Characters that fit on a line of the terminal."""
    return os.get_terminal_size(sys.stderr.fileno()).columns or 80


class Progress:
    """One line on stderr that is written over, and gone in the end; nothing at all where nobody
    watches (`is_watched`)."""

    def __init__(self) -> None:
        self._shows = is_watched()
        self._shown_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def __call__(self, what: str, done: int, total: int) -> None:
        """`total` 0 where it is not known beforehand."""
        self.tell(f"{what}: {done} of {total}" if total else f"{what} …", at_once=not total)

    def share(self, what: str, share: float | None = None) -> None:
        """`share` is how much of it is done, from 0 to 1, where that is known."""
        self.tell(f"{what} …" if share is None else f"{what} {share:.0%}", at_once=share is None)

    def clear(self) -> None:
        """Make room for a line of something else."""
        if self._shows:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()

    def tell(self, text: str, *, at_once: bool = False) -> None:
        """Show this in place of what is there, as much of it as fits; not sooner than 0.2 seconds
        after the last, unless `at_once`."""
        now = monotonic()
        if self._shows and (at_once or now - self._shown_at >= _EVERY):
            self._shown_at = now
            # A line that wraps could not be taken back.
            sys.stderr.write(f"\r\033[K{text[: columns() - 1]}")
            sys.stderr.flush()


def counted(items: Iterable[T], total: int, what: str) -> Iterator[T]:
    """The items as they are, counted on the way: "reparse: 350 of 1200"; "export: 350" with
    `total` 0."""
    with Progress() as progress:
        for number, item in enumerate(items, start=1):
            progress.tell(f"{what}: {number} of {total}" if total else f"{what}: {number}")
            yield item
