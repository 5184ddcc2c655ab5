"""What is searched for, as `scrapy search` would: for SQL, and for people."""

import json
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from borneone_crawler.archive.database import open_readonly
from borneone_crawler.archive.searching import Sought, found, sought
from borneone_crawler.desk.reading_room.owner import OWNER
from borneone_crawler.statuses import Stop

_NOTHING = '""'
"""An expression that finds no article."""


class Search:
    """Functions for the SQL of one archive. They look at it over a connection of their own: the
    statement that calls them is under way on the other."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened: Database | None = None

    def register(self, connection: Any) -> None:
        """Make them known to a connection (sqlite3.Connection) under their names."""
        for function in (self.search_words, self.search_ids):
            connection.create_function(function.__name__, 1, function, deterministic=True)

    def search_words(self, typed: str) -> str:
        """What was typed, widened, for MATCH on articles_fts."""
        wanted = meant(self._database, typed)
        return wanted.expression if wanted else _NOTHING

    def search_ids(self, typed: str) -> str:
        """JSON array of the articles that are found, the best first."""
        wanted = meant(self._database, typed)
        return json.dumps(list(found(self._database, wanted)) if wanted else [])

    @property
    def _database(self) -> Database:
        if self._opened is None:
            self._opened = open_readonly(self._path)
        return self._opened


def meant(database: Database, typed: str) -> Sought | None:
    """What a query means in an archive; None for one that means nothing. A file of one's own words
    that is wrong is done without: `scrapy doctor` tells of it."""
    for own in dict.fromkeys((OWNER.own_words, None)):
        try:
            return sought(database, str(typed or ""), own=own)
        except Stop:
            continue
    return None


def also_sought(database: Database, typed: str) -> list[str]:
    """What is taken for the words that were typed."""
    wanted = meant(database, typed)
    widened = wanted.widened.values() if wanted else ()
    return list(dict.fromkeys(form for forms in widened for form in forms))
