"""A crawl from cron: what it costs, what it notices, and when it speaks up."""

import json
import time
from collections.abc import Iterable

import pytest

from borneone_crawler.statuses import Status
from tests.crawling import Crawl
from tests.small_site import Answer, SmallSite

ARTICLES = "SELECT count(*) FROM articles"
REST = "/wp-json/wp/v2/posts/"


def day(number: int, hour: int = 10) -> str:
    return f"2019-11-{number:02d}T{hour:02d}:00:00+00:00"


def pages(site: SmallSite) -> list[str]:
    return [path for path in site.paths() if path.startswith("/berita-")]


@pytest.fixture
def rest(site: SmallSite) -> SmallSite:
    site.has_rest = True
    return site


# -- what a run costs -----------------------------------------------------------------------------


@pytest.mark.parametrize("held", [30, 130])  # a page of the inventory has 100
def test_a_quiet_run_costs_four_requests_however_much_is_held(
    rest: SmallSite, crawl: Crawl, held: int
) -> None:
    rest.numbers = list(range(1, held + 1))
    assert crawl.run(NOW=day(1)) == 0
    assert crawl.one(ARTICLES) == held
    rest.asked.clear()
    assert crawl.run(NOW=day(2), REVISITS=0) == 0
    robots, home, inventory, listing = rest.paths()
    assert (robots, home, listing) == ("/robots.txt", "/", "/category/berita/")
    assert inventory.startswith(REST)


def test_many_new_articles_cost_little_more_than_themselves(rest: SmallSite, crawl: Crawl) -> None:
    assert crawl.run(NOW=day(1)) == 0
    rest.numbers = list(range(1, 64))
    rest.modified = dict.fromkeys(range(4, 64), "2019-11-01T12:00:00")
    rest.asked.clear()
    assert crawl.run(NOW=day(2), REVISITS=0) == 0
    assert crawl.one(ARTICLES) == 63
    assert len(rest.asked) <= 60 + 10


def test_from_listings_alone_a_quiet_run_looks_at_each_section_once(
    site: SmallSite, crawl: Crawl
) -> None:
    site.numbers = list(range(1, 31))
    assert crawl.run(NOW=day(1)) == 0
    site.asked.clear()
    assert crawl.run(NOW=day(2), REVISITS=0) == 0
    assert site.paths() == ["/robots.txt", "/", "/category/berita/"]


def test_a_source_that_was_not_there_is_looked_for_after_a_month(
    site: SmallSite, crawl: Crawl
) -> None:
    assert crawl.run(NOW="2019-10-01T10:00:00+00:00") == 0
    site.asked.clear()
    site.has_rest = True
    assert crawl.run(NOW="2019-10-30T10:00:00+00:00", REVISITS=0) == 0
    assert not any(path.startswith(REST) for path in site.paths())
    assert crawl.run(NOW="2019-11-02T10:00:00+00:00", REVISITS=0) == 0
    assert any(path.startswith(REST) for path in site.paths())
    assert crawl.one("SELECT state FROM sources WHERE source = 'rest'") == "works"


# -- what it notices ------------------------------------------------------------------------------


def test_an_article_is_looked_at_again_at_its_ages_and_no_more_of_them_than_allowed(
    site: SmallSite, crawl: Crawl
) -> None:
    site.numbers = list(range(1, 13))
    assert crawl.run(NOW="2019-11-01T10:00:00+00:00") == 0
    site.asked.clear()
    site.answers["/berita-5/"] = Answer(site.article(5, "<p>Kini teksnya lain sama sekali.</p>"))
    later = "2020-01-20T10:00:00+00:00"
    assert crawl.run(NOW=later, REVISITS=5) == 0
    assert len(pages(site)) == 5
    assert crawl.run(NOW=later, REVISITS=50) == 0
    assert sorted(pages(site)) == sorted(f"/berita-{n}/" for n in range(1, 13))
    assert crawl.run(NOW=later, REVISITS=50) == 0
    assert len(pages(site)) == 12
    assert crawl.one("SELECT count(*) FROM revisions") == 13


