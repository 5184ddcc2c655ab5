"""Shows on a terminal how far a long command has come; nothing anywhere else."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

_EVERY = 0.2
"""Seconds between two signs of life."""


def counted(items: Iterable[T], total: int, what: str) -> Iterator[T]:
    """The items as they are, counted on stderr on the way: "reparse: 350 of 1200"."""
    if not sys.stderr.isatty():
        yield from items
        return
    shown_at = 0.0
    for number, item in enumerate(items, start=1):
        if time.monotonic() - shown_at >= _EVERY:
            shown_at = time.monotonic()
            sys.stderr.write(f"\r\x1b[K{what}: {number} of {total}")
            sys.stderr.flush()
        yield item
    sys.stderr.write("\r\x1b[K")
    sys.stderr.flush()
