"""What articles are ranked by: bm25, in which all that stands for a word counts as that word.

FTS5 weighs each phrase by how rare it is. Of the forms of a word the oddest would so decide: who
looks for "banjir" would first be shown whoever wrote "dibanjiri". Therefore the phrases are ranked
one by one, and each is weighed anew as rare as its whole group is.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # it takes a command a tenth of its start
    from sqlite_utils import Database


_MATCHES = "SELECT count(*) FROM articles_fts(?)"
_ARTICLES = "SELECT count(*) FROM articles"

_LEAST = 1e-6
"""What FTS5 takes for the weight of what is in more than half of all articles."""

_MOST = 400
"""Expressions that are ranked by; SQLite joins no more than 500 queries to one."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An expression, and by what its ranks are to be multiplied."""

    expression: str
    factor: float


def ranked(database: "Database", groups: Sequence[Sequence[str]]) -> list[Ranked]:
    """The expressions whose ranks make up what an article is worth; at least one."""
    (articles,) = database.execute(_ARTICLES).fetchone()

    def weight(expression: str) -> float:
        """The inverse document frequency, as FTS5's own bm25 has it."""
        (matches,) = database.execute(_MATCHES, [expression]).fetchone()
        return max(_LEAST, math.log((articles - matches + 0.5) / (matches + 0.5)))

    weighed = [(group, weight(" OR ".join(group))) for group in groups]
    # What most articles have tells none from another; unless nothing else was asked for.
    telling = [(group, its) for group, its in weighed if its > _LEAST] or weighed
    phrases = sorted(
        (weight(phrase) if len(group) > 1 else its, phrase, its)
        for group, its in telling
        for phrase in group
    )
    return list(_joined(phrases[:_MOST]))


def _joined(phrases: Sequence[tuple[float, str, float]]) -> Iterator[Ranked]:
    """Those that most articles have weigh the same, and are ranked together: that is quicker."""
    common = [phrase for own, phrase, _ in phrases if own == _LEAST]
    if common:
        yield Ranked(" OR ".join(common), 1.0)
    for own, phrase, its in phrases[len(common) :]:
        yield Ranked(phrase, its / own)