def test_what_rest_calls_changed_is_looked_at_at_once(rest: SmallSite, crawl: Crawl) -> None:
    assert crawl.run(NOW=day(1)) == 0
    rest.answers["/berita-2/"] = Answer(rest.article(2, "<p>Ralat: kini begini.</p>"))
    rest.modified[2] = "2019-11-02T09:00:00"
    rest.asked.clear()
    assert crawl.run(NOW=day(2), REVISITS=0) == 0
    assert pages(rest) == ["/berita-2/"]
    assert crawl.one("SELECT count(*) FROM revisions") == 4
    assert crawl.run(NOW=day(2, 11), REVISITS=0) == 0
    assert pages(rest) == ["/berita-2/"]


def test_a_change_that_is_to_come_is_not_believed_before(rest: SmallSite, crawl: Crawl) -> None:
    assert crawl.run(NOW=day(1)) == 0
    rest.modified[2] = "2027-01-01T09:00:00"
    rest.asked.clear()
    assert crawl.run(NOW=day(2), REVISITS=0) == 0
    assert pages(rest) == []


def test_a_deleted_post_is_missed_by_its_count_and_looked_for(
    rest: SmallSite, crawl: Crawl
) -> None:
    rest.numbers = list(range(1, 31))
    assert crawl.run(NOW=day(1)) == 0
    rest.numbers.remove(7)
    rest.asked.clear()
    assert crawl.run(NOW=day(2), REVISITS=0) == 0
    assert pages(rest) == ["/berita-7/"]
    assert crawl.one("SELECT absences FROM urls WHERE url LIKE '%/berita-7/'") == 1
    for number in (3, 4, 6, 9):
        assert crawl.run(NOW=day(number), REVISITS=0) == 0
    assert crawl.rows("SELECT url FROM articles WHERE gone_at IS NOT NULL") == [
        (f"{rest.origin}/berita-7/",)
    ]
    # It comes back, and is the newest in the list of the listing again.
    rest.numbers.append(7)
    assert crawl.run(NOW=day(12), REVISITS=0) == 0
    assert crawl.one("SELECT count(*) FROM articles WHERE gone_at IS NOT NULL") == 0
    assert crawl.rows("SELECT kind FROM ledger ORDER BY id DESC LIMIT 2") == [("back",), ("gone",)]


def listed(site: SmallSite, numbers: Iterable[int], total: int) -> Answer:
    posts = [{"id": n, "link": f"{site.origin}/berita-{n}/"} for n in numbers]
    return Answer(
        json.dumps(posts),
        headers={"X-WP-Total": str(total), "X-WP-TotalPages": "1"},
        content_type="application/json",
    )


def test_what_one_section_shows_and_rest_does_not_is_looked_for_in_all(
    rest: SmallSite, crawl: Crawl
) -> None:
    def shows(path: str, number: int) -> None:
        page = rest.html("Berita", "archive category", rest.entries([number]))
        rest.answers[path] = Answer(page)

    sport = f'<a href="{rest.origin}/category/olahraga/">Olahraga</a>'
    rest.answers["/"] = Answer(rest.home().replace("</nav>", f"{sport}</nav>"))
    shows("/category/olahraga/", 1)
    assert crawl.run(NOW=day(1)) == 0
    rest.asked.clear()
    assert crawl.run(NOW=day(2), REVISITS=0) == 0
    assert len([path for path in rest.paths() if path.startswith("/category/")]) == 1
    rest.answers |= {f"/berita-{number}/": Answer(rest.article(number)) for number in (4, 5)}
    shows("/category/berita/", 4)
    shows("/category/olahraga/", 5)
    assert crawl.run(NOW=day(3), REVISITS=0) == 0
    assert crawl.one(ARTICLES) == 5


