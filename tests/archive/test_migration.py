"""An archive of an older schema is brought up to date after a checked copy of it was made."""

import json
import sqlite3
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest

from borneone_crawler.archive import ledger
from borneone_crawler.archive.articles.stored import article_json, content_digest
from borneone_crawler.archive.sqlite import database
from borneone_crawler.archive.sqlite.database import SCHEMA_VERSION, open_database, sql_files
from borneone_crawler.site import BORNEONETV
from borneone_crawler.statuses import Status, Stop
from tests.archive.conftest import SITE, Desk, reading

URL = f"{SITE}/wagub/"


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive of schema 1 with one article in two revisions, as the first version wrote it."""
    path = tmp_path / "borneone.db"
    with monkeypatch.context() as first:
        first.setattr(database, "sql_files", lambda folder: sql_files(folder)[: _first(folder)])
        open_database(path).close()
    article = reading(URL).article
    row = {name: value for name, value in asdict(article).items() if name in _COLUMNS}
    with closing(sqlite3.connect(path)) as connection:
        insert(connection, "archive", id=1, uuid="0" * 8 + "-old", newsroom=BORNEONETV.name,
               base_url=SITE, time_zone="Asia/Pontianak", created_at="2026-01-01")  # fmt: skip
        insert(connection, "runs", id=1, command="crawl", arguments="{}", program_version="1",
               reader_version="r1", started_at="2026-01-01", status=0)  # fmt: skip
        insert(connection, "captures", id=1, url=URL, run_id=1, fetched_at="2026-01-01",
               http_status=200, warc_file="a.warc.gz", warc_offset=0, warc_length=1, digest="ab",
               record_id="<urn:uuid:1>")  # fmt: skip
        insert(connection, "articles", id=1, **row, flags="[]", revision_id=2, reading_id=2,
               content_digest=content_digest(article), first_seen_at="2026-01-01",
               last_seen_at="2026-01-02")  # fmt: skip
        insert(connection, "urls", id=7, url=URL, kind="article", state="stored", article_id=1,
               role="canonical", found_at="2026-01-01", capture_id=1, attempts=2)  # fmt: skip
        insert(connection, "urls", id=9, url=URL + "?x=1", kind="article", state="skipped",
               same_as=7, found_at="2026-01-01")  # fmt: skip
        for n in (1, 2):
            insert(connection, "revisions", id=n, article_id=1, n=n, seen_at=f"2026-01-0{n}",
                   run_id=1)  # fmt: skip
            insert(connection, "readings", id=n, revision_id=n, reader_version="r1", reader="x",
                   read_at="2026-01-01", run_id=1, content_digest=content_digest(article),
                   article=article_json(article), sources="{}", flags="[]")  # fmt: skip
            insert(connection, "reading_captures", reading_id=n, part_number=1, capture_id=1)
        for reading_id, position, text in ((2, 1, "Bagikan"), (1, 2, "×"), (1, 1, "Bagikan")):
            insert(connection, "removals", reading_id=reading_id, position=position,
                   rule="sharing", text=text)  # fmt: skip
        connection.commit()
    return path


_COLUMNS = {
    "url", "post_id", "headline", "description", "date_published", "date_modified", "editor",
    "byline_initials", "dateline", "article_body", "article_body_html", "word_count",
    "in_language", "comment_count",
}  # fmt: skip


def _first(folder: str) -> int | None:
    return 1 if folder == "schema" else 0


def insert(connection: sqlite3.Connection, table: str, **row: object) -> None:
    marks = ", ".join("?" * len(row))
    connection.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values())
    )


def test_it_is_brought_up_to_date_and_nothing_of_it_is_lost(old: Path) -> None:
    desk = Desk(old)
    assert desk.one("PRAGMA user_version") == SCHEMA_VERSION
    assert desk.one("PRAGMA foreign_keys") == 1
    assert desk.rows("PRAGMA foreign_key_check") == []
    assert desk.one("PRAGMA integrity_check") == "ok"
    assert desk.rows("SELECT id, url, article_id, same_as, attempts, absences FROM urls") == [
        (7, URL, 1, None, 2, 0), (9, URL + "?x=1", None, 7, 0, 0),
    ]  # fmt: skip
    assert desk.rows("SELECT n, reading_id, read_with FROM revisions") == [
        (1, 1, "r1"),
        (2, 2, "r1"),
    ]
    assert desk.rows("SELECT headline, revisions FROM stories") == [
        ("Wagub Kalbar Minta Gunakan Medsos", 2)
    ]
    assert desk.one("SELECT warc_type FROM captures") == "response"
    assert desk.rows("SELECT * FROM removals ORDER BY reading_id, position") == [
        (1, 1, "sharing", "Bagikan"), (1, 2, "sharing", "×"), (2, 1, "sharing", "Bagikan"),
    ]  # fmt: skip
    desk.archive.close()


def test_its_ledger_begins_with_what_it_holds(old: Path) -> None:
    desk = Desk(old)
    entries = list(desk.archive.db.query("SELECT * FROM ledger ORDER BY n"))
    assert [(entry["kind"], entry["revision"], entry["url"]) for entry in entries] == [
        ("new", 1, URL), ("revision", 2, URL),
    ]  # fmt: skip
    assert entries[0]["previous"] == ledger.FIRST
    assert entries[1]["previous"] == entries[0]["digest"]
    assert all(ledger.digest_of(entry) == entry["digest"] for entry in entries)
    assert entries[0]["capture_digests"] == "ab"
    desk.next_run()
    assert desk.one("SELECT count(*) FROM ledger") == 2
    desk.archive.close()


def test_a_copy_from_before_is_left_beside_it(old: Path) -> None:
    Desk(old).archive.close()
    copy = old.with_name("borneone.db.schema-1")
    with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        ((body,),) = connection.execute("SELECT article FROM readings WHERE id = 1").fetchall()
    assert json.loads(body)["url"] == URL
    assert not list(old.parent.glob("*.partial"))


def test_an_archive_that_cannot_be_copied_soundly_stays_as_it_is(old: Path) -> None:
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("UPDATE urls SET article_id = 99 WHERE id = 7")
        connection.commit()
    with pytest.raises(Stop, match="refers to nothing") as caught:
        Desk(old)
    assert caught.value.status is Status.NO_ARCHIVE
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert [path.name for path in old.parent.glob("*.schema-1*")] == []


def test_a_migration_that_is_interrupted_is_done_again(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, (name, sql), *_ = sql_files("schema")
    broken = {"schema": [first, (name, sql + "\nSELEC 1;\n")], "views": []}
    with monkeypatch.context() as once:
        once.setattr(database, "sql_files", broken.get)
        with pytest.raises(Stop):
            open_database(old)
    desk = Desk(old)
    assert desk.one("PRAGMA user_version") == SCHEMA_VERSION
    assert desk.one("SELECT count(*) FROM ledger") == 2
    desk.archive.close()
