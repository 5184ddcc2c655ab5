"""What a query means, and that none is ever a fault of ours."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from borneone_crawler.archive.searching import found, sought
from borneone_crawler.archive.searching.query import MOST_TERMS
from borneone_crawler.statuses import Status, Stop
from tests.archive.conftest import SITE, Desk

TEXTS = {
    1: "Banjir besar di kota. Asap tebal.",
    2: "Banjir kecil di desa.",
    3: "Asap tebal dari kebakaran di desa, kata Jum'at lalu.",
    4: "Kasus Covid-19 naik. Médsos ramai.",
    5: "ATAU OR AND NOT, kata judul yang aneh 🔥.",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("queries") / "borneone.db")
    for number, text in TEXTS.items():
        desk.store(f"{SITE}/{number}/", post_id=number, headline=None, article_body=text)
    yield desk
    desk.archive.close()


def ids(desk: Desk, text: str, *, is_exact: bool = True) -> list[int]:
    db = desk.archive.db
    return sorted(found(db, sought(db, text, is_exact=is_exact)))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("banjir", [1, 2]),
        ("BANJIR desa", [2]),
        ("banjir AND desa", [2]),
        ("banjir OR asap", [1, 2, 3]),
        ("banjir -desa", [1]),
        ("banjir NOT desa", [1]),
        ("desa AND NOT banjir", [3]),
        ("-banjir desa", [3]),
        ("banjir OR asap desa", [1, 2, 3]),
        ("(banjir OR asap) desa", [2, 3]),
        ("(banjir OR asap) -(kota OR kebakaran)", [2]),
        ("desa -banjir -asap", []),
        ('"asap tebal"', [1, 3]),
        ("“asap tebal” desa", [3]),
        ('"tebal asap"', []),
        ("keb*", [3]),
        ("keb**", [3]),
        ('"asap teb"*', [1, 3]),
        ("covid-19", [4]),
        ("covid 19", [4]),
        ("jum'at", [3]),
        ("jum’at", [3]),
        ("medsos", [4]),
        ("MÉDSOS", [4]),
        ('"or and"', [5]),
        ("atau", [5]),
        ("or", [5]),
        ("🔥 banjir – asap - & /", [1]),
        ("headline:banjir", []),
        ("article_body : banjir", []),
        ("{headline} banjir", []),
        ("^banjir", [1, 2]),
        ("banjir + kecil", [2]),
        ("NEAR(banjir kecil)", []),
        ('besar"di kota"', [1]),
        ("https://borneonetv.com/banjir/?a=1&b=*".replace("*", "2"), []),
        ("banjir\0desa", [2]),
        ("banjir\udce9", [1, 2]),
        ("x" * 10_000, []),
        ("banjir' OR 1=1 --", [1, 2]),
    ],
)
def test_it_finds_what_it_says(desk: Desk, text: str, wanted: list[int]) -> None:
    assert ids(desk, text) == wanted
    assert set(wanted) <= set(ids(desk, text, is_exact=False)) or "-" in text or "NOT" in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no word"),
        ("🔥 – …", "no word"),
        ("()", "no word"),
        ('""', "no word"),
        ("-banjir", "only what is not to be there"),
        ("asap OR -banjir", "only what is not to be there"),
        ("asap OR", "OR stands between"),
        ("OR asap", "OR stands between"),
        ("asap OR OR api", "OR stands between"),
        ("AND asap", "AND stands between"),
        ("asap AND", "AND stands between"),
        ("asap NOT", "stand before a word"),
        ("asap NOT NOT api", "stand before a word"),
        ("asap AND AND api", "stand before a word"),
        ('"asap', "quotation mark is open"),
        ("(asap", "parenthesis is open"),
        ("asap)", "not opened"),
        ("*", "stands at the end of a word"),
        ("*sap", "stands at the end of a word"),
        ("a*p", "stands at the end of a word"),
        ('"as*p api"', "stands at the end of a word"),
        ("(" * 30 + "asap" + ")" * 30, "parentheses stand in one another"),
        ("asap " * (MOST_TERMS + 1), f"more than {MOST_TERMS} words"),
        ("asap OR " * 2_000 + "asap", f"more than {MOST_TERMS} words"),
    ],
)
def test_what_means_nothing_is_64_and_says_why(desk: Desk, text: str, said: str) -> None:
    with pytest.raises(Stop, match=said) as stop:
        ids(desk, text)
    assert stop.value.status is Status.USAGE
    assert "\n" not in str(stop.value)


@given(text=st.text() | st.text(alphabet="ab\"“(-)* ORANDT:^{}+,'", max_size=40))
@example(text="a" + " OR a" * (MOST_TERMS - 1))
@example(text=" ".join(["(a OR -b)"] * 10))
@example(text="(" * 19 + "a -b" + " OR c)" * 19)
def test_any_text_finds_something_or_nothing_or_is_64(desk: Desk, text: str) -> None:
    with suppress(Stop):
        ids(desk, text)
        ids(desk, text, is_exact=False)