class TestASourceThatLies:
    """REST is asked first; whatever it says, no article that a listing shows is missed."""

    def whole(self, site: SmallSite) -> str:
        return next(path for path in site.paths() if path.startswith(REST))

    @pytest.mark.parametrize(
        "answer",
        [
            Answer("[]", headers={"X-WP-Total": "0"}, content_type="application/json"),
            Answer("<html>Situs ini dijaga.</html>"),
            Answer('{"code": "rest_forbidden"}', status=401, content_type="application/json"),
            Answer("", status=500),
        ],
    )
    def test_empty_forbidden_or_broken(
        self, site: SmallSite, crawl: Crawl, answer: Answer
    ) -> None:
        assert crawl.run(NOW=day(1)) == 0
        site.numbers.append(4)
        asked = self.whole(site)
        site.answers[asked] = answer
        assert crawl.run("-a", "deep=1", NOW=day(2), REVISITS=0) == 0
        assert crawl.one(ARTICLES) == 4
        assert crawl.one("SELECT state FROM sources WHERE source = 'rest'") != "works"

    def test_one_that_hides_a_post(self, rest: SmallSite, crawl: Crawl) -> None:
        assert crawl.run(NOW=day(1)) == 0
        for number in range(4, 44):
            rest.numbers.append(number)
        hidden = listed(rest, range(1, 40), 39)
        rest.asked.clear()
        assert crawl.run(NOW=day(2), REVISITS=0, MAX_REQUESTS=3) == 0
        incremental = self.whole(rest)
        rest.answers[incremental] = hidden
        assert crawl.run(NOW=day(3), REVISITS=0) == 0
        assert crawl.one(ARTICLES) == 43

    def test_one_cut_short_makes_nobody_look_for_all_the_rest(
        self, rest: SmallSite, crawl: Crawl
    ) -> None:
        rest.numbers = list(range(1, 61))
        assert crawl.run(NOW=day(1)) == 0
        rest.answers[self.whole(rest)] = listed(rest, range(1, 11), 10)
        rest.asked.clear()
        assert crawl.run("-a", "deep=1", NOW=day(2), REVISITS=0) == 0
        assert pages(rest) == []


# -- speaking up ----------------------------------------------------------------------------------


