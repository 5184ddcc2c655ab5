"""Dates as newsrooms write them, for machines and in Indonesian, brought to one form."""

import re
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january",
            "februari pebruari feb peb february",
            "maret mar mrt march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agu agt ags agust aug august",
            "september sep sept",
            "oktober okt october oct",
            "november nopember nov nop",
            "desember des december dec",
        ),
        start=1,
    )
    for name in names.split()
}

# Western, Central and Eastern Indonesia Time (no summer time).
_ZONES = {"WIB": 7, "WITA": 8, "WIT": 9}

_IN_WORDS = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\s*[\s./-]\s*(?P<month>[A-Za-z]{3,9})\.?\s*[\s,./-]\s*(?P<year>\d{4})(?!\d)"
)
_IN_FIGURES = re.compile(
    r"(?<![\d/.-])(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})(?![\d/-])"
)
_CLOCK = re.compile(
    r"(?<![\d/.-])(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?![\d/])"
    r"(?:\s*(?P<zone>WITA|WIB|WIT)\b)?",
    re.IGNORECASE,
)
_UNITS = {
    "detik": "seconds",
    "menit": "minutes",
    "jam": "hours",
    "hari": "days",
    "minggu": "weeks",
}
_AGO = re.compile(rf"(?P<count>\d{{1,3}}|se)\s*(?P<unit>{'|'.join(_UNITS)})\s+(?:yang\s+)?lalu")

_FIRST_YEAR = 1990
_LAST_YEAR = 2100


def moment(raw: str, time_zone: str, *, seen_at: str | None = None) -> str | None:
    """A date as a page writes it, as ISO 8601 in the newsroom's zone; None if it is not a date.

    "2019-10-14T03:15:00+00:00" and "Senin, 14 Oktober 2019 10:15 WIB" both are
    "2019-10-14T10:15:00+07:00"; a date without a time of day stays one, "2019-10-14". A time
    without a zone is the newsroom's. `seen_at` (ISO 8601) is what "2 jam lalu" counts from.
    """
    raw = " ".join(raw.split())
    zone = ZoneInfo(time_zone)
    try:
        found = _for_machines(raw) or _for_people(raw) or _ago(raw, seen_at)
        if found is None or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
            return None
        if not isinstance(found, datetime):
            return found.isoformat()
        local = found.replace(tzinfo=zone) if found.tzinfo is None else found.astimezone(zone)
        return local.isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        return None


def _for_machines(raw: str) -> datetime | date | None:
    # Python would take any character between date and time, and long numbers for both.
    if not re.match(r"\d{4}-?\d\d-?\d\d(?:[Tt ]|$)", raw):
        return None
    if len(raw) <= len("2019-10-14"):
        return date.fromisoformat(raw)  # not midnight: nobody said so
    return datetime.fromisoformat(raw)


def _for_people(raw: str) -> datetime | date | None:
    match = _IN_WORDS.search(raw)
    month = _MONTHS.get(match["month"].lower()) if match else None
    if match is None or month is None:
        match = _IN_FIGURES.search(raw)
        if match is None:
            return None
        month = int(match["month"])
    day = date(int(match["year"]), month, int(match["day"]))
    clock = _CLOCK.search(raw, match.end()) or _CLOCK.search(raw[: match.start()])
    if clock is None:
        return day
    hours = _ZONES.get((clock["zone"] or "").upper())
    return datetime(
        day.year,
        day.month,
        day.day,
        int(clock["hour"]),
        int(clock["minute"]),
        int(clock["second"] or 0),
        tzinfo=None if hours is None else timezone(timedelta(hours=hours)),
    )


def _ago(raw: str, seen_at: str | None) -> datetime | date | None:
    match = _AGO.search(raw.lower())
    if match is None or seen_at is None:
        return None
    count = 1 if match["count"] == "se" else int(match["count"])
    then = datetime.fromisoformat(seen_at) - timedelta(**{_UNITS[match["unit"]]: count})
    # "3 hari lalu" tells a day, not a time of day.
    return then.date() if match["unit"] in {"hari", "minggu"} else then
