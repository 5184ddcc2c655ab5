"""`scrapy reparse`: what was captured is read again, and no change of ours is the newsroom's."""

import hashlib
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from borneone_crawler.statuses import Status
from tests.commanding import TREES, run, with_rule
from tests.crawling import ROOT, Crawl
from tests.small_site import Answer, SmallSite

BODIES = "SELECT article_body FROM articles ORDER BY id"
KINDS = "SELECT kind, count(*) FROM ledger GROUP BY kind ORDER BY kind"


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    """An archive of 120 articles, of a site that is not there any more."""
    with SmallSite(120) as site:
        crawl = Crawl(tmp_path_factory.mktemp("newsroom"), site.origin)
        assert crawl.run() == 0
    return crawl


@pytest.fixture
def held(newsroom: Crawl, tmp_path: Path) -> Crawl:
    """A copy of it."""
    shutil.copytree(newsroom.archive.parent, tmp_path / "held")
    return Crawl(tmp_path / "held", newsroom.origin)


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file of an archive and its digest; SQLite's own scratch files left aside."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm", ".lock", ".log"))
    }


def test_after_a_rule_change_the_articles_change_and_no_edit_is_shown(
    site: SmallSite, crawl: Crawl, tmp_path: Path
) -> None:
    assert crawl.run() == 0
    program = with_rule(tmp_path / "program", TREES)
    folder = crawl.archive.parent
    before, bodies = fingerprint(folder / "warc"), crawl.rows(BODIES)
    runs = crawl.one("SELECT count(*) FROM runs")

    told = run(crawl, "reparse", "--all", "--dry-run", cwd=program)
    assert (told.returncode, told.stderr) == (0, "")
    assert "3 revisions looked at, 3 would change (3 in what counts as content)" in told.stdout
    assert "article_body: 3" in told.stdout
    assert "pohon di tepi sungai. [-¶ Kegiatan itu diikuti puluhan pelajar. [Lay]-]" in told.stdout
    assert "byline_initials: 3" in told.stdout
    assert "call-for-trees: took 0, takes 3" in told.stdout
    assert crawl.rows(BODIES) == bodies
    assert crawl.one("SELECT count(*) FROM runs") == runs

    done = run(crawl, "reparse", "--all", cwd=program)
    assert (done.returncode, done.stderr) == (0, "")
    assert "3 revisions looked at, 3 changed" in done.stdout
    after = crawl.rows(BODIES)
    assert [text for (text,) in after] == [text.partition("\n\n")[0] for (text,) in bodies]
    assert crawl.rows("SELECT n FROM revisions") == [(1,)] * 3
    assert crawl.one("SELECT count(*) FROM readings") == 6
    assert crawl.rows(KINDS) == [("new", 3), ("reading", 3)]
    assert fingerprint(folder / "warc") == before, "captures are only read"
    versions = crawl.rows("SELECT DISTINCT reader_version, read_with FROM provenance")
    assert versions == crawl.rows("SELECT reader_version, reader_version FROM runs WHERE id = 2")
    assert crawl.rows("SELECT name FROM people") == [("Lay",)]
    assert crawl.rows("SELECT * FROM article_people") == []
    assert crawl.rows("SELECT rowid FROM articles_fts('puluhan')") == []

    again = run(crawl, "reparse", "--all", cwd=program)
    assert "nothing to read again" in again.stdout
    assert crawl.one("SELECT count(*) FROM readings") == 6

    # A crawl after it, by the same program: the unchanged pages are what they were.
    url = f"{site.origin}/berita-1/"
    argv = crawl.argv("-a", f"url={url}")
    assert subprocess.run(argv, cwd=program).returncode == 0
    assert crawl.rows(KINDS) == [("new", 3), ("reading", 3)]
    history = run(crawl, "history", url, "--json")
    kinds = [event["kind"] for event in json.loads(history.stdout)["events"]]
    assert kinds == ["first seen", "read again"]


