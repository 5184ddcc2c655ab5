"""What an archive lives through in order is no finding: addresses that pass on, edits that are
taken back, readers that come and go, pages that vanish, archives taken in, takedowns."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from borneone_crawler.archive.ledger import FIELDS, Event
from borneone_crawler.archive.sqlite import database
from borneone_crawler.archive.sqlite.database import open_database, sql_files
from borneone_crawler.archive.verification import Kind
from borneone_crawler.items import Image, State
from tests.archive.conftest import SITE, Desk, reading
from tests.archive.verification.verifiers import both, ours, theirs

URL = f"{SITE}/wagub/"
TEXT = {"keywords": ["banjir", "sungai"], "authors": ["Lay"], "byline_initials": "Lay"}


def edit(desk: Desk, url: str = URL, **fields: Any) -> None:
    desk.next_run()
    desk.store(url, **(TEXT | fields))


def capture(desk: Desk, url: str = URL, **fields: Any) -> None:
    desk.settle(url, reading=reading(url, **(TEXT | fields)), capture=desk.capture(url))


# -- addresses ---------------------------------------------------------------------------------


def test_an_article_that_moves_and_one_that_takes_its_place(desk: Desk) -> None:
    desk.store(f"{SITE}/salah-ketik/", **TEXT)
    edit(desk, canonical=URL)
    assert desk.rows("SELECT url FROM articles") == [(URL,)]
    edit(desk, f"{SITE}/salah-ketik/", post_id=13, article_body="Berita lain.")
    edit(desk, article_body="Lebih panjang.", canonical=URL)
    assert desk.one("SELECT count(*) FROM ledger WHERE kind = 'moved'") == 1
    assert both(desk.path) == []


def test_a_slug_that_is_used_again_and_again(desk: Desk) -> None:
    for number in (12, 99, 100):
        day = {"date_published": f"20{number % 24:02d}-01-01T08:00:00+07:00"}
        edit(desk, post_id=number, article_body=f"Nomor {number}.", **day)
    assert desk.one("SELECT count(*) FROM articles") == 3
    assert both(desk.path) == []
    desk.archive.db.execute("UPDATE articles SET article_body = 'x' WHERE post_id = 12")
    (line,) = both(desk.path)
    assert line.startswith(f"changed: {SITE}/?p=12: article_body")


def test_a_moved_article_that_is_deleted_is_missing_at_its_last_address(desk: Desk) -> None:
    desk.store(f"{SITE}/salah-ketik/", **TEXT)
    edit(desk, canonical=URL)
    desk.archive.db.execute("PRAGMA foreign_keys = OFF")
    desk.archive.db.execute("DELETE FROM articles")
    assert any(line.startswith(f"missing: {URL}: the article") for line in both(desk.path))


# -- edits and readers ---------------------------------------------------------------------------


def test_an_edit_that_is_taken_back_is_three_revisions(desk: Desk) -> None:
    for body in ("Satu.", "Dua.", "Satu."):
        edit(desk, article_body=body)
    assert desk.one("SELECT count(*) FROM revisions") == 3
    assert both(desk.path) == []
    desk.archive.db.execute("PRAGMA foreign_keys = OFF")
    desk.archive.db.execute("DELETE FROM readings WHERE revision_id = 1")
    desk.archive.db.execute("DELETE FROM revisions WHERE n = 1")
    assert any("missing" in line and "revision 1" in line for line in both(desk.path))


def test_a_revision_that_is_copied_is_added(desk: Desk) -> None:
    edit(desk, article_body="Satu.")
    edit(desk, article_body="Dua.")
    desk.archive.db.execute("PRAGMA foreign_keys = OFF")
    desk.archive.db.execute(
        "INSERT INTO revisions SELECT 99, article_id, 3, seen_at, run_id, read_with, 99, edit "
        "FROM revisions WHERE n = 1"
    )
    desk.archive.db.execute(
        "INSERT INTO readings SELECT 99, 99, reader_version, reader, read_at, run_id, "
        "content_digest, article, sources, flags, dump_id FROM readings WHERE id = 1"
    )
    assert [line.partition(":")[0] for line in both(desk.path)] == ["added"]


def reread(desk: Desk, version: str, **fields: Any) -> None:
    """Take today's reader's word for what is shown, as reparse does."""
    desk.reader.version = version
    revision = desk.archive.revisions.shown(1)
    with desk.archive.db.atomic():
        desk.archive.articles.reread(
            revision, reading(URL, **(TEXT | fields)), now="2020-01-01T00:00:00+00:00", run_id=1
        )


def test_a_reader_that_is_given_up_and_taken_up_again(desk: Desk) -> None:
    edit(desk)
    reread(desk, "reader-2", keywords=["banjir"])
    assert both(desk.path) == []
    reread(desk, "reader-1")
    assert desk.one("SELECT group_concat(kind, ' ') FROM ledger") == "new reading reading"
    assert both(desk.path) == []
    desk.archive.db.execute("DELETE FROM readings WHERE reader_version = 'reader-2'")
    assert any("missing" in line and "a reading of revision 1" in line for line in both(desk.path))


def test_a_reading_that_does_not_count_is_not_to_be_shown(desk: Desk) -> None:
    edit(desk)
    reread(desk, "reader-2", keywords=["banjir"])
    desk.archive.db.execute("UPDATE revisions SET reading_id = 1")
    assert any("the one that counts" in finding.what for finding in ours(desk.path))


def test_an_older_capture_of_somebody_else_may_lie_between_two_sightings(desk: Desk) -> None:
    """Its state is younger than the one that is shown, which was seen again after it."""
    edit(desk, article_body="Satu.")
    edit(desk, article_body="Satu.")
    seen_at = desk.one("SELECT seen_at FROM revisions")
    desk.archive.db.execute("UPDATE articles SET last_seen_at = '2199-01-01T00:00:00+00:00'")
    desk.archive.begin_run("import-warc", {})
    desk.settle(URL, reading=reading(URL, **TEXT, article_body="Dua."), capture=desk.capture(URL))
    assert desk.one("SELECT max(seen_at) FROM revisions") > seen_at
    assert desk.one("SELECT article_body FROM articles") == "Satu."
    assert both(desk.path) == []


def test_a_section_that_is_renamed_keeps_its_older_articles(desk: Desk) -> None:
    at = f"{SITE}/category/daerah/"
    desk.store(f"{SITE}/a/", post_id=1, sections=[("Daerah", at), ("Kota", None)])
    desk.store(f"{SITE}/b/", post_id=2, sections=[("Kalbar", at)])
    assert desk.rows("SELECT name FROM sections ORDER BY id") == [("Kalbar",), ("Kota",)]
    assert both(desk.path) == []
    desk.archive.db.execute("UPDATE sections SET name = 'Kalbor' WHERE name = 'Kalbar'")
    named = {line.split(": ")[1] for line in both(desk.path)}
    assert named == {f"{SITE}/a/", f"{SITE}/b/"}


# -- gone, redirected, back ----------------------------------------------------------------------


def test_an_article_that_is_gone_comes_back_and_is_redirected(desk: Desk) -> None:
    edit(desk)
    states: list[Callable[[], Any]] = [
        lambda: desk.settle(URL, state=State.GONE, http_status=404, absent=True),
        lambda: desk.store(URL, **TEXT),
        lambda: desk.settle(URL, redirect_to=f"{SITE}/lain/", http_status=301),
        lambda: desk.settle(URL, redirect_to=f"{SITE}/lain-lagi/", http_status=301),
        lambda: desk.store(URL, **TEXT),
    ]
    for change in states:
        desk.next_run()
        change()
        assert both(desk.path) == []
    kinds = [kind for (kind,) in desk.rows("SELECT kind FROM ledger ORDER BY n")]
    assert kinds == ["new", "gone", "back", "redirected", "redirected", "back"]
    desk.archive.db.execute("UPDATE articles SET gone_at = last_seen_at")
    assert len(both(desk.path)) == 1


def test_an_archive_that_is_older_than_ledgers_is_sealed_as_it_stands(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    capture(desk)
    desk.next_run()
    capture(desk, article_body="Lebih panjang.")
    desk.next_run()
    desk.settle(URL, state=State.GONE, http_status=404, absent=True)
    with monkeypatch.context() as patch:
        files = {"schema": sql_files("schema")[:1], "views": []}
        patch.setattr(database, "sql_files", files.__getitem__)
        old = open_database(tmp_path / "old" / "borneone.db")
    shutil.copytree(tmp_path / "warc", tmp_path / "old" / "warc")
    old.execute("PRAGMA foreign_keys = OFF")
    old.execute("ATTACH ? AS new", [str(desk.path)])
    for table in ("archive", "runs", "urls", "captures", "articles", "revisions", "readings",
                  "reading_captures", "keywords", "article_keywords", "people",
                  "article_people"):  # fmt: skip
        columns = ", ".join(old.table(table).columns_dict)
        old.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM new.{table}")
    old.close()
    again = Desk(tmp_path / "old" / "borneone.db")
    assert again.rows("SELECT kind FROM ledger ORDER BY n") == [
        ("new",), ("revision",), ("gone",),
    ]  # fmt: skip
    assert both(again.path) == []
    again.archive.close()


# -- archives that were taken in -----------------------------------------------------------------


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "other").mkdir()
    desk = Desk(tmp_path / "other" / "borneone.db")
    desk.time = iter(range(1_600_000_000, 1_700_000_000))
    yield desk
    desk.archive.close()


def take_in(desk: Desk, other: Desk, *, named: bool = True) -> None:
    """The other's chain as it is, and an entry of ours that names its head."""
    columns = ", ".join([*FIELDS, "digest"])
    for row in other.rows(f"SELECT {columns} FROM ledger ORDER BY id"):
        marks = ", ".join("?" * len(row))
        desk.archive.db.execute(f"INSERT OR IGNORE INTO ledger ({columns}) VALUES ({marks})", row)
    if named:
        chain, head = other.one("SELECT uuid FROM archive"), other.archive.head
        desk.archive.ledger.append(Event.MERGE, SITE, detail=f"{chain} {head.n} {head.digest}")


