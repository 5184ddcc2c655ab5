"""Pages that said nothing new make room; those that prove something stay."""

import os
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from borneone_crawler.archive.warc import thinning
from borneone_crawler.items import Kind, Link, State
from tests.archive.conftest import SITE, Desk, reading
from tests.archive.warc.test_rewriting import files, named, readable

URL = f"{SITE}/wagub/"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thinning, "MIN_BYTES", 1)
    monkeypatch.setattr(thinning, "MIN_SHARE", 0.0)


@pytest.fixture
def see(desk: Desk) -> Callable[..., int]:
    def see(url: str = URL, **fields: Any) -> int:
        """Capture the page with new noise, and read it. Returns the capture's number."""
        return settle(desk, url, reading=reading(url, **fields))

    return see


def settle(desk: Desk, url: str, **outcome: Any) -> int:
    desk.settle(url, capture=desk.capture(url, os.urandom(200)), **outcome)
    return int(desk.one("SELECT max(id) FROM captures"))


def thin(desk: Desk) -> list[int]:
    """Thin with a file of its own to write on in. Returns the captures that went."""
    desk.archive.captures.close()
    desk.archive.captures.new_file().close()
    before = {row[0] for row in desk.rows("SELECT id FROM captures WHERE dropped = 'noise'")}
    count = desk.archive.thin()
    after = {row[0] for row in desk.rows("SELECT id FROM captures WHERE dropped = 'noise'")}
    assert count == len(after - before)
    assert named(desk) <= files(desk)
    readable(desk)
    return sorted(after - before)


def test_first_last_and_each_revision_s_stay(desk: Desk, see: Callable[..., int]) -> None:
    first, noise, more_noise = see(), see(), see()
    edited, noisy = see(article_body="Diralat."), see(article_body="Diralat.")
    last = see(article_body="Diralat.")
    digests = desk.rows("SELECT id, digest FROM captures ORDER BY id")
    assert thin(desk) == [noise, more_noise, noisy]
    assert desk.rows("SELECT id FROM captures WHERE dropped IS NULL") == [
        (first,),
        (edited,),
        (last,),
    ]
    assert desk.rows("SELECT id, digest FROM captures ORDER BY id") == digests
    assert thin(desk) == []
    see(article_body="Diralat.")
    assert thin(desk) == [last]


def test_what_was_no_article_that_day_stays(desk: Desk, see: Callable[..., int]) -> None:
    """What today's reader cannot read is read tomorrow from its capture."""
    see()
    settle(desk, URL, reason="not an article: login page")
    settle(desk, URL, state=State.STORED, reason="500", http_status=500)
    last_good = see()
    settle(desk, URL, reason="not an article: login page")
    settle(desk, URL, state=State.STORED, reason="404", http_status=404)
    assert thin(desk) == []
    assert desk.one("SELECT repeats FROM captures WHERE id = ?", last_good) == 1


def test_listings_and_pictures_stay(desk: Desk) -> None:
    for url, kind in ((f"{SITE}/category/berita/", Kind.LISTING), (f"{SITE}/a.jpg", Kind.IMAGE)):
        desk.settle(f"{SITE}/x{kind}/", links=[Link(url=url, kind=kind)])
        for _ in range(3):
            desk.archive.frontier.claimed.clear()
            desk.archive.frontier.make_due([desk.one("SELECT id FROM urls WHERE url = ?", url)])
            (due,) = (due for due in desk.archive.claim(9) if due.url == url)
            desk.archive.settle(due, desk.outcome(due, capture=desk.capture(url, os.urandom(99))))
    assert thin(desk) == []


def test_what_others_captured_or_a_crash_left_or_a_revisit_needs_stays(
    desk: Desk, see: Callable[..., int]
) -> None:
    see()
    foreign, waiting, referred, noise = see(), see(), see(), see()
    desk.archive.db.execute("UPDATE captures SET origin = 'IA.warc.gz' WHERE id = ?", [foreign])
    revisit = see()
    desk.archive.db.execute(
        "UPDATE captures SET warc_type = 'revisit', refers_to = ? WHERE id = ?",
        [referred, revisit],
    )
    see()
    desk.archive.db.execute("UPDATE captures SET waiting = 1 WHERE id = ?", [waiting])
    assert thin(desk) == [noise]


def test_a_part_of_an_article_is_thinned_with_its_first_page(desk: Desk) -> None:
    links = [Link(url=f"{URL}2/", kind=Kind.PART, part_number=2)]
    for _ in range(3):
        first = settle(desk, URL, state=State.PENDING, links=links)
        due = desk.claim(f"{URL}2/")
        outcome = desk.outcome(
            due, reading=reading(URL), capture=desk.capture(due.url, os.urandom(200))
        )
        desk.archive.settle(due, outcome, [first, None])
    assert thin(desk) == [3, 4]


def test_a_file_is_left_alone_until_it_is_worth_it(
    desk: Desk, see: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        see()
    before = files(desk)
    assert desk.archive.thin() == 0, "the file that is being written"
    assert files(desk) == before
    monkeypatch.setattr(thinning, "MIN_SHARE", 0.5)
    assert thin(desk) == []
    monkeypatch.setattr(thinning, "MIN_SHARE", 0.1)
    monkeypatch.setattr(thinning, "MIN_BYTES", 10_000)
    assert thin(desk) == []
    monkeypatch.setattr(thinning, "MIN_BYTES", 100)
    assert len(thin(desk)) == 1


def test_one_file_a_run_and_the_one_that_gains_most(desk: Desk, see: Callable[..., int]) -> None:
    see()
    small = [see(), see()]
    desk.archive.captures.close()
    desk.archive.captures.sound.clear()  # so that the next one is written to a file of its own
    large = [see(), see(), see()]
    see()
    assert thin(desk) == large
    assert thin(desk) == small


def test_a_disk_without_room_for_a_copy_is_left_alone(
    desk: Desk, see: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        see()
    monkeypatch.setattr(thinning.shutil, "disk_usage", lambda _: SimpleNamespace(free=100))
    assert thin(desk) == []


def test_an_article_can_be_read_again_after_its_noise_went(
    desk: Desk, see: Callable[..., int]
) -> None:
    see()
    see()
    see()
    assert thin(desk) == [2]
    desk.reader.version = "reader-2"
    desk.reader.readings[URL] = reading(URL, headline="Dibaca lain")
    desk.next_run()
    see(headline="Dibaca lain")
    assert desk.one("SELECT count(*) FROM revisions") == 1
    assert desk.one("SELECT headline FROM articles") == "Dibaca lain"
