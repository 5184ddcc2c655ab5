"""The report counts what the archive holds, and its page is safe, whole and in both languages."""

import csv
import io
import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml.html import HtmlElement, fromstring

from borneone_crawler.desk.browser import write_page
from borneone_crawler.desk.report.figures import Figures, figures_of
from borneone_crawler.desk.report.html import html_of
from borneone_crawler.desk.words import LANGUAGES, Words, words_of
from borneone_crawler.items import State
from borneone_crawler.statuses import Status, Stop
from tests.archive.conftest import SITE, Desk
from tests.archive.takedown.test_withholding import take_down
from tests.test_faults import SmallDisk, disk  # noqa: F401 - a fixture
from tests.typed import run

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
HOSTILE = "\ufffe</title><script>alert(1)</script>&\u202e"


def counted(desk: Desk) -> Figures:
    return figures_of(desk.archive.db, [], now=NOW)


def words(language: str) -> Words:
    return words_of(language).of("report")


def page(desk: Desk, language: str = "en") -> HtmlElement:
    return fromstring(html_of(counted(desk), words(language), outlet="BorneOneTV"))


def publish(desk: Desk, *dates: str, **fields: object) -> None:
    held = desk.one("SELECT count(*) FROM articles")
    for number, date in enumerate(dates, start=held + 1):
        desk.store(f"{SITE}/berita-{number}/", post_id=number, date_published=date, **fields)


