"""The owner's own rules at work: in crawls, in reparse, and where they cannot be used."""

from pathlib import Path

import pytest

from borneone_crawler.statuses import Status
from tests.commanding import TREES, run
from tests.crawling import Crawl
from tests.small_site import Answer, SmallSite
from tests.test_owner import crawl_in, owner, project  # noqa: F401 - a fixture

GONE = "Kegiatan itu diikuti"
BROKEN = TREES.replace("reason ", "raeson ")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(TREES, "utf-8")
    return path


def texts_with(crawl: Crawl, words: str) -> int:
    count: int = crawl.one("SELECT count(*) FROM articles WHERE instr(article_body, ?)", words)
    return count


def test_a_crawl_cuts_by_them_and_says_so(site: SmallSite, crawl: Crawl, own: Path) -> None:
    assert crawl.run(OWN_RULES=own) == 0
    assert texts_with(crawl, GONE) == 0
    assert crawl.one("SELECT count(*) FROM removals WHERE rule = 'call-for-trees'") == 3


def test_the_file_in_the_folder_archive_is_found_by_itself(
    site: SmallSite,
    project: Path,  # noqa: F811
) -> None:
    owner(project, f'base_url = "{site.origin}"')
    (project / "archive" / "rules.toml").write_text(TREES, "utf-8")
    crawl = Crawl(project / "archive", site.origin)
    assert crawl_in(project).returncode == 0
    assert texts_with(crawl, GONE) == 0
    (project / "archive" / "rules.toml").write_text(BROKEN, "utf-8")
    done = crawl_in(project)
    assert (done.returncode, done.stdout) == (Status.MISCONFIGURED, "")
    assert "rules.toml, rule 'call-for-trees': unknown key raeson" in done.stderr


def test_reparse_reads_again_by_them_when_they_change_and_only_then(
    site: SmallSite, crawl: Crawl, own: Path
) -> None:
    assert crawl.run() == 0
    assert texts_with(crawl, GONE) == 3
    done = run(crawl, "reparse", "--all", OWN_RULES=own)
    assert done.returncode == 0, done.stderr
    assert texts_with(crawl, GONE) == 0
    own.write_text(f"# Why.\n{TREES}", "utf-8")
    assert "nothing to read again" in run(crawl, "reparse", "--all", OWN_RULES=own).stdout
    assert "nothing to read again" not in run(crawl, "reparse", "--all").stdout
    assert texts_with(crawl, GONE) == 3


def test_a_crawl_by_other_rules_takes_no_difference_for_an_edit(
    site: SmallSite, crawl: Crawl, own: Path
) -> None:
    assert crawl.run(NOW="2026-11-02T10:00:00+00:00") == 0
    assert crawl.run(NOW="2027-11-03T10:00:00+00:00", OWN_RULES=own) == 0
    assert texts_with(crawl, GONE) == 0
    assert crawl.one("SELECT count(*) FROM revisions") == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BROKEN, "unknown key raeson"),
        ("off = ['adz']", "there is no built-in rule 'adz'"),
        (TREES.replace("keeps   = ", "keeps   = 'Kegiatan itu diikuti warga.' # "), "takes what"),
        (None, "No such file"),
    ],
    ids=["broken", "off", "takes what it keeps", "missing"],
)
def test_those_that_cannot_be_used_are_told_before_anything_is_done(
    site: SmallSite, crawl: Crawl, own: Path, text: str | None, words: str
) -> None:
    if text is None:
        own.unlink()
    else:
        own.write_text(text, "utf-8")
    assert crawl.run(OWN_RULES=own) == Status.MISCONFIGURED
    assert own.name in crawl.stderr
    assert words in crawl.stderr
    assert crawl.stderr.count("\n") == 1
    assert site.asked == []
    assert not crawl.archive.exists()

    assert crawl.run() == 0
    (warc,) = crawl.warc_files()
    for argv in (["reparse", "--all"], ["reparse", "--all", "--dry-run"], ["import-warc", warc]):
        done = run(crawl, *map(str, argv), OWN_RULES=own)
        assert (done.returncode, done.stdout) == (Status.MISCONFIGURED, ""), argv
        assert words in done.stderr
    assert crawl.one("SELECT count(*) FROM runs") == 1
    told = run(crawl, "doctor", "--offline", OWN_RULES=own).stdout
    (line,) = [line for line in told.splitlines() if " rules: " in line]
    assert line.startswith("mend")
    assert words in line


SLOW = r"""[[rule]]
name    = "slow"
line    = 'Ayo (?:\w+ ?)+!'
reason  = "A call to readers."
example = "Ayo ikut!"
keeps   = "Ayo ikut, katanya."
"""
"""Done at once with what it says of itself, and not in this life with a long line."""
LONG_CALL = f"<p>Ayo {'menanam ' * 12}pohon, katanya.</p>"


def test_a_pattern_that_tries_every_way_on_one_page_stops_no_other(
    site: SmallSite, crawl: Crawl, own: Path
) -> None:
    own.write_text(SLOW, "utf-8")
    site.answers["/berita-1/"] = Answer(site.article(1, LONG_CALL))
    assert crawl.run(OWN_RULES=own, READ_PATIENCE=1) == Status.BUG
    assert crawl.one("SELECT count(*) FROM articles") == 2
    ((state, reason, captured),) = crawl.rows(
        "SELECT state, reason, capture_id IS NOT NULL FROM urls WHERE url LIKE '%/berita-1/'"
    )
    assert (state, captured) == ("failed", 1)
    assert reason == "a fault of this program: TooSlow: remove_lines takes more than 1 s"
    # Read again as soon as the rules are others, and not before.
    assert crawl.run(OWN_RULES=own, READ_PATIENCE=1) == 0
    assert crawl.run() == 0
    assert crawl.one("SELECT count(*) FROM articles") == 3
    assert site.paths().count("/berita-1/") == 1


def test_reparse_goes_on_behind_a_page_on_which_a_pattern_tries_every_way(
    site: SmallSite, crawl: Crawl, own: Path
) -> None:
    site.answers["/berita-1/"] = Answer(site.article(1, LONG_CALL))
    assert crawl.run() == 0
    own.write_text(SLOW, "utf-8")
    done = run(crawl, "reparse", "--all", OWN_RULES=own, READ_PATIENCE=1)
    assert done.returncode == Status.BUG
    assert "fault of this program" in done.stderr
    assert "3 revisions looked at" in done.stdout
    assert "  TooSlow: remove_lines takes more than 1 s: 1\n" in done.stdout


def test_explain_says_that_a_step_takes_too_long(crawl: Crawl, own: Path, tmp_path: Path) -> None:
    own.write_text(SLOW, "utf-8")
    page = tmp_path / "page.html"
    page.write_text(
        f"<body class=single-post><h1>Judul</h1><div class=entry-content>{LONG_CALL}", "utf-8"
    )
    words = ["explain", str(page), "--url", "https://borneonetv.com/ayo/"]
    done = run(crawl, *words, OWN_RULES=own, READ_PATIENCE=1)
    assert (done.returncode, done.stdout) == (Status.UNEXPECTED_PAGES, "")
    said = "https://borneonetv.com/ayo/: remove_lines takes more than 1 s\n"
    assert done.stderr == f"borneone_crawler: {said}"
