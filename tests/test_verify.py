"""The command `scrapy verify`, as it is typed."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from borneone_crawler.statuses import Status
from tests.archive.verification.damage import FOUND_BY_BOTH
from tests.archive.verification.verifiers import theirs
from tests.crawling import ROOT
from tests.tampered import Tampered

FOUND = 1


def verify(path: Path, *more: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "scrapy", "verify", "-s", f"ARCHIVE_DB={path}", *more]
    return subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, timeout=60)


def test_a_sound_archive_needs_nobody_and_shows_its_head(tampered: Tampered) -> None:
    done = verify(tampered.path, "--against", tampered.head.upper())
    assert (done.returncode, done.stderr) == (0, "")
    looked_at, findings, goes_on, head = done.stdout.splitlines()
    assert "4 articles, 5 revisions, 5 readings, 17 captures" in looked_at
    assert findings == "findings: none"
    assert goes_on.startswith("goes on from entry 5")
    assert goes_on.endswith("0 entries since")
    assert head == f"head: 5 {tampered.head}"


def test_a_finding_is_a_line_and_a_status(tampered: Tampered) -> None:
    FOUND_BY_BOTH["a flipped byte in a capture"][0](tampered)
    done = verify(tampered.path)
    assert (done.returncode, done.stderr) == (FOUND, "")
    assert done.stdout.startswith(f"damaged: {tampered.url(2)}: the capture of ")
    assert "findings: 1\n" in done.stdout
    assert verify(tampered.path, "--no-captures").returncode == 0


def test_json_is_one_object_and_nothing_else(tampered: Tampered) -> None:
    first = tampered.one("SELECT digest FROM ledger WHERE n = 1")
    FOUND_BY_BOTH["a letter of a text"][0](tampered)
    done = verify(tampered.path, "--json", "--against", first)
    assert (done.returncode, done.stderr) == (FOUND, "")
    proof = json.loads(done.stdout)
    assert proof["sound"] is False
    assert [(one["kind"], one["url"]) for one in proof["findings"]] == [
        ("changed", tampered.url(2))
    ]
    assert proof["goes_on_from"]["entries_since"] == 4
    assert proof["head"] == {"n": 5, "digest": tampered.head}


def test_what_is_no_text_any_more_does_not_break_the_json(tampered: Tampered) -> None:
    FOUND_BY_BOTH["a byte that is no text any more"][0](tampered)
    done = verify(tampered.path, "--json", "--no-captures")
    assert (done.returncode, done.stderr) == (FOUND, "")
    assert "\\udcff" in json.loads(done.stdout)["findings"][0]["what"]


@pytest.mark.parametrize(
    ("more", "status", "word"),
    [
        (["--against", "12ab"], Status.USAGE, "64 hexadecimal"),
        (["--against", "z" * 64], Status.USAGE, "64 hexadecimal"),
        (["archive.db"], Status.USAGE, "ARCHIVE_DB"),
        (["--nonsense"], Status.USAGE, "nonsense"),
        (["-s", "ARCHIVE_DB=/nowhere/a.db"], Status.NO_ARCHIVE, "no archive"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_a_status(
    tmp_path: Path, more: list[str], status: Status, word: str
) -> None:
    done = verify(tmp_path / "a.db", *more)
    assert (done.returncode, done.stdout) == (status, "")
    assert word in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_head_is_taken_as_it_was_printed(tampered: Tampered) -> None:
    printed = verify(tampered.path).stdout.splitlines()[-1]
    for noted in (printed, printed.removeprefix("head: ")):
        for done in (
            verify(tampered.path, "--against", noted),
            theirs(tampered.path, "--against", noted),
        ):
            assert (done.returncode, done.stderr) == (0, "")
            assert "goes on from" in done.stdout


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DROP TABLE revisions", "no such table: revisions; keep it, and put a backup back"),
        ("DROP TABLE articles_fts", "the search index (articles_fts) is not there"),
    ],
)
def test_a_missing_table_is_told_with_what_to_do(
    tampered: Tampered, statement: str, words: str
) -> None:
    tampered.sql(statement)
    done = verify(tampered.path)
    assert words in done.stdout + done.stderr


def test_the_folder_of_captures_may_be_named(tampered: Tampered, tmp_path: Path) -> None:
    shutil.move(tampered.warc, tmp_path / "elsewhere")
    assert verify(tampered.path).returncode == FOUND
    assert verify(tampered.path, "-s", f"WARC_DIR={tmp_path / 'elsewhere'}").returncode == 0
