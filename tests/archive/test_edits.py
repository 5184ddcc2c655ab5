"""The views `edits` and `gone`: what the newsroom did, in an editor's words."""

import sqlite3
from contextlib import closing
from typing import Any

from borneone_crawler.archive.sqlite import database
from borneone_crawler.archive.sqlite.database import SCHEMA_VERSION
from borneone_crawler.items import State
from tests.archive.conftest import SITE, Desk, reading

URL = f"{SITE}/wagub/"
OLD = "Pontianak, BorneOneTV – Wakil Gubernur mengatakan.\n\nBegitu. [Lay]"
EDITS = "SELECT revision, kind, kinds, headline_before, headline, origin, read_alike FROM edits"


def see(desk: Desk, **fields: Any) -> None:
    """Have the page read, from a capture that today's reader would read so again."""
    made = reading(URL, **fields)
    capture = desk.capture(URL)
    desk.settle(URL, reading=made, capture=capture)


def test_each_state_after_the_first_is_an_edit_of_its_kinds(desk: Desk) -> None:
    for fields in (
        {},
        {"headline": "Wagub Minta Gunakan Medsos"},
        {"article_body": OLD.replace("Begitu", "Bgitu")},
        {"article_body": OLD + "\n\nRalat: nama jabatan."},
    ):
        desk.store(URL, **fields)
    first, second = "Wagub Kalbar Minta Gunakan Medsos", "Wagub Minta Gunakan Medsos"
    assert desk.rows(EDITS + " ORDER BY revision") == [
        (2, "headline", "headline", first, second, None, 1),
        (3, "headline", "headline, typo", second, first, None, 1),
        (4, "correction", "correction, substance", first, first, None, 1),
    ]
    assert desk.one("SELECT edit FROM revisions WHERE n = 1") == ""


def test_what_another_reader_makes_of_a_page_is_no_edit(desk: Desk) -> None:
    see(desk)
    see(desk, article_body=OLD + "\n\nBagikan ini")
    assert desk.rows("SELECT kinds FROM edits") == [("substance",)]
    revisions = desk.archive.revisions
    desk.reader.version = "reader-2"
    for revision in revisions.of(1):
        read = reading(URL, article_body=OLD)
        with desk.archive.db.atomic():
            desk.archive.articles.reread(revision, read, now=desk.archive.now, run_id=1)
    desk.next_run()
    assert desk.one("SELECT count(*) FROM revisions") == 2
    assert desk.rows("SELECT kinds FROM edits") == []


def test_two_states_read_by_two_readers_are_marked(desk: Desk) -> None:
    desk.store(URL)
    desk.store(URL, headline="Lain")
    desk.archive.db.execute("UPDATE revisions SET read_with = 'reader-0' WHERE n = 1")
    assert desk.rows("SELECT kinds, read_alike FROM edits") == [("headline", 0)]


def test_a_state_that_comes_between_two_others_is_weighed_and_so_is_the_one_after(
    desk: Desk,
) -> None:
    desk.store(URL)
    desk.store(URL, headline="Judul Ketiga")
    (seen,) = desk.rows("SELECT seen_at FROM revisions WHERE n = 1")[0]
    between = seen.replace(".000", ".500")
    with desk.archive.db.atomic():
        desk.archive.revisions.append(
            1,
            reading(URL, headline="Judul Ketiga", article_body=OLD + " Tambahan."),
            [],
            seen_at=between,
            now=desk.archive.now,
            run_id=1,
        )
    desk.next_run()
    first, third = "Wagub Kalbar Minta Gunakan Medsos", "Judul Ketiga"
    assert desk.rows(
        "SELECT revision, kinds, headline_before, headline FROM edits ORDER BY seen_at"
    ) == [(3, "substance, headline", first, third), (2, "substance", third, third)]


def test_an_edit_is_told_beside_what_that_article_was_before(desk: Desk) -> None:
    lain = {"post_id": 2, "article_body": "Lain sama sekali."}
    desk.store(URL)
    desk.store(f"{SITE}/lain/", headline="Harga Jeruk", **lain)
    desk.store(URL, headline="Wagub Minta Gunakan Medsos")
    desk.store(f"{SITE}/lain/", headline="Harga Jeruk Naik", **lain)
    assert desk.rows("SELECT headline_before, headline FROM edits ORDER BY seen_at") == [
        ("Wagub Kalbar Minta Gunakan Medsos", "Wagub Minta Gunakan Medsos"),
        ("Harga Jeruk", "Harga Jeruk Naik"),
    ]


def test_a_state_out_of_somebody_else_s_file_names_it(desk: Desk) -> None:
    see(desk)
    see(desk, headline="Lain")
    desk.archive.db.execute("UPDATE captures SET origin = 'teman.warc.gz' WHERE id = 2")
    assert desk.rows("SELECT headline, origin FROM edits") == [("Lain", "teman.warc.gz")]


