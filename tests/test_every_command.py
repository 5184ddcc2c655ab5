"""What holds for each command over an archive, whatever it does."""

import shlex
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from borneone_crawler.statuses import Status
from tests import warm
from tests.commanding import run
from tests.crawling import ROOT, Crawl
from tests.small_site import SmallSite
from tests.terminal import Terminal
from tests.typed import PATIENCE

COMMANDS = [
    ["runs"],
    ["coverage"],
    ["history", "1"],
    ["history", "--since", "9d"],
    ["show", "1"],
    ["cite", "1"],
    ["search", "pohon"],
    ["export", "csv"],
    ["export", "jsonl", "--sql", "SELECT * FROM articles"],
    ["verify"],
    ["backup", "elsewhere.db"],
    ["takedown", "1", "--reason", "permintaan"],
    ["reparse", "--all", "--dry-run"],
    ["reparse", "--all"],
    ["crawl", "borneonetv"],
]


READING = [
    ["explain", "1"],
    ["rules"],
    ["reparse", "--all", "--dry-run"],
]
"""Further ones that write nothing but what they print."""

FULL = Path("/dev/full")


@pytest.fixture(scope="module")
def site() -> Iterator[SmallSite]:
    with SmallSite(80) as site:
        yield site


@pytest.fixture(scope="module")
def held(site: SmallSite, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    """An archive that no test changes the articles of."""
    crawl = Crawl(tmp_path_factory.mktemp("held"), site.origin)
    assert crawl.run() == 0
    return crawl


def damaged(crawl: Crawl, folder: Path) -> Crawl:
    """A copy with all of the file overwritten but its first pages, which say what it is."""
    with closing(sqlite3.connect(crawl.archive)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = Crawl(folder, crawl.origin)
    shutil.copytree(crawl.archive.parent, folder, dirs_exist_ok=True)
    with copy.archive.open("r+b") as file:
        file.seek(4096 * 70)
        file.write(b"\xff" * (copy.archive.stat().st_size - 4096 * 70))
    return copy


def test_a_damaged_archive_is_one_line_and_its_status(
    held: Crawl, site: SmallSite, tmp_path: Path
) -> None:
    copy = damaged(held, tmp_path)
    for argv in COMMANDS:
        given = {"BASE_URL": site.origin, "DOWNLOAD_DELAY": 0} if argv[0] == "crawl" else {}
        done = run(copy, *argv, cwd=ROOT, **given)
        said = (argv, done.stdout, done.stderr)
        assert done.returncode == Status.NO_ARCHIVE, said
        assert done.stderr.count("\n") == 1, said
        assert "is damaged: " in done.stderr, said


@pytest.mark.parametrize("argv", COMMANDS[:10], ids=" ".join)
def test_who_stops_reading_makes_no_noise(held: Crawl, argv: list[str]) -> None:
    command = shlex.join([*held.argv()[:3], *argv, "-s", f"ARCHIVE_DB={held.archive}"])
    line = f"{command} | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == (f"{Status.UNREAD.value}\n", "")


@pytest.mark.parametrize("argv", [*COMMANDS[:10], *READING], ids=" ".join)
def test_a_full_disk_behind_stdout_is_one_line_and_its_status(
    held: Crawl, argv: list[str]
) -> None:
    done = warm.scrapy([*argv, "-s", f"ARCHIVE_DB={held.archive}"], ROOT, PATIENCE, stdout=FULL)
    told = "borneone_crawler: the disk is full or failing: No space left on device\n"
    assert (done.returncode, done.stderr) == (Status.IO_ERROR, told)


def test_of_one_page_it_is_said_what_became_of_it(held: Crawl, site: SmallSite) -> None:
    terminal = Terminal(120)
    page = f"{site.origin}/berita-999/"
    assert terminal.run([*held.argv(), "-a", f"url={page}"]) == 0
    assert f"{page}: pending: 404, absence 1" in terminal.text
