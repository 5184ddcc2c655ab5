"""A second newsroom beside the first: the README's lines, a profile, a file of its own."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from borneone_crawler.newsroom_server import NewsroomServer
from borneone_crawler.statuses import Status
from tests.crawling import ROOT
from tests.newsroom.second import build_second
from tests.small_site import SmallSite

NAME = "mahakampos"
ARTICLES = 40


@dataclass
class Project:
    """A folder with scrapy.cfg and archive/local.toml, and the README's spider among others."""

    folder: Path

    def argv(self, *argv: str) -> list[str]:
        modules = "SPIDER_MODULES=borneone_crawler.spiders,more_spiders"
        return [sys.executable, "-m", "scrapy", *argv, "-s", modules]

    def scrapy(self, *argv: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.argv(*argv), cwd=self.folder, capture_output=True, text=True, timeout=120
        )

    def owner(self, text: str) -> None:
        (self.folder / "archive/local.toml").write_text(f"delay = 0\n{text}", "utf-8")

    def rows(self, archive: str, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.folder / "archive" / archive)) as connection:
            return connection.execute(sql).fetchall()


def project_in(folder: Path) -> Project:
    for room in ("archive", "more_spiders"):
        (folder / room).mkdir(parents=True)
    shutil.copy(ROOT / "scrapy.cfg", folder)
    readme = (ROOT / "README.md").read_text("utf-8")
    (spider,) = re.findall(r"^```python\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    (folder / "more_spiders/__init__.py").touch()
    (folder / f"more_spiders/{NAME}.py").write_text(spider, "utf-8")
    return Project(folder)


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the second newsroom."""
    folder = tmp_path_factory.mktemp("second")
    build_second(folder, ARTICLES, seed=3)
    return folder


@pytest.fixture(scope="module")
def both(second: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Both were crawled, at the same time, each at the address that the owner's file gives."""
    project = project_in(tmp_path_factory.mktemp("both"))
    with SmallSite() as site, NewsroomServer(second) as server:
        project.owner(f"""base_url = "{site.origin}"\n[{NAME}]\nbase_url = "{server.origin}" """)
        crawls = [
            subprocess.Popen(
                project.argv("crawl", name), cwd=project.folder, stderr=subprocess.PIPE
            )
            for name in ("borneonetv", NAME)
        ]
        ends = [(crawl.communicate(timeout=120)[1], crawl.returncode) for crawl in crawls]
        assert ends == [(b"", 0), (b"", 0)]
        yield project


def test_both_are_kept_whole_each_in_a_file_of_its_own(both: Project, second: Path) -> None:
    outputs = [
        json.loads(file.read_text("utf-8")) for file in second.glob("article_page/*/output.json")
    ]
    fields = ("post_id", "headline", "date_published", "article_body", "dateline")
    held = both.rows(f"{NAME}.db", f"SELECT {', '.join(fields)} FROM articles ORDER BY post_id")
    assert held == sorted(tuple(output[name] for name in fields) for output in outputs)
    assert len(held) == ARTICLES
    assert all(published.endswith("+08:00") for _, _, published, *_ in held)
    assert all(dateline.endswith(", Mahakam Pos") for *_, dateline in held)
    assert both.rows("borneone.db", "SELECT count(*) FROM articles") == [(3,)]
    newsrooms = [
        both.rows(archive, "SELECT newsroom, time_zone FROM archive")
        for archive in ("borneone.db", f"{NAME}.db")
    ]
    assert newsrooms == [[("borneonetv", "Asia/Pontianak")], [(NAME, "Asia/Makassar")]]
    logs = sorted(path.name for path in (both.folder / "archive/logs").iterdir())
    assert logs == ["borneonetv.log", f"{NAME}.log"]


@pytest.mark.parametrize(
    ("newsroom", "articles", "outlet"),
    [("borneonetv", 3, "BorneOneTV"), (NAME, 40, "Mahakam Pos")],
)
def test_every_command_is_about_the_newsroom_that_is_named(
    both: Project, newsroom: str, articles: int, outlet: str
) -> None:
    assert both.scrapy("list").stdout.split() == ["borneonetv", NAME]
    verified, covered, ran, examined = (
        both.scrapy(command, "-n", newsroom)
        for command in ("verify", "coverage", "runs", "doctor")
    )
    assert [done.returncode for done in (verified, covered, ran)] == [0, 0, 0]
    assert f" {articles} articles, " in verified.stdout
    assert f" {articles} shown, {articles} held, " in covered.stdout
    assert ran.stdout.count("crawl ") == 1
    assert f" {articles} articles, " in examined.stdout
    assert f"this is {outlet};" in examined.stdout


def test_no_newsroom_is_written_into_the_archive_of_another(both: Project) -> None:
    before = both.rows("borneone.db", "SELECT * FROM urls")
    done = both.scrapy("crawl", NAME, "-s", "ARCHIVE_DB=archive/borneone.db")
    assert done.returncode == Status.MISCONFIGURED
    assert "is the archive of borneonetv, not of mahakampos" in done.stderr
    assert both.rows("borneone.db", "SELECT * FROM urls") == before


def test_a_name_that_is_no_newsroom_is_told_with_what_may_be_meant(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    for argv in (["crawl", "mahakampso"], ["runs", "-n", "mahakampso"]):
        done = project.scrapy(*argv)
        assert done.returncode == Status.USAGE
        assert "there is no newsroom 'mahakampso'; perhaps 'mahakampos' is meant" in done.stderr
    project.owner("[mahakampso]\ndelay = 2")
    done = project.scrapy("crawl", NAME)
    assert done.returncode == Status.MISCONFIGURED
    assert "perhaps 'mahakampos' is meant" in done.stderr
