"""Ends work that takes longer than it may, such as a pattern that tries every way to match."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class TooSlow(Exception):  # noqa: N818 - often a fact about foreign bytes
    """It was not done in the time it had; the message says what, and what that was."""


@contextmanager
def patience(seconds: float, what: str) -> Iterator[None]:
    """Raise TooSlow, which names `what`, once the block has used so much of a processor; also
    in the middle of a match, where re looks for signals. Outside the main thread, which signals
    never reach, it may take as long as it likes."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def give_up(*_: object) -> None:
        raise TooSlow(f"{what} takes more than {seconds:g} s")

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
