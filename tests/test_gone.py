"""An article that is not there any more: one 404 is a suspicion, several over days are a fact."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.crawling import Crawl
from tests.small_site import Answer, SmallSite

BEGAN = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
HOURS = (24, 31, 56, 105, 1000)
"""When the site is asked again, after BEGAN: after each of ABSENCE_DELAYS, and much later."""

NOT_FOUND, OUT_OF_ORDER = Answer(status=404), Answer(status=503)


def visit(crawl: Crawl, hours: float, *, everything: bool = True, **settings: Any) -> None:
    """A run so many hours after the first; of `everything`, or only of what is due by itself."""
    if everything:
        with sqlite3.connect(crawl.archive) as connection:
            connection.execute(
                "UPDATE urls SET next_at = '2026-01-01' WHERE kind = 'article' AND same_as IS NULL"
            )
        connection.close()
    now = (BEGAN + timedelta(hours=hours)).isoformat()
    assert crawl.run(NOW=now, **settings) == 0, crawl.stderr


def held(crawl: Crawl, number: int) -> dict[str, Any]:
    """What the archive says of an article, and of the row of its address."""
    columns = ("article_body", "gone_at", "redirected_to", "state", "reason", "absences")
    (row,) = crawl.rows(
        f"SELECT {', '.join(columns)} FROM stories AS s JOIN urls AS u ON u.url = s.url "
        "WHERE s.url LIKE ?",
        f"%/berita-{number}/",
    )
    return dict(zip(columns, row, strict=True))


def kinds(crawl: Crawl, number: int) -> list[str]:
    query = "SELECT kind FROM ledger WHERE url LIKE ? ORDER BY n"
    return [kind for (kind,) in crawl.rows(query, f"%/berita-{number}/")]


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[dict[str, Any]]]:
    """Twelve articles, asked for at all HOURS, each with a fate of its own. Returns, by name of a
    fate, what was held of its article after each visit."""
    with SmallSite(12) as site:
        well = {number: Answer(site.article(number)) for number in site.numbers}
        soft = Answer(site.html("Halaman tidak ditemukan", "error404"))
        away = Answer(status=301, headers={"Location": "/berita-10"})
        cut = Answer(body="<html>", length=1_000_000)
        closed = Answer("<html><title>Maintenance</title></html>")
        fates: dict[str, list[Answer]] = {
            "404": [NOT_FOUND] * 4 + [well[1]],
            "410": [Answer(status=410)] * 5,
            "says so with 200": [soft] * 5,
            "500": [Answer(status=500)] * 5,
            "503": [OUT_OF_ORDER] * 5,
            "403": [Answer(status=403)] * 5,
            "broken off": [cut] * 5,
            "maintenance": [closed] * 5,
            "there between": [NOT_FOUND, well[9], NOT_FOUND, NOT_FOUND, NOT_FOUND],
            "spelled otherwise": [NOT_FOUND] * 3 + [away] * 2,
            "fails between": [NOT_FOUND, OUT_OF_ORDER, NOT_FOUND, NOT_FOUND, NOT_FOUND],
            "well": [well[12]] * 5,
        }
        crawl = Crawl(tmp_path_factory.mktemp("weeks"), site.origin)
        assert crawl.run(NOW=BEGAN.isoformat()) == 0
        seen = {name: [held(crawl, number)] for number, name in enumerate(fates, start=1)}
        for turn, hours in enumerate(HOURS):
            site.answers = {
                f"/berita-{number}/": answers[turn]
                for number, answers in enumerate(fates.values(), start=1)
            }
            site.answers["/berita-10"] = well[10]
            visit(crawl, hours, DOWNLOAD_TIMEOUT=1, LATER_DELAYS="86400,86400")
            for number, name in enumerate(fates, start=1):
                seen[name].append(held(crawl, number) | {"kinds": kinds(crawl, number)})
        revisions = crawl.one("SELECT max(n) FROM revisions")
    assert revisions == 1, "nothing of all this is an edit"
    for name, states in seen.items():
        assert len({state["article_body"] for state in states}) == 1, f"{name}: the text stays"
    return seen.__getitem__


@pytest.mark.parametrize("fate", ["404", "410", "says so with 200"])
def test_absent_at_every_check_over_days_is_gone(
    weeks: Callable[[str], list[dict[str, Any]]], fate: str
) -> None:
    _, *suspected, gone, later = weeks(fate)
    assert [state["gone_at"] for state in suspected] == [None] * 3
    assert [state["absences"] for state in suspected] == [1, 2, 3]
    assert {state["state"] for state in suspected} == {"stored"}
    assert gone["gone_at"].startswith("2026-03-05T17:")
    assert gone["state"] == "gone"
    assert gone["kinds"] == ["new", "gone"]
    assert later["kinds"].count("gone") == 1


def test_coming_back_is_recorded(weeks: Callable[[str], list[dict[str, Any]]]) -> None:
    back = weeks("404")[-1]
    assert (back["gone_at"], back["state"], back["absences"]) == (None, "stored", 0)
    assert back["kinds"] == ["new", "gone", "back"]


@pytest.mark.parametrize("fate", ["500", "503", "403", "broken off", "maintenance"])
def test_a_site_that_does_not_answer_never_makes_an_article_gone(
    weeks: Callable[[str], list[dict[str, Any]]], fate: str
) -> None:
    for state in weeks(fate)[1:]:
        assert (state["gone_at"], state["state"], state["absences"]) == (None, "stored", 0)
        assert state["kinds"] == ["new"]


def test_a_page_that_is_there_once_ends_the_suspicion(
    weeks: Callable[[str], list[dict[str, Any]]],
) -> None:
    states = weeks("there between")
    assert [state["absences"] for state in states] == [0, 1, 0, 1, 2, 3]
    assert {state["gone_at"] for state in states} == {None}
    assert states[-1]["kinds"] == ["new"]


def test_failures_between_absences_neither_count_nor_clear(
    weeks: Callable[[str], list[dict[str, Any]]],
) -> None:
    states = weeks("fails between")
    assert [state["absences"] for state in states] == [0, 1, 1, 2, 3, 4]
    assert [state["gone_at"] is None for state in states] == [True] * 5 + [False]


def test_an_absence_is_no_failed_try(weeks: Callable[[str], list[dict[str, Any]]]) -> None:
    # Three failed tries in a row and another spelling would be a circle.
    for state in weeks("spelled otherwise")[4:]:
        assert (state["state"], state["gone_at"], state["absences"]) == ("stored", None, 0)


def test_a_suspicion_is_checked_again_by_itself(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run(NOW=BEGAN.isoformat()) == 0
    site.answers["/berita-1/"] = NOT_FOUND
    visit(crawl, 24)
    asked = site.paths().count("/berita-1/")
    visit(crawl, 29, everything=False)
    assert site.paths().count("/berita-1/") == asked, "not before six hours have passed"
    for checks, hours in enumerate((31, 56, 105), start=1):
        visit(crawl, hours, everything=False)
        assert site.paths().count("/berita-1/") == asked + checks
    assert held(crawl, 1)["gone_at"] is not None


def test_a_suspicion_outlives_a_site_that_is_down_for_days(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run(NOW=BEGAN.isoformat()) == 0
    site.answers["/berita-1/"] = NOT_FOUND
    visit(crawl, 24)
    site.answers["/berita-1/"] = OUT_OF_ORDER
    visit(crawl, 31, everything=False)
    state = held(crawl, 1)
    assert (state["absences"], state["reason"]) == (1, "503 × 3")
    site.answers["/berita-1/"] = NOT_FOUND
    visit(crawl, 31 + 49, everything=False)
    assert held(crawl, 1)["absences"] == 2


def test_an_address_that_leads_elsewhere_is_told_and_its_text_stays(
    site: SmallSite, crawl: Crawl
) -> None:
    site.numbers = list(range(1, 7))
    assert crawl.run(NOW=BEGAN.isoformat()) == 0
    texts = [held(crawl, number)["article_body"] for number in range(1, 6)]
    own = f'<link rel="canonical" href="{site.origin}/judul-baru/"></head>'
    targets = {1: "/berita-2/", 3: "/", 4: "/wp-login.php", 5: "https://lain.example/jual/"}
    site.answers |= {
        f"/berita-{number}/": Answer(status=301, headers={"Location": target})
        for number, target in targets.items()
    }
    site.answers |= {
        "/berita-6/": Answer(status=301, headers={"Location": "/judul-baru/"}),
        "/judul-baru/": Answer(site.article(6).replace("</head>", own)),
    }
    for hours in (24, 48):
        visit(crawl, hours)
        for number, target in targets.items():
            state = held(crawl, number)
            where = target if "://" in target else site.origin + target
            assert (state["redirected_to"], state["gone_at"]) == (where, None)
            assert state["article_body"] == texts[number - 1]
            assert kinds(crawl, number) == ["new", "redirected"], "told once"
    # A stranger at the other end does not become the article; the article itself has moved.
    assert crawl.one("SELECT count(*) FROM articles") == 6
    assert crawl.rows(
        "SELECT s.gone_at, s.redirected_to, l.detail FROM stories s JOIN ledger l USING (url) "
        "WHERE url LIKE '%/judul-baru/' AND l.kind = 'moved'"
    ) == [(None, None, f"{site.origin}/berita-6/")]

    site.answers.clear()
    visit(crawl, 72)
    for number in targets:
        assert held(crawl, number)["redirected_to"] is None
        assert kinds(crawl, number) == ["new", "redirected", "back"]
    assert crawl.one("SELECT max(n) FROM revisions") == 1
