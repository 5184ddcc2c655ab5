"""When a page that says it is not there is believed to be gone."""

from collections.abc import Sequence
from datetime import datetime

_EARLY = 0.9
"""Share of the whole time that must have passed: a run from cron may come a little early."""


def next_check(
    absences: int, since: str | None, now: datetime, delays: Sequence[float]
) -> float | None:
    """Seconds until the page is to be asked for again; None when it is gone.

    `absences`: answers 404 or 410 without any other answer of the page between them, this one
    included; `since`: when the first of them came (ISO 8601), None for this one; `delays`:
    seconds to wait after the first, the second ... of them. It is gone when every delay is used
    up and as much time has passed as they make together, however often it was asked for.
    """
    passed = (now - datetime.fromisoformat(since)).total_seconds() if since else 0.0
    if absences > len(delays) and passed >= _EARLY * sum(delays):
        return None
    return delays[min(absences, len(delays)) - 1]
