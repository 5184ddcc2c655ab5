"""What happened day by day, in words and in the newsroom's own time, for a terminal."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from borneone_crawler.desk.lately import Day, Edit, Event
from borneone_crawler.desk.plain import brief, plain
from borneone_crawler.desk.times import local

_WORDS = {
    "gone": "gone",
    "back": "there again",
    "moved": "moved",
    "redirected": "leads elsewhere",
    "taken down": "taken down here",
    "put back": "put back here",
    "erased": "erased here",
}

_MOST_WORDS = 40
"""Of the word diff of one text."""

_INDENT = " " * 9


def lines_of(
    days: Sequence[Day], zone: ZoneInfo, looked: str | None, *, colour: bool = False
) -> Iterator[str]:
    """The days line by line; each edit with its kinds and the words that differ, in short.
    `looked`: when a crawl came to a good end last, UTC."""
    if not days:
        good = (
            f"the last good crawl ended {local(looked, zone)}" if looked else "no good crawl yet"
        )
        yield f"nothing was seen; {good}"
    for number, day in enumerate(days):
        if number:
            yield ""
        yield f"{day.day:%Y-%m-%d}"
        if day.new:
            yield f"  {day.new} new article{'s' * (day.new != 1)}"
        happened: list[Edit | Event] = [*day.edits, *day.events]
        for one in sorted(happened, key=lambda one: one.at):
            if isinstance(one, Edit):
                yield from _edit(one, zone, colour=colour)
            else:
                yield from _event(one, zone)


def _edit(edit: Edit, zone: ZoneInfo, *, colour: bool) -> Iterator[str]:
    yield f"  {_clock(edit.at, zone)}  edited ({edit.kinds}): {_name(edit.headline)}"
    yield _INDENT + plain(edit.url)
    if edit.origin:
        yield f"{_INDENT}known from {brief(edit.origin)}"
    if not edit.read_alike:
        yield f"{_INDENT}read by two versions of our reader: part of it may be ours"
    for change in edit.changes:
        lines = list(change.lines(colour=colour, most=_MOST_WORDS))
        yield f"{_INDENT}{change.field}: {lines[0] if len(lines) == 1 else ''}".rstrip()
        yield from (f"{_INDENT}  {line}" for line in lines if len(lines) > 1)


def _event(event: Event, zone: ZoneInfo) -> Iterator[str]:
    withheld = event.kind in ("taken down", "erased")
    name = "(withheld)" if withheld and event.headline is None else _name(event.headline)
    yield f"  {_clock(event.at, zone)}  {_WORDS[event.kind]}: {name}"
    if event.kind == "moved":
        yield f"{_INDENT}{plain(event.detail or '')} → {plain(event.url)}"
    elif event.kind == "redirected":
        yield f"{_INDENT}{plain(event.url)} → {plain(event.detail or '')}"
    else:
        yield _INDENT + plain(event.url)


def _name(headline: str | None) -> str:
    return brief(headline or "(no headline)", 100)


def _clock(at: str, zone: ZoneInfo) -> str:
    return f"{datetime.fromisoformat(at).astimezone(zone):%H:%M}"
