"""How far a run is, on one line for a person who watches it."""

from collections.abc import Iterator
from dataclasses import dataclass

from borneone_crawler.desk.plain import brief
from borneone_crawler.desk.times import span


@dataclass(frozen=True, slots=True, kw_only=True)
class Underway:
    """A run at one moment."""

    fetched: int
    """Answers that came in."""
    found: int
    """Addresses that were not known before."""
    pending: int | None
    """Pages still to be asked for, as far as is known; None when that says nothing of this run."""
    grows: bool
    """Whether some of them may lead to more."""
    per_minute: float | None
    """Answers a minute just now; None when there were too few."""
    at: str
    """What is asked for: its kind and where it is."""

    def line(self, columns: int) -> str:
        """As many of the parts as fit, the most telling first."""
        line = f"fetched {self.fetched}"
        for part in self._parts():
            if len(line) + len(part) + 2 > columns:
                break
            line += f", {part}"
        return line

    def _parts(self) -> Iterator[str]:
        if self.pending:
            yield f"pending {self.pending}"
            if self.per_minute:
                least = "over " if self.grows else ""
                yield f"{least}{span(self.pending / self.per_minute * 60)} left"
        yield f"found {self.found}"
        if self.per_minute is not None:
            yield f"{self.per_minute:.0f} a minute"
        if self.at:
            yield brief(self.at, 48)
