"""A text dump is an article until a page of it comes; then it is what it proves to be."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from borneone_crawler.archive.articles.articles import Effect
from borneone_crawler.archive.articles.rereading import Again
from borneone_crawler.archive.articles.sighting import Sighting
from borneone_crawler.archive.clock import just_before
from borneone_crawler.archive.dumps.importing import Fate
from borneone_crawler.archive.reparsing.looking import PageAgain
from borneone_crawler.archive.reparsing.reparse import Reparse
from borneone_crawler.archive.reparsing.selection import select
from borneone_crawler.desk.history import story_of
from borneone_crawler.desk.lately import days_since
from borneone_crawler.items import State
from borneone_crawler.site import BORNEONETV
from borneone_crawler.statuses import Status
from tests.archive.conftest import SITE, Desk, reading
from tests.archive.dumps.conftest import FIRST, HEADLINE, TEXT, URL, Dumping
from tests.archive.verification.verifiers import both

STATES = """
SELECT v.n, r.reader, r.dump_id IS NOT NULL, (SELECT count(*) FROM reading_captures
    WHERE reading_id = r.id), v.reading_id = r.id
FROM revisions AS v JOIN readings AS r ON r.revision_id = v.id ORDER BY r.id
"""


def test_a_dump_is_the_article_at_its_address_and_is_asked_for(dumping: Dumping) -> None:
    done = dumping.take_in(url="http://www.borneonetv.com/cabai?utm_source=x")
    assert (done.fate, done.url, done.headline) == (Fate.ARTICLE, URL, HEADLINE)
    desk = dumping.desk
    assert desk.rows("SELECT url, headline, date_published, flags FROM stories") == [
        (URL, HEADLINE, None, '["no date","text dump"]')
    ]
    assert desk.one("SELECT article_body FROM stories") == f"{FIRST}\n\n“Sejak Senin,” kata Siti."
    assert desk.one("SELECT text FROM dumps") == TEXT.encode()
    assert desk.rows("SELECT url FROM addresses WHERE address = ?", f"{SITE}/cabai") == [(URL,)]
    assert [due.url for due in desk.archive.claim(9)] == [URL]
    assert both(dumping.path) == []


def test_a_page_of_the_same_text_is_another_reading_of_the_same_state(dumping: Dumping) -> None:
    dumping.take_in(url=URL)
    desk = dumping.desk
    settled = dumping.crawl()
    assert settled.effect is Effect.SUPERSEDED
    assert desk.rows(STATES) == [(1, "text dump", 1, 0, 0), (1, "tests", 0, 1, 1)]
    assert desk.rows("SELECT post_id, date_published, authors, sections FROM stories") == [
        (12, "2019-10-14T10:15:00+07:00", "Siti", "Ekonomi")
    ]
    assert desk.one("SELECT count(*) FROM captures WHERE repeats = 1") == 0, "it is not noise"
    desk.next_run()
    assert desk.rows("SELECT * FROM edits") == []
    kinds = [event.kind for event in story_of(desk.archive.db, 1).events]
    assert kinds == ["first seen", "page found"]
    assert both(dumping.path) == []


def test_a_page_that_says_otherwise_is_an_edit_of_what_the_dump_proves(dumping: Dumping) -> None:
    dumping.take_in(url=URL)
    dearer = FIRST.replace("80", "85")
    settled = dumping.crawl(article_body=f"{dearer}\n\n“Sejak Senin,” kata Siti.")
    assert settled.effect is Effect.REVISED
    desk = dumping.desk
    assert desk.rows(STATES) == [(1, "text dump", 1, 0, 1), (2, "tests", 0, 1, 1)]
    assert desk.rows("SELECT revision, kinds, dump_before, headline_before FROM edits") == [
        (2, "substance", "a.txt", HEADLINE)
    ]
    (first, edited) = story_of(desk.archive.db, 1).events
    assert first.detail == "text dump a.txt"
    assert (edited.kind, [one.field for one in edited.changes]) == ("edited", ["article_body"])
    assert "text dump" in str(edited.note)
    assert both(dumping.path) == []


def test_a_state_that_a_dump_alone_tells_of_counts_from_the_latest_it_can_have_been(
    dumping: Dumping,
) -> None:
    dumping.take_in(url=URL)
    states = "SELECT dump, headline, from_at, until_at FROM states ORDER BY from_at"
    ((added_at,),) = dumping.desk.rows("SELECT added_at FROM dumps")
    assert dumping.desk.rows(states) == [("a.txt", HEADLINE, added_at, None)]
    dumping.crawl(article_body=FIRST.replace("80", "85"))
    ((fetched_at,),) = dumping.desk.rows("SELECT fetched_at FROM captures")
    dumped, page = dumping.desk.rows(states)
    assert dumped == ("a.txt", HEADLINE, min(added_at, just_before(fetched_at)), fetched_at)
    assert (page[0], page[2:]) == (None, (fetched_at, None))


def test_after_that_a_page_is_compared_with_pages_alone(dumping: Dumping) -> None:
    dumping.take_in(url=URL)
    dumping.crawl()
    dumping.desk.next_run()
    dumping.desk.archive.make_due([dumping.desk.one("SELECT id FROM urls WHERE url = ?", URL)])
    assert dumping.crawl().effect is Effect.UNCHANGED
    assert both(dumping.path) == []


@pytest.mark.parametrize("body", [None, f"{FIRST}\n\nLain."])
def test_a_page_that_others_captured_before_the_dump_came_in_supersedes_it_too(
    dumping: Dumping, body: str | None
) -> None:
    dumping.take_in(url=URL)
    desk = dumping.desk
    before = "2018-10-14T04:00:00.000+00:00"
    made = reading(
        URL, headline=HEADLINE, article_body=body or f"{FIRST}\n\n“Sejak Senin,” kata Siti."
    )
    sighting = Sighting(
        asked=URL, known_as=1, claim=None, captures=[], seen_at=before, run_id=1, now=before,
        is_live=False,
    )  # fmt: skip
    with desk.archive.db.atomic():
        effect = desk.archive.articles.store(made, sighting).effect
    assert effect is (Effect.REVISED if body else Effect.SUPERSEDED)
    assert desk.one("SELECT post_id FROM articles") == 12
    assert desk.rows("SELECT first_seen_at, last_seen_at FROM articles") == [(before, before)]
    newest = desk.one("SELECT id FROM revisions ORDER BY seen_at DESC, n DESC LIMIT 1")
    assert desk.one("SELECT revision_id FROM articles") == newest
    assert both(dumping.path) == []


def test_a_page_that_reads_worse_leaves_the_dump(dumping: Dumping) -> None:
    dumping.take_in(f"{TEXT}{'Kata lain. ' * 20}", url=URL)
    due = dumping.desk.claim(URL)
    assert dumping.desk.archive.reads_worse(due, reading(URL, article_body="")) is not None


def test_a_page_supersedes_a_dump_that_has_much_more_than_its_text(dumping: Dumping) -> None:
    beside = "\n".join(f"Komentar nomor {number} dari seorang pembaca." for number in range(20))
    dumping.take_in(TEXT + beside, url=URL)
    due = dumping.desk.claim(URL)
    page = reading(URL, headline=HEADLINE, article_body=f"{FIRST}\n\n“Sejak Senin,” kata Siti.")
    assert dumping.desk.archive.reads_worse(due, page) is None


def test_an_address_that_is_not_there_leaves_the_dump_marked_as_gone(dumping: Dumping) -> None:
    dumping.take_in(url=URL)
    dumping.desk.settle(URL, state=State.GONE, http_status=404, absent=True)
    assert dumping.desk.rows("SELECT headline, is_gone FROM stories") == [(HEADLINE, 1)]
    assert both(dumping.path) == []


def test_it_is_read_again_from_its_own_bytes_by_another_reader(dumping: Dumping) -> None:
    desk = dumping.desk
    dumping.take_in(f"BeritaEkonomi\n{TEXT}", url=URL)
    assert desk.one("SELECT sections FROM stories") is None
    desk.store(f"{SITE}/lain/", post_id=3, sections=[("Berita", None), ("Ekonomi", None)])
    desk.reader.version = "reader-2"
    desk.next_run()
    (again,) = reparse(desk)
    assert isinstance(again, Again)
    assert again.after is not None
    assert desk.one("SELECT sections FROM stories WHERE id = 1") == "Berita, Ekonomi"
    assert desk.rows("SELECT dump_id FROM readings WHERE revision_id = 1") == [(1,), (1,)]
    assert both(dumping.path) == []


def reparse(desk: Desk) -> list[Again | PageAgain]:
    selection = select(desk.archive.db, desk.reader.version)
    into = Reparse.into(desk.archive, desk.reader, BORNEONETV)
    return list(into.run(selection, lambda: False))


def test_of_an_edit_beside_a_dump_only_what_a_dump_can_say_is_told(dumping: Dumping) -> None:
    dumping.take_in(TEXT.replace("80", "75"), url=URL)
    dumping.crawl(dateline="Pontianak", editor="Ani")
    dumping.desk.archive.end_run(Status.OK, "complete", {})
    zone = ZoneInfo("Asia/Pontianak")
    since = datetime(2019, 1, 1, tzinfo=zone)
    edits = [one for day in days_since(dumping.desk.archive.db, since, zone) for one in day.edits]
    assert [[change.field for change in edit.changes] for edit in edits] == [["article_body"]]
