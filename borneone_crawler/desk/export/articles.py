"""The articles of an archive, one row each, in any number: never more than one is in memory."""

import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from borneone_crawler.desk.links import TakenDown

Row = dict[str, Any]


class Kind(StrEnum):
    """What the values of a column are. Any of them may be missing."""

    TEXT = "text"
    NUMBER = "number"
    TIME = "time"
    """ISO 8601 with its offset."""
    NAMES = "names"
    """A list of texts."""
    PARTS = "parts"
    """A list of objects, all with the same keys, of texts."""


COLUMNS: dict[str, Kind] = {
    "id": Kind.NUMBER,
    "url": Kind.TEXT,
    "headline": Kind.TEXT,
    "date_published": Kind.TEXT,
    "day": Kind.TEXT,
    "month": Kind.TEXT,
    "year": Kind.NUMBER,
    "date_modified": Kind.TEXT,
    "sections": Kind.NAMES,
    "authors": Kind.NAMES,
    "editor": Kind.TEXT,
    "byline_initials": Kind.TEXT,
    "dateline": Kind.TEXT,
    "keywords": Kind.NAMES,
    "description": Kind.TEXT,
    "article_body": Kind.TEXT,
    "word_count": Kind.NUMBER,
    "in_language": Kind.TEXT,
    "main_image_url": Kind.TEXT,
    "comment_count": Kind.NUMBER,
    "post_id": Kind.NUMBER,
    "revisions": Kind.NUMBER,
    "flags": Kind.NAMES,
    "content_digest": Kind.TEXT,
    "first_seen_at": Kind.TIME,
    "last_seen_at": Kind.TIME,
    "gone_at": Kind.TIME,
    "redirected_to": Kind.TEXT,
    "images": Kind.PARTS,
    "videos": Kind.PARTS,
    "outlinks": Kind.PARTS,
}
"""Of a row, in order; archive/metadata.yaml explains them under `stories` and `articles`. The
newsroom's own dates are texts as it wrote them."""

PARTS = {
    "images": ("url", "caption", "credit_text"),
    "videos": ("url", "provider", "video_id"),
    "outlinks": ("kind", "url", "text"),
}
"""Keys of the objects in each column of that kind."""

_ARTICLES = Path(__file__).with_name("articles.sql").read_text("utf-8")
_JSON = [name for name, kind in COLUMNS.items() if kind in (Kind.NAMES, Kind.PARTS)]


def ids_of_all(database: Database) -> Iterator[int]:
    """The numbers of all articles but those that were taken down, in order."""
    for (article_id,) in database.execute("SELECT id FROM stories ORDER BY id"):
        yield article_id


def count_of_all(database: Database) -> int:
    """How many these are."""
    (count,) = database.execute(
        "SELECT (SELECT count(*) FROM articles) - (SELECT count(*) FROM takedowns)"
    ).fetchone()
    return int(count)


def are_held(database: Database, ids: Iterable[int]) -> bool:
    """Whether any of these is held, and not taken down."""
    one = "SELECT 1 FROM stories WHERE id = ?"
    return any(database.execute(one, [article_id]).fetchone() for article_id in ids)


def articles(database: Database, ids: Iterable[int] | None = None) -> Iterator[Row]:
    """The articles with these numbers, in this order; or all, by number. Those that are not held,
    or were taken down, are left out."""
    taken_down = TakenDown(database)
    if ids is None:
        for row in database.query(f"{_ARTICLES} ORDER BY s.id"):
            yield _row(row, taken_down)
    else:
        for article_id in ids:
            for row in database.query(f"{_ARTICLES} WHERE s.id = ?", [article_id]):
                yield _row(row, taken_down)


def _row(row: Row, taken_down: TakenDown) -> Row:
    row = row | {name: json.loads(row[name]) for name in _JSON}
    for link in row["outlinks"]:
        if taken_down.has(link["url"]):
            link["text"] = None
    return row
