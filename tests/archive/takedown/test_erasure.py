"""An erased article is nowhere any more, and what proves that it was is kept."""

import json
import sqlite3
from dataclasses import replace

import pytest

from borneone_crawler.archive.articles.articles import Effect
from borneone_crawler.archive.sqlite.database import open_readonly
from borneone_crawler.archive.warc.rewriting import Rewriting
from borneone_crawler.items import Image, Kind, Link, State
from borneone_crawler.statuses import Status, Stop
from tests.archive.conftest import SITE, Desk, reading
from tests.archive.marked import (
    MARKER,
    OTHER,
    SHARED,
    URL,
    dump,
    in_captures,
    in_database,
    page,
    store_marked,
)
from tests.archive.warc.test_folder import exchange


def erase(desk: Desk, article_id: int) -> int:
    if not desk.rows("SELECT 1 FROM takedowns WHERE article_id = ?", article_id):
        desk.archive.take_down(article_id, "putusan pengadilan")
    erased = desk.archive.erase(article_id)
    assert erased.missing == {}
    assert desk.archive.wipe() is None
    return erased.records


def test_no_byte_of_it_is_left_and_all_others_are(desk: Desk) -> None:
    article_id = store_marked(desk)
    others = page(desk, f"{SITE}/bebas/", "bebas")
    desk.settle(f"{SITE}/bebas/", capture=others)
    shared = desk.one("SELECT capture_id FROM urls WHERE url = ?", SHARED)
    # Of the shared picture's bytes only this test says they are marked: they are another's too.
    marked = in_captures(desk)
    assert marked > 3
    records = erase(desk, article_id)
    assert records == 4, "two states, a redirect, its own picture"
    assert in_database(desk) == 0
    assert in_captures(desk) == 1, "the picture that another article shows too"
    assert desk.rows("SELECT dropped FROM captures WHERE id = ?", shared) == [(None,)]
    kept = desk.rows("SELECT id FROM captures WHERE dropped IS NULL")
    assert len(desk.archive.raw_pages([row[0] for row in kept])) == len(kept) == 3
    assert desk.one("PRAGMA integrity_check") == "ok"
    assert desk.rows("PRAGMA foreign_key_check") == []
    desk.next_run()
    assert in_database(desk) == 0


def test_digests_and_addresses_are_kept(desk: Desk) -> None:
    article_id = store_marked(desk)
    before = desk.rows("SELECT record_id, digest FROM captures ORDER BY id")
    erase(desk, article_id)
    assert desk.rows("SELECT record_id, digest FROM captures ORDER BY id") == before
    gone = desk.rows("SELECT digest FROM captures WHERE dropped = 'erased' ORDER BY id")
    (tomb,) = desk.archive.db.query("SELECT * FROM takedowns")
    assert tomb["erased_at"] is not None
    assert {d for one in json.loads(tomb["digests"]) for d in one["capture_digests"]} < {
        digest for (digest,) in gone
    }
    entry = next(desk.archive.db.query("SELECT * FROM ledger ORDER BY id DESC"))
    assert entry["kind"] == "erased"
    assert sorted(entry["capture_digests"].split()) == sorted(digest for (digest,) in gone)
    assert desk.rows(
        "SELECT url, revision_id, reading_id FROM articles WHERE id = ?", article_id
    ) == [(URL, None, None)]
    assert desk.one("SELECT count(*) FROM revisions WHERE article_id = ?", article_id) == 0


def test_it_cannot_be_put_back(desk: Desk) -> None:
    article_id = store_marked(desk)
    erase(desk, article_id)
    with pytest.raises(Stop, match="erased") as caught:
        desk.archive.put_back(article_id)
    assert caught.value.status is Status.USAGE


