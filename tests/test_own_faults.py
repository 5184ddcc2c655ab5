"""Faults of the program itself: rules that cannot be used, pages that its code cannot read."""

import json
import subprocess
from pathlib import Path

import pytest

from borneone_crawler.statuses import Status
from tests.commanding import run, with_rule
from tests.crawling import Crawl
from tests.small_site import Answer, SmallSite
from tests.test_reparse import slip_in

TOML_SLIP = "[[rule]]\nname = slip\n"
BAD_PATTERN = """
[[rule]]
name    = "slip"
line    = '^(Sebarkan$'
reason  = "For a test."
example = "Sebarkan"
keeps   = "Ia menyebarkan."
"""


def crawled_by(program: Path, crawl: Crawl) -> subprocess.CompletedProcess[str]:
    return subprocess.run(crawl.argv(), cwd=program, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize(
    ("rule", "words"), [(TOML_SLIP, "at line "), (BAD_PATTERN, "rule 'slip'")]
)
def test_rules_that_cannot_be_used_are_told_before_anything_is_asked_for(
    site: SmallSite, crawl: Crawl, tmp_path: Path, rule: str, words: str
) -> None:
    program = with_rule(tmp_path / "program", rule)
    done = crawled_by(program, crawl)
    assert (done.returncode, done.stdout) == (Status.MISCONFIGURED, "")
    assert done.stderr.count("\n") == 1
    assert "boilerplate.toml" in done.stderr
    assert words in done.stderr
    assert site.asked == []
    assert not crawl.archive.exists()


def test_nor_do_they_let_captures_be_read(site: SmallSite, crawl: Crawl, tmp_path: Path) -> None:
    assert crawl.run() == 0
    runs = crawl.one("SELECT count(*) FROM runs")
    program = with_rule(tmp_path / "program", BAD_PATTERN)
    (warc,) = crawl.warc_files()
    for argv in (["reparse", "--all"], ["reparse", "--all", "--dry-run"], ["import-warc", warc]):
        done = run(crawl, *map(str, argv), cwd=program)
        assert (done.returncode, done.stdout) == (Status.MISCONFIGURED, ""), argv
        assert "rule 'slip'" in done.stderr
    assert crawl.one("SELECT count(*) FROM runs") == runs


def test_what_our_code_could_not_read_is_read_once_it_can(
    site: SmallSite, crawl: Crawl, tmp_path: Path
) -> None:
    program = with_rule(tmp_path / "program", "")
    slip_in(program, 'if draft.article.post_id == 2: raise KeyError("aduh")')
    assert crawled_by(program, crawl).returncode == Status.BUG
    assert crawl.one("SELECT count(*) FROM articles") == 2
    # The same code would only fail again.
    again = crawled_by(program, crawl)
    assert again.returncode == 0
    assert crawl.one("SELECT reason FROM urls WHERE url LIKE '%berita-2/'").startswith("a fault")

    slip_in(program, "if draft.article.post_id == 2: raise OSError('tetap')")
    assert crawled_by(program, crawl).returncode == Status.BUG, "another version fails anew"
    assert crawled_by(program, crawl).returncode == 0, "and fails once"

    assert crawl.run() == 0
    assert crawl.one("SELECT count(*) FROM articles") == 3
    assert crawl.rows("SELECT state, reason, next_at FROM urls WHERE url LIKE '%berita-2/'") == [
        ("stored", None, None)
    ]
    asked = [one.path for one in site.asked if one.path == "/berita-2/"]
    assert len(asked) == 1, "its capture was read, the site not asked again"
    stats = json.loads(crawl.one("SELECT stats FROM runs ORDER BY id DESC LIMIT 1"))
    assert stats["captures/recalled"] == 1


def test_a_list_that_takes_too_long_to_read_ends_no_crawl(site: SmallSite, crawl: Crawl) -> None:
    links = "".join(f'<h2><a href="/lain-{number}/">Lain</a></h2>' for number in range(60_000))
    archive = site.html("Berita", "archive category", f"<main>{links}</main>")
    site.answers["/category/berita/"] = Answer(archive)
    assert crawl.run(READ_PATIENCE=0.5) == Status.BUG
    assert crawl.one("SELECT count(*) FROM articles") == 3
    ((state, reason, captured),) = crawl.rows(
        """SELECT state, reason, capture_id IS NOT NULL FROM urls
           WHERE url LIKE '%/category/berita/' AND same_as IS NULL"""
    )
    assert (state, captured) == ("failed", 1)
    assert reason == "a fault of this program: TooSlow: read_listing takes more than 0.5 s"
