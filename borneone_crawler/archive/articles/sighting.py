"""How the archive came by a reading."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """How a reading was come by."""

    asked: str
    """Identity of the URL that was read."""
    known_as: int | None
    """The article it stood for before."""
    claim: str | None
    """Identity of the page's rel=canonical, where it may be believed."""
    captures: Sequence[int]
    """What was read, in the order of the article's pages."""
    seen_at: str
    """When it was fetched."""
    run_id: int
    now: str
    dump_id: int | None = None
    """The text dump that was read, in place of captures."""
    is_live: bool = True
    """False for what others captured: it says what once was, never what is now."""
