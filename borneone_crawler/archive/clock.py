"""Times as the archive writes them: UTC, to the millisecond, so that text sorts as time does."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
"""Tells the time, with zone. One is handed in, so that tests and replays can set it."""


def stamp(moment: datetime) -> str:
    """`2019-10-14T03:15:00.000+00:00`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def just_before(stamped: str) -> str:
    """The last moment before one that the archive has written."""
    return stamp(datetime.fromisoformat(stamped) - timedelta(milliseconds=1))
