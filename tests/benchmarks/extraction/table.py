"""The figures as a table in Markdown, and what was read wrong as lines for people to look at."""

import difflib
from collections import Counter
from collections.abc import Sequence

from tests.benchmarks.extraction.scoring import FIELDS, Found, Row, Score, Truth, words

_HEADINGS = (
    "reader",
    "exact body",
    "token F1",
    "pages with leaks",
    *FIELDS,
    "ms a page",
    "× bare parse",
)


def table(rows: Sequence[Row]) -> str:
    """A row a reader: shares of posts, but for the pages with leaks, which are counted."""
    cells = [_cells(row) for row in rows]
    ruler = ["---", *["---:"] * (len(_HEADINGS) - 1)]
    return "\n".join(f"| {' | '.join(line)} |" for line in (_HEADINGS, ruler, *cells))


def _cells(row: Row) -> list[str]:
    return [
        row.name,
        f"{row.exact:.3f}",
        f"{row.f1:.3f}",
        str(row.leaking),
        *("–" if (share := row.fields[name]) is None else f"{share:.3f}" for name in FIELDS),
        f"{row.milliseconds:.1f}",
        f"{row.ratio:.1f}",
    ]


def details(truth: Truth, found: Found, score: Score) -> list[str]:
    """What is wrong of one post, a line each."""
    lines = []
    if not score.exact:
        lines += _difference(words("\n".join(truth.bodies)), words(found.body or ""))
    if score.leaked:
        lines.append(f"leaked {score.leaked[:4]}")
    for name, is_right in score.fields.items():
        if is_right is False:
            lines.append(f"{name}: {getattr(truth, name)!r} read as {getattr(found, name)!r}")
    return lines


def _difference(expected: list[str], got: list[str]) -> list[str]:
    changes = difflib.SequenceMatcher(a=expected, b=got, autojunk=False).get_opcodes()
    return [
        f"body: {' '.join(expected[a:b])[:120]!r} read as {' '.join(got[c:d])[:120]!r}"
        for kind, a, b, c, d in changes
        if kind != "equal"
    ][:3]


def commonest_leaks(scores: Sequence[Score]) -> str:
    """The boilerplate let in most often."""
    counted = Counter(marker for score in scores for marker in score.leaked)
    return ", ".join(f"{text[:40]!r} ×{times}" for text, times in counted.most_common(4))