def test_of_what_was_taken_down_no_view_says_anything_until_it_is_put_back(desk: Desk) -> None:
    desk.store(URL)
    desk.store(URL, headline="Lain")
    desk.settle(URL, state=State.GONE, http_status=404)
    desk.archive.take_down(1, "asked for")
    desk.next_run()
    assert desk.rows("SELECT * FROM edits") == desk.rows("SELECT * FROM gone") == []
    desk.archive.put_back(1)
    desk.next_run()
    assert desk.rows("SELECT kinds FROM edits") == [("headline",)]
    assert desk.rows("SELECT url FROM gone") == [(URL,)]


def test_an_archive_from_before_is_filled(desk: Desk) -> None:
    desk.store(URL)
    desk.store(URL, headline="Lain")
    desk.archive.close()
    with closing(sqlite3.connect(desk.path)) as connection:
        connection.executescript(
            """DROP VIEW edits; DROP VIEW states; DROP TRIGGER revisions_weigh_again;
               DROP INDEX revisions_unweighed; DROP INDEX readings_dump;
               ALTER TABLE readings DROP COLUMN dump_id;
               DROP TABLE dumps; DROP VIEW duplicates; DROP TABLE fingerprints; DROP TABLE retold;
               DROP INDEX articles_uncompared; ALTER TABLE articles DROP COLUMN compared;
               ALTER TABLE revisions DROP COLUMN edit;
               DROP INDEX urls_due; CREATE INDEX urls_due ON urls (next_at);
               DROP INDEX urls_first_pages; DROP INDEX urls_listed; DROP INDEX urls_failed;
               DROP INDEX articles_first_seen; DROP INDEX revisions_run;
               DROP INDEX captures_refers;
               DROP INDEX shown_now; DROP INDEX shown_first;
               DROP TRIGGER urls_plan_again; DROP TRIGGER articles_plan_again;
               DROP TRIGGER revisions_plan_again;
               DROP INDEX urls_visits; DROP INDEX urls_unplanned;
               ALTER TABLE urls DROP COLUMN visit_at; ALTER TABLE urls DROP COLUMN visit_after;
               ALTER TABLE archive DROP COLUMN visit_ages;
               CREATE INDEX articles_content_digest ON articles (content_digest);
               PRAGMA user_version = 3; DELETE FROM _sqlite_migrations WHERE name >= '0004';"""
        )
    desk.archive = desk.open()
    assert desk.one("PRAGMA user_version") == SCHEMA_VERSION == len(database.sql_files("schema"))
    assert desk.rows("SELECT n, edit FROM revisions ORDER BY n") == [(1, ""), (2, "headline")]


def test_gone_says_since_when_where_to_and_whether_it_came_back(desk: Desk) -> None:
    gone = "SELECT url, gone_at IS NOT NULL, redirected_to, came_back_at IS NOT NULL FROM gone"
    lain = f"{SITE}/lain/"
    desk.store(URL)
    desk.store(lain, post_id=2, article_body="Lain sama sekali.")
    assert desk.rows(gone) == []
    desk.settle(URL, state=State.GONE, http_status=404)
    desk.settle(lain, redirect_to=f"{SITE}/baru/", http_status=301)
    assert desk.rows(gone + " ORDER BY article_id") == [
        (URL, 1, None, 0), (lain, 1, f"{SITE}/baru/", 0),
    ]  # fmt: skip
    ((gone_at, seen),) = desk.rows("SELECT gone_at, last_seen_at FROM gone WHERE url = ?", URL)
    assert gone_at > seen
    desk.store(URL)
    assert desk.rows(gone + " WHERE url = ?", URL) == [(URL, 1, None, 1)]
    ((left, back),) = desk.rows("SELECT gone_at, came_back_at FROM gone WHERE url = ?", URL)
    assert left < back
    desk.settle(URL, state=State.GONE, http_status=404)
    assert desk.rows(gone + " WHERE url = ?", URL) == [(URL, 1, None, 0)]


def test_what_left_more_than_once_left_and_came_back_when_it_did_last(desk: Desk) -> None:
    times = "SELECT gone_at, came_back_at FROM gone"
    seen = []
    for leaving in (
        {"redirect_to": f"{SITE}/baru/", "http_status": 301},
        {"state": State.GONE, "http_status": 404},
        {"state": State.GONE, "http_status": 404},
        {"redirect_to": f"{SITE}/baru/", "http_status": 301},
    ):
        desk.store(URL)
        seen += desk.rows(times)
        desk.settle(URL, **leaving)
        assert desk.rows("SELECT came_back_at FROM gone") == [(None,)]
    desk.store(URL)
    seen += desk.rows(times)
    moments = [moment for left_and_back in seen for moment in left_and_back]
    assert len(moments) == 8
    assert None not in moments
    assert moments == sorted(set(moments))
