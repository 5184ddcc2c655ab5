"""The views `pages` and `coverage`: every page is held, explained or missing, and counts once."""

from dataclasses import replace
from typing import Any
from zoneinfo import available_timezones

import pytest

from borneone_crawler.items import Kind, Link, Source, State
from borneone_crawler.site import BORNEONETV
from tests.archive.conftest import SITE, Desk

BERITA = ("Berita", f"{SITE}/category/berita/")
DAERAH = ("Daerah", f"{SITE}/category/daerah/")


def show(desk: Desk, *paths: str, on: str = "berita", **said: Any) -> None:
    """Have a category's listing, or the REST API, list these pages."""
    rest = on == "rest"
    url = f"{SITE}/wp-json/wp/v2/posts/" if rest else f"{SITE}/category/{on}/"
    kind = Kind.SOURCE if rest else Kind.LISTING
    with desk.archive.db.atomic():
        added = desk.archive.frontier.add(Link(url=url, kind=kind), "", desk.archive.run_id)
        assert added is not None
        desk.archive.frontier.make_due([added.row_id])
    (due,) = desk.archive.claim(1, {added.row_id})
    links = [Link(url=SITE + path, kind=Kind.ARTICLE, is_entry=True, **said) for path in paths]
    source = Source.REST if rest else Source.LISTING
    desk.archive.settle(due, desk.outcome(due, links=links, source=source))


def account(desk: Desk, path: str) -> tuple[Any, ...]:
    ((held, reason),) = desk.rows("SELECT account, reason FROM pages WHERE url = ?", SITE + path)
    return held, reason


def test_what_is_not_held_has_its_account_and_reason(desk: Desk) -> None:
    given: dict[str, tuple[State, str | None]] = {
        "/baru/": (State.PENDING, None),
        "/lagi/": (State.PENDING, "500"),
        "/rusak/": (State.FAILED, "500 × 3"),
        "/hilang/": (State.GONE, "404"),
        "/tertutup/": (State.SKIPPED, "robots.txt"),
        "/tentang-kami/": (State.SKIPPED, "not an article: static page"),
        "/rahasia/": (State.SKIPPED, "not an article: password protected"),
        "/rawat/": (State.SKIPPED, "not an article: maintenance × 4"),
        "/keluar/": (State.SKIPPED, "redirects off the site: https://lain.example/"),
        "/aneh/": (State.SKIPPED, "something new"),
    }
    show(desk, *given)
    for path, (state, reason) in given.items():
        desk.archive.db.execute(
            "UPDATE urls SET state = ?, reason = ? WHERE url = ?", [state, reason, SITE + path]
        )
    assert {path: account(desk, path) for path in given} == {
        "/baru/": ("missing", "pending"),
        "/lagi/": ("missing", "pending: 500"),
        "/rusak/": ("missing", "failed: 500 × 3"),
        "/hilang/": ("explained", "gone"),
        "/tertutup/": ("explained", "robots.txt"),
        "/tentang-kami/": ("explained", "not an article: static page"),
        "/rahasia/": ("explained", "not an article: password protected"),
        "/rawat/": ("missing", "not an article: maintenance × 4"),
        "/keluar/": ("explained", "redirects off the site: https://lain.example/"),
        "/aneh/": ("missing", "something new"),
    }
    assert desk.rows("SELECT * FROM coverage") == [("berita", None, 10, 0, 5, 5)]


def test_a_page_to_log_in_that_only_a_menu_leads_to_is_no_missing_article(desk: Desk) -> None:
    desk.settle(f"{SITE}/masuk/", state=State.SKIPPED, reason="not an article: login page × 4")
    assert account(desk, "/masuk/") == ("explained", "not an article: login page × 4")
    show(desk, "/masuk/", on="rest")
    assert account(desk, "/masuk/") == ("missing", "not an article: login page × 4")


def test_an_article_is_found_under_any_of_its_addresses(desk: Desk) -> None:
    show(desk, "/lama/", "/?p=12", "/wagub/")
    for old in ("/lama/", "/?p=12"):
        desk.settle(SITE + old, redirect_to=f"{SITE}/wagub/", http_status=301)
    assert desk.rows("SELECT url, account FROM pages") == [(f"{SITE}/wagub/", "missing")]
    desk.store(f"{SITE}/wagub/", sections=[BERITA])
    desk.archive.want(f"{SITE}/lain-kategori/wagub/")
    desk.store(f"{SITE}/lain-kategori/wagub/", canonical=f"{SITE}/wagub/", sections=[BERITA])
    assert desk.rows("SELECT url, account, sources FROM pages") == [
        (f"{SITE}/wagub/", "held", "listing")
    ]
    assert desk.rows("SELECT * FROM coverage") == [("Berita", "2019-10", 1, 1, 0, 0)]


