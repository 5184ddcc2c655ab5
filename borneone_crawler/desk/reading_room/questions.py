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
}
"""What a question may be narrowed to -> where its names stand."""


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


@cache
def _sql() -> dict[str, str]:
    return {path.stem: path.read_text("utf-8").strip() for path in _FOLDER.glob("*.sql")}
