"""What a merge brought in, what it left out, and what a person should look at."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from borneone_crawler.archive.ledger import Head

CONFLICTS_SHOWN = 50
"""Conflicts that are printed for people; JSON has them all."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Where two archives do not agree, by the address of the article."""

    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class Fork:
    """A chain that two files went on with: up to entry `n` they are the same."""

    chain: str
    n: int
    """The last entry that both have."""
    common: str
    """Its digest."""
    ours: str
    """Digest of the first entry that only this archive has."""
    theirs: str


@dataclass(slots=True, kw_only=True)
class Merged:
    """Counts are of what came in anew; a second merge of the same archive has none."""

    chain: str
    """The uuid of the archive that was taken in."""
    head: Head
    """Of its chain."""
    articles: int = 0
    revisions: int = 0
    readings: int = 0
    captures: int = 0
    """Rows, those whose record was not to be had among them."""
    records: int = 0
    """Records copied into WARC files of this archive."""
    back: int = 0
    """Of these, records that were missing here of captures known before."""
    addresses: int = 0
    """Candidate URLs, and those of which the other archive knew something newer."""
    takedowns: int = 0
    """Tombstones of articles that this archive did not know."""
    entries: int = 0
    """Ledger entries of other chains."""
    turned_away: int = 0
    """Rules of which the other archive met more links."""
    dumps: int = 0
    """Text dumps."""
    changes: int = 0
    """Articles of which the other archive knew when they were seen, where they are, or that they
    are gone."""
    lost: Counter[str] = field(default_factory=Counter)
    """WARC file there -> how many of its records are missing or damaged."""
    forks: list[Fork] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether nothing is left for a person to look at: no lost record, no conflict."""
        return not self.lost and not self.conflicts

    @property
    def is_news(self) -> bool:
        """Whether anything came in."""
        return any(value for name, value in self.counts().items() if name != "lost")

    def counts(self) -> dict[str, int]:
        """The counts by their names."""
        numbers = {
            name: value
            for name, value in asdict(self).items()
            if isinstance(value, int) and not isinstance(value, bool)
        }
        return numbers | {"lost": self.lost.total()}

    def as_json(self) -> dict[str, Any]:
        """Everything, for `--json`."""
        return {
            "chain": self.chain,
            "head": asdict(self.head),
            "counts": self.counts(),
            "lost": dict(self.lost),
            "forks": [asdict(fork) for fork in self.forks],
            "conflicts": [asdict(conflict) for conflict in self.conflicts],
        }

    def lines(self, *, would: bool = False) -> Iterator[str]:
        """The same for people; `would`: nothing was done yet."""
        if self.is_news:
            verb = "would come in" if would else "came in"
            brought = [f"{name} {n}" for name, n in self.counts().items() if n and name in _NAMED]
            if self.back:
                brought.append(f"raw captures that were missing here {self.back}")
            yield f"{verb} of {self.chain}: " + (", ".join(brought) or "what was seen when")
        else:
            all_of_it = "what can be had of it" if self.lost else "all that it holds"
            yield f"nothing new of {self.chain}: {all_of_it} is here"
        for file, records in sorted(self.lost.items()):
            yield f"lost: {records} records of {file} are missing or damaged there (see --warc)"
        for fork in self.forks:
            yield (
                f"fork: two files went on with the chain {fork.chain} after entry {fork.n}; what "
                "only the other one knows is sealed by this archive's own chain"
            )
        for conflict in self.conflicts[:CONFLICTS_SHOWN]:
            yield f"conflict: {conflict.url}: {conflict.reason}"
        if (more := len(self.conflicts) - CONFLICTS_SHOWN) > 0:
            yield f"and {more} more conflicts (--json lists them all)"


_NAMED = (
    "articles",
    "revisions",
    "readings",
    "captures",
    "addresses",
    "takedowns",
    "dumps",
    "entries",
)
