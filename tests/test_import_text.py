"""`scrapy import-text`: the one real text there is, until its page supersedes it."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.archive.verification.verifiers import both
from tests.crawling import ROOT
from tests.foreign_warc import ForeignWarc

SEED = ROOT / "fixtures" / "text_dump" / "seed_article" / "input.txt"
URL = "https://borneonetv.com/wagub-kalbar-minta-gunakan-medsos-sebagai-media-komunikasi-publik/"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "borneone.db"


def scrapy(
    archive: Path, *argv: Path | str, command: str = "import-text"
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", command, "-s", f"ARCHIVE_DB={archive}", *map(str, argv)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )


def rows(archive: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(archive)) as connection:
        return connection.execute(sql).fetchall()


def test_the_one_real_text_becomes_its_article_once(archive: Path) -> None:
    done = scrapy(archive, SEED, "--url", URL)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"is the article {URL} until a crawl" in done.stdout
    ((headline, body),) = rows(archive, "SELECT headline, article_body FROM stories")
    expected = json.loads(SEED.with_name("output.json").read_text("utf-8"))
    assert (headline, body) == (expected["headline"], expected["article_body"])
    assert "held already" in scrapy(archive, SEED).stdout
    assert rows(archive, "SELECT count(*) FROM revisions") == [(1,)]
    assert rows(archive, "SELECT command, stats FROM runs WHERE id = 2")[0][0] == "import-text"
    assert both(archive) == []
    assert "text dump input.txt" in scrapy(archive, "1", command="history").stdout


def test_its_page_from_a_warc_file_supersedes_it(archive: Path, tmp_path: Path) -> None:
    page = (ROOT / "fixtures" / "article_page" / "seed-article" / "input.html").read_bytes()
    said = json.loads((ROOT / "fixtures/article_page/seed-article/input.json").read_text("utf-8"))
    scrapy(archive, SEED, "--url", said["url"])
    warc = tmp_path / "old.warc.gz"
    with ForeignWarc(warc) as file:
        file.response(said["url"], page, "2019-12-01T00:00:00Z")
    done = scrapy(archive, warc, command="import-warc")
    assert done.returncode == 0, done.stderr
    assert "known until now from a text dump alone: 1" in done.stdout
    assert rows(archive, "SELECT count(*) FROM revisions") == [(1,)]
    assert rows(archive, "SELECT count(*) FROM edits") == [(0,)]
    ((date,),) = rows(archive, "SELECT date_published FROM stories")
    assert date.startswith("2019-10-14")
    assert both(archive) == []


def test_what_is_no_text_is_refused_and_the_rest_comes_in(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "leer.txt").write_bytes(b"")
    done = scrapy(archive, "--json", SEED, tmp_path / "leer.txt", tmp_path / "fehlt.txt")
    assert done.returncode == 1
    fates = {Path(one["name"]).name: one["fate"] for one in json.loads(done.stdout)["files"]}
    assert fates == {"leer.txt": "refused", "fehlt.txt": "refused", "input.txt": "kept"}
    ((status, reason),) = rows(archive, "SELECT status, reason FROM runs ORDER BY id DESC LIMIT 1")
    assert status == 1
    assert "leer.txt" in reason
    assert "fehlt.txt" in reason
    assert rows(archive, "SELECT article_id, linked_by FROM dumps") == [(None, None)]


@pytest.mark.parametrize(
    ("argv", "why"),
    [
        ((), "which files?"),
        ((SEED, SEED, "--url", URL), "one article"),
        ((SEED, "--url", "https://example.org/x/"), "no address of an article"),
    ],
)
def test_wrong_arguments_are_told(archive: Path, argv: tuple[Any, ...], why: str) -> None:
    done = scrapy(archive, *argv)
    assert done.returncode == 64
    assert why in done.stderr
