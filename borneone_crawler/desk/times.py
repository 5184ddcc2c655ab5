"""Times and lengths of time as a person would say them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def local(at: str, zone: ZoneInfo) -> str:
    """A time of the archive in the newsroom's own: "2019-10-14 10:15:00 WIB"."""
    return f"{datetime.fromisoformat(at).astimezone(zone):%Y-%m-%d %H:%M:%S %Z}"


def span(seconds: float) -> str:
    """A length of time as one would say it: "40 s", "12 min", "3 h 05 min", "4 days"."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02} min" if hours < 48 else f"{hours / 24:.0f} days"


def day_of(at: str | None, zone: ZoneInfo) -> date | None:
    """The day of a time of the archive, or of a date of the newsroom, in the newsroom's own
    calendar; None for what is no date."""
    try:
        return at_home(at or "", zone).date()
    except (ValueError, OverflowError):
        return None


def at_home(at: str, zone: ZoneInfo) -> datetime:
    """A time in the newsroom's zone; a day is its first moment. Raises ValueError or OverflowError
    for what is none."""
    moment = datetime.fromisoformat(at)
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