def test_an_address_that_leads_to_a_listing_or_in_a_circle_is_explained(desk: Desk) -> None:
    show(desk, "/arsip/", "/a/", "/b/", "/c/")
    desk.settle(f"{SITE}/arsip/", redirect_to=f"{SITE}/category/daerah/", http_status=301)
    for one, other in (("a", "b"), ("b", "c"), ("c", "a")):
        desk.settle(f"{SITE}/{one}/", redirect_to=f"{SITE}/{other}/", http_status=301)
    accounts = desk.rows("SELECT url, account FROM pages ORDER BY url")
    assert accounts == [(f"{SITE}/{path}/", "explained") for path in ("a", "arsip", "b", "c")]


def test_sections_and_months_are_those_of_the_article_else_of_who_shows_it(desk: Desk) -> None:
    desk.store(f"{SITE}/wagub/", sections=[BERITA, DAERAH])
    desk.store(f"{SITE}/polos/", post_id=2, date_published=None)
    show(desk, "/baru/", on="daerah")
    show(desk, "/baru/", on="olahraga")
    # The last minute of October in Greenwich is a morning of November in Pontianak.
    show(desk, "/baru/", on="rest", published="2019-10-31T23:59:00.000+00:00")
    desk.archive.want(f"{SITE}/entah/")
    rows = desk.rows("SELECT * FROM coverage ORDER BY section, month")
    assert rows == [
        (None, None, 2, 1, 0, 1),
        ("Berita", "2019-10", 1, 1, 0, 0),
        ("Daerah", "2019-10", 1, 1, 0, 0),
        ("Daerah", "2019-11", 1, 0, 0, 1),
        ("olahraga", "2019-11", 1, 0, 0, 1),
    ]
    assert desk.one("SELECT count(*) FROM pages") == 4
    assert all(shown == sum(parts) for _, _, shown, *parts in rows)


def test_the_list_of_everything_is_no_section(desk: Desk) -> None:
    desk.archive.want(f"{SITE}/baru/")
    (row,) = desk.rows("SELECT id FROM urls WHERE url = ?", f"{SITE}/baru/")
    link = Link(url=f"{SITE}/baru/", kind=Kind.ARTICLE)
    for place in ("", "/"):
        desk.archive.sources.show(row[0], link, Source.LISTING, place)
    assert desk.rows("SELECT sources, sections_json FROM pages") == [("listing", "[]")]


def test_what_was_taken_down_is_accounted_for_and_what_is_gone_is_held(desk: Desk) -> None:
    desk.store(f"{SITE}/wagub/", sections=[BERITA])
    desk.store(f"{SITE}/lain/", post_id=2, sections=[BERITA])
    desk.archive.take_down(1, "asked for")
    desk.settle(f"{SITE}/lain/", state=State.GONE, http_status=404)
    taken_down = "SELECT url, article_id, account FROM pages WHERE reason = 'taken down'"
    assert desk.rows(taken_down) == [(None, None, "explained")], "counted, and not named"
    assert account(desk, "/lain/") == ("held", None)


def test_what_a_whole_inventory_does_not_show_any_more_is_not_shown(desk: Desk) -> None:
    show(desk, "/wagub/", on="rest")
    desk.archive.db.execute("UPDATE shown SET until_at = '2026-01-01'")
    assert desk.rows("SELECT account, sources FROM pages") == [("missing", None)]


@pytest.mark.parametrize("zone", [BORNEONETV.time_zone, "Asia/Makassar", "Asia/Jayapura"])
def test_the_months_of_every_newsroom_s_zone_are_known(desk: Desk, zone: str) -> None:
    assert zone in available_timezones()
    desk.archive.db.execute("UPDATE archive SET time_zone = ?", [zone])
    show(desk, "/baru/", on="rest", published="2019-10-31T23:59:00.000+00:00")
    assert desk.rows("SELECT month FROM pages") == [("2019-11",)]


def test_in_a_zone_that_the_view_does_not_know_no_month_is_guessed(desk: Desk) -> None:
    desk.archive.close()
    desk.path = desk.path.with_name("elsewhere.db")
    desk.archive = desk.open(replace(BORNEONETV, time_zone="Europe/Amsterdam"))
    show(desk, "/baru/", on="rest", published="2019-10-31T23:59:00.000+00:00")
    assert desk.rows("SELECT month FROM pages") == [(None,)]
