"""Days as a reader means them, for the SQL of one archive: those of the newsroom's own zone."""

from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from borneone_crawler.archive.sqlite.database import open_readonly
from borneone_crawler.desk.moments import after, begin_of
from borneone_crawler.desk.times import at_home


class Days:
    """Functions for SQL; what is no date is an error of the statement."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def register(self, connection: Any) -> None:
        """Make them known to a connection (sqlite3.Connection) under their names."""
        for function in (self.begin_of, self.after, self.newsroom_time):
            connection.create_function(function.__name__, 1, function, deterministic=True)

    def begin_of(self, text: str) -> str:
        """The first moment of a year, month, day or minute as date_published is written; of none
        it is before all."""
        return begin_of(text.strip(), "from", self._zone) if text.strip() else ""

    def after(self, text: str) -> str:
        """The first moment that is not meant any more; of none it is after all."""
        return after(text.strip(), "until", self._zone) if text.strip() else "~"

    def newsroom_time(self, at: str) -> str:
        """A time of the archive, in UTC, as the newsroom's clock shows it."""
        return at_home(at, self._zone).replace(tzinfo=None).isoformat(timespec="seconds")

    @cached_property
    def _zone(self) -> ZoneInfo:
        with closing(open_readonly(self._path)) as database:
            (archive,) = database.query("SELECT time_zone FROM archive")
        return ZoneInfo(archive["time_zone"])
