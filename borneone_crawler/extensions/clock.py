"""The run's clock: real time, or real time shifted by the setting NOW."""

from datetime import UTC, datetime, timedelta
from functools import cache

from scrapy.settings import BaseSettings

from borneone_crawler.archive.clock import Clock
from borneone_crawler.statuses import Status, Stop


def clock_from(settings: BaseSettings) -> Clock:
    """A clock that showed NOW (ISO 8601) when the process asked first, and goes on from there.

    Raises Stop MISCONFIGURED when NOW cannot be read.
    """
    if not (text := settings.get("NOW")):
        return lambda: datetime.now(UTC)
    shift = _shift(text)
    return lambda: datetime.now(UTC) + shift


@cache
def _shift(text: str) -> timedelta:
    """Between the real time and that one: the same for all clocks of a process."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Stop(Status.MISCONFIGURED, f"NOW is not an ISO 8601 time: {text!r}") from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment - datetime.now(UTC)
