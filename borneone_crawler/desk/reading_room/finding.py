"""What is searched for, as `scrapy search` would: for SQL, and for people."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from borneone_crawler.archive.searching import ORDERS, Hits, Sought, hits, sought
from borneone_crawler.archive.sqlite.database import open_readonly
from borneone_crawler.desk.reading_room.owner import OWNER
from borneone_crawler.desk.search.question import Question
from borneone_crawler.statuses import Status, Stop

_NOTHING = '""'
"""An expression that finds no article."""


class Search:
    """Functions for the SQL of one archive. They look at it over a connection of their own: the
    statement that calls them is under way on the other. What cannot be searched for is an error
    of the statement."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened: Database | None = None

    def register(self, connection: Any) -> None:
        """Make them known to a connection (sqlite3.Connection) under their names."""
        connection.create_function("search_words", 2, self.search_words, deterministic=True)
        connection.create_function("search_ids", 7, self.search_ids, deterministic=True)

    def search_words(self, typed: str, exact: str) -> str:
        """What was typed, widened, for MATCH on articles_fts."""
        question = question_of({"q": typed, "exact": exact})
        return meant(self._database, question).expression if question else _NOTHING

    def search_ids(
        self, typed: str, section: str, author: str, since: str, until: str, exact: str, sort: str
    ) -> str:
        """JSON array of the articles that are found, in order."""
        asked = {
            "q": typed, "section": section, "author": author, "from": since, "until": until,
            "exact": exact, "sort": sort,
        }  # fmt: skip
        question = question_of(asked)
        if question is None:
            return "[]"
        return json.dumps(_hits(self._database, question, asked).ids)

    @property
    def _database(self) -> Database:
        if self._opened is None:
            self._opened = open_readonly(self._path)
        return self._opened


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a person should know of an answer beside the articles."""

    also: list[str]
    """What was taken for the words that were typed."""
    total: int
    undated: int
    """Articles that were left out because they have no date."""


def outcome(database: Database, asked: Mapping[str, str]) -> Outcome | None:
    """The outcome of a search by the fields of its form; None where no words are in it. Raises
    Stop for what cannot be searched for."""
    question = question_of(asked)
    if question is None:
        return None
    widened = meant(database, question).widened.values()
    found = _hits(database, question, asked, limit=1)
    also = list(dict.fromkeys(form for forms in widened for form in forms))
    return Outcome(also, found.total, found.undated)


def question_of(asked: Mapping[str, str]) -> Question | None:
    """The question that the fields of a form ask; None for one without words."""
    told = {name: str(value or "").strip() for name, value in asked.items()}
    if not told.get("q"):
        return None
    return Question(
        text=told["q"],
        is_exact=bool(told.get("exact")),
        sections=[told["section"]] if told.get("section") else [],
        authors=[told["author"]] if told.get("author") else [],
        since=told.get("from") or None,
        until=told.get("until") or None,
    )


def meant(database: Database, question: Question) -> Sought:
    """What its words mean in an archive. A file of one's own words that is wrong is done without:
    `scrapy doctor` tells of it. Raises Stop for words that mean nothing."""
    try:
        return sought(database, question.text, is_exact=question.is_exact, own=OWNER.own_words)
    except Stop as stop:
        if stop.status is not Status.MISCONFIGURED:
            raise
        return sought(database, question.text, is_exact=question.is_exact)


def _hits(
    database: Database, question: Question, asked: Mapping[str, str], limit: int | None = None
) -> Hits:
    order = asked.get("sort") or ""
    return hits(
        database,
        meant(database, question),
        question.filters(database),
        order=order if order in ORDERS else ORDERS[0],
        limit=limit,
    )
