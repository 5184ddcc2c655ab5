"""What somebody wants to be read again, from the words of a command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from borneone_crawler.archive.clock import stamp
from borneone_crawler.archive.reparsing.selection import Selection, select
from borneone_crawler.desk.lookup import find_article, seek_article, seek_page
from borneone_crawler.statuses import Status, Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One URL, everything since a day, or everything."""

    url: str | None = None
    since: str | None = None

    @classmethod
    def of(cls, args: Sequence[str], since: str | None, everything: bool) -> "Wanted":
        """Raises Stop USAGE unless it is exactly one of them."""
        if len(args) + (since is not None) + everything != 1:
            raise Stop(Status.USAGE, "what is to be read again? URL, --since DATE or --all")
        if since is not None:
            _moment(since, "UTC")
        return cls(url=args[0] if args else None, since=since)

    @property
    def arguments(self) -> dict[str, str]:
        """The same for the row of the run."""
        if self.url is not None:
            return {"url": self.url}
        return {"since": self.since} if self.since is not None else {"all": "1"}

    def check(self, database: Database) -> None:
        """Raises Stop USAGE for a URL that nothing is held of."""
        if self.url is not None and seek_page(database, self.url) is None:
            find_article(database, self.url)

    def select(self, database: Database, version: str) -> Selection:
        """The captures that are meant. Raises Stop USAGE for a URL that nothing is held of, or
        that was taken down."""
        if self.url is not None:
            return _select_url(database, self.url, version)
        (row,) = database.query("SELECT time_zone FROM archive")
        since = None if self.since is None else _moment(self.since, row["time_zone"])
        return select(database, version, since=since)


def _select_url(database: Database, url: str, version: str) -> Selection:
    article = seek_article(database, url)
    if article is None and (page := seek_page(database, url)) is not None:
        return select(database, version, url_id=page)
    article = find_article(database, url)
    if database.execute("SELECT 1 FROM takedowns WHERE article_id = ?", [article]).fetchone():
        raise Stop(Status.USAGE, f"{url} was taken down here; it is not read")
    return select(database, version, article=article)


def _moment(text: str, time_zone: str) -> str:
    """A day or time, without zone in the newsroom's own, as the archive writes times."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        message = f"--since {text}: write a day, such as 2024-01-31, or a time in ISO 8601"
        raise Stop(Status.USAGE, message) from error
    return stamp(moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(time_zone)))
