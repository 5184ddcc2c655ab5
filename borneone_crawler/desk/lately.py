"""What happened since a day: new articles, edits, what went, came back or moved, day by day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from borneone_crawler.archive.articles.stored import CONTENT, article_from
from borneone_crawler.archive.clock import stamp
from borneone_crawler.archive.dumps.sameness import comparable
from borneone_crawler.desk.changes import Change, article_changes
from borneone_crawler.desk.history import NAMES
from borneone_crawler.statuses import Status, Stop

_NEW = "SELECT first_seen_at AS at FROM articles WHERE first_seen_at >= ?"

_EDITS = """
SELECT
    e.*, before.article AS article_before, after.article AS article,
    before.dump_id IS NOT NULL AS was_dump, after.dump_id IS NOT NULL AS is_dump
FROM edits AS e
JOIN readings AS before ON before.id = e.reading_before
JOIN readings AS after ON after.id = e.reading_id
WHERE e.seen_at >= ? ORDER BY e.seen_at, e.article_id
"""

# Archives that were merged may each have seen the same: it is told once a day.
_LEDGER = """
SELECT l.kind, l.at, l.url, l.detail, a.headline
FROM ledger AS l
LEFT JOIN urls AS u ON u.url = l.url
LEFT JOIN articles AS a ON a.id = u.article_id
WHERE l.at >= ? ORDER BY l.at, l.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One edit by the newsroom. `at`: when it was seen, UTC."""

    at: str
    url: str
    headline: str | None
    kinds: str
    """As in the view `edits`: "headline, typo"."""
    origin: str | None
    """Whose file or archive it is known from, if it was imported."""
    read_alike: bool
    """False: part of what differs may come from our own reader."""
    changes: list[Change]

    def as_json(self) -> dict[str, Any]:
        return {
            "at": self.at,
            "url": self.url,
            "headline": self.headline,
            "kinds": self.kinds.split(", "),
            "origin": self.origin,
            "read_alike": self.read_alike,
            "changes": [{"field": one.field} | one.as_json() for one in self.changes],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What the ledger says of an article: gone, back, moved, redirected, taken down, put back or
    erased. `at`: when it was written down, UTC; `detail`: the address before or the target."""

    at: str
    kind: str
    url: str
    headline: str | None
    detail: str | None

    def as_json(self) -> dict[str, Any]:
        return {
            "at": self.at,
            "kind": self.kind,
            "url": self.url,
            "headline": self.headline,
            "detail": self.detail,
        }


@dataclass(slots=True, kw_only=True)
class Day:
    """One day of the newsroom's own time on which something happened."""

    day: date
    new: int = 0
    """Articles that were seen for the first time."""
    edits: list[Edit] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "day": self.day.isoformat(),
            "new": self.new,
            "edits": [edit.as_json() for edit in self.edits],
            "events": [event.as_json() for event in self.events],
        }


def since_when(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """When the day begins, in the newsroom's time, that "7d" (so many days ago) or "2026-11-01"
    means. Raises Stop USAGE when it is neither, or a day that is still to come."""
    today = now.astimezone(zone).date()
    try:
        back = re.fullmatch(r"([0-9]{1,5})d", text)
        day = today - timedelta(days=int(back[1])) if back else date.fromisoformat(text)
        since = datetime(day.year, day.month, day.day, tzinfo=zone)
        stamp(since)
    except (ValueError, OverflowError) as error:
        said = f"--since wants a number of days, such as 7d, or a day, such as {today}"
        raise Stop(Status.USAGE, f"{said}: {text!r} is neither") from error
    if day > today:
        raise Stop(Status.USAGE, f"--since {text}: that day is still to come")
    return since


def days_since(database: Database, since: datetime, zone: ZoneInfo) -> list[Day]:
    """The days from then on, in order, those left out on which nothing happened. A state counts
    on the day it was seen, whenever it was imported."""
    days: dict[date, Day] = {}

    def on(at: str) -> Day:
        day = datetime.fromisoformat(at).astimezone(zone).date()
        return days.setdefault(day, Day(day=day))

    from_then_on = [stamp(since)]
    database.execute("BEGIN")  # one moment, whatever a crawl writes meanwhile
    try:
        for row in database.query(_NEW, from_then_on):
            on(row["at"]).new += 1
        for edit in _edits(database, from_then_on):
            on(edit.at).edits.append(edit)
        for event in _events(database, from_then_on):
            told = on(event.at).events
            if all(_what(event) != _what(other) for other in told):
                told.append(event)
    finally:
        database.execute("ROLLBACK")
    return [days[day] for day in sorted(days)]


def _edits(database: Database, since: list[str]) -> Iterator[Edit]:
    for row in database.query(_EDITS, since):
        states = comparable(
            article_from(row["article_before"]),
            article_from(row["article"]),
            of_dump=(bool(row["was_dump"]), bool(row["is_dump"])),
        )
        changes = article_changes(*states, CONTENT)
        if any(one.field == "article_body" for one in changes):
            # A description is mostly the text's beginning: its words are told already.
            changes = [one for one in changes if one.field != "description"]
        yield Edit(
            at=row["seen_at"],
            url=row["url"],
            headline=row["headline"],
            kinds=row["kinds"],
            origin=row["origin"],
            read_alike=bool(row["read_alike"]),
            changes=changes,
        )


def _events(database: Database, since: list[str]) -> Iterator[Event]:
    for row in database.query(_LEDGER, since):
        if row["kind"] in NAMES:
            yield Event(**(row | {"kind": NAMES[row["kind"]]}))


def _what(event: Event) -> tuple[str, str, str | None]:
    return event.kind, event.url, event.detail
