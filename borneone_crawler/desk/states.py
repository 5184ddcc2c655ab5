"""The state of an article that counts: the one it shows, or the newest known as of a moment."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from borneone_crawler.archive.articles.stored import article_from, flags_of
from borneone_crawler.desk.moments import end_of
from borneone_crawler.desk.times import local
from borneone_crawler.items import Article
from borneone_crawler.statuses import Status, Stop

_STATES = """
SELECT revision, from_at, until_at, kinds, origin, dump, content_digest, reading_id
FROM states WHERE article_id = ? ORDER BY from_at, until_at NULLS LAST, revision
"""

_NOW = """
SELECT a.id, a.url, a.date_modified, a.comment_count, a.first_seen_at, a.last_seen_at, a.gone_at,
    a.redirected_to, t.at AS taken_down_at
FROM articles AS a
LEFT JOIN takedowns AS t ON t.article_id = a.id
WHERE a.id = ?
"""

_READING = "SELECT article, flags, reader_version FROM readings WHERE id = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state that the newsroom published, without its text. Times are UTC."""

    revision: int
    from_at: str
    """When it was first seen. A text dump has no date: of what one alone tells of, when the dump
    was taken in, or a moment before the first page of the article."""
    until_at: str | None
    """When another state was first seen; None for the newest."""
    kinds: str | None
    """Of the edit that led to it, as in the view `edits`: "headline, typo"."""
    origin: str | None
    """Whose file or archive it is known from, if it was imported."""
    dump: str | None
    """The text dump that alone tells of it."""
    content_digest: str
    reading_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An article in one of its states, and how it stands today. Times are UTC."""

    id: int
    as_of: str | None
    """The moment that was asked for; None for today."""
    state: State
    article: Article
    """As it was read; at the address it has today."""
    flags: list[str]
    reader_version: str
    states: list[State]
    """All of them, in order of time."""
    time_zone: ZoneInfo
    """The newsroom's."""
    first_seen_at: str
    last_seen_at: str
    """When its page was last seen as it stands today."""
    gone_at: str | None
    redirected_to: str | None

    @property
    def revisions(self) -> int:
        """How many states there are; one that was seen again after another counts once."""
        return len({state.revision for state in self.states})


def standing_of(database: Database, article_id: int, as_of: str | None, now: datetime) -> Standing:
    """An article as it stands, or in the newest state known as of a date (`moments.end_of`).

    Raises Stop USAGE for what was taken down here, and for a date before it was first seen.
    """
    (archive,) = database.query("SELECT time_zone FROM archive")
    zone = ZoneInfo(archive["time_zone"])
    moment = None if as_of is None else end_of(as_of, now, zone)
    (row,) = database.query(_NOW, [article_id])
    url = row["url"]
    if row["taken_down_at"]:
        raise Stop(
            Status.USAGE,
            f"{url} was taken down here on {local(row['taken_down_at'], zone)}; `scrapy history` "
            "tells what there is to tell",
        )
    states = [State(**state) for state in database.query(_STATES, [article_id])]
    held = [state for state in states if moment is None or state.from_at <= moment]
    if not held:
        raise Stop(
            Status.USAGE,
            f"--as-of {as_of}: nothing is known of {url} from before "
            f"{local(states[0].from_at, zone)}, when it was first seen",
        )
    state = held[-1]
    (reading,) = database.query(_READING, [state.reading_id])
    article = article_from(reading["article"])
    article.url = url
    if state.until_at is None:
        # What every sighting brings up to date without making another state.
        article.date_modified = row["date_modified"]
        article.comment_count = row["comment_count"]
    return Standing(
        id=article_id,
        as_of=moment,
        state=state,
        article=article,
        flags=flags_of(reading["flags"]),
        reader_version=reading["reader_version"],
        states=states,
        time_zone=zone,
        first_seen_at=row["first_seen_at"],
        last_seen_at=row["last_seen_at"],
        gone_at=row["gone_at"],
        redirected_to=row["redirected_to"],
    )