def test_what_lasts_is_told_once_a_day(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run(NOW=day(1)) == 0
    site.answers["/"] = Answer("<title>berita.example is for sale</title>")
    told = []
    for hours in (0, 6, 18, 24, 30):
        moment = f"2019-11-{2 + hours // 24:02}T{hours % 24:02}:17:00+00:00"
        assert crawl.run(NOW=moment) == Status.UNEXPECTED_PAGES
        told += [hours] * bool(crawl.stderr)
    assert told == [0, 24]


def test_pages_that_give_errors_are_named(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run(NOW=day(1)) == 0
    site.numbers += range(4, 24)
    site.answers |= {
        f"/berita-{number}/": Answer(status=500) for number in site.numbers if number % 5 > 1
    }
    assert crawl.run(NOW=day(2), REVISITS=0) == Status.UNEXPECTED_PAGES
    assert "12 of 23 pages give errors: " in crawl.stderr
    assert f"{site.origin}/berita-22/" in crawl.stderr


def test_how_long_answers_take_is_counted(site: SmallSite, crawl: Crawl) -> None:
    def slowly(_before: int) -> Answer:
        time.sleep(0.5)
        return Answer(site.article(1))

    site.answers["/berita-1/"] = slowly
    assert crawl.run() == 0
    stats = json.loads(crawl.one("SELECT stats FROM runs"))
    assert stats["health/answers"] == len(site.asked) - len(["robots.txt", "home page"])
    assert 500 <= stats["health/milliseconds"] < 2_000


# -- walking everything again, by itself ----------------------------------------------------------


def walked(site: SmallSite) -> list[str]:
    """The pages of the section that were asked for, by number."""
    return [path.strip("/").split("/")[-1] for path in site.paths() if "category" in path]


def test_every_so_often_a_run_walks_everything_again(site: SmallSite, crawl: Crawl) -> None:
    site.numbers = list(range(1, 36))
    for moment, pages_asked, arguments in [
        (1, ["berita", "2", "3", "4"], "{}"),
        (8, ["berita"], "{}"),
        (11, ["berita", "2", "3", "4"], '{"deep":"1"}'),
        (20, ["berita"], "{}"),
        (21, ["berita", "2", "3", "4"], '{"deep":"1"}'),
    ]:
        site.asked.clear()
        assert crawl.run(NOW=day(moment, moment), REVISITS=0, DEEP_EVERY=10) == 0
        assert walked(site) == pages_asked, moment
        assert crawl.one("SELECT arguments FROM runs ORDER BY id DESC LIMIT 1") == arguments


@pytest.mark.parametrize("argument", ["deep=0", "section=berita", "url=/berita-1/"])
def test_not_when_something_else_is_asked_for(
    site: SmallSite, crawl: Crawl, argument: str
) -> None:
    site.numbers = list(range(1, 36))
    assert crawl.run(NOW=day(1)) == 0
    site.asked.clear()
    argument = argument.replace("=/", f"={site.origin}/")
    assert crawl.run("-a", argument, NOW=day(20), REVISITS=0, DEEP_EVERY=10) == 0
    assert "2" not in walked(site)
    assert "deep=1" not in crawl.log


def test_one_that_breaks_off_is_gone_on_with(site: SmallSite, crawl: Crawl) -> None:
    site.numbers = list(range(1, 36))
    assert crawl.run(NOW=day(1)) == 0
    site.asked.clear()
    for hours in range(4):
        moment = f"2019-11-20T{hours:02}:00:00+00:00"
        assert crawl.run(NOW=moment, REVISITS=0, DEEP_EVERY=10, MAX_REQUESTS=5) == 0
    assert walked(site)[:4] == ["berita", "2", "3", "4"]
    reasons = crawl.rows("SELECT reason, arguments FROM runs WHERE id > 1")
    assert ("complete", '{"deep":"1"}') in reasons
    assert reasons[-1] == ("complete", "{}")


# -- budgets, and being asked to leave ------------------------------------------------------------


@pytest.mark.parametrize("budget", [{"MAX_REQUESTS": 9}, {"MAX_MINUTES": 0.01}])
def test_a_run_whose_budget_is_used_up_ends_well_and_the_next_one_goes_on(
    site: SmallSite, crawl: Crawl, budget: dict[str, float]
) -> None:
    site.numbers = list(range(1, 41))
    delay = {"DOWNLOAD_DELAY": 0.1} if "MAX_MINUTES" in budget else {}
    assert crawl.run(**budget, **delay) == 0
    ((status, reason),) = crawl.rows("SELECT status, reason FROM runs")
    assert status == 0
    assert "budget" in reason
    assert f"pending {crawl.one('SELECT count(*) FROM urls WHERE next_at IS NOT NULL')}" in reason
    if "MAX_REQUESTS" in budget:
        assert len(site.asked) == 9
    assert 0 < crawl.one(ARTICLES) + len(site.asked) < 40
    assert crawl.stderr == ""
    while crawl.one(ARTICLES) < 40:
        assert crawl.run(MAX_REQUESTS=15) == 0
    assert len(pages(site)) == 40


def test_the_smallest_budget_does_for_robots_txt_and_the_home_page(
    site: SmallSite, crawl: Crawl
) -> None:
    assert crawl.run(MAX_REQUESTS=1) == 0
    assert site.paths() == ["/robots.txt", "/"]


@pytest.mark.parametrize("after", ["7200", "Fri, 01 Nov 2019 12:00:00 GMT"])
def test_a_retry_after_is_remembered_by_the_runs_that_follow(
    site: SmallSite, crawl: Crawl, after: str
) -> None:
    site.answers["/berita-3/"] = Answer(status=429, headers={"Retry-After": after})
    assert crawl.run(NOW=day(1)) == Status.UNREACHABLE
    site.answers.clear()
    site.asked.clear()
    assert crawl.run(NOW=day(1, 11)) == Status.UNREACHABLE
    assert site.asked == []
    assert "left alone until 2019-11-01 12:00" in crawl.one("SELECT reason FROM runs WHERE id = 2")
    assert crawl.run(NOW=day(1, 13)) == 0
    assert crawl.one(ARTICLES) == 3


def test_a_retry_after_of_ten_years_is_forgotten_after_a_month(
    site: SmallSite, crawl: Crawl
) -> None:
    site.answers["/berita-3/"] = Answer(
        status=503, headers={"Retry-After": str(10 * 365 * 86_400)}
    )
    assert crawl.run(NOW=day(1)) == Status.UNREACHABLE
    site.answers.clear()
    site.asked.clear()
    assert crawl.run(NOW=day(30)) == Status.UNREACHABLE
    assert site.asked == []
    assert crawl.run(NOW="2019-12-02T10:00:00+00:00") == 0
    assert crawl.one(ARTICLES) == 3


def test_a_listing_that_shows_nothing_any_more_is_told_once(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run(NOW=day(1)) == 0
    site.answers["/category/berita/"] = Answer(site.html("Berita", "archive category"))
    assert crawl.run(NOW=day(2), REVISITS=0) == Status.UNEXPECTED_PAGES
    assert f"no article any more: {site.origin}/category/berita/\n" in crawl.stderr
    assert crawl.run(NOW=day(2, 11), REVISITS=0) == Status.UNEXPECTED_PAGES
    assert crawl.stderr == ""


def test_new_pages_that_are_no_articles_are_told(site: SmallSite, crawl: Crawl) -> None:
    site.numbers = list(range(1, 9))
    static = Answer(site.html("Tentang kami", "page-template-default page", "<p>Kami.</p>"))
    site.answers |= {f"/berita-{number}/": static for number in site.numbers}
    assert crawl.run() == Status.UNEXPECTED_PAGES
    assert "8 of 8 new pages are no articles" in crawl.stderr


def test_a_page_that_is_tried_again_counts_once(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run(NOW=day(1)) == 0
    closed = Answer("<html><title>Maintenance</title><body><h1>Maintenance</h1></body></html>")
    site.answers |= {f"/berita-{number}/": closed for number in site.numbers}
    assert crawl.run(NOW="2020-02-01T10:00:00+00:00") == 0
    assert len(pages(site)) == 3 + 3 * 3


def test_texts_that_are_not_those_of_rest_are_told(
    rest: SmallSite, crawl: Crawl, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = rest.text
    script = "<script>var iklan = 'satu dua tiga empat lima enam tujuh delapan';</script>"
    monkeypatch.setattr(rest, "text", lambda number: script + text(number))
    assert crawl.run(NOW=day(1)) == 0
    rest.numbers += [4, 5]
    other = "<p>Klik di sini untuk membaca berita lain dari kami.</p>"
    rest.answers |= {f"/berita-{n}/": Answer(rest.article(n, other)) for n in (4, 5)}
    assert crawl.run(NOW=day(2), REVISITS=0) == Status.UNEXPECTED_PAGES
    assert "2 of 2 articles differ from what the REST API gives" in crawl.stderr


def test_a_feed_that_lacks_the_newest_articles_is_told(site: SmallSite, crawl: Crawl) -> None:
    items = "".join(
        f"<item><link>{site.origin}/berita-{n}/</link>"
        f"<pubDate>{n + 1:02d} Oct 2019 03:15:00 +0000</pubDate></item>"
        for n in site.numbers
    )
    site.answers["/feed/"] = Answer(f"<rss><channel>{items}</channel></rss>")
    assert crawl.run(NOW=day(1)) == 0
    site.numbers += [4, 6]
    assert crawl.run(NOW=day(2), REVISITS=0) == 0
    site.numbers.append(5)
    assert crawl.run(NOW=day(3), REVISITS=0) == Status.UNEXPECTED_PAGES
    assert f"the feed lacks the 3 newest articles: {site.origin}/berita-6/" in crawl.stderr


def test_old_articles_alarm_nobody_in_the_first_run_nor_later_a_few(
    site: SmallSite, crawl: Crawl
) -> None:
    site.numbers = list(range(1, 22))
    assert crawl.run(NOW="2019-12-15T10:00:00+00:00") == 0
    site.numbers += range(22, 41)
    assert crawl.run(NOW="2019-12-16T10:00:00+00:00", REVISITS=0) == 0
    assert crawl.one(ARTICLES) == 40


def test_a_site_that_is_down_alarms_nobody_for_two_days(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run(NOW=day(1)) == 0
    site.answers["/"] = Answer(status=503)
    for number, hour in ((2, 10), (3, 9)):
        assert crawl.run(NOW=day(number, hour)) == Status.UNREACHABLE
        assert crawl.stderr == ""
    assert crawl.run(NOW=day(3, 11)) == Status.UNREACHABLE
    assert crawl.stderr.count("\n") == 1
    assert "503" in crawl.stderr


def test_a_young_copy_stands_in_for_a_robots_txt_that_cannot_be_read(
    site: SmallSite, crawl: Crawl
) -> None:
    site.answers["/robots.txt"] = Answer("User-agent: *\nDisallow: /berita-3/\n")
    assert crawl.run(NOW=day(1)) == 0
    site.answers["/robots.txt"] = Answer(status=500)
    site.numbers.append(4)
    assert crawl.run(NOW=day(2, 9)) == 0
    assert crawl.one(ARTICLES) == 3
    assert "/berita-3/" not in site.paths()
    site.asked.clear()
    assert crawl.run(NOW=day(2, 11)) == Status.UNREACHABLE
    assert set(site.paths()) == {"/robots.txt"}
