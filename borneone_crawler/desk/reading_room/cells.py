"""How single cells of tables and answers are shown: headlines lead to the article's page."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from borneone_crawler.desk.plain import plain

_HEADLINES = {"headline": "article_id", "first_headline": "first_id"}
"""Columns with a headline -> the column with the number of its article."""

_BY_ID = frozenset({"articles", "stories"})
"""Here the article's number is `id`."""

_FOUND = re.compile("⟦(.*?)⟧", re.DOTALL)
"""What search.sql puts around the words that were found."""


def headline(
    row: Mapping[str, Any], column: str, table: str | None, article_path: str
) -> Markup | None:
    """A headline as a link; None for any other cell."""
    if column not in _HEADLINES:
        return None
    number = "id" if table in _BY_ID else _HEADLINES[column]
    if number not in row.keys() or not row[column]:  # noqa: SIM118 - sqlite3.Row is no mapping
        return None
    return Markup('<a href="{}/{}">{}</a>').format(article_path, row[number], plain(row[column]))


def excerpt(text: str) -> Markup:
    """Part of a text, with what was found in it marked."""
    return Markup(_FOUND.sub(r"<mark>\1</mark>", str(escape(plain(text)))))  # noqa: S704


def row_of(columns: Sequence[str], cells: Sequence[Any]) -> dict[str, Any]:
    """The cells of a row by the names of their columns."""
    return dict(zip(columns, cells, strict=True))
