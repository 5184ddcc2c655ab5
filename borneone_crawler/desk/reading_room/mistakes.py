"""What is wrong with what was asked, told in the reader's language."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from borneone_crawler.archive.searching import Meaningless, Unknown
from borneone_crawler.desk.moments import after, begin_of
from borneone_crawler.desk.plain import brief
from borneone_crawler.desk.reading_room.finding import meant, question_of
from borneone_crawler.desk.reading_room.questions import kinds
from borneone_crawler.desk.words import Words
from borneone_crawler.statuses import Stop


def mistake(database: Database, asked: Mapping[str, str], words: Words) -> str | None:
    """What is wrong with the fields of a question; None where nothing is."""
    if told := _of_dates(database, asked, words) or _of_kinds(asked, words):
        return told
    try:
        _check_search(database, asked)
    except Unknown as unknown:
        said = words.say(f"no_{unknown.kind}", name=brief(unknown.name))
        near = words.say("nearest", name=brief(unknown.near)) if unknown.near else ""
        return f"{said} {near}".rstrip()
    except Meaningless as meaningless:
        # By its own words; what has none in words.toml stays in the language of the commands.
        why = words.meaning("meaningless", meaningless.why, otherwise=meaningless.why)
        return words.say("unsearchable", why=why)
    except Stop as stop:
        return str(stop)
    return None


def _of_dates(database: Database, asked: Mapping[str, str], words: Words) -> str | None:
    ((zone,),) = database.execute("SELECT time_zone FROM archive").fetchall()
    ends = {}
    for name, end in (("from", begin_of), ("until", after)):
        if text := (asked.get(name) or "").strip():
            try:
                ends[name] = end(text, name, ZoneInfo(zone))
            except Stop:
                return words.say("no_date", text=brief(text))
    if len(ends) == 2 and ends["from"] >= ends["until"]:
        return words.say("no_span", since=brief(asked["from"]), until=brief(asked["until"]))
    return None


def _of_kinds(asked: Mapping[str, str], words: Words) -> str | None:
    kind = asked.get("kind") or ""
    return words.say("no_kind", name=brief(kind)) if kind and kind not in kinds(words) else None


def _check_search(database: Database, asked: Mapping[str, str]) -> None:
    """Raises Stop for what cannot be searched for."""
    if question := question_of(asked):
        meant(database, question)
        question.filters(database)
