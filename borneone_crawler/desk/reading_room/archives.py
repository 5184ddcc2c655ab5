"""Which of the databases that Datasette serves are archives, and what each says of itself."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from datasette.app import Datasette
from datasette.database import Database as Served
from datasette.utils.asgi import NotFound
from sqlite_utils import Database

from borneone_crawler.archive.sqlite.database import (
    SCHEMA_VERSION,
    explained,
    lacks_views,
    open_readonly,
)
from borneone_crawler.desk.reading_room.owner import OWNER
from borneone_crawler.statuses import Stop

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An archive as the front page tells of it."""

    name: str
    """Of the database in Datasette: its file's without the ending."""
    articles_path: str
    """Where its articles have their pages, each by its number."""
    outlet: str
    articles: int
    first: str | None
    """Day of its oldest article; None while there is none with a date."""
    last: str | None
    newest: list[dict[str, str | None]]
    """The latest articles: id, day, headline, sections."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A file that cannot be shown, and why."""

    name: str
    why: str


_COUNTED = "SELECT count(*) AS articles, min(day) AS first, max(day) AS last FROM stories"
_NEWEST = """
SELECT id, day, headline, sections FROM stories
WHERE date_published IS NOT NULL ORDER BY date_published DESC, id DESC LIMIT 8
"""


def files(datasette: Datasette) -> dict[str, Path]:
    """The served databases that are files, by name."""
    return {name: Path(db.path) for name, db in datasette.databases.items() if db.path}


async def ask(served: Served, question: Callable[[Database], T]) -> T:
    """The answer to what is asked of one archive, over a connection that only reads, as our
    commands have it. Raises NotFound for what is no archive of this version's."""

    def asked() -> T:
        with _opened(Path(served.path)) as database:
            return question(database)

    return await asyncio.get_running_loop().run_in_executor(served.ds.executor, asked)


async def zone_of(served: Served) -> ZoneInfo:
    """The newsroom's time zone."""
    (row,) = await ask(served, lambda db: list(db.query("SELECT time_zone FROM archive")))
    return ZoneInfo(row["time_zone"])


def articles_path(datasette: Datasette, name: str) -> str:
    """Where the articles of an archive have their pages, each by its number."""
    path: str = datasette.urls.path(f"/-/article/{datasette.get_database(name).route}")
    return path


async def held(datasette: Datasette) -> list[Held | Unread]:
    """Every archive that is served."""
    found: list[Held | Unread] = []
    for name in files(datasette):
        try:
            about = partial(_held, name=name, articles_path=articles_path(datasette, name))
            found.append(await ask(datasette.get_database(name), about))
        except NotFound as reason:
            found.append(Unread(name=name, why=str(reason)))
    return found


def _held(database: Database, *, name: str, articles_path: str) -> Held:
    (archive,) = database.query("SELECT newsroom FROM archive")
    (counted,) = database.query(_COUNTED)
    return Held(
        name=name,
        articles_path=articles_path,
        outlet=OWNER.outlet_names(archive["newsroom"])[0],
        newest=list(database.query(_NEWEST)),
        **counted,
    )


@contextmanager
def _opened(path: Path) -> Iterator[Database]:
    try:
        with closing(open_readonly(path)) as database, explained(path):
            version = database.execute("PRAGMA user_version").fetchone()[0]
            if version < SCHEMA_VERSION or lacks_views(database):
                raise NotFound(
                    f"{path.name} was written by an older version of this program: "
                    "the next crawl brings it up to date"
                )
            yield database
    except Stop as stop:
        raise NotFound(str(stop)) from stop
