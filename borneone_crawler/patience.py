"""Ends work that takes longer than it may, such as a pattern that tries every way to match."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache


class TooSlow(Exception):  # noqa: N818 - often a fact about foreign bytes
    """It was not done in the time it had; the message says what, and what that was."""


_under_way: list[tuple[str, float]] = []
"""What is limited now, and to how many seconds."""


@contextmanager
def patience(seconds: float, what: str) -> Iterator[None]:
    """Raise TooSlow, which names `what`, once the block has used so much of a processor; also
    in the middle of a match, where re looks for signals. 0: no limit, nor is there one outside
    the main thread, which signals never reach, or within another block like this."""
    if _under_way or threading.current_thread() is not threading.main_thread():
        yield
        return
    _listen()
    _under_way.append((what, seconds))
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        _under_way.clear()


@cache
def _listen() -> None:
    """Once in a process: it takes ten times as long as to set the timer."""
    signal.signal(signal.SIGVTALRM, _give_up)


def _give_up(*_: object) -> None:
    for what, seconds in _under_way:  # none: it was done in just that moment
        raise TooSlow(f"{what} takes more than {seconds:g} s")