def test_a_chain_that_was_merged_in_order_is_no_finding(desk: Desk, other: Desk) -> None:
    for one in (desk, other):
        edit(one)
    take_in(desk, other)
    assert both(desk.path) == []
    assert ours(desk.path, against=other.archive.head.digest) == []


def test_a_merged_chain_is_verified_like_our_own(desk: Desk, other: Desk) -> None:
    edit(desk)
    edit(other)
    edit(other, article_body="Hanya di sana.")
    edit(other, f"{SITE}/hanya-di-sana/", post_id=13)
    take_in(desk, other)
    lines = both(desk.path)
    assert any(f"{SITE}/hanya-di-sana/" in line and "missing" in line for line in lines)
    assert any(URL in line and "missing" in line for line in lines)


def test_a_merged_archive_may_know_an_article_by_another_address(desk: Desk, other: Desk) -> None:
    there = f"{SITE}/?p=12"
    edit(desk)
    other.settle(there, reading=reading(URL, **TEXT))
    take_in(desk, other)
    assert both(desk.path) != []
    desk.archive.db.execute(
        "INSERT INTO urls (url, kind, state, found_at, article_id) VALUES (?, 'article', 'stored',"
        " '', 1)",
        [there],
    )
    assert both(desk.path) == []


def test_another_reader_s_reading_of_the_same_content_need_not_be_taken_in(
    desk: Desk, other: Desk
) -> None:
    edit(desk)
    other.reader.version = "reader-9"
    edit(other, word_count=3)
    take_in(desk, other)
    assert both(desk.path) == []


