"""Which moment somebody means by a date: the last one of the month, day, minute or second."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from borneone_crawler.archive.clock import stamp
from borneone_crawler.statuses import Status, Stop

_DATE = re.compile(
    r"""(?P<month> \d{4} - \d\d)
        (?: (?P<day> -\d\d)
            (?: [T\ ] (?P<minute> \d\d : \d\d) (?P<second> :\d\d)?
                (?P<offset> Z | [+-] \d\d : \d\d)? )? )?""",
    re.ASCII | re.VERBOSE,
)

_FINEST = timedelta(milliseconds=1)
"""Times of the archive are no finer."""


def end_of(text: str, now: datetime, zone: ZoneInfo) -> str:
    """The last moment of "2019-10", "2019-10-14", "2019-10-14T10:15" or "2019-10-14 10:15:02", in
    the newsroom's zone unless an offset is given, as the archive writes times. Of what is not over
    yet it is now. Raises Stop USAGE for what is no date, or still to come."""
    try:
        found = _DATE.fullmatch(text)
        if found is None:
            raise ValueError(text)
        begin = _begin(found, zone)
        if begin > now:
            raise Stop(Status.USAGE, f"--as-of {text}: that is still to come")
        return stamp(min(_after(begin, found) - _FINEST, now))
    except (ValueError, OverflowError) as error:
        raise Stop(
            Status.USAGE,
            f"--as-of {text!r} is no date: write a month, a day or a time (2019-10, 2019-10-14, "
            "2019-10-14T10:15), with an offset (Z, +07:00) if it is not the newsroom's time",
        ) from error


def _begin(found: re.Match[str], zone: ZoneInfo) -> datetime:
    day = found["month"] + (found["day"] or "-01")
    clock = (found["minute"] or "00:00") + (found["second"] or "") + (found["offset"] or "")
    moment = datetime.fromisoformat(f"{day}T{clock}")
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _after(begin: datetime, found: re.Match[str]) -> datetime:
    """The first moment that it does not mean any more."""
    if found["second"]:
        return begin + timedelta(seconds=1)
    if found["minute"]:
        return begin + timedelta(minutes=1)
    if found["day"]:
        return begin + timedelta(days=1)
    return (begin + timedelta(days=31)).replace(day=1)
