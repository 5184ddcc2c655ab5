"""What stands beside an article in the archive: by date, and by what its text says."""

from dataclasses import dataclass

from sqlite_utils import Database

_BESIDE = """
SELECT id, url, headline, date_published FROM articles
WHERE (date_published, id) {compared} (SELECT date_published, id FROM articles WHERE id = ?)
ORDER BY date_published {order}, id {order} LIMIT 1
"""
_PREVIOUS = _BESIDE.format(compared="<", order="DESC")
_NEXT = _BESIDE.format(compared=">", order="ASC")

# The view is gone through as a whole: once.
_ALIKE = """
SELECT
    iif(article_id = :id, first_id, article_id) AS id,
    iif(article_id = :id, first_url, url) AS url,
    iif(article_id = :id, first_headline, headline) AS headline,
    iif(article_id = :id, first_date_published, date_published) AS date_published,
    is_same, share
FROM duplicates WHERE :id IN (article_id, first_id)
ORDER BY 4, 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """Another article, as it stands today."""

    id: int
    url: str
    headline: str | None
    date_published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike(Neighbour):
    """One whose text is the same, or nearly."""

    is_same: bool
    """To the letter."""
    share: float
    """How much of the shorter text's words stand in the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """The articles beside one; those by date are None where it has no date, or is at an end."""

    previous: Neighbour | None
    next: Neighbour | None
    alike: list[Alike]
    """As the view `duplicates` has them."""


def neighbours_of(database: Database, article_id: int) -> Neighbours:
    """The neighbours of an article by the date it has today."""
    # In one newsroom's time, text sorts as time does.
    previous = next(database.query(_PREVIOUS, [article_id]), None)
    following = next(database.query(_NEXT, [article_id]), None)
    alike = [
        Alike(**(row | {"is_same": bool(row["is_same"])}))
        for row in database.query(_ALIKE, {"id": article_id})
    ]
    return Neighbours(
        previous=Neighbour(**previous) if previous else None,
        next=Neighbour(**following) if following else None,
        alike=alike,
    )
