"""`scrapy import-warc`: what wget and others have captured comes in, when the site is gone too."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.crawling import ROOT, Crawl
from tests.foreign_warc import ForeignWarc, wacz
from tests.small_site import Answer, SmallSite

WGET = shutil.which("wget")
needs_wget = pytest.mark.skipif(WGET is None, reason="wget is not installed: apt-get install wget")


class Import:
    """An archive that files are imported into, by the real command."""

    def __init__(self, folder: Path, origin: str) -> None:
        self.archive = folder / "borneone.db"
        self.origin = origin
        self.stdout = self.stderr = ""

    def argv(self, *arguments: Path | str) -> list[str]:
        settings = {"BASE_URL": self.origin, "ARCHIVE_DB": self.archive}
        pairs = [text for name, value in settings.items() for text in ("-s", f"{name}={value}")]
        return [sys.executable, "-m", "scrapy", "import-warc", *pairs, *map(str, arguments)]

    def run(self, *arguments: Path | str) -> int:
        done = subprocess.run(
            self.argv(*arguments), cwd=ROOT, capture_output=True, text=True, timeout=120
        )
        self.stdout, self.stderr = done.stdout, done.stderr
        return done.returncode

    def json(self, *arguments: Path | str, status: int = 0) -> Any:
        assert self.run("--json", *arguments) == status, self.stderr
        return json.loads(self.stdout)

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"file:{self.archive}?mode=ro", uri=True)) as connection:
            return connection.execute(sql, values).fetchall()

    def one(self, sql: str, *values: object) -> Any:
        ((value,),) = self.rows(sql, *values)
        return value

    def done(self) -> int:
        """Records copied and copies read so far, whatever state the archive is in."""
        try:
            return int(self.one("SELECT count(*) + coalesce(sum(waiting = 0), 0) FROM captures"))
        except sqlite3.OperationalError:
            return 0


def wget(site: SmallSite, folder: Path, name: str, *options: str) -> Path:
    """A WARC file that wget made of the whole site."""
    folder.mkdir(exist_ok=True)
    subprocess.run(
        [str(WGET), "--recursive", "--level=4", "--compression=auto", "--delete-after",
         "--quiet", f"--warc-file={name}", "--warc-cdx", *options, f"{site.origin}/"],
        cwd=folder, env={**os.environ, "no_proxy": "127.0.0.1"}, timeout=60,
    )  # fmt: skip
    return next(folder.glob(f"{name}.warc*"))


def history(archive: Import | Crawl) -> list[tuple[str, str]]:
    """(address, end of the text) of each state, in the order in which the newsroom had them."""
    return archive.rows(
        """SELECT replace(a.url, (SELECT base_url FROM archive), ''),
               substr(r.article ->> 'article_body', -20)
           FROM revisions AS v JOIN readings AS r ON r.id = v.reading_id
           JOIN articles AS a ON a.id = v.article_id ORDER BY a.url, v.seen_at"""
    )


@pytest.fixture(scope="module")
def captured(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[Path]]:
    """The origin of a site that is gone, and what wget made of it before and after an edit. The
    second time it wrote revisit records for what had not changed."""
    folder = tmp_path_factory.mktemp("wget")
    with SmallSite(articles=12) as site:
        for number in site.numbers:
            # Not compressed, so that the payload is the same to the byte when asked for again.
            page = site.article(number)
            site.answers[f"/berita-{number}/"] = Answer(page, length=len(page.encode()))
        first = wget(site, folder, "first")
        time.sleep(1.1)  # a WARC-Date of wget's is to the second
        edited = site.article(2, "<p>Pontianak, BorneOneTV &#8211; Diralat.</p><p>Maaf. [Lay]</p>")
        site.answers["/berita-2/"] = Answer(edited)
        site.answers["/berita-3/"] = Answer(site.html("Ups!", "error404"), status=404)
        second = wget(site, folder, "second", "--warc-dedup=first.cdx", "--no-warc-compression")
    return site.origin, [first, second]


@needs_wget
def test_what_wget_captured_twice_is_articles_and_two_dated_states_when_the_site_is_gone(
    captured: tuple[str, list[Path]], tmp_path: Path
) -> None:
    origin, files = captured
    archive = Import(tmp_path, origin)
    told = archive.json(*files)
    assert told["articles"] == {"new": 12, "revised": 1, "unchanged": 10, "withheld": 0}
    assert told["files"][0]["software"].startswith("Wget/")
    assert told["files"][1]["records"]["revisit"] >= 10, "wget's own revisit records"
    assert told["left_out"]["answered 404"]["samples"][0].startswith(origin)
    states = archive.rows(
        """SELECT v.n, v.seen_at, c.fetched_at, c.origin, r.article ->> 'article_body'
           FROM revisions AS v JOIN articles AS a ON a.id = v.article_id
           JOIN readings AS r ON r.id = v.reading_id
           JOIN reading_captures AS x ON x.reading_id = r.id
           JOIN captures AS c ON c.id = x.capture_id
           WHERE a.url = ? ORDER BY v.n""",
        f"{origin}/berita-2/",
    )
    assert [(n, body[-11:]) for n, *_, body in states] == [(1, "ajar. [Lay]"), (2, "Maaf. [Lay]")]
    assert [seen_at for _, seen_at, *_ in states] == [at for _, _, at, *_ in states]
    assert [name.partition(" ")[0] for *_, name, _ in states] == [path.name for path in files]
    assert archive.one("SELECT article_body FROM articles WHERE post_id = 2").endswith(
        "Maaf. [Lay]"
    )
    assert archive.rows("SELECT DISTINCT state FROM urls WHERE article_id IS NOT NULL") == [
        ("pending",)
    ]
    assert archive.rows("SELECT command, status FROM runs") == [("import-warc", 0)]


@needs_wget
def test_our_copies_are_whole_and_a_second_import_changes_nothing(
    captured: tuple[str, list[Path]], tmp_path: Path
) -> None:
    origin, files = captured
    archive = Import(tmp_path, origin)
    assert archive.run(*files) == 0
    assert "12 new, 1 revision added" in archive.stdout
    ours = sorted((tmp_path / "warc").iterdir())
    assert len(ours) == 2
    warcio = Path(sys.executable).with_name("warcio")
    check = subprocess.run([warcio, "check", "-v", *ours], capture_output=True, text=True)
    assert (check.returncode, "digest failed" in check.stdout) == (0, False), check.stdout
    before = archive.rows("SELECT * FROM ledger"), archive.rows("SELECT * FROM captures")
    told = archive.json(*files)
    assert told["read"] == 0
    assert [file["copied"] for file in told["files"]] == [0, 0]
    assert (
        archive.rows("SELECT * FROM ledger"), archive.rows("SELECT * FROM captures"),
    ) == before  # fmt: skip
    assert sorted((tmp_path / "warc").iterdir()) == ours


@needs_wget
def test_old_captures_go_before_what_a_crawl_has_stored_since(
    site: SmallSite, crawl: Crawl, tmp_path: Path
) -> None:
    old = wget(site, tmp_path / "wget", "old")
    site.answers["/berita-2/"] = Answer(site.article(2, "<p>Diralat.</p><p>Maaf. [Lay]</p>"))
    site.numbers.remove(3)
    assert crawl.run() == 0
    archive = Import(tmp_path, site.origin)
    told = archive.json(old)
    assert told["articles"] == {"new": 1, "revised": 1, "unchanged": 1, "withheld": 0}
    assert [end for url, end in history(archive) if url == "/berita-2/"] == [
        "luhan pelajar. [Lay]", "iralat.\n\nMaaf. [Lay]",
    ]  # fmt: skip
    assert crawl.one("SELECT article_body FROM articles WHERE post_id = 2").endswith("Maaf. [Lay]")
    # What only the import knew is asked for by the next crawl, and found to be absent.
    asked = len(site.asked)
    assert crawl.run() == 0
    assert "/berita-3/" in site.paths()[asked:]
    assert crawl.rows("SELECT state, http_status FROM urls WHERE url LIKE '%berita-3/'") == [
        ("stored", 404)
    ]
    assert crawl.one("SELECT count(*) FROM articles WHERE gone_at IS NULL") == 3


def made(folder: Path, origin: str, articles: int, day: str = "2019-10-20") -> Path:
    """A file as the Internet Archive has it: compressed, chunked, other sites among it."""
    site = SmallSite.__new__(SmallSite)
    site.origin = origin
    with ForeignWarc(folder / "ia.warc.gz") as warc:
        for number in range(1, articles + 1):
            url, date = f"{origin}/berita-{number}/", f"{day}T{number % 24:02d}:00:00Z"
            warc.response(url, site.article(number), date, coding="gzip", chunks=True)
            warc.response(f"https://example.com/{number}", "<p>x", date)
            warc.other("metadata", url)
    return warc.path


ORIGIN = "https://borneonetv.com"


def test_a_dry_run_tells_and_writes_nothing(tmp_path: Path) -> None:
    archive = Import(tmp_path / "archive", ORIGIN)
    file = made(tmp_path, ORIGIN, 3)
    assert archive.json("--dry-run", file)["articles"]["new"] == 3
    assert not archive.archive.parent.exists()
    assert archive.run(made(tmp_path, ORIGIN, 2)) == 0
    kept = [archive.archive, *(archive.archive.parent / "warc").iterdir()]
    before = [path.read_bytes() for path in kept]
    told = archive.json("--dry-run", made(tmp_path, ORIGIN, 3))
    assert told["dry_run"]
    assert told["articles"] == {"new": 1, "revised": 0, "unchanged": 2, "withheld": 0}
    assert [path.read_bytes() for path in kept] == before
    assert [archive.archive, *(archive.archive.parent / "warc").iterdir()] == kept


def test_a_file_that_is_cut_short_gives_what_is_whole_and_says_what_is_not(tmp_path: Path) -> None:
    file = made(tmp_path, ORIGIN, 5)
    file.write_bytes(file.read_bytes()[:-900])
    archive = Import(tmp_path, ORIGIN)
    assert archive.run(file) == 1
    assert "cut short" in archive.stdout
    assert 3 <= archive.one("SELECT count(*) FROM articles") <= 5


def test_nothing_of_a_file_goes_unmentioned(tmp_path: Path) -> None:
    file = made(tmp_path, ORIGIN, 4)
    other = tmp_path / "notes.txt"
    other.write_text("no WARC")
    archive = Import(tmp_path, ORIGIN)
    told = archive.json(file, other, status=1)
    records = told["files"][0]["records"]
    assert records == {"warcinfo": 1, "response": 8, "metadata": 4}
    assert told["left_out"] == {"another site": {"count": 4, "samples": ["example.com"]}}
    assert told["refused"] == [{"name": "notes.txt", "why": "no WARC"}]
    assert told["read"] == told["articles"]["new"] == 4


def test_a_wacz_of_browsertrix_comes_in(tmp_path: Path) -> None:
    file = wacz(tmp_path / "crawl.wacz", made(tmp_path, ORIGIN, 2))
    archive = Import(tmp_path, ORIGIN)
    assert archive.json(file)["articles"]["new"] == 2
    origin = archive.one("SELECT DISTINCT origin FROM captures")
    assert origin.startswith("crawl.wacz/archive/ia.warc.gz (sha256 ")


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        ((), 64, "which files?"),
        (("--nix",), 64, "no option --nix"),
        (("nowhere.warc",), 66, "cannot read"),
        (("README.md",), 66, "no WARC"),
    ],
)
def test_what_cannot_be_imported_is_refused_in_words(
    tmp_path: Path, arguments: tuple[str, ...], status: int, says: str
) -> None:
    archive = Import(tmp_path, ORIGIN)
    assert archive.run(*arguments) == status
    assert says in archive.stderr
    assert "Traceback" not in archive.stderr
    assert not archive.archive.exists()


def test_a_wrong_address_is_a_wrong_setting(tmp_path: Path) -> None:
    assert Import(tmp_path, "nix").run(made(tmp_path, ORIGIN, 1)) == 78


def test_kill_9_at_any_time_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    file = made(tmp_path, ORIGIN, 150)
    undisturbed = Import(tmp_path / "undisturbed", ORIGIN)
    assert undisturbed.run(file) == 0
    killed = Import(tmp_path / "killed", ORIGIN)
    kills = 0
    for least in (1, 60, 149, 151, 200, 280):
        with subprocess.Popen(
            killed.argv(file), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            while process.poll() is None and killed.done() < least:
                time.sleep(0.002)
            process.send_signal(signal.SIGKILL)
            kills += process.wait() == -signal.SIGKILL
    assert kills >= 4, "each must hit while records are copied, or while copies are read"
    assert killed.run(file) == 0, killed.stderr
    assert history(killed) == history(undisturbed)
    assert killed.one("SELECT count(*) FROM captures") == 150
    assert killed.one("SELECT count(*) FROM captures WHERE waiting = 1") == 0
    assert killed.rows("SELECT count(*), count(DISTINCT origin) FROM captures") == [(150, 1)]
    assert killed.one("PRAGMA integrity_check") == "ok"
