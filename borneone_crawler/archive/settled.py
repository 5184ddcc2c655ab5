"""What settling an outcome changed."""

from dataclasses import dataclass, field

from borneone_crawler.archive.articles.articles import Effect


@dataclass(slots=True, kw_only=True)
class Settled:
    """What an outcome changed."""

    article_id: int | None = None
    effect: Effect | None = None
    new_links: int = 0
    new_entries: int = 0
    """Links that a listing lists and that no earlier run had stored; what was found by the runs
    that this one goes on with counts as found by this one."""
    found_now: int = 0
    """Those among them that this very run has found."""
    renewed: int = 0
    """Links to what was known, and is asked for again since it was changed."""
    traps: list[str] = field(default_factory=list)
    """Traps that this outcome has shown, each in words."""
    followed: list[int] = field(default_factory=list)
    """Rows this outcome leads to: where it redirects, its parts, its canonical address."""
