"""Searches the archive's index: all that is found in order, or the first hits with their words."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from borneone_crawler.archive.searching.filters import EVERYTHING, Filters
from borneone_crawler.archive.searching.marked import Marked, marked
from borneone_crawler.archive.searching.ranking import ranked
from borneone_crawler.archive.searching.sought import Sought

if TYPE_CHECKING:  # it takes a command a tenth of its start
    from sqlite_utils import Database

BY_RELEVANCE, BY_DATE = ORDERS = ("relevance", "date")

# The plus keeps SQLite from asking the index anew for each article that the conditions allow.
_FOUND = """
SELECT f.rowid AS id{score} FROM articles_fts(?) AS f
WHERE +f.rowid NOT IN (SELECT article_id FROM takedowns){conditions}
"""
_TOTAL = "SELECT id, (SELECT count(*) FROM found) FROM "
_BEST = "found ORDER BY score, id LIMIT ?"
_BEST_RANKED = "found LEFT JOIN ranked USING (id) ORDER BY coalesce(score, 0), id LIMIT ?"
_RANKED = "SELECT rowid AS id, rank * ? AS score FROM articles_fts(?)"
_SUMMED = "SELECT id, sum(score) AS score FROM ({ranked}) GROUP BY id"
# By the index of dates; what has none comes last.
_NEWEST = """
articles WHERE +id IN (SELECT id FROM found) ORDER BY date_published DESC, id DESC LIMIT ?
"""
_UNDATED = """
SELECT count(*) FROM articles WHERE date_published IS NULL AND +id IN ({found})
"""

_WORDS = """
SELECT highlight(articles_fts, 0, :open, :close),
    snippet(articles_fts, 1, :open, :close, '…', 32),
    snippet(articles_fts, 2, :open, :close, '…', 32)
FROM articles_fts(:expression) WHERE rowid = :id
"""

_ARTICLE = """
SELECT id, url, date_published, sections_json AS sections, authors_json AS authors, gone_at
FROM stories WHERE id = ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that was found, and its words that were searched for."""

    id: int
    url: str
    date_published: str | None
    sections: str
    """JSON array of names."""
    authors: str
    """JSON array of names."""
    gone_at: str | None
    headline: Marked | None
    snippet: Marked
    """Where the text has most of the words; of the description where the text has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """What a search found."""

    total: int
    undated: int
    """Articles that were left out because they have no date."""
    ids: list[int]
    """The first of them, in order."""


def found(
    database: "Database", sought: Sought, filters: Filters = EVERYTHING, order: str = BY_RELEVANCE
) -> Iterator[int]:
    """The ids of all articles that are found, in order: the best first, or the newest. What was
    taken down here is never among them."""
    yield from hits(database, sought, filters, order=order).ids


def hits(
    database: "Database",
    sought: Sought,
    filters: Filters = EVERYTHING,
    *,
    order: str = BY_RELEVANCE,
    limit: int | None = None,
) -> Hits:
    """How many articles are found, and which come first."""
    if order == BY_RELEVANCE:
        sql, values = _by_relevance(database, sought, filters)
    else:
        query, values = _query(sought, filters)
        sql = f"WITH found AS MATERIALIZED ({query}) {_TOTAL}{_NEWEST}"
    rows = database.execute(sql, [*values, -1 if limit is None else limit]).fetchall()
    return Hits(
        total=rows[0][1] if rows else 0,
        undated=_undated(database, sought, filters) if filters.is_dated else 0,
        ids=[row[0] for row in rows],
    )


def hit(database: "Database", sought: Sought, article_id: int) -> Hit:
    """An article of those that were found, with the words that were searched for marked."""
    # Such as no article has, whatever somebody puts into one.
    marks = {"open": f"\ufdd0{secrets.token_hex(4)}", "close": f"\ufdd1{secrets.token_hex(4)}"}
    values = {"expression": sought.expression, "id": article_id} | marks
    (texts,) = database.execute(_WORDS, values).fetchall()
    headline, description, body = (
        None if text is None else marked(text, **marks) for text in texts
    )
    assert body is not None, "the column takes no NULL"
    snippet = description if description and description.places and not body.places else body
    (article,) = database.query(_ARTICLE, [article_id])
    return Hit(**article, headline=headline, snippet=snippet)


def _by_relevance(database: "Database", sought: Sought, filters: Filters) -> tuple[str, list[Any]]:
    ranks = ranked(database, sought.groups)
    if [each.expression for each in ranks] == [sought.expression]:
        query, values = _query(sought, filters, score=", f.rank AS score")
        return f"WITH found AS MATERIALIZED ({query}) {_TOTAL}{_BEST}", values
    query, values = _query(sought, filters)
    scores = " UNION ALL ".join([_RANKED] * len(ranks))
    scores = scores if len(ranks) == 1 else _SUMMED.format(ranked=scores)
    values += [value for each in ranks for value in (each.factor, each.expression)]
    found_and_ranked = f"found AS MATERIALIZED ({query}), ranked AS MATERIALIZED ({scores})"
    return f"WITH {found_and_ranked} {_TOTAL}{_BEST_RANKED}", values


def _undated(database: "Database", sought: Sought, filters: Filters) -> int:
    sql, values = _query(sought, replace(filters, since=None, before=None))
    return int(database.execute(_UNDATED.format(found=sql), values).fetchone()[0])


def _query(sought: Sought, filters: Filters, score: str = "") -> tuple[str, list[Any]]:
    conditions = ""
    values: list[Any] = [sought.expression]
    for query, its_values in filters.conditions():
        conditions += f"\n    AND +f.rowid IN ({query})"
        values += its_values
    return _FOUND.format(score=score, conditions=conditions), values
