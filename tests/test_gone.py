"""An article that is not there any more: one 404 is a suspicion, several over days are a fact."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.crawling import Crawl
from tests.small_site import Answer, SmallSite

BEGAN = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
KINDS = "SELECT kind FROM ledger ORDER BY n"


def ask(crawl: Crawl, hours: float, number: int = 1, **settings: object) -> None:
    """Ask for one article, so many hours after the first time."""
    now = (BEGAN + timedelta(hours=hours)).isoformat()
    assert crawl.run("-a", f"url={crawl.origin}/berita-{number}/", NOW=now, **settings) == 0


def later_run(crawl: Crawl, hours: float) -> None:
    """A run that asks only for what is due by itself."""
    assert crawl.run(NOW=(BEGAN + timedelta(hours=hours)).isoformat()) == 0


def held(crawl: Crawl, number: int = 1) -> tuple[object, ...]:
    """What the archive says of an article: its text, when it went, where its address leads."""
    (row,) = crawl.rows(
        "SELECT article_body, gone_at, redirected_to FROM stories WHERE url LIKE ?",
        f"%/berita-{number}/",
    )
    return row


@pytest.mark.parametrize("status", [404, 410])
def test_absent_at_every_check_over_days_is_gone_and_the_text_stays(
    site: SmallSite, crawl: Crawl, status: int
) -> None:
    ask(crawl, 0)
    text = held(crawl)[0]
    site.answers["/berita-1/"] = Answer(status=status)
    ask(crawl, 24)
    assert held(crawl) == (text, None, None)
    assert crawl.rows("SELECT state, reason, absences FROM urls WHERE article_id = 1") == [
        ("stored", f"{status}, absence 1", 1)
    ]
    for hours in (31, 56):
        later_run(crawl, hours)
        assert held(crawl)[1] is None, hours
    later_run(crawl, 105)
    assert str(held(crawl)[1]).startswith("2026-03-05T17:")
    assert held(crawl)[0] == text
    assert crawl.one("SELECT is_gone FROM stories WHERE id = 1") == 1
    assert crawl.one("SELECT state FROM urls WHERE article_id = 1") == "gone"
    assert crawl.rows("SELECT kind, url FROM ledger WHERE kind = 'gone'") == [
        ("gone", f"{site.origin}/berita-1/")
    ]
    assert crawl.one("SELECT count(*) FROM revisions WHERE article_id = 1") == 1


def test_many_absences_within_an_hour_are_one_suspicion(site: SmallSite, crawl: Crawl) -> None:
    ask(crawl, 0)
    site.answers["/berita-1/"] = Answer(status=404)
    for minutes in range(5):
        ask(crawl, 24 + minutes / 60)
    assert held(crawl)[1] is None
    assert crawl.one("SELECT absences FROM urls WHERE article_id = 1") == 5


def test_a_page_that_is_there_again_ends_the_suspicion(site: SmallSite, crawl: Crawl) -> None:
    ask(crawl, 0)
    site.answers["/berita-1/"] = Answer(status=404)
    ask(crawl, 24)
    site.answers.clear()
    later_run(crawl, 31)
    assert crawl.rows("SELECT absences, absent_since, next_at FROM urls WHERE article_id = 1") == [
        (0, None, None)
    ]
    site.answers["/berita-1/"] = Answer(status=404)
    for hours in (1000, 1007, 1032):
        ask(crawl, hours)
    assert held(crawl)[1] is None, "the days between do not count"
    assert "back" not in [kind for (kind,) in crawl.rows(KINDS)]


@pytest.mark.parametrize(
    ("answer", "settings"),
    [
        (Answer(status=500), {}),
        (Answer(status=503), {}),
        (Answer(status=403), {}),
        (Answer(body="<html>", length=1_000_000), {"DOWNLOAD_TIMEOUT": 1}),
        (Answer("<html><title>Maintenance</title></html>"), {}),
    ],
    ids=["500", "503", "403", "broken off", "maintenance"],
)
def test_a_site_that_does_not_answer_never_makes_an_article_gone(
    site: SmallSite, crawl: Crawl, answer: Answer, settings: dict[str, object]
) -> None:
    ask(crawl, 0)
    before = held(crawl)
    site.answers["/berita-1/"] = answer
    for day in (1, 3, 30, 300):
        ask(crawl, day * 24, **settings)
    assert held(crawl) == before
    assert crawl.one("SELECT state FROM urls WHERE article_id = 1") == "stored"
    assert [kind for (kind,) in crawl.rows(KINDS)] == ["new"]


def test_failures_between_absences_neither_count_nor_clear(site: SmallSite, crawl: Crawl) -> None:
    ask(crawl, 0)
    for hours, status in ((24, 404), (31, 503), (32, 404), (57, 500), (58, 404)):
        site.answers["/berita-1/"] = Answer(status=status)
        ask(crawl, hours, RETRY_DELAYS="60000,60000,60000")
    assert crawl.one("SELECT absences FROM urls WHERE article_id = 1") == 3
    assert held(crawl)[1] is None
    ask(crawl, 110)
    assert held(crawl)[1] is not None


def test_a_page_that_says_it_is_not_there_with_status_200_is_absent(
    site: SmallSite, crawl: Crawl
) -> None:
    ask(crawl, 0)
    text = held(crawl)[0]
    site.answers["/berita-1/"] = Answer(site.html("Halaman tidak ditemukan", "error404"))
    for hours in (24, 31, 56, 105):
        assert held(crawl) == (text, None, None)
        ask(crawl, hours)
    assert held(crawl)[0] == text
    assert held(crawl)[1] is not None


def test_a_redirect_elsewhere_is_told_and_the_text_stays(site: SmallSite, crawl: Crawl) -> None:
    ask(crawl, 0)
    text = held(crawl)[0]
    site.answers["/berita-1/"] = Answer(status=301, headers={"Location": "/berita-2/"})
    ask(crawl, 24)
    target = f"{site.origin}/berita-2/"
    assert held(crawl) == (text, None, target)
    assert crawl.one("SELECT detail FROM ledger WHERE kind = 'redirected'") == target
    # WordPress guesses: a stranger at the other end does not become this article.
    assert crawl.rows("SELECT id, url FROM articles ORDER BY id") == [
        (1, f"{site.origin}/berita-1/"), (2, target),
    ]  # fmt: skip
    ask(crawl, 48)
    assert [kind for (kind,) in crawl.rows(KINDS)].count("redirected") == 1


@pytest.mark.parametrize("target", ["/", "/wp-login.php", "https://lain.example/jual/"])
def test_a_redirect_that_leads_to_no_page_of_an_article_is_told_too(
    site: SmallSite, crawl: Crawl, target: str
) -> None:
    ask(crawl, 0)
    text = held(crawl)[0]
    site.answers["/berita-1/"] = Answer(status=302, headers={"Location": target})
    ask(crawl, 24)
    where = target if "://" in target else site.origin + target
    assert held(crawl) == (text, None, where)


def test_coming_back_is_recorded_and_no_edit(site: SmallSite, crawl: Crawl) -> None:
    ask(crawl, 0)
    text = held(crawl)[0]
    site.answers["/berita-1/"] = Answer(status=404)
    for hours in (24, 31, 56, 105):
        ask(crawl, hours)
    assert held(crawl)[1] is not None
    site.answers.clear()
    ask(crawl, 200)
    assert held(crawl) == (text, None, None)
    site.answers["/berita-1/"] = Answer(status=302, headers={"Location": "/"})
    ask(crawl, 300)
    site.answers.clear()
    ask(crawl, 400)
    assert held(crawl) == (text, None, None)
    kinds = [kind for (kind,) in crawl.rows(KINDS)]
    assert kinds == ["new", "gone", "back", "redirected", "back"]
    assert crawl.one("SELECT count(*) FROM revisions") == 1
    assert crawl.one("SELECT state FROM urls WHERE article_id = 1") == "stored"


def test_a_moved_article_keeps_its_past_and_is_not_gone(site: SmallSite, crawl: Crawl) -> None:
    ask(crawl, 0)
    own = f'<link rel="canonical" href="{site.origin}/judul-baru/"></head>'
    site.answers |= {
        "/berita-1/": Answer(status=301, headers={"Location": "/judul-baru/"}),
        "/judul-baru/": Answer(site.article(1).replace("</head>", own)),
    }
    ask(crawl, 24)
    assert crawl.rows("SELECT url, gone_at, redirected_to FROM stories") == [
        (f"{site.origin}/judul-baru/", None, None)
    ]
    assert crawl.rows("SELECT url, detail FROM ledger WHERE kind = 'moved'") == [
        (f"{site.origin}/judul-baru/", f"{site.origin}/berita-1/")
    ]
    assert crawl.one("SELECT count(*) FROM revisions") == 1


def test_an_absence_is_no_failed_try(site: SmallSite, crawl: Crawl) -> None:
    ask(crawl, 0)
    site.answers["/berita-1/"] = Answer(status=404)
    for hours in (24, 31, 56):
        ask(crawl, hours)
    # The server wants another spelling now: three of those in a row would be a circle.
    site.answers |= {
        "/berita-1/": Answer(status=301, headers={"Location": "/berita-1"}),
        "/berita-1": Answer(site.article(1)),
    }
    ask(crawl, 60)
    assert crawl.one("SELECT state FROM urls WHERE article_id = 1") == "stored"
    assert held(crawl)[1:] == (None, None)
