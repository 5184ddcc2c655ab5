"""`scrapy show`: one article, by the real command."""

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from borneone_crawler.statuses import Status
from tests.commanding import run
from tests.crawling import Crawl
from tests.small_site import Answer, SmallSite
from tests.terminal import Terminal
from tests.test_docs import DESK, statements
from tests.typed import argv

SQL = """
SELECT headline, article_body FROM states
WHERE article_id = 1 AND from_at <= ? AND (until_at > ? OR until_at IS NULL)
"""


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    """An archive with an article that was seen on 2 March 2026, and otherwise on 3 March."""
    with SmallSite() as site:
        crawl = Crawl(tmp_path_factory.mktemp("edited"), site.origin)
        ask(crawl, 1, "2026-03-01T20:00:00Z")
        ask(crawl, 2, "2026-03-01T21:00:00Z")
        html = site.article(1).replace("menanam pohon", "menebang pohon")
        site.answers["/berita-1/"] = Answer(html)
        ask(crawl, 1, "2026-03-03T08:00:00Z")
        yield crawl


def ask(crawl: Crawl, number: int, now: str) -> None:
    assert crawl.run("-a", f"url={crawl.origin}/berita-{number}/", NOW=now) == 0


def as_json(crawl: Crawl, *more: str) -> dict[str, Any]:
    done = run(crawl, "show", "1", "--json", *more)
    assert (done.returncode, done.stderr) == (0, "")
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def test_any_spelling_of_an_address_shows_the_article(edited: Crawl) -> None:
    done = run(edited, "show", f"{edited.origin}/berita-1?utm_source=wa")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Berita nomor 1\n{edited.origin}/berita-1/\n")
    assert "Warga nomor 1 menebang pohon di tepi sungai.\n\nKegiatan itu" in done.stdout
    assert "revision 2: substance (shown here)" in done.stdout
    assert "- after it: Berita nomor 2 (2019-10-03, article 2)" in done.stdout
    assert run(edited, "show", "1").stdout == done.stdout


@pytest.mark.parametrize(
    "as_of", ["2026-03-02", "2026-03-03T14:00", "2026-03-03T15:00", "2026-03"]
)
def test_as_of_a_date_it_says_what_the_documented_query_says(edited: Crawl, as_of: str) -> None:
    said = as_json(edited, "--as-of", as_of)
    found = edited.rows(SQL, said["as_of"], said["as_of"])
    assert found == [(said["article"]["headline"], said["article"]["article_body"])]
    is_late = as_of in ("2026-03", "2026-03-03T15:00")
    assert ("menebang" in said["article"]["article_body"]) is is_late
    assert said["revision"] == 1 + is_late
    assert [state["kinds"] for state in said["states"]] == [None, "substance"]


def test_the_query_of_the_readme_says_the_same_of_the_end_of_a_day(edited: Crawl) -> None:
    (query,) = (sql for sql in statements(DESK) if "headline, article_body FROM states" in sql)
    for day in ("2026-03-01", "2026-03-02", "2026-03-03"):
        told = dict.fromkeys(range(1, 3))
        for number in told:
            done = run(edited, "show", str(number), "--json", "--as-of", day)
            said = json.loads(done.stdout)["article"] if done.returncode == 0 else None
            told[number] = said and (said["url"], said["headline"], said["article_body"])
        found = edited.rows(query.replace("2019-10-14T17", f"{day}T17"))
        assert sorted(found) == sorted(filter(None, told.values())), day


def test_as_of_a_day_before_it_was_first_seen_is_64(edited: Crawl) -> None:
    for as_of, line in (
        ("2026-03-01", "from before 2026-03-02 03:00:0"),
        ("2199", "still to come"),
        ("219", "is no date"),
    ):
        done = run(edited, "show", "1", "--as-of", as_of)
        assert (done.returncode, done.stdout) == (Status.USAGE, "")
        assert line in done.stderr
        assert done.stderr.count("\n") == 1


def test_what_is_not_held_is_64(edited: Crawl) -> None:
    for argv_ in (["/berita-9/"], ["99"], [], ["1", "2"]):
        done = run(edited, "show", *argv_)
        assert (done.returncode, done.stdout) == (Status.USAGE, ""), argv_


def test_a_terminal_gets_lines_that_fit_and_a_pipe_gets_paragraphs(edited: Crawl) -> None:
    terminal = Terminal(50, COLUMNS="", NO_COLOR="1")  # pytest-xdist sets it
    assert terminal.run(argv(edited.archive, "show", "1")) == 0
    assert (
        "Pontianak, BorneOneTV – Warga nomor 1 menebang\r\npohon di tepi sungai." in terminal.text
    )
    assert "\x1b" not in terminal.text
    wide = Terminal(300)
    assert wide.run(argv(edited.archive, "show", "1")) == 0
    assert "\x1b[1mBerita nomor 1\x1b[0m" in wide.text


def test_what_was_taken_down_is_not_shown(site: SmallSite, crawl: Crawl) -> None:
    ask(crawl, 1, "2026-03-01T20:00:00Z")
    assert run(crawl, "takedown", "1", "--reason", "permintaan").returncode == 0
    for more in ([], ["--json"], ["--as-of", "2026-03-02"]):
        done = run(crawl, "show", f"{site.origin}/berita-1/", *more)
        assert (done.returncode, done.stdout) == (Status.USAGE, "")
        assert "was taken down here" in done.stderr
        assert "Warga" not in done.stderr


def test_json_escapes_what_would_speak_to_a_terminal(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/berita-1/"] = Answer(site.article(1, "<p>Warga \u202e dan \u009b2J pohon.</p>"))
    ask(crawl, 1, "2026-03-01T20:00:00Z")
    text: str = subprocess.run(
        argv(crawl.archive, "show", "1", "--json"), capture_output=True, text=True
    ).stdout
    assert "\u202e" not in text
    assert "\\u202e" in text
    assert json.loads(text)["article"]["article_body"] == crawl.one(
        "SELECT article_body FROM articles WHERE id = 1"
    )


def test_an_archive_that_an_older_version_wrote_is_told(edited: Crawl, tmp_path: Path) -> None:
    copy = tmp_path / "older.db"
    shutil.copy(edited.archive, copy)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("DROP VIEW states")
    done = run(edited, "show", "1", ARCHIVE_DB=copy)
    assert (done.returncode, done.stdout) == (Status.NO_ARCHIVE, "")
    assert "an older version of this program: the next crawl brings its views" in done.stderr