def test_a_chain_that_no_merge_names_was_slipped_in(desk: Desk, other: Desk) -> None:
    for one in (desk, other):
        edit(one)
    take_in(desk, other, named=False)
    assert [line.partition(":")[0] for line in both(desk.path)] == ["added"]


def test_a_merge_without_its_chain_is_missing_something(desk: Desk, other: Desk) -> None:
    for one in (desk, other):
        edit(one)
    chain, head = other.one("SELECT uuid FROM archive"), other.archive.head
    desk.archive.ledger.append(Event.MERGE, SITE, detail=f"{chain} {head.n} {head.digest}")
    assert [line.partition(":")[0] for line in both(desk.path)] == ["missing"]


def test_a_merge_may_be_repeated_when_the_other_has_grown(desk: Desk, other: Desk) -> None:
    for one in (desk, other):
        edit(one)
    take_in(desk, other)
    for one in (desk, other):
        edit(one, article_body="Lebih.")
    take_in(desk, other)
    assert both(desk.path) == []


# -- what was taken down -------------------------------------------------------------------------


def take_down(desk: Desk, *, erase: bool = False) -> None:
    desk.archive.take_down(1, "Permintaan keluarga")
    if erase:
        desk.archive.erase(1)


@pytest.mark.parametrize(("erase", "kind"), [(False, Kind.WITHHELD), (True, Kind.ERASED)])
def test_what_was_taken_down_is_said_and_is_no_damage(desk: Desk, erase: bool, kind: Kind) -> None:
    capture(desk)
    desk.next_run()
    capture(desk, article_body="Lebih panjang.")
    take_down(desk, erase=erase)
    assert both(desk.path) == []
    (note,) = ours(desk.path)
    assert (note.kind, note.url) == (kind, URL)
    assert "Permintaan keluarga" in note.what
    assert f"{URL}: {kind} {note.what}\n" in theirs(desk.path).stdout


