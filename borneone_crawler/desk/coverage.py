"""What the site shows and what is held: what is missing, and why."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

Row = dict[str, Any]

_MONTHS = "SELECT * FROM coverage ORDER BY section IS NULL, section, month IS NULL, month"

_NOT_HELD = """
SELECT p.url, p.account, p.reason, p.sections_json, p.month, p.known_since, p.sources, u.found_on
FROM pages AS p LEFT JOIN urls AS u ON u.url = p.url
WHERE p.account <> 'held' ORDER BY p.known_since, p.url
"""

_HELD = """
SELECT count(*) AS held, coalesce(sum(gone_at IS NOT NULL), 0) AS gone FROM articles
WHERE id NOT IN (SELECT article_id FROM takedowns)
"""

# What only stands on a listing that was not read is not known at all.
_UNREAD = """
SELECT url, state || coalesce(': ' || reason, '') AS reason, found_at AS known_since FROM urls
WHERE kind = 'listing' AND same_as IS NULL AND (
    state IN ('pending', 'failed')
    OR (state = 'skipped' AND reason <> 'robots.txt' AND reason NOT LIKE 'redirects %'))
ORDER BY url
"""

_SOURCES = """
SELECT
    source, state, total, checked_at, complete_at,
    (SELECT count(*) FROM shown WHERE source = s.source AND until_at IS NULL) AS shows
FROM sources AS s
UNION ALL
SELECT
    'listing', iif(count(*), 'works', 'missing'), NULL, max(checked_at), NULL,
    (SELECT count(DISTINCT url_id) FROM shown WHERE source = 'listing' AND until_at IS NULL)
FROM urls WHERE kind = 'listing' AND http_status = 200
ORDER BY source
"""

_ELSEWHERE = "leads elsewhere"
"""Stands for every reason that names where a page redirects to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How far the archive holds what the site shows. Times are UTC."""

    months: list[Row]
    """The view `coverage`, row by row: sections by name, months in order."""
    held: int
    gone: int
    """Of the articles held, those that the newsroom has taken away."""
    explained: list[Row]
    """Pages that are not held for a reason that nothing can be done about."""
    missing: list[Row]
    """Pages that may be articles and are not held."""
    unread: list[Row]
    """Listings that were not read, or not as they should be."""
    sources: list[Row]
    """What each source says there is (total), shows, and when it was asked (checked_at)."""
    never_asked: dict[str, int]
    """Rule of urls.py -> links that it turned away."""

    @property
    def is_whole(self) -> bool:
        """Whether all is accounted for."""
        return not self.missing and not self.unread

    @property
    def shown(self) -> int:
        """Every page counted once: held, explained or missing."""
        return self.held + len(self.explained) + len(self.missing)

    @property
    def reasons(self) -> Counter[str]:
        """How many pages each reason explains."""
        said = (str(row["reason"]) for row in self.explained)
        return Counter(_ELSEWHERE if one.startswith("redirects ") else one for one in said)

    def as_json(self) -> Row:
        return {
            "all_accounted_for": self.is_whole,
            "shown": self.shown,
            "held": self.held,
            "held_and_gone": self.gone,
            "months": self.months,
            "missing": self.missing,
            "explained": self.explained,
            "listings_not_read": self.unread,
            "sources": self.sources,
            "never_asked": self.never_asked,
        }


def coverage_of(database: Database) -> Coverage:
    """The coverage of an archive at one moment, whatever a crawl writes meanwhile."""
    database.execute("BEGIN")
    try:
        rest = [_page(row) for row in database.query(_NOT_HELD)]
        (count,) = database.query(_HELD)
        return Coverage(
            months=list(database.query(_MONTHS)),
            held=count["held"],
            gone=count["gone"],
            explained=[row for row, account in rest if account == "explained"],
            missing=[row for row, account in rest if account == "missing"],
            unread=list(database.query(_UNREAD)),
            sources=list(database.query(_SOURCES)),
            never_asked={
                row["rule"]: row["links"]
                for row in database.query(
                    "SELECT rule, links FROM never_asked ORDER BY links DESC"
                )
            },
        )
    finally:
        database.execute("ROLLBACK")


def _page(row: Row) -> tuple[Row, str]:
    """A page as it is told, and its account."""
    told = {
        "url": row["url"],
        "reason": row["reason"],
        "sections": json.loads(row["sections_json"]),
        "month": row["month"],
        "known_since": row["known_since"],
        "sources": row["sources"].split(", ") if row["sources"] else [],
        "found_on": row["found_on"] or None,
    }
    return told, row["account"]
