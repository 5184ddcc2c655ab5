"""The numbers of the report, counted in the archive."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from borneone_crawler.desk.coverage import Coverage, coverage_of
from borneone_crawler.desk.runs import Run

Row = dict[str, Any]

MOST_SECTIONS = 7
"""Sections that have a colour of their own; the others are one."""
MOST_NAMES = 15
"""Bars of a chart of names, the longest first."""
MOST_VANISHED = 12

# What was taken down here counts nowhere.
_TOTALS = """
SELECT
    count(*) AS articles,
    coalesce(sum(word_count), 0) AS words,
    min(substr(date_published, 1, 10)) AS first_day,
    max(substr(date_published, 1, 10)) AS last_day,
    coalesce(sum(date_published IS NULL), 0) AS undated,
    coalesce(sum(gone_at IS NOT NULL), 0) AS gone,
    (SELECT count(*) FROM edits) AS edits,
    (SELECT count(*) FROM captures) AS captures
FROM articles WHERE id NOT IN (SELECT article_id FROM takedowns)
"""

_MONTHS = """
SELECT substr(date_published, 1, 7) AS month, count(*) AS articles
FROM articles
WHERE date_published IS NOT NULL AND id NOT IN (SELECT article_id FROM takedowns)
GROUP BY month ORDER BY month
"""

_SECTIONS = """
SELECT s.name AS section, substr(a.date_published, 1, 4) AS year, count(*) AS articles
FROM articles AS a
JOIN article_sections AS x ON x.article_id = a.id
JOIN sections AS s ON s.id = x.section_id
WHERE a.date_published IS NOT NULL AND a.id NOT IN (SELECT article_id FROM takedowns)
GROUP BY s.id, year ORDER BY year, section
"""

_HOURS = """
SELECT CAST(substr(date_published, 12, 2) AS INTEGER) AS hour, count(*) AS articles
FROM articles
WHERE length(date_published) > 10 AND id NOT IN (SELECT article_id FROM takedowns)
GROUP BY hour
"""

_DATELINES = """
SELECT dateline FROM articles
WHERE dateline IS NOT NULL AND id NOT IN (SELECT article_id FROM takedowns)
"""

_NAMES = """
SELECT p.name, count(DISTINCT x.article_id) AS articles
FROM article_people AS x JOIN people AS p ON p.id = x.person_id
WHERE x.role = ? AND p.name GLOB '*[A-Za-z]*'    -- who signs as (*) is nobody
AND x.article_id NOT IN (SELECT article_id FROM takedowns)
GROUP BY p.id ORDER BY articles DESC, p.name
"""

_KEYWORDS = """
SELECT k.name, count(*) AS articles
FROM article_keywords AS x JOIN keywords AS k ON k.id = x.keyword_id
WHERE x.article_id NOT IN (SELECT article_id FROM takedowns)
GROUP BY k.id ORDER BY articles DESC, k.name
"""

_EDITS = """
SELECT kind, substr(seen_at, 1, 4) AS year, count(*) AS edits
FROM edits WHERE kind <> '' GROUP BY kind, year ORDER BY year, kind
"""

_VANISHED = """
SELECT url, headline, substr(date_published, 1, 10) AS day, gone_at, redirected_to, came_back_at
FROM gone ORDER BY gone_at DESC, url LIMIT ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All that the report shows. Days and hours are the newsroom's, other times UTC."""

    newsroom: str
    time_zone: str
    drawn_at: datetime
    totals: Row
    months: dict[str, int]
    """YYYY-MM -> articles, every month from the first to the last; 0 is a gap."""
    sections: dict[str, dict[str, int]]
    """Section -> year -> articles, the largest first; an article in several counts in each. The
    smaller ones together stand under ""."""
    years: list[str]
    hours: list[int]
    """Articles by the hour of day, 0 to 23."""
    bylines: list[tuple[str, int]]
    """Authors -> articles."""
    initials: list[tuple[str, int]]
    """Sign-offs -> articles: whose they are, no page says."""
    places: list[tuple[str, int]]
    keywords: list[tuple[str, int]]
    edits: dict[str, dict[str, int]]
    """Kind of an edit -> year in which it was seen -> how many."""
    vanished: list[Row]
    coverage: Coverage
    runs: Sequence[Run]

    @property
    def gaps(self) -> list[str]:
        """The months between the first and the last without an article."""
        return [month for month, articles in self.months.items() if not articles]


def figures_of(database: Database, runs: Sequence[Run], *, now: datetime) -> Figures:
    """Count. `runs` are the last ones, the newest last."""
    (archive,) = database.query("SELECT newsroom, time_zone FROM archive")
    (totals,) = database.query(_TOTALS)
    counted = {row["month"]: row["articles"] for row in database.query(_MONTHS)}
    months = {month: counted.get(month, 0) for month in _from_to(*_ends(counted))}
    hours = {row["hour"]: row["articles"] for row in database.query(_HOURS)}
    return Figures(
        newsroom=archive["newsroom"],
        time_zone=archive["time_zone"],
        drawn_at=now,
        totals=totals,
        months=months,
        sections=_largest(_by_year(database, _SECTIONS, "section", "articles")),
        years=sorted({month[:4] for month in months}),
        hours=[hours.get(hour, 0) for hour in range(24)],
        bylines=_names(database, _NAMES, "author"),
        initials=_names(database, _NAMES, "initials"),
        places=_places(row["dateline"] for row in database.query(_DATELINES)),
        keywords=_names(database, _KEYWORDS),
        edits=_by_year(database, _EDITS, "kind", "edits"),
        vanished=list(database.query(_VANISHED, [MOST_VANISHED])),
        coverage=coverage_of(database),
        runs=runs,
    )


def _ends(months: dict[str, int]) -> tuple[str, str] | tuple[()]:
    return (min(months), max(months)) if months else ()


def _from_to(first: str = "", last: str = "") -> list[str]:
    """Every month from one to another."""
    months = []
    while first and first <= last:
        months.append(first)
        year, month = int(first[:4]), int(first[5:])
        first = f"{year + month // 12:04}-{month % 12 + 1:02}"
    return months


def _by_year(database: Database, sql: str, name: str, number: str) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row in database.query(sql):
        found.setdefault(row[name], {})[row["year"]] = row[number]
    return found


def _largest(sections: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    order = sorted(sections, key=lambda name: (-sum(sections[name].values()), name))
    shown = {name: sections[name] for name in order[:MOST_SECTIONS]}
    for name in order[MOST_SECTIONS:]:
        others = shown.setdefault("", {})
        for year, articles in sections[name].items():
            others[year] = others.get(year, 0) + articles
    return shown


def _names(database: Database, sql: str, *values: str) -> list[tuple[str, int]]:
    rows = database.query(f"{sql} LIMIT ?", [*values, MOST_NAMES])
    return [(row["name"], row["articles"]) for row in rows]


def _places(datelines: Iterable[str]) -> list[tuple[str, int]]:
    """Where texts begin, the commonest first; "PONTIANAK, BorneOneTV" and "Pontianak (BorneOneTV)"
    are one place, spelled as it is most often."""
    spellings: dict[str, Counter[str]] = {}
    for dateline in datelines:
        name = re.split("[,(]", dateline)[0].strip()
        spellings.setdefault(name.casefold(), Counter())[name] += 1
    places = [
        (max(found, key=lambda one: (found[one], one)), found.total())
        for found in spellings.values()
    ]
    return sorted(places, key=lambda one: (-one[1], one[0]))[:MOST_NAMES]