def text_of(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_a_month_without_an_article_is_a_gap_between_the_first_and_the_last(desk: Desk) -> None:
    publish(desk, "2019-11-02T10:00:00+07:00", "2020-02-28T23:30:00+07:00", "2020-02-01")
    figures = counted(desk)
    assert figures.months == {"2019-11": 1, "2019-12": 0, "2020-01": 0, "2020-02": 2}
    assert figures.gaps == ["2019-12", "2020-01"]
    shown = page(desk)
    assert "Empty months: December 2019, January 2020." in text_of(shown)
    assert [text_of(cell) for cell in shown.cssselect("td.gap")] == ["0", "0"]


def test_hours_are_the_newsroom_s_and_a_date_without_one_has_none(desk: Desk) -> None:
    publish(desk, "2019-10-14T00:30:00+07:00", "2019-10-14")
    assert counted(desk).hours == [1] + 23 * [0]


def test_an_article_counts_in_each_of_its_sections_and_small_ones_together(desk: Desk) -> None:
    for number in range(9):
        names = [(f"Rubrik {number}", None), ("Berita", None)]
        publish(desk, f"20{10 + number}-01-01", sections=names)
    sections = counted(desk).sections
    assert next(iter(sections)) == "Berita"
    assert sum(sections["Berita"].values()) == 9
    assert len(sections) == 8
    assert sections[""] == {"2016": 1, "2017": 1, "2018": 1}


def test_a_place_is_one_however_its_dateline_is_written(desk: Desk) -> None:
    for n, line in enumerate(["PONTIANAK, BorneOneTV", "Pontianak (BorneOneTV)", "Pontianak"]):
        publish(desk, f"2019-0{n + 1}-01", dateline=line)
    publish(desk, "2019-05-01", dateline="Kubu Raya")
    assert counted(desk).places == [("Pontianak", 3), ("Kubu Raya", 1)]


def test_initials_are_no_authors_and_what_has_no_letter_is_nobody(desk: Desk) -> None:
    publish(desk, "2019-10-14", authors=["Ani Lestari"], byline_initials="Ani")
    publish(desk, "2019-10-15", authors=["Ani Lestari"], editor="Budi", byline_initials="*")
    figures = counted(desk)
    assert figures.bylines == [("Ani Lestari", 2)]
    assert figures.initials == [("Ani", 1)]
    shown = page(desk, "id")
    assert "dihitung tersendiri" in text_of(shown.cssselect(".initials")[0])


def test_a_full_disk_leaves_the_earlier_page_and_nothing_else(
    desk: Desk,
    tmp_path: Path,
    disk: SmallDisk,  # noqa: F811
) -> None:
    publish(desk, "2019-10-14")
    saved, target = tmp_path / "saved.html", disk.folder / "laporan.html"
    saved.write_text("<h1>Pasar Apung</h1><article><p>Perahu.</p></article>", encoding="utf-8")
    commands = (("report", target), ("explain", saved, "--html", target))
    for before in (None, "<!DOCTYPE html><p>Kemarin.</p>"):
        disk.remount("size=1300k")
        if before:
            target.write_text(before, encoding="utf-8")
        disk.remount("size=8k")
        for argv in commands:
            done = run(desk.path, *argv)
            told = f"borneone_crawler: cannot write {target}: No space left on device\n"
            assert (done.returncode, done.stdout, done.stderr) == (Status.IO_ERROR, "", told)
            left = {path.name: path.read_text("utf-8") for path in disk.folder.iterdir()}
            assert left == ({target.name: before} if before else {})


def test_a_page_goes_through_a_link_and_into_a_device(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.html").touch()
    (tmp_path / "b.html").symlink_to("a.html")
    write_page(tmp_path / "b.html", "<!DOCTYPE html>")
    assert (tmp_path / "b.html").is_symlink()
    assert (tmp_path / "a.html").read_text("utf-8") == "<!DOCTYPE html>"
    (tmp_path / "null").symlink_to("/dev/null")
    write_page(tmp_path / "null", "<!DOCTYPE html>")
    assert Path("/dev/null").is_char_device()
    (tmp_path / "full").symlink_to("/dev/full")
    with pytest.raises(Stop, match="No space left") as stop:
        write_page(tmp_path / "full", "<!DOCTYPE html>")
    assert stop.value.status is Status.IO_ERROR


def test_what_was_taken_down_counts_nowhere(desk: Desk) -> None:
    publish(
        desk, "2019-10-14T10:00:00+07:00", dateline="Sambas", keywords=["kalbar"], authors=["Ani"],
        byline_initials="An", sections=[("Berita", None)],
    )  # fmt: skip
    take_down(desk, 1)
    figures = counted(desk)
    assert (figures.totals["articles"], figures.months, sum(figures.hours)) == (0, {}, 0)
    assert figures.sections == {}
    assert figures.bylines == figures.initials == figures.places == figures.keywords == []


def test_an_edit_and_an_article_that_vanished_are_told(desk: Desk) -> None:
    publish(desk, "2019-10-14")
    url = desk.one("SELECT url FROM articles")
    desk.next_run()
    desk.store(url, post_id=1, headline="Judul lain sekali", date_published="2019-10-14")
    desk.next_run()
    desk.settle(url, state=State.GONE, http_status=410)
    shown = page(desk, "id")
    assert "Judul lain sekali" in text_of(shown.cssselect(".vanished")[0])
    assert "dihapus, 14 Oktober 2019" in text_of(shown.cssselect(".vanished")[0])
    assert [row[0] for row in downloaded(shown, "edits")[1:]] == ["judul"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_archive_without_articles_has_a_page_too(desk: Desk, language: str) -> None:
    shown = page(desk, language)
    assert words(language).say("lead_empty") in text_of(shown)
    assert shown.cssselect("svg") == []


def test_texts_of_others_are_shown_and_never_run(desk: Desk) -> None:
    publish(
        desk, "2019-10-14", headline=HOSTILE, authors=[HOSTILE], keywords=[HOSTILE],
        dateline=HOSTILE, sections=[(HOSTILE, None)],
    )  # fmt: skip
    desk.next_run()
    desk.settle(desk.one("SELECT url FROM articles"), state=State.GONE, http_status=410)
    html = html_of(counted(desk), words("id"), outlet="BorneOneTV")
    assert "<script" not in html.lower()
    assert "\u202e" not in html
    assert "alert(1)" in text_of(fromstring(html).cssselect(".vanished")[0])


def test_it_loads_nothing_and_its_style_is_the_one_that_is_allowed(desk: Desk) -> None:
    publish(desk, "2019-10-14", sections=[("Berita", None)], authors=["Ani"])
    html = html_of(counted(desk), words("en"), outlet="BorneOneTV")
    shown = fromstring(html)
    assert not re.search(r"\ssrc=|@import|url\(|\sstyle=|<link|<iframe|\son\w+=", html)
    assert len(shown.cssselect("style")) == 1
    hrefs = [link.get("href") for link in shown.cssselect("a[href]")]
    assert all(href.startswith(("data:text/csv", SITE)) for href in hrefs)


def test_each_chart_has_a_name_and_its_numbers_beside_it(desk: Desk) -> None:
    publish(desk, "2019-10-14T10:00:00+07:00", sections=[("Berita", None)], authors=["Ani"])
    shown = page(desk)
    charts = shown.cssselect(".part svg")
    assert {"Articles a month", "Sections over the years", "Hours of publication"} <= {
        chart.get("aria-label") for chart in charts
    }
    assert all(chart.xpath("ancestor::section//table") for chart in charts)
    assert downloaded(shown, "months") == [["Month", "Articles"], ["2019-10", "1"]]


def test_no_spreadsheet_takes_a_name_for_a_formula(desk: Desk) -> None:
    publish(desk, "2019-10-14", keywords=["=cmd|' /C calc'!A0"])
    assert downloaded(page(desk), "keywords")[1] == ["'=cmd|' /C calc'!A0", "1"]


def downloaded(shown: HtmlElement, name: str) -> list[list[str]]:
    (link,) = shown.cssselect(f'a[download="{name}.csv"]')
    kind, _, data = link.get("href").partition(",")
    assert kind == "data:text/csv;charset=utf-8"
    text = unquote(data)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def test_the_command_writes_one_file_and_says_where(desk: Desk, tmp_path: Path) -> None:
    publish(desk, "2019-10-14")
    target = tmp_path / "laporan.html"
    done = run(desk.path, "report", target, "--lang", "id")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{target}\n", "")
    assert "Arsip BorneOneTV" in target.read_text("utf-8")


def test_where_nothing_can_be_written_is_told(desk: Desk, tmp_path: Path) -> None:
    done = run(desk.path, "report", tmp_path / "nowhere" / "laporan.html")
    assert done.returncode == 73
    assert "there is no folder" in done.stderr
    assert run(desk.path, "report", "a", "b").returncode == 64
