"""Compares what is new with all that is held, at the same cost however much that is."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from borneone_crawler.archive.duplicates.retelling import (
    MOST_SENTENCES,
    Words,
    sentences,
    share_retold,
)

BATCH = 200
"""Articles that are compared in one transaction."""

_FEWEST_WORDS = 6
"""Words of the shortest sentence that may lead from one article to another."""
_COMMON = 40
"""Articles from which on a sentence belongs to none of them: formulas, boilerplate, series."""
_MOST_CANDIDATES = 20
"""Articles that one is compared with, those with the most sentences in common first."""

_UNCOMPARED = """
SELECT id, content_digest, article_body, compared IS NOT NULL FROM articles
WHERE compared IS NOT content_digest AND id NOT IN (SELECT article_id FROM takedowns)
ORDER BY id LIMIT ?
"""

_FORGET = (
    "DELETE FROM fingerprints WHERE article_id = ?",
    "DELETE FROM retold WHERE article_id = ?",
    "DELETE FROM retold WHERE other_id = ?",
    "UPDATE articles SET compared = NULL WHERE id = ?",
)


class Comparing:
    """Finds the articles that are nearly one text. What it finds depends on the texts alone, and
    on the order in which articles came."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def compare_new(self) -> None:
        """Compare every article that says something else than when it was compared last."""
        while rows := self._db.execute(_UNCOMPARED, [BATCH]).fetchall():
            with self._db.atomic():
                for article_id, digest, body, was_compared in rows:
                    if was_compared:
                        forget(self._db, article_id)
                    self._compare(article_id, body)
                    self._db.execute(
                        "UPDATE articles SET compared = ? WHERE id = ?", [digest, article_id]
                    )

    def _compare(self, article_id: int, body: str) -> None:
        text = sentences(body)
        prints = _fingerprints(text)
        shared = Counter(
            other for value in self._met(prints) for other in self._with_sentence(value)
        )
        # By number where as much is shared: the same in every archive that took in the same.
        nearest = sorted(shared, key=lambda other: (-shared[other], other))[:_MOST_CANDIDATES]
        for other, share in self._retold(text, nearest):
            self._db.execute(
                "INSERT INTO retold VALUES (?, ?, ?)",
                [max(article_id, other), min(article_id, other), share],
            )
        self._db.conn.executemany(
            "INSERT INTO fingerprints VALUES (?, ?)", [(value, article_id) for value in prints]
        )

    def _met(self, prints: set[int]) -> list[int]:
        """Those that some other article has: nearly none, as a rule."""
        rows = self._db.execute(
            """SELECT value FROM json_each(?)
               WHERE EXISTS (SELECT 1 FROM fingerprints WHERE fingerprint = value)""",
            [json.dumps(sorted(prints))],
        )
        return [value for (value,) in rows.fetchall()]

    def _with_sentence(self, value: int) -> list[int]:
        """The articles that have a sentence; none when they are too many to tell."""
        rows = self._db.execute(
            "SELECT article_id FROM fingerprints WHERE fingerprint = ? LIMIT ?",
            [value, _COMMON + 1],
        ).fetchall()
        return [number for (number,) in rows] if len(rows) <= _COMMON else []

    def _retold(self, text: Sequence[Words], others: Sequence[int]) -> Iterable[tuple[int, float]]:
        bodies = self._db.execute(
            "SELECT id, article_body FROM articles WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps(others)],
        )
        for number, body in bodies.fetchall():
            share = share_retold(text, sentences(body))
            if share is not None:
                yield number, share


def forget(database: Database, article_id: int) -> None:
    """Take back all that was found of an article, until it is compared again."""
    for statement in _FORGET:
        database.execute(statement, [article_id])


def _fingerprints(text: Sequence[Words]) -> set[int]:
    """Of an article's sentences that are long enough to tell something."""
    if len(text) > MOST_SENTENCES:
        return set()
    telling = (words for words in text if len(words) >= _FEWEST_WORDS)
    return {
        int.from_bytes(
            hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest(), signed=True
        )
        for words in telling
    }
