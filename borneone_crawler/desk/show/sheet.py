"""All that is shown of one article, for people and for machines."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from borneone_crawler.desk.links import TakenDown
from borneone_crawler.desk.show.neighbours import Neighbours, neighbours_of
from borneone_crawler.desk.states import Standing, standing_of


@dataclass(frozen=True, slots=True)
class Sheet:
    """An article in one of its states, and what stands beside it today."""

    standing: Standing
    neighbours: Neighbours

    def as_json(self) -> dict[str, Any]:
        """All of it, times in UTC."""
        standing = self.standing
        return {
            "id": standing.id,
            "as_of": standing.as_of,
            **asdict(standing.state),
            "revisions": standing.revisions,
            "reader_version": standing.reader_version,
            "flags": standing.flags,
            "article": asdict(standing.article),
            "first_seen_at": standing.first_seen_at,
            "last_seen_at": standing.last_seen_at,
            "gone_at": standing.gone_at,
            "redirected_to": standing.redirected_to,
            "states": [asdict(state) for state in standing.states],
            **asdict(self.neighbours),
        }


def sheet_of(database: Database, article_id: int, as_of: str | None, now: datetime) -> Sheet:
    """One article, as it stands or as of a date. Raises Stop like `standing_of`."""
    database.execute("BEGIN")  # one moment, whatever a crawl writes meanwhile
    try:
        standing = standing_of(database, article_id, as_of, now)
        standing = replace(standing, article=TakenDown(database).out_of(standing.article))
        return Sheet(standing, neighbours_of(database, article_id))
    finally:
        database.execute("ROLLBACK")
