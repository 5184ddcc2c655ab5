"""The answer to a question: how many articles, and the first of them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from borneone_crawler.archive.searching import Hit, Hits, Sought, hit, hits, sought
from borneone_crawler.desk.search.question import Question

if TYPE_CHECKING:  # it takes a command a tenth of its start
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Answer:
    """Of one moment of the archive."""

    question: Question
    sought: Sought
    hits: Hits
    _database: "Database"

    def articles(self) -> Iterator[Hit]:
        """The first that were found, each read as it is asked for."""
        for article_id in self.hits.ids:
            yield hit(self._database, self.sought, article_id)

    def as_json(self) -> dict[str, Any]:
        """All of it, with the articles."""
        asked = self.question
        return {
            "query": asked.text,
            "exact": asked.is_exact,
            "sections": list(asked.sections),
            "authors": list(asked.authors),
            "from": asked.since,
            "until": asked.until,
            "searched_for": self.sought.widened,
            "total": self.hits.total,
            "undated_left_out": self.hits.undated,
            "articles": [_as_json(article) for article in self.articles()],
        }


@contextmanager
def answered(
    database: "Database", question: Question, order: str, limit: int | None, own: Path | None
) -> Iterator[Answer]:
    """The answer, with at most so many articles, as long as it is looked at; `own` is the owner's
    file of words. Raises Stop like `sought` and `Question.filters`."""
    database.execute("BEGIN")  # one moment, whatever a crawl writes meanwhile
    try:
        wanted = sought(database, question.text, is_exact=question.is_exact, own=own)
        filters = question.filters(database)
        found = hits(database, wanted, filters, order=order, limit=limit)
        yield Answer(question, wanted, found, database)
    finally:
        database.execute("ROLLBACK")


def _as_json(article: Hit) -> dict[str, Any]:
    return asdict(article) | {
        "sections": json.loads(article.sections),
        "authors": json.loads(article.authors),
        "headline": article.headline and article.headline.text,
        "headline_marks": article.headline.places if article.headline else [],
        "snippet": article.snippet.text,
        "snippet_marks": article.snippet.places,
    }
