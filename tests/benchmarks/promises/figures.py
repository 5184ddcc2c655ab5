"""What is measured of a promise, what is promised of it, and whether that holds."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import eq, ge, le

from tests.benchmarks.promises.crawlers import Crawler

PROMISES = {
    0: "Nothing is wrong (to compare)",
    1: "Retry-After and outages",
    2: "Pace",
    3: "robots.txt",
    4: "No truncated page",
    5: "Bounded",
    6: "No other origin",
    7: "Traps end",
    8: "One article under every alias",
    9: "No fake page",
    10: "Text is inert",
    11: "Charsets",
    12: "No invented date",
    13: "No silent zero",
}
"""14 (fuzzing) and 15 (supply chain) are of a program, not of a crawl."""

_COMPARISONS: dict[str, Callable[[float, float], bool]] = {"=": eq, "≤": le, "≥": ge}


@dataclass(frozen=True)
class Bound:
    """`sign` is =, ≤ or ≥."""

    sign: str
    value: float

    def holds(self, measured: float) -> bool:
        return _COMPARISONS[self.sign](measured, self.value)


@dataclass(frozen=True)
class Figure:
    """One number of a crawl."""

    what: str
    """With its unit, and of how many."""
    promised: Bound
    is_headline: bool = False
    """Whether it stands in the table with one line a promise."""
    stopped_at: int | None = None
    """The number at which the crawl was stopped from outside, if it came so far."""


@dataclass(frozen=True)
class Arrangement:
    """How a site is set up to tempt a crawler, and what is measured of what the crawler does."""

    promise: int
    figures: tuple[Figure, ...]
    measure: Callable[[Crawler], tuple[float, ...]]
    """Sets up a site of its own for each crawl; returns a number for each figure."""


@dataclass(frozen=True)
class Row:
    """A figure, measured twice in the same run."""

    promise: int
    figure: Figure
    ours: float
    ordinary: float

    @property
    def holds(self) -> bool:
        """Whether we keep the promise."""
        return self.figure.promised.holds(self.ours)


def measured(arrangement: Arrangement, ours: Crawler, ordinary: Crawler) -> list[Row]:
    """Set both on the same arrangement, one after the other."""
    numbers = zip(
        arrangement.figures, arrangement.measure(ours), arrangement.measure(ordinary), strict=True
    )
    return [Row(arrangement.promise, *each) for each in numbers]
