"""What Datasette calls: each hook only joins the other modules of this room.

https://docs.datasette.io/en/stable/plugin_hooks.html
"""

from collections.abc import Callable
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from datasette import hookimpl
from datasette.app import Datasette
from jinja2 import Environment

from borneone_crawler.archive.questions.closed import CLOSED_TABLES
from borneone_crawler.archive.questions.closing import close_to_readers
from borneone_crawler.desk.browser import is_web
from borneone_crawler.desk.plain import brief, plain
from borneone_crawler.desk.reading_room import catalogue
from borneone_crawler.desk.reading_room.archives import articles_path, ask, files, held, zone_of
from borneone_crawler.desk.reading_room.cells import (
    QUESTIONS,
    RENDERED,
    excerpt,
    further,
    headline,
    row_of,
    told,
)
from borneone_crawler.desk.reading_room.days import Days
from borneone_crawler.desk.reading_room.finding import Outcome, Search, outcome
from borneone_crawler.desk.reading_room.guard import App, guarded
from borneone_crawler.desk.reading_room.language import words
from borneone_crawler.desk.reading_room.mistakes import mistake
from borneone_crawler.desk.reading_room.questions import NEEDED, choices, options, questions
from borneone_crawler.desk.reading_room.routes import ROUTES


@hookimpl
def prepare_connection(conn: Any, database: str, datasette: Datasette) -> None:
    if path := files(datasette).get(database):
        Search(path).register(conn)
        Days(path).register(conn)
    close_to_readers(conn)


@hookimpl
def permission_allowed(action: str, resource: Any) -> bool | None:
    if action == "view-table" and resource[1].lower() in CLOSED_TABLES:
        return False
    return None


@hookimpl
def asgi_wrapper() -> Callable[[App], App]:
    return guarded


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    return ROUTES


@hookimpl
def get_metadata(datasette: Datasette, key: str | None) -> dict[str, Any]:
    if key == "plugins":
        return catalogue.charts(words(), files(datasette))
    described = catalogue.dictionary(datasette.config_dir) if datasette.config_dir else {}
    return catalogue.catalogue(words(), files(datasette), described)


@hookimpl
def canned_queries(datasette: Datasette, database: str) -> dict[str, dict[str, Any]]:
    return questions(words()) if database in files(datasette) else {}


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    env.filters |= {"plain": plain, "brief": brief, "excerpt": excerpt}
    env.tests["web"] = is_web


@hookimpl
def extra_template_vars(datasette: Datasette, view_name: str | None) -> Callable[[], Any]:
    async def zone(database: str) -> ZoneInfo:
        return await zone_of(datasette.get_database(database))

    async def came_out(database: str, asked: dict[str, str]) -> Outcome | None:
        return await ask(datasette.get_database(database), partial(outcome, asked=asked))

    async def wrong(database: str, asked: dict[str, str]) -> str | None:
        said = partial(mistake, asked=asked, words=words())
        return await ask(datasette.get_database(database), said)

    async def named(database: str, parameters: list[str]) -> dict[str, list[str]]:
        return await ask(datasette.get_database(database), partial(choices, parameters=parameters))

    async def values() -> dict[str, Any]:
        said: dict[str, Any] = {"words": words(), "row_of": row_of, "told": told}
        said |= {"outcome_of": came_out, "mistake_of": wrong, "zone_of": zone}
        said |= {"choices_of": named, "options_of": options, "NEEDED": NEEDED}
        if view_name == "index":
            said |= {
                "archives": await held(datasette),
                "questions": questions(words()),
                "charts": catalogue.are_drawn(),
            }
        return said

    return values


@hookimpl
def render_cell(
    row: Any, value: Any, column: str, table: str | None, database: str, datasette: Datasette
) -> str | None:
    if column not in RENDERED or not isinstance(value, str):
        return None
    if column == "excerpt":
        return excerpt(value)
    if column in QUESTIONS:
        return None if table else further(value, column, datasette.urls.database(database))
    return headline(row, column, table, articles_path(datasette, database))
