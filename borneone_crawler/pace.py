"""When to ask again: Retry-After, and how long to wait after a failure."""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

RETRY_AFTER_STATUSES = frozenset({429, 503})
"""Answers whose Retry-After speaks for the whole host (RFC 9110 section 10.2.3, RFC 6585)."""

TRY_AGAIN_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
"""Answers that may be better later."""

LONGEST = 30 * 86_400
"""Seconds for which a site is believed that it wants to be left alone: a month."""


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for, from its number or HTTP date.

    None when there is no header or it cannot be read; never negative (RFC 9110 section 10.2.3),
    nor more than LONGEST.
    """
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(float(value), LONGEST)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(0.0, (moment - now).total_seconds()), LONGEST)


def delay_before(attempt: int, delays: Sequence[float]) -> float | None:
    """Seconds to wait before try number `attempt` + 1; None when the tries are used up."""
    return delays[attempt - 1] if attempt <= len(delays) else None
