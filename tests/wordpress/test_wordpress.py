"""The real spider crawls a real WordPress; the archive has to hold what WordPress itself says."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.wordpress.compare import differences, report, same_url, stored_rows
from tests.wordpress.themes import LISTINGS, Theme, themes
from tests.wordpress.wordpress_site import WordPressSite

ROOT = Path(__file__).resolve().parents[2]
MISSING = WordPressSite.missing()
CRAWL_SECONDS = 240

pytestmark = [
    pytest.mark.wordpress,
    pytest.mark.skipif(
        bool(MISSING),
        reason="Debian's wordpress, php and mariadb are not installed: run"
        f" tests/wordpress/install.sh (missing: {', '.join(MISSING)})",
    ),
]


@pytest.fixture(scope="module")
def site() -> Iterator[WordPressSite]:
    """One site for all themes: filling it takes as long as crawling it."""
    with WordPressSite() as site:
        yield site


@pytest.fixture(scope="module")
def truth(site: WordPressSite) -> dict[str, Any]:
    return site.truth()


@pytest.fixture(scope="module", params=themes(), ids=lambda theme: theme.name)
def theme(site: WordPressSite, request: pytest.FixtureRequest) -> Theme:
    """The theme that the site wears until the tests of the next one begin."""
    theme: Theme = request.param
    site.wear(theme)
    return theme


@pytest.fixture(scope="module")
def archive(site: WordPressSite, theme: Theme, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive after one crawl."""
    archive = tmp_path_factory.mktemp("archive") / "borneone.db"
    crawl(site, archive)
    return archive


def crawl(site: WordPressSite, archive: Path) -> None:
    settings = {
        "BASE_URL": site.origin,
        "ARCHIVE_DB": archive,
        "DOWNLOAD_DELAY": 0,
        "LOG_LEVEL": "INFO",
    }
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "borneonetv"]
        + [part for name, value in settings.items() for part in ("-s", f"{name}={value}")],
        cwd=ROOT,
        # A proxy of the machine has nothing to do with a site on loopback.
        env={**os.environ, "no_proxy": "127.0.0.1", "NO_PROXY": "127.0.0.1"},
        capture_output=True,
        text=True,
        timeout=CRAWL_SECONDS,
    )
    assert done.returncode == 0, f"status {done.returncode}\n{done.stdout}\n{done.stderr}"


def unreachable(post: dict[str, Any], theme: Theme) -> bool:
    """Whether the theme shows the post's first page alone: one made of blocks prints no links to
    further pages, unless the post is made of blocks too."""
    shape = post["shape"]
    return not theme.part_links and shape.startswith("multi-page") and "blocks" not in shape


def test_every_post_is_archived_as_wordpress_shows_it(
    archive: Path, truth: dict[str, Any], theme: Theme, capsys: pytest.CaptureFixture[str]
) -> None:
    cut_off = {same_url(post["url"]) for post in truth["posts"] if unreachable(post, theme)}
    posts = [post for post in truth["posts"] if same_url(post["url"]) not in cut_off]
    assert len(posts) >= 80
    rows = [row for row in stored_rows(archive) if same_url(row["url"]) not in cut_off]
    found = differences(posts, rows, theme)
    summary = report(posts, found)
    if found:
        pytest.fail(summary, pytrace=False)
    with capsys.disabled():
        print(f"\n{theme.name}: {summary}")


@pytest.mark.parametrize(
    "kind",
    ["draft", "pending", "private", "trash", "future", "password", "page", "attachment"],
)
def test_what_is_not_an_article_is_not_archived(
    archive: Path, truth: dict[str, Any], kind: str
) -> None:
    others = [other for other in truth["others"] if other["kind"] == kind]
    assert others, f"the site has nothing of this kind: {kind}"
    rows = stored_rows(archive)
    archived = {same_url(row["url"]) for row in rows} | {row["post_id"] for row in rows}
    assert [
        other
        for other in others
        if same_url(other["url"]) in archived or other["post_id"] in archived
    ] == []


def test_everything_that_the_site_shows_is_accounted_for(archive: Path, theme: Theme) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "coverage", "-s", f"ARCHIVE_DB={archive}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, f"{theme.name}: {done.stdout}\n{done.stderr}"
    assert ", 0 missing\n" in done.stdout


def test_every_page_is_read_by_the_layout_of_its_theme(archive: Path, theme: Theme) -> None:
    with closing(sqlite3.connect(f"file:{archive}?mode=ro", uri=True)) as connection:
        readers = connection.execute("SELECT DISTINCT reader FROM readings").fetchall()
    assert readers == [(theme.reader,)]


def test_wordpress_itself_has_nothing_to_complain_of(site: WordPressSite, archive: Path) -> None:
    assert archive.exists()
    assert site.log() == ""


def test_a_site_that_tells_machines_nothing_is_known_by_its_listings_alone(
    archive: Path, theme: Theme
) -> None:
    with closing(sqlite3.connect(f"file:{archive}?mode=ro", uri=True)) as connection:
        working = {
            source
            for (source,) in connection.execute("SELECT source FROM sources WHERE state = 'works'")
        }
    assert working == (set() if theme.sources == LISTINGS else {"feed", "rest", "sitemap"})


def test_a_second_crawl_stores_nothing_new(site: WordPressSite, archive: Path) -> None:
    before = states(archive)
    crawl(site, archive)
    assert states(archive) == before


def states(archive: Path) -> list[tuple[Any, ...]]:
    """Every state of every article that the archive holds."""
    with closing(sqlite3.connect(f"file:{archive}?mode=ro", uri=True)) as connection:
        return connection.execute(
            "SELECT a.id, a.url, r.n, a.headline, a.article_body, a.date_modified"
            " FROM articles AS a JOIN revisions AS r ON r.article_id = a.id ORDER BY a.id, r.n"
        ).fetchall()
