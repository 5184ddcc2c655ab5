"""What is searched for, in words: as an expression of FTS5, and for people."""

from pathlib import Path

from sqlite_utils import Database

from borneone_crawler.archive.database import open_readonly
from borneone_crawler.archive.searching import Sought, sought
from borneone_crawler.desk.reading_room.owner import OWNER
from borneone_crawler.statuses import Stop

_NOTHING = '""'
"""An expression that finds no article."""


class SearchWords:
    """The SQL function `search_words` of one archive: what was typed, widened as by
    `scrapy search`, for MATCH on articles_fts."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database: Database | None = None

    def __call__(self, typed: str) -> str:
        # The words of the index are looked through over a connection of its own: the statement
        # that calls this is under way on the other.
        if self._database is None:
            self._database = open_readonly(self._path)
        found = meant(self._database, typed)
        return found.expression if found else _NOTHING


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
    found = meant(database, typed)
    widened = found.widened.values() if found else ()
    return list(dict.fromkeys(form for forms in widened for form in forms))
