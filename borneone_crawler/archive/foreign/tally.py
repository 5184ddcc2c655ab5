"""Counts what an import met and did, so that nothing of a foreign file is dropped in silence."""

from collections import Counter
from dataclasses import dataclass, field

SAMPLES = 3
"""Examples kept of each reason."""

_MOST_REASONS = 200
_LONGEST_SAMPLE = 300
_MOST_DAMAGES = 20


@dataclass(slots=True)
class Reason:
    """Something that was left out, or that a person should know, how often, and examples."""

    count: int = 0
    samples: list[str] = field(default_factory=list)

    def add(self, sample: str) -> None:
        self.count += 1
        # It is a foreigner's text: no control character of it may reach a terminal.
        plain = "".join(letter if letter.isprintable() else "?" for letter in sample)
        plain = plain[:_LONGEST_SAMPLE]
        if len(self.samples) < SAMPLES and plain not in self.samples:
            self.samples.append(plain)


@dataclass(slots=True, kw_only=True)
class FileTally:
    """One WARC file."""

    name: str
    sha256: str
    software: str | None = None
    """What its warcinfo says wrote it."""
    records: Counter[str] = field(default_factory=Counter)
    """Whole records by WARC-Type."""
    copied: int = 0
    held: int = 0
    """Records that the archive had already."""
    damages: int = 0
    damage: list[tuple[int, str]] = field(default_factory=list)
    """(first byte, what is wrong) of the first ones."""

    def damaged(self, offset: int, why: str) -> None:
        self.damages += 1
        if len(self.damage) < _MOST_DAMAGES:
            self.damage.append((offset, why))


@dataclass(slots=True)
class Tally:
    """One import."""

    files: list[FileTally] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    """(name, why) of the files that are no WARC."""
    pages: int = 0
    """Records of this newsroom's site, of whatever kind."""
    read: int = 0
    """Captures that were read as articles in this run."""
    articles: Counter[str] = field(default_factory=Counter)
    """What they were to the archive (archive.articles.Effect)."""
    left_out: dict[str, Reason] = field(default_factory=dict)
    """Why records, or captures that were copied, made no article."""
    notes: dict[str, Reason] = field(default_factory=dict)
    """What a person should know of those that did."""

    @property
    def is_whole(self) -> bool:
        """Whether every file was a WARC, and every byte of it could be read."""
        return not self.refused and not any(file.damages for file in self.files)

    def leave_out(self, reason: str, sample: str) -> None:
        _count(self.left_out, reason, sample)

    def note(self, what: str, sample: str) -> None:
        _count(self.notes, what, sample)


def _count(reasons: dict[str, Reason], reason: str, sample: str) -> None:
    plain = "".join(letter if letter.isprintable() else "?" for letter in reason)
    if plain not in reasons and len(reasons) >= _MOST_REASONS:
        plain = "other reasons"
    reasons.setdefault(plain, Reason()).add(sample)
