"""Which moment somebody means by a date: the first or last of its year, month, day or minute."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from borneone_crawler.archive.clock import stamp
from borneone_crawler.statuses import Status, Stop

_DATE = re.compile(
    r"""(?P<year> \d{4})
        (?: (?P<month> -\d\d)
            (?: (?P<day> -\d\d)
                (?: [T\ ] (?P<minute> \d\d : \d\d) (?P<second> :\d\d)?
                    (?P<offset> Z | [+-] \d\d : \d\d)? )? )? )?""",
    re.ASCII | re.VERBOSE,
)

_FINEST = timedelta(milliseconds=1)
"""Times of the archive are no finer."""


def end_of(text: str, now: datetime, zone: ZoneInfo) -> str:
    """The last moment of "2019", "2019-10", "2019-10-14", "2019-10-14T10:15" or "2019-10-14
    10:15:02", in the newsroom's zone unless an offset is given, as the archive writes times. Of
    what is not over yet it is now. Raises Stop USAGE for what is no date, or still to come."""
    begin, after = _span(text, zone, "--as-of")
    if begin > now:
        raise Stop(Status.USAGE, f"--as-of {text}: that is still to come")
    return stamp(min(after - _FINEST, now))


def begin_of(text: str, option: str, zone: ZoneInfo) -> str:
    """The first moment of such a date, as the newsroom dates its articles: the day alone at
    midnight, so that what has nothing but a day is not before it. Raises Stop USAGE, with the name
    of the option it was given to, for what is no date."""
    return _dated(_span(text, zone, option)[0], zone)


def after(text: str, option: str, zone: ZoneInfo) -> str:
    """The first moment that is not meant any more, likewise."""
    return _dated(_span(text, zone, option)[1], zone)


def _dated(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone).replace(tzinfo=None)
    return local.isoformat(timespec="seconds").removesuffix("T00:00:00")


def _span(text: str, zone: ZoneInfo, option: str) -> tuple[datetime, datetime]:
    """The first moment of what is meant, and the first that is not meant any more."""
    try:
        found = _DATE.fullmatch(text)
        if found is None:
            raise ValueError(text)
        begin = _begin(found, zone)
        stamp(begin)
        return begin, _after(begin, found)
    except (ValueError, OverflowError) as error:
        raise Stop(
            Status.USAGE,
            f"{option} {text!r} is no date: write a year, a month, a day or a time (2019, "
            "2019-10, 2019-10-14, 2019-10-14T10:15), with an offset (Z, +07:00) if it is "
            "not the newsroom's time",
        ) from error


def _begin(found: re.Match[str], zone: ZoneInfo) -> datetime:
    day = found["year"] + (found["month"] or "-01") + (found["day"] or "-01")
    clock = (found["minute"] or "00:00") + (found["second"] or "") + (found["offset"] or "")
    moment = datetime.fromisoformat(f"{day}T{clock}")
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _after(begin: datetime, found: re.Match[str]) -> datetime:
    """The first moment that it does not mean any more, or the last there is."""
    try:
        if found["second"]:
            return begin + timedelta(seconds=1)
        if found["minute"]:
            return begin + timedelta(minutes=1)
        if found["day"]:
            return begin + timedelta(days=1)
        if found["month"]:
            return (begin + timedelta(days=31)).replace(day=1)
        return begin.replace(year=begin.year + 1)
    except (OverflowError, ValueError):
        return datetime.max.replace(tzinfo=begin.tzinfo)
