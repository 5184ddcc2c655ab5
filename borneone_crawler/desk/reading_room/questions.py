"""The questions that are asked most, as canned queries: one .sql file each."""

from functools import cache
from pathlib import Path
from typing import Any

from borneone_crawler.desk.words import Words

_FOLDER = Path(__file__).with_name("queries")


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


@cache
def _sql() -> dict[str, str]:
    return {path.stem: path.read_text("utf-8").strip() for path in _FOLDER.glob("*.sql")}
