"""What Datasette is told beside archive/metadata.yaml, in the reader's language."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, TypeAlias, cast

import yaml
from datasette.plugins import get_plugins

from borneone_crawler.desk.reading_room.charts import dashboards
from borneone_crawler.desk.words import Words
from borneone_crawler.site import BORNEONETV

DASHBOARDS = "datasette-dashboards"
"""The plug-in that draws the charts."""


Tables: TypeAlias = Mapping[str, Mapping[str, Any]]


def catalogue(words: Words, archives: Iterable[str], dictionary: Tables) -> dict[str, Any]:
    """Titles and descriptions of archives and views, and how each table is shown; made anew each
    time, because Datasette writes metadata.yaml into it."""
    return {
        "databases": {
            name: {
                "title": words.say("database", name=name),
                "description": words.say("database_what"),
                "tables": _tables(words, dictionary),
            }
            for name in archives
        },
    }


def charts(words: Words, archives: Iterable[str]) -> dict[str, Any]:
    """The same of the plug-in that draws charts."""
    return {"plugins": {DASHBOARDS: dashboards(words, archives)}}


def are_drawn() -> bool:
    """Whether that plug-in is there."""
    return any(plugin["name"] == DASHBOARDS for plugin in get_plugins())


@cache
def dictionary(folder: Path) -> Tables:
    """What metadata.yaml says of the tables of BorneOneTV's archive, and so of any: Datasette
    itself takes it for that one alone."""
    path = folder / "metadata.yaml"
    if not path.exists():
        return {}
    said = yaml.safe_load(path.read_text("utf-8"))["databases"]
    return cast("Tables", said[Path(BORNEONETV.archive).stem]["tables"])


def _tables(words: Words, dictionary: Tables) -> dict[str, dict[str, Any]]:
    shown, views = _shown(), words.of("views")
    tables = {
        name: {**dictionary.get(name, {}), **shown.get(name, {})} for name in {*dictionary, *shown}
    }
    for name in words.names("views"):
        if not name.endswith("_what"):
            tables.setdefault(name, {}).update(
                title=f"{views.say(name)} ({name})",
                # Datasette prefers HTML to the description for machines in metadata.yaml.
                description_html=f"<p>{escape(views.say(f'{name}_what'))}</p>",
            )
    return tables


@cache
def _shown() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("tables.toml").read_text("utf-8"))