def test_a_crawl_with_another_reader_reads_again_before_it_compares(
    site: SmallSite, crawl: Crawl, tmp_path: Path
) -> None:
    assert crawl.run() == 0
    program = with_rule(tmp_path / "program", TREES)
    edited = site.article(2).replace("menanam", "menebang")
    site.answers["/berita-2/"] = Answer(edited)
    for number in (1, 2):
        argv = crawl.argv("-a", f"url={site.origin}/berita-{number}/")
        assert subprocess.run(argv, cwd=program).returncode == 0
    said = "SELECT kind, substr(url, -9) FROM ledger ORDER BY n LIMIT 10 OFFSET 3"
    assert crawl.rows(said) == [
        ("reading", "berita-1/"), ("reading", "berita-2/"), ("revision", "berita-2/"),
    ]  # fmt: skip
    story = json.loads(run(crawl, "history", f"{site.origin}/berita-2/", "--json").stdout)
    (edit,) = [event for event in story["events"] if event["kind"] == "edited"]
    assert [change["field"] for change in edit["changes"]] == ["article_body"]
    assert ["-", "menanam"] in edit["changes"][0]["diff"]
    assert "pelajar" not in json.dumps(edit), "what our rule took is no edit"


def test_one_url_is_read_whoever_has_read_it(held: Crawl) -> None:
    for address in ("/berita-2?utm_source=wa", "/?p=2", "/berita-2/amp/"):
        done = run(held, "reparse", held.origin + address)
        assert (done.returncode, done.stderr) == (0, ""), address
        assert "1 revisions looked at, 0 changed" in done.stdout
    assert held.one("SELECT count(*) FROM readings") == 120


def test_what_was_fetched_before_a_day_is_left(
    site: SmallSite, crawl: Crawl, tmp_path: Path
) -> None:
    url = f"url={site.origin}/berita-%d/"
    # 17:30 UTC is the next day in Pontianak already.
    for number, now in ((1, "2026-03-01T16:30:00Z"), (2, "2026-03-01T17:30:00Z")):
        assert crawl.run("-a", url % number, NOW=now) == 0
    program = with_rule(tmp_path / "program", TREES)
    done = run(crawl, "reparse", "--since", "2026-03-02", "--json", cwd=program)
    assert json.loads(done.stdout)["revisions"]["looked_at"] == 1
    assert crawl.rows("SELECT url FROM ledger WHERE kind = 'reading'") == [
        (f"{site.origin}/berita-2/",)
    ]


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ([], "URL, --since DATE or --all"),
        (["--dry-run"], "URL, --since DATE or --all"),
        (["--all", "--since", "2026-01-01"], "URL, --since DATE or --all"),
        (["https://a.example/", "https://b.example/"], "URL, --since DATE or --all"),
        (["--since", "kemarin"], "such as 2024-01-31"),
        (["berita-nomor-1"], "no article 'berita-nomor-1'"),
        (["--unknown"], "no option --unknown"),
    ],
)
def test_wrong_arguments_are_one_clear_line(newsroom: Crawl, argv: list[str], said: str) -> None:
    done = run(newsroom, "reparse", *argv)
    assert done.returncode == Status.USAGE
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_where_there_is_no_archive_none_is_made(crawl: Crawl) -> None:
    for more in ([], ["--dry-run"]):
        assert run(crawl, "reparse", "--all", *more).returncode == Status.NO_ARCHIVE
    assert list(crawl.archive.parent.iterdir()) == []


def test_a_dry_run_goes_on_beside_a_crawl_and_the_real_one_is_turned_away(
    site: SmallSite, crawl: Crawl
) -> None:
    assert crawl.run() == 0

    def slow(_: int) -> Answer:
        time.sleep(8)
        return Answer(site.home())

    site.asked.clear()
    site.answers["/"] = slow
    first = subprocess.Popen(crawl.argv(), cwd=ROOT)
    while "/" not in site.paths():
        time.sleep(0.05)
    url = f"{site.origin}/berita-1/"
    busy = run(crawl, "reparse", url)
    assert (busy.returncode, busy.stderr.count("\n")) == (Status.BUSY, 1)
    assert "another run" in busy.stderr
    assert run(crawl, "reparse", url, "--dry-run").returncode == 0
    assert first.wait() == 0


