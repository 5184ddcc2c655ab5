"""What is written as a table: the articles, or the answer to a question in SQL."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from borneone_crawler.archive.questions.asking import asked
from borneone_crawler.desk.export.articles import COLUMNS, Kind, articles
from borneone_crawler.statuses import Status, Stop

Watch = Callable[[Iterable[Any], int], Iterator[Any]]
"""Passes on what goes by, of which there are so many; 0 where nobody knows."""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns with their names, and rows that may be gone through more than once."""

    columns: Sequence[str]
    kinds: Sequence[Kind] | None
    """Of the columns; None where any value may be of any kind."""
    rows: Callable[[], Iterator[Sequence[Any]]]

    def without(self, kind: Kind) -> "Table":
        """The table without its columns of a kind."""
        if self.kinds is None:
            return self
        left = [place for place, one in enumerate(self.kinds) if one is not kind]
        return Table(
            [self.columns[place] for place in left],
            [self.kinds[place] for place in left],
            lambda: ([row[place] for place in left] for row in self.rows()),
        )

    def watched(self, watch: Watch, total: int) -> "Table":
        """The table whose rows pass by `watch` on their way."""
        return Table(self.columns, self.kinds, lambda: watch(self.rows(), total))


def table_of_articles(database: Database, ids: Sequence[int] | None = None) -> Table:
    """A row an article: those with these numbers in this order, or all of them."""
    return Table(
        list(COLUMNS),
        list(COLUMNS.values()),
        lambda: ([row[name] for name in COLUMNS] for row in articles(database, ids)),
    )


@contextmanager
def table_of_answer(database: Database, sql: str) -> Iterator[Table]:
    """The answer to a question, as `asking` allows it. Raises Stop like `asked`."""
    with asked(database, sql) as answer:
        yield Table(answer.columns, None, answer.rows)


def ids_asked_for(database: Database, sql: str) -> "array[int]":
    """The articles that a question names in its column `article_id` or `id`, each once, in the
    order of the answer. Raises Stop like `asked`."""
    ids, seen = array("q"), set[int]()
    with asked(database, sql) as answer:
        name = next((name for name in ("article_id", "id") if name in answer.columns), None)
        if name is None:
            raise Stop(
                Status.USAGE, "--sql: which articles? It needs a column named article_id or id"
            )
        place = answer.columns.index(name)
        for row in answer.rows():
            if type(row[place]) is not int:
                raise Stop(Status.USAGE, f"--sql: {row[place]!r} in {name} is no article's number")
            if row[place] not in seen:
                seen.add(row[place])
                ids.append(row[place])
    return ids