def test_an_erasure_that_was_interrupted_is_gone_on_with_and_not_undone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    article_id = store_marked(desk)
    desk.archive.take_down(article_id, "putusan pengadilan")

    def dies(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(desk.archive._erasure, "_delete_rows", dies)
        with pytest.raises(Stop, match="disk is full"):
            desk.archive.erase(article_id)
    desk.next_run()
    with pytest.raises(Stop, match="partly"):
        desk.archive.put_back(article_id)
    erase(desk, article_id)
    assert in_database(desk) == 0
    assert in_captures(desk) == 1


def test_what_comes_in_of_it_later_is_erased_when_the_run_ends(desk: Desk) -> None:
    article_id = store_marked(desk)
    erase(desk, article_id)
    desk.next_run()
    elsewhere = f"{SITE}/judul-baru/"
    settled = desk.settle(
        elsewhere, reading=reading(elsewhere), capture=page(desk, elsewhere),
        links=[Link(url=f"{SITE}/wp-content/uploads/baru.jpg", kind=Kind.IMAGE)],
    )  # fmt: skip
    assert settled.effect is Effect.WITHHELD
    assert in_captures(desk) == 2
    assert desk.archive.thin() == 1
    assert in_captures(desk) == 1
    assert in_database(desk) == 0
    kinds = [row[0] for row in desk.rows("SELECT kind FROM ledger ORDER BY id DESC LIMIT 2")]
    assert kinds == ["erased", "erased"]
    assert desk.archive.thin() == 0
    assert desk.one("SELECT count(*) FROM urls WHERE url LIKE '%baru.jpg'") == 0


def test_what_comes_in_of_one_that_is_only_withheld_stays_until_it_is_erased(desk: Desk) -> None:
    article_id = store_marked(desk)
    desk.archive.take_down(article_id, "permintaan")
    elsewhere = f"{SITE}/judul-baru/"
    desk.settle(elsewhere, reading=reading(elsewhere), capture=page(desk, elsewhere))
    assert desk.archive.thin() == 0
    assert erase(desk, article_id) == 5
    assert in_captures(desk) == 1


def test_a_file_that_is_elsewhere_is_named_and_erased_when_it_is_back(desk: Desk) -> None:
    article_id = store_marked(desk)
    (file,) = desk.archive.captures.folder.iterdir()
    desk.archive.close()
    away = file.rename(desk.path.parent / "away")
    desk.archive = desk.open()
    desk.archive.take_down(article_id, "permintaan")
    erased = desk.archive.erase(article_id)
    assert (erased.records, erased.missing) == (0, {file.name: 4})
    desk.archive.wipe()
    assert in_database(desk) == 0
    assert desk.rows("SELECT 1 FROM captures WHERE dropped IS NOT NULL") == []
    assert desk.archive.thin() == 0
    desk.archive.close()
    away.rename(file)
    desk.archive = desk.open()
    assert erase(desk, article_id) == 4
    assert in_captures(desk) == 1


def test_a_slug_that_was_used_again_keeps_the_captures_of_each_apart(desk: Desk) -> None:
    def seen(**fields: object) -> int:
        made = reading(URL, **fields)
        desk.settle(URL, reading=made, capture=page(desk, URL, str(fields["article_body"])))
        return int(desk.one("SELECT max(id) FROM captures"))

    old = [seen(post_id=12, article_body="Yang lama.") for _ in range(2)]
    new = {
        "post_id": 99,
        "article_body": "Yang baru.",
        "date_published": "2023-01-01T08:00:00+07:00",
    }
    later = [seen(**new) for _ in range(2)]
    assert desk.rows("SELECT url FROM articles") == [(f"{SITE}/?p=12",), (URL,)]
    standing = "SELECT id FROM captures WHERE dropped IS NULL"
    erase(desk, 1)
    assert desk.rows(standing) == [(one,) for one in later]
    assert desk.rows("SELECT headline IS NOT NULL FROM articles ORDER BY id") == [(0,), (1,)]
    assert desk.rows("SELECT state, reason FROM urls WHERE url = ?", URL) == [("stored", None)]
    erase(desk, 2)
    assert desk.rows(standing) == []
    assert old + later == [1, 2, 3, 4]


def test_parts_and_revisits_and_captures_without_a_row_go_with_it(desk: Desk) -> None:
    parts = [Link(url=f"{URL}2/", kind=Kind.PART, part_number=2)]
    desk.settle(URL, state=State.PENDING, links=parts, capture=page(desk, URL))
    (first,) = desk.rows("SELECT id FROM captures")[0]
    due = desk.claim(f"{URL}2/")
    outcome = desk.outcome(due, reading=reading(URL), capture=page(desk, f"{URL}2/"))
    desk.archive.settle(due, outcome, [first, None])
    desk.archive.capture_rows.keep(page(desk, f"{URL}?utm_source=x"), None, 1)
    same = desk.archive.prior(URL)
    assert same is not None
    copy = exchange(URL, b"same")
    first_ref = desk.archive.captures.write(copy)
    desk.settle(URL, state=State.STORED, capture=first_ref)
    revisit = desk.archive.captures.write(replace(copy, prior=desk.archive.prior(URL)))
    assert revisit is not None
    assert revisit.refers_to is not None
    desk.settle(URL, state=State.STORED, capture=revisit)
    assert desk.one("SELECT count(*) FROM captures") == 5
    assert erase(desk, 1) == 5
    assert in_captures(desk) == 0
    assert list(desk.archive.captures.folder.iterdir()) == []


def test_two_that_share_a_picture_are_both_erased_with_it(desk: Desk) -> None:
    article_id = store_marked(desk)
    erase(desk, article_id)
    erase(desk, 1)
    assert in_captures(desk) == 0
    assert desk.rows("SELECT headline, article_body FROM articles") == [(None, "")] * 2


def test_what_a_reader_holds_on_to_is_wiped_by_the_same_again(desk: Desk) -> None:
    article_id = store_marked(desk)
    desk.archive.db.execute("PRAGMA busy_timeout = 10")
    reader = open_readonly(desk.path)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM stories").fetchone()
    desk.archive.take_down(article_id, "permintaan")
    desk.archive.erase(article_id)
    assert desk.archive.wipe() is not None
    assert in_database(desk) > 0
    reader.close()
    assert erase(desk, article_id) == 0
    assert in_database(desk) == 0
    assert desk.one("SELECT count(*) FROM ledger WHERE kind = 'erased'") == 1


def test_a_failing_disk_leaves_it_withheld(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    article_id = store_marked(desk)
    desk.archive.take_down(article_id, "permintaan")
    before = dump(desk)

    def full(*_: object) -> int:
        raise Stop(Status.IO_ERROR, "no space left")

    with monkeypatch.context() as patch:
        patch.setattr(Rewriting, "rewrite", full)
        with pytest.raises(Stop, match="no space"):
            desk.archive.erase(article_id)
    assert dump(desk) == before
    assert desk.one("SELECT erased_at FROM takedowns") is None
    desk.archive.put_back(article_id)
    assert desk.one("SELECT headline FROM articles WHERE id = ?", article_id) == f"Judul {MARKER}"


def test_another_article_with_its_picture_in_an_old_state_keeps_it(desk: Desk) -> None:
    desk.store(OTHER, post_id=7, date_published=None, images=[Image(url=SHARED)])
    desk.store(OTHER, post_id=7, date_published=None, images=[])
    desk.settle(
        URL, reading=reading(URL, images=[Image(url=SHARED)]), capture=page(desk, URL),
        links=[Link(url=SHARED, kind=Kind.IMAGE)],
    )  # fmt: skip
    desk.archive.frontier.claimed.clear()
    desk.settle(SHARED, capture=page(desk, SHARED))
    assert erase(desk, 2) == 1
    assert in_captures(desk) == 1