def test_a_takedown_that_was_undone_leaves_no_finding(desk: Desk) -> None:
    capture(desk)
    take_down(desk)
    desk.archive.put_back(1)
    assert ours(desk.path) == []
    assert both(desk.path) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE withheld SET article = replace(article, 'Gubernur', 'Bupati')",
        "DELETE FROM withheld",
        "UPDATE readings SET article = (SELECT article FROM withheld WHERE reading_id = id)",
        "UPDATE articles SET article_body = 'masih terlihat'",
        "INSERT INTO outlinks VALUES (1, 'link', 1, 'https://lain.example/', 'masih terlihat')",
        "DELETE FROM takedowns",
        "UPDATE takedowns SET digests = '[]'",
    ],
)
def test_damage_to_what_is_withheld_is_found(desk: Desk, statement: str) -> None:
    capture(desk)
    take_down(desk)
    desk.archive.db.execute(statement)
    found = [finding for finding in ours(desk.path) if finding.is_fault]
    assert {finding.url for finding in found} == {URL}
    if "digests" not in statement:
        both(desk.path)


def test_an_erasure_that_forgets_a_digest_is_a_loss(desk: Desk) -> None:
    capture(desk)
    take_down(desk, erase=True)
    desk.archive.db.execute("UPDATE takedowns SET digests = '[]'")
    assert [line.partition(":")[0] for line in both(desk.path)] == ["missing"]


def test_captures_of_noise_are_counted_not_missed(desk: Desk) -> None:
    capture(desk)
    desk.next_run()
    capture(desk)
    noise = desk.one("SELECT id FROM captures EXCEPT SELECT capture_id FROM reading_captures")
    desk.archive.db.execute("UPDATE captures SET dropped = 'noise' WHERE id = ?", [noise])
    assert both(desk.path) == []


# -- pictures ----------------------------------------------------------------------------------


def test_a_picture_whose_address_asks_for_a_size(desk: Desk) -> None:
    capture(desk, images=[Image(url=f"{SITE}/a.jpg?w=700", caption="Wagub.")])
    assert both(desk.path) == []
