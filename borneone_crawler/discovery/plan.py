"""What a run asks for to learn what is new: which sources, and how the listings are walked."""

from datetime import datetime, timedelta
from enum import StrEnum

from borneone_crawler.items import SourceState

PROBE_AFTER = timedelta(days=30)
"""After which a source that was not there is looked for again."""

INVENTORY_AFTER = timedelta(hours=20)
"""After which an inventory that counts otherwise than it lists is read from end to end again."""


class Walk(StrEnum):
    """How the listings of categories are walked."""

    SAMPLE = "sample"
    """One of them, its first page: whether the other sources show what it does."""
    NEW = "new"
    """Each from its first page, as long as pages bring something new."""
    WHOLE = "whole"
    """Each to its end."""


def goes_deep(walked_at: str | None, every: timedelta, now: datetime) -> bool:
    """Whether a run walks everything again by itself: `every` so often since the listings were
    last walked to their ends; never where that is no time at all, nor before they were at all."""
    return (
        bool(every) and walked_at is not None and datetime.fromisoformat(walked_at) + every <= now
    )


def asks(state: SourceState | None, checked_at: str | None, now: datetime, *, deep: bool) -> bool:
    """Whether a source is asked in this run: one that works or only failed, in every run; one
    that is not there, forbidden or unreadable, now and then, and whenever a deep run looks.
    None: it was never asked."""
    if deep or state is None or state in (SourceState.WORKS, SourceState.FAILING):
        return True
    assert checked_at is not None
    return datetime.fromisoformat(checked_at) + PROBE_AFTER <= now


def reads_whole(complete_at: str | None, now: datetime, *, deep: bool, miscounts: bool) -> bool:
    """Whether the inventory is read from end to end: once, when a deep run looks, and when it
    counts otherwise than it lists, which a deleted post makes it do."""
    if deep or complete_at is None:
        return True
    return miscounts and datetime.fromisoformat(complete_at) + INVENTORY_AFTER <= now


def walk(*, deep: bool, first: bool, whole_source: bool, disagree: bool) -> Walk:
    """How to walk the listings. `first`: no run has come to its end yet; `whole_source`: a source
    works that names every article; `disagree`: and yet one is shown elsewhere that it does not."""
    if deep:
        return Walk.WHOLE
    return Walk.NEW if first or disagree or not whole_source else Walk.SAMPLE
