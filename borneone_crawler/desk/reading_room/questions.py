"""The questions that are asked most, as canned queries: one .sql file each."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from borneone_crawler.desk.words import Words

_FOLDER = Path(__file__).with_name("queries")


_CHOICES = {
    "section": "SELECT DISTINCT name FROM sections ORDER BY name",
    "tag": "SELECT name FROM keywords ORDER BY name LIMIT 2000",
    "name": "SELECT name FROM people ORDER BY name LIMIT 2000",
    "author": """
        SELECT DISTINCT p.name FROM people AS p JOIN article_people AS x ON x.person_id = p.id
        WHERE x.role <> 'editor' ORDER BY p.name LIMIT 2000""",
}
"""What a question may be narrowed to -> where its names stand."""

NEEDED = ("q", "tag")
"""Without these a question asks nothing; without others it asks for everything."""


def questions(words: Words) -> dict[str, dict[str, Any]]:
    """Canned queries as Datasette has them, in the order of words.toml."""
    titles = words.of("questions")
    return {
        name: {
            "sql": _sql()[name],
            "title": titles.say(name),
            "description": titles.say(f"{name}_what"),
        }
        for name in words.names("questions")
        if not name.endswith("_what")
    }


def choices(database: Database, parameters: Iterable[str]) -> dict[str, list[str]]:
    """The names that an archive knows for each parameter of a question that takes names."""
    return {
        name: [row[0] for row in database.execute(_CHOICES[name])]
        for name in parameters
        if name in _CHOICES
    }


def options(parameter: str, words: Words) -> dict[str, str]:
    """The values of a parameter that has but a few -> what they are called; empty for others."""
    if parameter == "kind":
        return {"": words.say("every_kind")} | kinds(words)
    return {
        "exact": {"": words.say("in_all_forms"), "1": words.say("as_they_stand")},
        "sort": {"": words.say("by_relevance"), "date": words.say("by_date")},
    }.get(parameter, {})


def kinds(words: Words) -> dict[str, str]:
    """The kinds of edits -> what the report calls them."""
    keys = [key for key in words.names("report") if key.startswith("kind_")]
    return {key.removeprefix("kind_"): words.of("report").say(key) for key in keys}


@cache
def _sql() -> dict[str, str]:
    return {path.stem: path.read_text("utf-8").strip() for path in _FOLDER.glob("*.sql")}
