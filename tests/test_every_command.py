"""What holds for each command over an archive, whatever it does."""

import sqlite3
import subprocess
from contextlib import closing

import pytest

from borneone_crawler.statuses import Status
from tests.commanding import run
from tests.crawling import ROOT, Crawl
from tests.small_site import SmallSite
from tests.terminal import Terminal

COMMANDS = [
    ["runs"],
    ["coverage"],
    ["history", "1"],
    ["history", "--since", "9d"],
    ["verify"],
    ["backup", "elsewhere.db"],
    ["takedown", "1", "--reason", "permintaan"],
    ["reparse", "--all", "--dry-run"],
    ["reparse", "--all"],
    ["crawl", "borneonetv"],
]


@pytest.fixture
def held(site: SmallSite, crawl: Crawl) -> Crawl:
    site.numbers = list(range(1, 81))
    assert crawl.run() == 0
    return crawl


def damage(crawl: Crawl) -> None:
    """Overwrite all of the file but its first pages, which say what it is."""
    with closing(sqlite3.connect(crawl.archive)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with crawl.archive.open("r+b") as file:
        file.seek(4096 * 70)
        file.write(b"\xff" * (crawl.archive.stat().st_size - 4096 * 70))


def test_a_damaged_archive_is_one_line_and_its_status(held: Crawl, site: SmallSite) -> None:
    damage(held)
    site.asked.clear()
    for argv in COMMANDS:
        given = {"BASE_URL": site.origin, "DOWNLOAD_DELAY": 0} if argv[0] == "crawl" else {}
        done = run(held, *argv, cwd=ROOT, **given)
        said = (argv, done.stdout, done.stderr)
        assert done.returncode == Status.NO_ARCHIVE, said
        assert done.stderr.count("\n") == 1, said
        assert "is damaged: " in done.stderr, said


@pytest.mark.parametrize("argv", COMMANDS[:5], ids=" ".join)
def test_who_stops_reading_makes_no_noise(held: Crawl, argv: list[str]) -> None:
    command = " ".join(held.argv()[:3])
    line = (
        f"{command} {' '.join(argv)} -s ARCHIVE_DB={held.archive} | true; echo ${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == (f"{Status.UNREAD.value}\n", "")


def test_of_one_page_it_is_said_what_became_of_it(held: Crawl, site: SmallSite) -> None:
    terminal = Terminal(120)
    page = f"{site.origin}/berita-999/"
    assert terminal.run([*held.argv(), "-a", f"url={page}"]) == 0
    assert f"{page}: pending: 404, absence 1" in terminal.text
