"""Whether a run went as the past says it should."""

import random
from collections import Counter

import pytest

from borneone_crawler.extensions.health import LEARNS_FROM
from borneone_crawler.upkeep import health
from borneone_crawler.upkeep.health import judge

FIELDS = {"headline": 1.0, "article_body": 0.97, "date_published": 1.0, "authors": 0.4}


def run(read: int, chance: random.Random, **changes: float) -> Counter[str]:
    """A usual run over so many article pages; `changes` sets counters by their names here."""
    counts: Counter[str] = Counter()
    counts[health.READ] = read
    counts[health.KNOWN] = read // 2
    counts[health.NEW] = read - read // 2
    counts[health.WORDS] = sum(chance.randint(60, 600) for _ in range(read))
    for field, share in FIELDS.items():
        counts[health.HAS + field] = sum(chance.random() < share for _ in range(read))
    counts[health.RULE + "share"] = read
    counts[health.PAGES] = counts[health.ANSWERS] = read + 7
    counts[health.FAILED] = sum(chance.random() < 0.01 for _ in range(read))
    counts[health.MILLISECONDS] = sum(chance.randint(100, 900) for _ in range(read + 7))
    counts[health.FLAG + "no date"] = sum(chance.random() < 0.02 for _ in range(read))
    for name, value in changes.items():
        counts[getattr(health, name)] = value
    return counts


@pytest.fixture
def chance() -> random.Random:
    return random.Random(7)


@pytest.fixture
def past(chance: random.Random) -> list[Counter[str]]:
    return [run(chance.randint(0, 40), chance) for _ in range(60)]


def test_five_thousand_usual_runs_alarm_nobody(
    chance: random.Random, past: list[Counter[str]]
) -> None:
    for history in (past, past[:5], []):
        for _ in range(1_700):
            assert judge(run(chance.randint(0, 60), chance), history) == []


def test_a_lull_alarms_nobody(past: list[Counter[str]]) -> None:
    assert judge({}, past) == []
    assert judge({health.READ: 0, health.LISTINGS: 9}, past) == []


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"KNOWN": 12, "ABSENT": 12}, "articles not there"),
        ({"KNOWN": 12, "WORSE": 9}, "articles read worse"),
        ({"NEW": 9, "NOT_ARTICLES": 9}, "new pages are no articles"),
        ({"LISTINGS": 1, "EMPTY_LISTINGS": 1}, "empty listings"),
        ({"WORDS": 12 * 3}, "short texts"),
        ({"COMPARED": 5, "UNLIKE": 4}, "texts differ from REST"),
        ({"PAGES": 19, "FAILED": 11}, "errors"),
        ({"MILLISECONDS": 19 * 11_000}, "slow site"),
    ],
)
def test_what_breaks_is_named_on_the_first_run(
    chance: random.Random,
    past: list[Counter[str]],
    learned: bool,
    changes: dict[str, float],
    name: str,
) -> None:
    found = judge(run(12, chance, **changes), past if learned else [])
    assert [alarm.name for alarm in found] == [name]


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"KNOWN": 20, "ABSENT": 10}, "articles not there"),
        ({"KNOWN": 20, "WORSE": 10}, "articles read worse"),
        ({"LISTINGS": 8, "EMPTY_LISTINGS": 4}, "empty listings"),
    ],
)
def test_half_of_them_are_enough(
    chance: random.Random, changes: dict[str, float], name: str
) -> None:
    assert [alarm.name for alarm in judge(run(12, chance, **changes), [])] == [name]


@pytest.mark.parametrize(
    "changes",
    [
        {"KNOWN": 7, "ABSENT": 7},
        {"KNOWN": 40, "ABSENT": 19},
        {"KNOWN": 40, "WORSE": 19},
        {"NEW": 12, "NOT_ARTICLES": 6},
        {"LISTINGS": 9, "EMPTY_LISTINGS": 4},
        {"COMPARED": 1, "UNLIKE": 1},
        {"COMPARED": 5, "UNLIKE": 2},
    ],
)
def test_what_happens_to_a_few_of_them_alarms_nobody(
    chance: random.Random, past: list[Counter[str]], changes: dict[str, float]
) -> None:
    assert judge(run(12, chance, **changes), past) == []


def test_what_is_usual_at_this_newsroom_alarms_nobody(
    chance: random.Random, past: list[Counter[str]]
) -> None:
    garbled = health.FLAG + "garbled characters"
    for usual in past:
        usual[health.NOT_ARTICLES] = usual[health.NEW] * 3 // 4
        usual[garbled] = usual[health.READ] * 3 // 4
        usual[health.RULE + "share"] = usual[health.READ] // 2
    again = run(12, chance, NEW=12, NOT_ARTICLES=9)
    again[garbled] = 9
    del again[health.RULE + "share"]
    assert judge(again, past) == []


def test_a_run_is_given_enough_others_to_learn_from() -> None:
    assert LEARNS_FROM >= health.RUNS_TO_LEARN_FROM


def test_short_news_alarm_nobody_while_little_is_known(chance: random.Random) -> None:
    assert judge(run(12, chance, WORDS=12 * 30), []) == []


@pytest.mark.parametrize("field", sorted(health.FLOORS))
def test_a_field_that_is_lost_is_named(
    chance: random.Random, past: list[Counter[str]], field: str
) -> None:
    broken = run(12, chance)
    broken[health.HAS + field] = 0
    for history in (past, []):
        assert f"no {field}" in [alarm.name for alarm in judge(broken, history)]


def test_what_a_newsroom_seldom_says_is_missed_by_nobody(
    chance: random.Random, past: list[Counter[str]]
) -> None:
    silent = run(5, chance)
    silent[health.HAS + "authors"] = 0
    assert judge(silent, past) == []


def test_a_flag_that_is_new_on_most_pages_is_named(
    chance: random.Random, past: list[Counter[str]]
) -> None:
    garbled = run(12, chance)
    garbled[health.FLAG + "garbled characters"] = 11
    (alarm,) = judge(garbled, past)
    assert (alarm.name, alarm.counter) == ("garbled characters", "health/flag garbled characters")
    assert alarm.says == "11 of 12 articles: garbled characters"
    garbled[health.FLAG + "garbled characters"] = 6
    assert judge(garbled, past) == []


def test_a_rule_that_falls_idle_is_named_once_it_is_known(
    chance: random.Random, past: list[Counter[str]]
) -> None:
    idle = run(12, chance)
    del idle[health.RULE + "share"]
    assert [alarm.name for alarm in judge(idle, past)] == ["rule share is idle"]
    assert judge(idle, past[: health.RUNS_TO_LEARN_FROM - 1]) == []
    few = run(2 * health.FEWEST - 1, chance)
    del few[health.RULE + "share"]
    assert judge(few, past) == []


def test_a_slow_site_is_one_that_is_far_slower_than_it_was(
    chance: random.Random, past: list[Counter[str]]
) -> None:
    for each in past:
        each[health.MILLISECONDS] *= 4
    assert judge(run(12, chance, MILLISECONDS=19 * 15_000), past) == []
    (alarm,) = judge(run(12, chance, MILLISECONDS=19 * 25_000), past)
    assert alarm.says == "answers take 25.0 s where 2.0 s are usual"


def test_few_pages_say_nothing(chance: random.Random, past: list[Counter[str]]) -> None:
    for pages in range(health.FEWEST):
        broken = run(pages, chance, WORDS=0, WORSE=pages, ABSENT=pages, NOT_ARTICLES=pages)
        for name in list(broken):
            if name.startswith(health.HAS):
                broken[name] = 0
        assert judge(broken, past) == []
