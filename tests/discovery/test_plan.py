"""Which sources a run asks, and how it walks the listings."""

from datetime import UTC, datetime, timedelta

import pytest

from borneone_crawler.discovery.plan import (
    INVENTORY_AFTER,
    PROBE_AFTER,
    Walk,
    asks,
    goes_deep,
    reads_whole,
    walk,
)
from borneone_crawler.items import SourceState

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
NOT_THERE = [SourceState.MISSING, SourceState.FORBIDDEN, SourceState.UNREADABLE]


def before(span: timedelta) -> str:
    return (NOW - span).isoformat()


def test_a_source_that_was_never_asked_is() -> None:
    assert asks(None, None, NOW, deep=False)


@pytest.mark.parametrize("state", [SourceState.WORKS, SourceState.FAILING])
def test_what_works_or_only_failed_is_asked_in_every_run(state: SourceState) -> None:
    assert asks(state, before(timedelta(minutes=1)), NOW, deep=False)


@pytest.mark.parametrize("state", NOT_THERE)
def test_what_is_not_there_is_looked_for_now_and_then(state: SourceState) -> None:
    assert not asks(state, before(PROBE_AFTER - timedelta(seconds=1)), NOW, deep=False)
    assert asks(state, before(PROBE_AFTER), NOW, deep=False)
    assert asks(state, before(timedelta(minutes=1)), NOW, deep=True)


def test_everything_is_walked_again_every_so_often_and_not_before_it_was_once() -> None:
    month = timedelta(days=30)
    assert goes_deep(before(month), month, NOW)
    assert not goes_deep(before(month - timedelta(seconds=1)), month, NOW)
    assert not goes_deep(None, month, NOW)
    assert not goes_deep(before(timedelta(days=999)), timedelta(0), NOW)


def test_the_inventory_is_read_whole_once_and_when_it_miscounts_but_not_twice_a_day() -> None:
    assert reads_whole(None, NOW, deep=False, miscounts=False)
    assert reads_whole(before(timedelta(0)), NOW, deep=True, miscounts=False)
    assert not reads_whole(before(timedelta(days=99)), NOW, deep=False, miscounts=False)
    assert reads_whole(before(INVENTORY_AFTER), NOW, deep=False, miscounts=True)
    almost = before(INVENTORY_AFTER - timedelta(seconds=1))
    assert not reads_whole(almost, NOW, deep=False, miscounts=True)
    assert not reads_whole(before(timedelta(hours=12)), NOW, deep=False, miscounts=True)
    assert reads_whole(before(timedelta(hours=23)), NOW, deep=False, miscounts=True)


@pytest.mark.parametrize(
    ("deep", "first", "whole_source", "disagree", "how"),
    [
        (True, False, True, False, Walk.WHOLE),
        (False, True, True, False, Walk.NEW),
        (False, False, True, False, Walk.SAMPLE),
        (False, False, False, False, Walk.NEW),
        (False, False, True, True, Walk.NEW),
    ],
)
def test_listings_are_sampled_only_where_another_source_can_be_relied_on(
    deep: bool, first: bool, whole_source: bool, disagree: bool, how: Walk
) -> None:
    assert walk(deep=deep, first=first, whole_source=whole_source, disagree=disagree) is how
