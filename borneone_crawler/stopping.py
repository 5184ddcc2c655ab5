"""Lets a long command end in order when a signal says so: what is begun is finished first."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from borneone_crawler.statuses import Status, Stop

_SIGNALS = {signal.SIGINT: Status.INTERRUPTED, signal.SIGTERM: Status.TERMINATED}


class Stopping:
    """Asked between two steps: `if stopping(): leave`."""

    def __init__(self) -> None:
        self.status: Status | None = None

    def __call__(self) -> bool:
        return self.status is not None

    def check(self) -> None:
        """Raise Stop with the signal's status if there was one."""
        if self.status is not None:
            raise Stop(self.status, "stopped by a signal; the same command goes on from here")


@contextmanager
def orderly() -> Iterator[Stopping]:
    """SIGINT and SIGTERM are noted once; a second one ends the process as usual."""
    stopping = Stopping()

    def note(number: int, _: FrameType | None) -> None:
        stopping.status = _SIGNALS[signal.Signals(number)]
        for each in _SIGNALS:
            signal.signal(each, signal.SIG_DFL)

    before = {number: signal.signal(number, note) for number in _SIGNALS}
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
