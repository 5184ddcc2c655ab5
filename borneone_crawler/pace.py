"""When to ask again: Retry-After, and how long to wait after a failure."""

from collections.abc import Iterator, Sequence
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


def outage_delays(patience: float) -> Iterator[float]:
    """Seconds before each new look at a site that went down: 1, 2, 4 …, together no more than
    `patience`, and none if that is less than a second."""
    delay = 1.0
    while delay <= patience:
        yield delay
        patience -= delay
        delay = min(2 * delay, max(patience, 1.0))


def delay_before(attempt: int, delays: Sequence[float]) -> float | None:
    """Seconds to wait before try number `attempt` + 1; None when the tries are used up."""
    return delays[attempt - 1] if attempt <= len(delays) else None
