"""An article's story in words, in the newsroom's own time, for a terminal."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from borneone_crawler.archive.articles.stored import CONTENT
from borneone_crawler.desk.history import Happening, Story
from borneone_crawler.desk.plain import brief, plain
from borneone_crawler.desk.times import local

_WORDS = {
    "first seen": "first seen",
    "edited": "edited by the newsroom",
    "same again": "seen again, the same",
    "page found": "read from its page, where only a text dump had told of it; no edit",
    "read again": "read again by another version of our reader; no edit",
    "moved": "moved",
    "redirected": "its address leads elsewhere",
    "gone": "gone: absent at every check over several days; the text stays here",
    "back": "there again",
    "taken down": "taken down here",
    "put back": "put back here",
    "erased": "erased here",
    "taken in": "taken in from another archive",
}


def lines_of(story: Story, time_zone: str, *, colour: bool = False) -> Iterator[str]:
    """The whole story, line by line."""
    zone = ZoneInfo(time_zone)
    now = story.now
    away = None
    if now["taken_down_at"]:
        away = "erased here" if now["erased_at"] else "withheld here"
    yield f"({away})" if away else plain(now["headline"] or "(no headline)")
    yield plain(now["url"])
    states = sum(event.kind in {"first seen", "edited"} for event in story.events)
    published = away or f"published {plain(now['date_published'] or 'without a date')}"
    yield f"article {now['id']}, {published}, {states} state{'s' * (states != 1)} known"
    for event in story.events:
        yield ""
        yield from _event_lines(event, zone, colour=colour)
    yield ""
    yield from _now_lines(now, zone)


def _event_lines(event: Happening, zone: ZoneInfo, *, colour: bool) -> Iterator[str]:
    line = f"{local(event.at, zone)}  {_WORDS[event.kind]}"
    if event.revision is not None:
        line += f" [revision {event.revision}]"
    if event.detail:
        line += f": {brief(event.detail, 240)}"
    yield line
    if event.note:
        yield f"    {brief(event.note, 240)}"
    told = [one for one in event.changes if event.kind != "read again" or one.field in CONTENT]
    for change in told:
        lines = list(change.lines(colour=colour))
        if len(lines) == 1:
            yield f"    {change.field}: {lines[0]}"
            continue
        yield f"    {change.field}:"
        yield from (f"      {each}" for each in lines)
    if others := [one.field for one in event.changes if one not in told]:
        yield f"    {'also ' if told else ''}read otherwise: {', '.join(others)}"


def _now_lines(now: dict[str, Any], zone: ZoneInfo) -> Iterator[str]:
    """How it stands today."""
    if now["taken_down_at"]:
        yield f"taken down here: {brief(now['taken_down_because'], 240)}"
    if now["gone_at"]:
        yield f"gone since {local(now['gone_at'], zone)}"
    elif now["absences"]:
        checks = f"{now['absences']} check{'s' * (now['absences'] != 1)}"
        since = local(now["absent_since"], zone)
        yield f"not there at {checks} since {since}: a suspicion, not a fact yet"
        if now["next_check_at"]:
            yield f"to be checked again from {local(now['next_check_at'], zone)} on"
    if now["redirected_to"]:
        yield f"its address leads to {brief(now['redirected_to'], 240)}"
    yield f"last seen as it stands {local(now['last_seen_at'], zone)}"
