"""`scrapy history`: the story of one article, by the real command."""

import json
import os
import pty
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from borneone_crawler.archive.sqlite.database import APPLICATION_ID
from borneone_crawler.statuses import Status
from tests.commanding import TREES, run, with_rule
from tests.crawling import ROOT, Crawl
from tests.small_site import Answer, SmallSite


def ask(crawl: Crawl, now: str, cwd: Path = ROOT) -> None:
    argv = crawl.argv("-a", f"url={crawl.origin}/berita-1/", NOW=now)
    assert subprocess.run(argv, cwd=cwd).returncode == 0


def edited(site: SmallSite) -> Answer:
    html = site.article(1).replace("menanam pohon", "menebang pohon")
    return Answer(html.replace('title">Berita nomor 1<', 'title">Berita nomor satu<'))


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    """An archive with an article that was edited, read by another reader, vanished, came back."""
    program = with_rule(tmp_path_factory.mktemp("program") / "copy", TREES)
    with SmallSite() as site:
        crawl = Crawl(tmp_path_factory.mktemp("lived"), site.origin)
        ask(crawl, "2026-03-01T20:00:00Z")
        site.answers["/berita-1/"] = edited(site)
        ask(crawl, "2026-03-03T08:00:00Z")
        done = run(crawl, "reparse", "--all", cwd=program, NOW="2026-03-04T08:00:00Z")
        assert done.returncode == 0
        site.answers["/berita-1/"] = Answer(status=404)
        for now in ("05T08", "05T15", "06T16", "08T17"):
            ask(crawl, f"2026-03-{now}:00:00Z", cwd=program)
        site.answers["/berita-1/"] = edited(site)
        ask(crawl, "2026-03-20T08:00:00Z", cwd=program)
    return crawl


def test_the_story_of_an_article_that_was_edited_vanished_and_came_back(lived: Crawl) -> None:
    url = f"{lived.origin}/berita-1/"
    done = run(lived, "history", url)
    assert (done.returncode, done.stderr) == (0, "")
    text = done.stdout
    happened = [line for line in text.splitlines() if line.startswith("2026-")]
    said = [line.partition("  ")[2].partition(":")[0] for line in happened]
    assert said == [
        "first seen [revision 1]",
        "edited by the newsroom [revision 2]",
        "read again by another version of our reader; no edit [revision 1]",
        "read again by another version of our reader; no edit [revision 2]",
        "gone",
        "there again",
    ]
    # 20:00 UTC is three in the morning of the next day in Pontianak.
    assert happened[0].startswith("2026-03-02 03:00:0")
    assert " WIB  " in happened[0]
    assert "headline: Berita nomor 1 → Berita nomor satu" in text
    assert "nomor 1 [-menanam-] {+menebang+} pohon di tepi sungai." in text
    edit = text[text.index("edited by") : text.index("read again")]
    assert "pelajar" not in edit, "what our rule took is told where our reader is named"
    assert "pelajar" in text[text.index("read again") :]
    assert "last seen as it stands 2026-03-20 15:00:0" in text

    story = json.loads(run(lived, "history", "1", "--json").stdout)
    assert [event["kind"] for event in story["events"]] == [
        "first seen", "edited", "read again", "read again", "gone", "back",
    ]  # fmt: skip
    assert story["events"][0]["at"].startswith("2026-03-01T20:00:0")
    assert story["article"]["gone_at"] is None
    changed = {change["field"]: change for change in story["events"][1]["changes"]}
    assert set(changed) == {"headline", "article_body"}
    assert ["+", "menebang"] in changed["article_body"]["diff"]


def test_a_terminal_gets_colours_unless_they_are_not_wanted(lived: Crawl) -> None:
    argv = [sys.executable, "-m", "scrapy", "history", "1", "-s", f"ARCHIVE_DB={lived.archive}"]
    for environment, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
        leader, follower = pty.openpty()
        done = subprocess.run(argv, cwd=ROOT, stdout=follower, env=os.environ | environment)
        os.close(follower)
        with os.fdopen(leader, "rb", closefd=True) as terminal:
            text = terminal.read1(65536).decode()
        assert done.returncode == 0
        assert ("\x1b[32m{+menebang+}\x1b[0m" in text) is coloured


def test_a_suspicion_and_a_redirect_are_told_as_what_they_are(
    site: SmallSite, crawl: Crawl
) -> None:
    ask(crawl, "2026-03-01T08:00:00Z")
    site.answers["/berita-1/"] = Answer(status=404)
    ask(crawl, "2026-03-02T08:00:00Z")
    text = run(crawl, "history", "/berita-1/").stdout
    assert "not there at 1 check since 2026-03-02 15:00:0" in text
    assert "a suspicion, not a fact yet" in text
    assert "gone" not in text
    site.answers["/berita-1/"] = Answer(status=301, headers={"Location": "/berita-2/"})
    ask(crawl, "2026-03-03T08:00:00Z")
    text = run(crawl, "history", "berita-1").stdout
    assert f"its address leads elsewhere: {site.origin}/berita-2/" in text


def test_every_spelling_of_an_address_tells_the_same_story(lived: Crawl) -> None:
    told = run(lived, "history", "1").stdout
    for address in ("/berita-1", "/?p=1", "/berita-1/amp/?fbclid=x#y"):
        assert run(lived, "history", lived.origin + address).stdout == told, address
    assert run(lived, "history", "berita-1/").stdout == told
    host = lived.origin.partition("://")[2]
    for address in (f"{host}/berita-1/", f"www.{host}/berita-1", f"https://{host}/berita-1/"):
        assert run(lived, "history", address).stdout == told, address


def test_an_address_that_is_not_known_is_64_with_the_nearest_there_is(
    site: SmallSite, crawl: Crawl
) -> None:
    assert crawl.run() == 0
    for given, near in (
        (f"{site.origin}/berita-no-2/", f"{site.origin}/berita-2/ is meant"),
        ("999", ""),
        (f"{site.origin}/wali-kota-lain/", "/wali-kota-lain/'\n"),
        ("https://lain.example/x/", ""),
        (f"{site.origin}/category/berita/", ""),
        ("http://[::1/x", ""),
    ):
        done = run(crawl, "history", given)
        assert done.returncode == Status.USAGE, given
        assert done.stderr.count("\n") == 1
        assert near in done.stderr
        assert done.stdout == ""
    for argv in ([], ["1", "2"]):
        assert run(crawl, "history", *argv).returncode == Status.USAGE


def test_an_archive_of_an_older_schema_is_told_and_reparse_brings_it_up_to_date(
    tmp_path: Path,
) -> None:
    crawl = Crawl(tmp_path, "https://borneonetv.com")
    connection = sqlite3.connect(crawl.archive)
    connection.executescript(
        (ROOT / "borneone_crawler/archive/sqlite/schema/0001_archive.sql").read_text()
    )
    connection.executescript(
        f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 1;"
        "CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, "
        "applied_at TEXT);"
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES "
        "('borneone_crawler', '0001_archive', '2026-01-01');"
        "INSERT INTO archive VALUES (1, 'abc', 'borneonetv', 'https://borneonetv.com', "
        "'Asia/Pontianak', '2026-01-01');"
    )
    connection.close()
    done = run(crawl, "history", "1")
    assert done.returncode == Status.NO_ARCHIVE
    assert "older version of this program (schema 1" in done.stderr
    done = run(crawl, "reparse", "--all")
    assert (done.returncode, done.stderr) == (0, "")
    assert crawl.archive.with_name("borneone.db.schema-1").exists()
    assert run(crawl, "history", "1").returncode == Status.USAGE
