"""One line on the terminal that says how far a long command is; none where nobody watches."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

_EVERY = 0.1
"""Seconds between two changes of the line."""


class Progress:
    """Shows what is being done, on stderr: `progress("copying", 0.4)`."""

    def __init__(self) -> None:
        self._shown_at = 0.0

    def __call__(self, doing: str, share: float | None = None) -> None:
        """`share` is how much of it is done, from 0 to 1, where that is known."""
        if sys.stderr.isatty() and time.monotonic() - self._shown_at >= _EVERY:
            self._shown_at = time.monotonic()
            percent = "" if share is None else f" {share:.0%}"
            _write(f"\r\x1b[K{doing}{percent} …")

    def clear(self) -> None:
        """Take the line away."""
        if self._shown_at:
            _write("\r\x1b[K")


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


@contextmanager
def progress() -> Iterator[Progress]:
    """A line that is gone in the end, however that comes."""
    line = Progress()
    try:
        yield line
    finally:
        line.clear()
