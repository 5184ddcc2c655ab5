"""The owner's file at work: a project folder of its own, with a real archive/local.toml."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from borneone_crawler.statuses import Status
from tests.crawling import ROOT, Crawl
from tests.small_site import SmallSite


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "archive").mkdir()
    shutil.copy(ROOT / "scrapy.cfg", tmp_path)
    return tmp_path


def crawl_in(project: Path, *more: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "scrapy", "crawl", "borneonetv", "-s", "DOWNLOAD_DELAY=0"]
    return subprocess.run([*argv, *more], cwd=project, capture_output=True, text=True, timeout=60)


def owner(project: Path, text: str) -> None:
    (project / "archive" / "local.toml").write_text(text, "utf-8")


def test_one_line_changes_the_address_and_paths_count_from_the_project(
    site: SmallSite, project: Path
) -> None:
    owner(project, f'base_url = "{site.origin}"\narchive = "data/b.db"\ncontact = "a@example.org"')
    done = crawl_in(project)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert sorted(path.name for path in (project / "data").iterdir()) == [
        "b.db", "b.db.lock", "logs", "warc",
    ]  # fmt: skip
    assert all(asked.headers["User-Agent"].endswith("+a@example.org") for asked in site.asked)


def test_the_command_line_wins_over_the_owner_s_file(site: SmallSite, project: Path) -> None:
    owner(project, 'base_url = "http://127.0.0.1:1"')
    assert crawl_in(project, "-s", f"BASE_URL={site.origin}").returncode == 0


def test_a_typo_in_the_file_is_told_and_nothing_is_made(site: SmallSite, project: Path) -> None:
    owner(project, f'base_ulr = "{site.origin}"')
    done = crawl_in(project)
    assert done.returncode == Status.MISCONFIGURED
    assert "'base_url' is meant" in done.stderr
    assert done.stderr.count("\n") == 1
    assert [path.name for path in (project / "archive").iterdir()] == ["local.toml"]
    assert site.asked == []


def test_who_asks_without_a_contact_is_reminded_once(site: SmallSite, crawl: Crawl) -> None:
    # 0.0.0.0 is this machine too, but none of the names by which a test is told from a live site.
    site.origin = crawl.origin = site.origin.replace("127.0.0.1", "0.0.0.0")
    reminder = "The site cannot see who is asking"
    assert crawl.run() == 0
    assert crawl.log.count(reminder) == 1
    assert crawl.run() == 0
    assert crawl.log.count(reminder) == 1
