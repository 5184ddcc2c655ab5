"""How single cells are shown: headlines, tags and names lead to the articles."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from borneone_crawler.desk.plain import plain
from borneone_crawler.desk.words import Words

_HEADLINES = {"headline": "article_id", "first_headline": "first_id"}
"""Columns with a headline -> the column with the number of its article."""

_BY_ID = frozenset({"articles", "stories"})
"""Here the article's number is `id`."""

QUESTIONS = {"tag": ("articles_with_tag", "tag"), "name": ("articles_by_author", "name")}
"""Columns of answers -> the question to which a value leads, and the name it has there."""

RENDERED = {"excerpt", *_HEADLINES, *QUESTIONS}
"""Columns whose cells are shown otherwise than Datasette would."""

_MOMENTS = frozenset({"seen_at", "gone_at", "came_back_at", "known_since"})
_DAYS = frozenset({"day", "first", "last", "date_published", "first_date_published"})

_NAMED: Mapping[str, Callable[[Words, str], str]] = {
    "kind": lambda words, cell: words.of("report").known_each("kind", cell),
    "kinds": lambda words, cell: words.of("report").known_each("kind", cell),
    "role": lambda words, cell: words.known_each("role", cell),
    "roles": lambda words, cell: words.known_each("role", cell),
}
"""Columns with words of the archive's own -> what the reader calls them."""

_FOUND = re.compile("⟦(.*?)⟧", re.DOTALL)
"""What search.sql puts around the words that were found."""


def headline(
    row: Mapping[str, Any], column: str, table: str | None, article_path: str
) -> Markup | None:
    """A headline as a link; None where nothing says which article's it is."""
    number = "id" if table in _BY_ID else _HEADLINES[column]
    if number not in row.keys() or not row[column]:  # noqa: SIM118 - sqlite3.Row is no mapping
        return None
    return Markup('<a href="{}/{}">{}</a>').format(article_path, row[number], plain(row[column]))


def further(value: str, column: str, database_path: str) -> Markup:
    """A tag or a name as a link to all its articles."""
    question, parameter = QUESTIONS[column]
    asked = urlencode({parameter: value})
    return Markup('<a href="{}/{}?{}">{}</a>').format(database_path, question, asked, plain(value))


def excerpt(text: str) -> Markup:
    """Part of a text, with what was found in it marked."""
    return Markup(_FOUND.sub(r"<mark>\1</mark>", str(escape(plain(text)))))  # noqa: S704


def told(column: str, cell: Any, words: Words, zone: ZoneInfo) -> Any:
    """A cell of an answer as the reader would say it: times, days, months and numbers."""
    if isinstance(cell, int):
        return words.number(cell)
    if column in _NAMED and isinstance(cell, str):
        return _NAMED[column](words, cell)
    try:
        if column in _MOMENTS:
            return words.time(cell, zone)
        if column in _DAYS:
            return words.day(date.fromisoformat(cell[: len("2019-10-14")]))
        return words.month(cell) if column == "month" else cell
    except ValueError:
        return cell  # there is none, or what the archive has is no date


def row_of(columns: Sequence[str], cells: Sequence[Any]) -> dict[str, Any]:
    """The cells of a row by the names of their columns."""
    return dict(zip(columns, cells, strict=True))