def damage(crawl: Crawl, like: str) -> None:
    """Flip a byte in the middle of the captures of some pages."""
    for name, offset, length in crawl.rows(
        "SELECT warc_file, warc_offset, warc_length FROM captures WHERE url LIKE ?", like
    ):
        path = crawl.archive.parent / "warc" / name
        data = bytearray(path.read_bytes())
        data[offset + length // 2] ^= 1
        path.write_bytes(data)


def test_a_damaged_capture_is_told_and_the_rest_goes_on(held: Crawl, tmp_path: Path) -> None:
    damage(held, "%/berita-2/")
    program = with_rule(tmp_path / "program", TREES)
    done = run(held, "reparse", "--all", cwd=program)
    assert done.returncode == 0
    assert "120 revisions looked at, 119 changed" in done.stdout
    assert "is damaged" in done.stdout
    assert held.rows(KINDS) == [("new", 120), ("reading", 119)]
    url = f"{held.origin}/berita-2/"
    for argv in ([url], [url, "--dry-run"]):
        done = run(held, "reparse", *argv, cwd=program)
        assert done.returncode == Status.NO_ARCHIVE
        assert "no capture can be read" in done.stderr


def test_a_held_article_that_would_be_refused_or_read_worse_stays(
    site: SmallSite, crawl: Crawl, tmp_path: Path
) -> None:
    long = "".join(f"<p>Iklan baris ke-{n} tentang pohon di tepi sungai.</p>" for n in range(5))
    site.answers["/berita-1/"] = Answer(site.article(1, body=long))
    picture = f'{long}<img src="{site.origin}/wp-content/uploads/a.jpg">'
    site.answers["/berita-2/"] = Answer(site.article(2, body=picture))
    assert crawl.run() == 0
    before = crawl.rows("SELECT * FROM articles ORDER BY id")
    too_much = TREES.replace("Kegiatan itu diikuti", "Iklan baris").replace(
        "Menurutnya kegiatan itu", "Menurutnya iklan baris itu"
    )
    program = with_rule(tmp_path / "program", too_much)
    done = run(crawl, "reparse", "--all", cwd=program)
    assert done.returncode == 0
    assert "3 revisions looked at, 0 changed" in done.stdout
    assert "no longer be read, and stay as they were read" in done.stdout
    assert "not an article: empty body: 1" in done.stdout
    assert "reads worse: no text, where 40 words are held: 1" in done.stdout
    assert crawl.rows("SELECT * FROM articles ORDER BY id") == before
    assert crawl.rows(KINDS) == [("new", 3)]


def test_pages_that_could_not_be_read_become_articles(
    site: SmallSite, crawl: Crawl, tmp_path: Path
) -> None:
    article = site.article(1)
    odd = article.replace("<title>", "<title>Error 404 - ").replace("single-post", "x")
    site.answers["/berita-1/"] = Answer(odd.replace('class="entry-date', 'class="'))
    assert crawl.run(NOW="2026-03-01T08:00:00Z") == 0
    said = "SELECT state, reason FROM urls WHERE url LIKE '%/berita-1/'"
    assert "not found page" in crawl.one("SELECT reason FROM urls WHERE url LIKE '%/berita-1/'")
    program = with_rule(tmp_path / "program", "")
    refusals = program / "borneone_crawler/pages/refusals.py"
    refusals.write_text(refusals.read_text().replace(r"|^(?:error )?404\b", ""))

    told = run(crawl, "reparse", "--all", "--dry-run", cwd=program)
    assert "new articles: 1" in told.stdout
    assert crawl.one("SELECT count(*) FROM articles") == 2
    done = run(crawl, "reparse", "--all", cwd=program, NOW="2026-04-01T08:00:00Z")
    assert (done.returncode, done.stderr) == (0, "")
    assert "new articles: 1" in done.stdout
    ((seen, body),) = crawl.rows(
        "SELECT first_seen_at, article_body FROM articles WHERE url LIKE '%/berita-1/'"
    )
    assert seen.startswith("2026-03-01T08:00"), "when it was fetched, not when it was read"
    assert body.startswith("Pontianak")
    assert crawl.rows(said) == [("stored", None)]
    assert crawl.one("SELECT count(*) FROM captures WHERE url LIKE '%/berita-1/'") == 1, (
        "no capture is made twice"
    )
    assert "nothing to read again" in run(crawl, "reparse", "--all", cwd=program).stdout


def test_a_page_that_a_fault_of_ours_kept_out_is_taken_in(
    site: SmallSite, crawl: Crawl, tmp_path: Path
) -> None:
    (tmp_path / "broken.py").write_text(
        "class Broken:\n    def process_item(self, item):\n        raise RuntimeError('aduh')\n"
    )
    pipelines = {"broken.Broken": 50, "borneone_crawler.pipelines.StoreArticle": 900}
    done = subprocess.run(
        crawl.argv(ITEM_PIPELINES=json.dumps(pipelines)), cwd=ROOT, capture_output=True,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == Status.BUG
    assert crawl.one("SELECT count(*) FROM articles") == 0
    told = run(crawl, "reparse", f"{site.origin}/berita-1/")
    assert "new articles: 1" in told.stdout
    told = run(crawl, "reparse", "--all")
    assert "new articles: 2" in told.stdout
    assert crawl.rows(KINDS) == [("new", 3)]


def test_a_page_our_reader_fails_on_is_status_70_and_hides_no_other(
    held: Crawl, tmp_path: Path
) -> None:
    program = with_rule(tmp_path / "program", TREES)
    slip_in(program, 'if draft.article.post_id == 2: raise KeyError("aduh")')
    done = run(held, "reparse", "--all", cwd=program)
    assert done.returncode == Status.BUG
    assert "aduh" in done.stderr
    assert "berita-2/" in done.stderr
    assert held.rows(KINDS) == [("new", 120), ("reading", 119)]
    assert held.rows("SELECT status FROM runs ORDER BY id") == [(0,), (int(Status.BUG),)]


def slip_in(program: Path, statement: str) -> None:
    """Have a copy of the program do something more before it writes a text."""
    steps = program / "borneone_crawler/reading/steps.py"
    marker = '    """The text and the HTML of what remains."""\n'
    text = steps.read_text()
    assert marker in text
    steps.write_text(text.replace(marker, f"{marker}    {statement}\n"))


@pytest.mark.parametrize(
    ("number", "status"),
    [
        (signal.SIGINT, Status.INTERRUPTED),
        (signal.SIGTERM, Status.TERMINATED),
        (signal.SIGKILL, -9),
    ],
)
def test_stopped_half_way_the_same_command_goes_on(
    held: Crawl, tmp_path: Path, number: signal.Signals, status: int
) -> None:
    program = with_rule(tmp_path / "program", TREES)
    slip_in(program, "__import__('time').sleep(0.03)")
    argv = [sys.executable, "-m", "scrapy", "reparse", "--all", "-s", f"ARCHIVE_DB={held.archive}"]
    process = subprocess.Popen(
        argv, cwd=program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    readings = "SELECT count(*) FROM readings"
    while held.one(readings) < 170:
        time.sleep(0.01)
    process.send_signal(number)
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == status
    assert stderr == ""
    half = held.one(readings)
    assert 170 <= half < 240
    assert held.one("PRAGMA integrity_check") == "ok"
    if number != signal.SIGKILL:
        assert f"{half - 120} changed" in stdout
        assert held.one("SELECT status FROM runs ORDER BY id DESC LIMIT 1") == status
    done = run(held, "reparse", "--all", "--json", cwd=program)
    assert done.returncode == 0
    assert json.loads(done.stdout)["revisions"]["looked_at"] == 240 - half
    assert held.rows(KINDS) == [("new", 120), ("reading", 120)]


def test_a_terminal_sees_how_far_it_is(held: Crawl, tmp_path: Path) -> None:
    program = with_rule(tmp_path / "program", TREES)
    leader, follower = pty.openpty()
    argv = [sys.executable, "-m", "scrapy", "reparse", "--all", "-s", f"ARCHIVE_DB={held.archive}"]
    done = subprocess.run(argv, cwd=program, stdout=follower, stderr=follower)
    os.close(follower)
    with os.fdopen(leader, "rb", closefd=True) as terminal:
        text = terminal.read1(65536).decode()
    assert done.returncode == 0
    assert "read again: 1 of 120" in text
    assert "\x1b[31m[-¶ Kegiatan" in text
