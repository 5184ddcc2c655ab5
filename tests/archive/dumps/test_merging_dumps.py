"""Text dumps in two archives that are merged: a page of either supersedes the other's dump."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from borneone_crawler.archive.merging import Merged, merge
from tests.archive.conftest import SITE, Desk
from tests.archive.dumps.conftest import FIRST, HEADLINE, TEXT, URL, Dumping
from tests.merging import dump, proofs_hold

DUMPS = "SELECT name, article_id, linked_by FROM dumps ORDER BY id"
SHOWN = """SELECT r.reader FROM articles AS a JOIN readings AS r ON r.id = a.reading_id"""

LAST_SEEN = f"SELECT last_seen_at FROM articles WHERE url = '{URL}'"


class Two:
    """Two archives of one newsroom, each at its own time."""

    def __init__(self, folder: Path) -> None:
        self.ours = Dumping(Desk(folder / "ours" / "borneone.db"))
        self.theirs = Dumping(Desk(folder / "theirs" / "borneone.db"))
        for one in (self.ours, self.theirs):
            one.crawl(f"{SITE}/lain/", post_id=99, headline="Lain", article_body="Lain.")

    def at(self, of: Dumping, second: int) -> Dumping:
        of.desk.time = itertools.count(1_600_000_000 + second * 100)
        return of

    def merge(self) -> Merged:
        """Take theirs in, and prove that doing it twice changes nothing."""
        self.at(self.ours, 900)
        archive = self.ours.desk.archive
        merged = merge(archive, self.theirs.path)
        archive.end_run(0, "", {})
        proofs_hold(self.ours.path)
        before = dump(self.ours.path)
        assert not merge(archive, self.theirs.path).is_news
        assert dump(self.ours.path) == before
        return merged

    def shown(self) -> list[str]:
        return [reader for (reader,) in self.ours.desk.rows(f"{SHOWN} WHERE url = ?", URL)]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    both = Two(tmp_path)
    yield both
    both.ours.desk.archive.close()
    both.theirs.desk.archive.close()


def test_an_article_of_a_dump_comes_in_with_its_bytes(two: Two) -> None:
    two.theirs.take_in(url=URL)
    assert two.merge().dumps == 1
    assert two.shown() == ["text dump"]
    assert two.ours.desk.one("SELECT text FROM dumps") == TEXT.encode()
    assert two.ours.desk.rows(DUMPS) == [("a.txt", 2, "address")]


@pytest.mark.parametrize("when", [5, 15])
@pytest.mark.parametrize("body", ["same", "Lain."])
def test_their_page_supersedes_our_dump_whenever_they_read_it(
    two: Two, when: int, body: str
) -> None:
    two.at(two.ours, 10).take_in(url=URL)
    fields = {} if body == "same" else {"article_body": f"{FIRST}\n\n{body}"}
    two.at(two.theirs, when).crawl(**fields)
    seen_at = two.theirs.desk.one(LAST_SEEN)
    two.merge()
    assert two.shown() == ["tests"]
    assert two.ours.desk.one(LAST_SEEN) == seen_at, "a dump is no sighting"
    assert two.ours.desk.one("SELECT count(*) FROM edits") == (body != "same")


@pytest.mark.parametrize("when", [5, 15])
@pytest.mark.parametrize("body", ["same", "Lain."])
def test_their_dump_never_supersedes_our_page(two: Two, when: int, body: str) -> None:
    fields = {} if body == "same" else {"article_body": f"{FIRST}\n\n{body}"}
    two.at(two.ours, 10).crawl(**fields)
    seen_at = two.ours.desk.one(LAST_SEEN)
    two.at(two.theirs, when).take_in(url=URL)
    two.merge()
    assert two.shown() == ["tests"]
    assert two.ours.desk.one(LAST_SEEN) == seen_at, "a dump is no sighting"
    assert two.ours.desk.rows(DUMPS) == [("a.txt", 2, "address")]
    assert two.ours.desk.one("SELECT count(*) FROM edits") == (body != "same")


def test_what_they_kept_finds_our_article(two: Two) -> None:
    two.ours.crawl()
    two.theirs.take_in()
    two.merge()
    assert two.ours.desk.rows(DUMPS) == [("a.txt", 2, "words")]


def test_what_we_kept_finds_their_article(two: Two) -> None:
    two.ours.take_in()
    two.theirs.crawl()
    two.merge()
    assert two.ours.desk.rows(DUMPS) == [("a.txt", 2, "words")]


def test_the_same_dump_in_both_is_one(two: Two) -> None:
    two.at(two.ours, 5).take_in(url=URL)
    two.at(two.theirs, 7).take_in(url=URL)
    two.merge()
    assert two.ours.desk.one("SELECT count(*) FROM dumps") == 1
    assert two.ours.desk.one("SELECT count(*) FROM revisions") == 2


@pytest.mark.parametrize("down", ["here", "there"])
def test_what_is_taken_down_on_either_side_shows_nothing(two: Two, down: str) -> None:
    if down == "here":
        two.ours.crawl()
        two.ours.desk.archive.take_down(2, "alasan")
    two.theirs.take_in(url=URL)
    if down == "there":
        two.theirs.desk.archive.take_down(2, "alasan")
    two.merge()
    assert HEADLINE not in str(two.ours.desk.rows("SELECT * FROM stories"))
    assert two.ours.desk.one("SELECT count(*) FROM dumps WHERE text IS NOT NULL") == 0


def test_bytes_that_are_not_what_their_digest_says_stay_out(two: Two) -> None:
    two.theirs.take_in(url=URL)
    two.theirs.desk.archive.db.execute("UPDATE dumps SET text = CAST('lain' AS BLOB)")
    merged = merge(two.ours.desk.archive, two.theirs.path)
    assert merged.conflicts
    assert two.ours.desk.rows(DUMPS) == []
    assert two.shown() == []
