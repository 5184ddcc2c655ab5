"""The figures as tables in Markdown: one line a promise, and one line a figure."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter

from tests.benchmarks.promises.figures import PROMISES, Bound, Figure, Row

_HEADINGS = ("", "promise", "measured", "promised", "ours", "ordinary Scrapy")
_RULER = ("---:", "---", "---", "---:", "---:", "---:")
_BETWEEN = " · "


def summary(rows: Sequence[Row]) -> str:
    """One line a promise: its headline figures."""
    headlines = [row for row in rows if row.figure.is_headline]
    return _table(
        _line(promise, list(each)) for promise, each in groupby(headlines, attrgetter("promise"))
    )


def everything(rows: Sequence[Row]) -> str:
    """One line a figure."""
    return _table(_line(row.promise, [row]) for row in rows)


def _line(promise: int, rows: Sequence[Row]) -> list[str]:
    columns = (
        [row.figure.what for row in rows],
        [_bound(row.figure.promised) for row in rows],
        [_reached(row.figure, row.ours) + ("" if row.holds else " ✗") for row in rows],
        [_reached(row.figure, row.ordinary) for row in rows],
    )
    return [str(promise or "–"), PROMISES[promise], *map(_BETWEEN.join, columns)]


def _table(lines: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in (_HEADINGS, _RULER, *lines))


def _bound(bound: Bound) -> str:
    return _number(bound.value) if bound.sign == "=" else f"{bound.sign} {_number(bound.value)}"


def _reached(figure: Figure, value: float) -> str:
    if figure.stopped_at is not None and value >= figure.stopped_at:
        return f"≥ {_number(figure.stopped_at)}, stopped"
    return _number(value)


def _number(value: float) -> str:
    """Whole, or with two decimals below ten and none above."""
    if isinstance(value, int) or value >= 10:
        return f"{value:,.0f}"
    return f"{value:.2f}"
