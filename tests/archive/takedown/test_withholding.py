"""A taken-down article stands in `withheld` alone, comes back by no way, and can be put back."""

import pytest

from borneone_crawler.archive.articles.articles import Effect
from borneone_crawler.archive.articles.finding import find_article
from borneone_crawler.archive.articles.stored import digest
from borneone_crawler.archive.ledger import digest_of
from borneone_crawler.items import Image, Kind, Link, State
from borneone_crawler.site import BORNEONETV
from borneone_crawler.statuses import Status, Stop
from tests.archive.conftest import SITE, Desk, reading
from tests.archive.marked import (
    MARKER,
    OTHER,
    PICTURE,
    SHARED,
    URL,
    dump,
    in_captures,
    in_database,
    in_withheld,
    page,
    store_marked,
)


def take_down(desk: Desk, article_id: int) -> None:
    desk.archive.take_down(article_id, "permintaan narasumber")
    assert desk.archive.wipe() is None


def test_its_text_stands_in_withheld_alone(desk: Desk) -> None:
    article_id = store_marked(desk)
    assert in_database(desk) > in_withheld(desk) == 0
    withheld = desk.archive.take_down(article_id, "permintaan narasumber")
    assert (withheld.revisions, withheld.readings, withheld.pictures) == (2, 2, 1)
    desk.archive.wipe()
    assert in_database(desk) == in_withheld(desk) > 20
    desk.archive.close()
    assert not desk.path.with_name("borneone.db-wal").exists()
    desk.archive = desk.open()
    assert desk.rows(f"SELECT rowid FROM articles_fts('{MARKER}')") == []
    assert desk.rows("SELECT rowid FROM articles_fts('lain')") == [(1,)]
    assert not [word for word in dump(desk)["words"] if MARKER in word]
    desk.archive.db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")
    assert desk.one("PRAGMA integrity_check") == "ok"
    assert in_captures(desk) > 0, "what was captured is withheld, not erased"


def test_names_that_others_use_stay(desk: Desk) -> None:
    take_down(desk, store_marked(desk))
    assert desk.rows("SELECT name FROM people") == [("Redaksi",)]
    assert desk.rows("SELECT name FROM keywords") == [("medsos",)]
    assert desk.rows("SELECT name FROM sections") == [("Berita",)]


def test_no_view_shows_it(desk: Desk) -> None:
    article_id = store_marked(desk)
    take_down(desk, article_id)
    looked_at = 0
    for view in desk.archive.db.views:
        columns = {column.name for column in view.columns}
        for column, value in (("article_id", article_id), ("url", URL), ("id", article_id)):
            if column in columns:
                looked_at += 1
                rows = desk.rows(f"SELECT 1 FROM {view.name} WHERE {column} = ?", value)
                assert rows == [], view.name
    assert looked_at >= 8
    assert desk.one("SELECT sum(articles) FROM sections_by_month") == 1


def test_the_tombstone_says_when_and_why_and_proves_what_it_was(desk: Desk) -> None:
    article_id = store_marked(desk)
    readings = desk.rows("SELECT article, content_digest FROM readings WHERE revision_id > 1")
    take_down(desk, article_id)
    (tomb,) = desk.archive.db.query("SELECT * FROM takedowns")
    assert (tomb["url"], tomb["reason"], tomb["erased_at"]) == (URL, "permintaan narasumber", None)
    listed = desk.rows(
        "SELECT value ->> 'reading_digest', value ->> 'content_digest' FROM json_each(?)",
        tomb["digests"],
    )
    assert listed == [(digest(text), content) for text, content in readings]
    assert desk.rows("SELECT article FROM withheld ORDER BY reading_id") == [
        (text,) for text, _ in readings
    ]
    entry = next(desk.archive.db.query("SELECT * FROM ledger ORDER BY id DESC"))
    assert (entry["kind"], entry["url"], entry["detail"]) == ("takedown", URL, None)
    assert digest_of(entry) == entry["digest"] == desk.archive.head.digest


def test_undo_restores_every_row(desk: Desk) -> None:
    article_id = store_marked(desk)
    desk.settle(URL, state=State.STORED, reason="500", retry_after=3600.0, http_status=500)
    before = dump(desk)
    take_down(desk, article_id)
    assert dump(desk) != before
    desk.archive.put_back(article_id)
    assert dump(desk) == before
    assert desk.rows("SELECT * FROM takedowns") == desk.rows("SELECT * FROM withheld") == []
    assert desk.one("SELECT kind FROM ledger ORDER BY id DESC LIMIT 1") == "restored"
    take_down(desk, article_id)
    desk.archive.put_back(article_id)
    assert dump(desk) == before


def test_undo_finds_names_that_have_come_back_by_others(desk: Desk) -> None:
    article_id = store_marked(desk)
    before = dump(desk)
    take_down(desk, article_id)
    desk.store(
        f"{SITE}/ketiga/", post_id=3, date_published=None, authors=[f"Penulis {MARKER} kedua"],
        sections=[(f"Khusus {MARKER}", f"{SITE}/category/berita/{MARKER}/")],
    )  # fmt: skip
    desk.archive.put_back(article_id)
    after = dump(desk)
    assert after["people"] == before["people"]
    assert after["sections"] == before["sections"]
    assert set(before["article_people"]) < set(after["article_people"])


def test_undo_without_what_stood_around_shows_the_reading(desk: Desk) -> None:
    article_id = store_marked(desk)
    before = dump(desk)
    take_down(desk, article_id)
    desk.archive.db.execute("UPDATE withheld SET around = NULL")
    desk.archive.put_back(article_id)
    after = dump(desk)
    for table in (
        "readings",
        "removals",
        "images",
        "videos",
        "outlinks",
        "article_people",
        "words",
    ):
        assert after[table] == before[table], table
    assert desk.one("SELECT headline FROM articles WHERE url = ?", URL) == f"Judul {MARKER}"


def due(desk: Desk) -> set[str]:
    found = {row.url for row in desk.archive.claim(100)}
    desk.archive.frontier.claimed.clear()
    return found


def test_its_addresses_and_own_pictures_are_not_asked_for_again(desk: Desk) -> None:
    article_id = store_marked(desk)
    take_down(desk, article_id)
    desk.next_run()
    shut = {url for (url,) in desk.rows("SELECT url FROM urls WHERE reason = 'taken down'")}
    assert shut == {URL, f"{URL}?utm_source=wa", f"{SITE}/?p=12", PICTURE}
    desk.archive.revive()
    for address in (URL, f"{SITE}/?p=12", f"{URL}?utm_source=fb", PICTURE):
        desk.archive.want(address)
    links = [Link(url=at, kind=Kind.ARTICLE) for at in (URL, f"{URL}amp/", f"{SITE}/?p=12")]
    desk.settle(f"{SITE}/tautan/", links=[*links, Link(url=PICTURE, kind=Kind.IMAGE)])
    assert due(desk) == set()


def test_a_lost_record_does_not_have_it_asked_for_again(desk: Desk) -> None:
    take_down(desk, store_marked(desk))
    (file,) = desk.archive.captures.folder.iterdir()
    desk.archive.close()
    file.write_bytes(file.read_bytes()[:2000])
    desk.archive = desk.open()
    assert desk.one("SELECT count(*) FROM captures WHERE dropped = 'lost'") > 0
    assert not due(desk) & {URL, f"{SITE}/?p=12", PICTURE}


@pytest.mark.parametrize(
    ("address", "fields", "canonical"),
    [
        (f"{SITE}/wagub-baru/", {}, f"{SITE}/wagub-baru/"),
        (f"{URL}?foo=1", {"date_published": None}, URL),
        (f"{URL}?foo=1", {"post_id": None, "date_published": None}, URL),
        (f"{SITE}/salinan/", {"post_id": 99, "headline": f"Judul {MARKER}"}, None),
    ],
    ids=["changed slug", "same number and claim", "claim alone", "same content"],
)
def test_another_address_does_not_bring_it_back(
    desk: Desk, address: str, fields: dict[str, object], canonical: str | None
) -> None:
    desk.store(
        URL,
        **({"headline": f"Judul {MARKER}"} | {k: v for k, v in fields.items() if k == "headline"}),
    )
    desk.archive.take_down(1, "permintaan")
    desk.next_run()
    made = reading(address, **({"headline": f"Judul {MARKER}"} | fields))
    settled = desk.settle(
        address, reading=made, canonical=canonical, capture=page(desk, address),
        links=[Link(url=PICTURE, kind=Kind.IMAGE)],
    )  # fmt: skip
    assert (settled.article_id, settled.effect) == (1, Effect.WITHHELD)
    assert desk.one("SELECT count(*) FROM articles") == 1
    assert desk.one("SELECT count(*) FROM revisions") == 1
    assert desk.rows(
        "SELECT state, reason, article_id, next_at FROM urls WHERE url = ?", address
    ) == [("skipped", "taken down", 1, None)]
    assert desk.rows("SELECT 1 FROM urls WHERE url = ?", PICTURE) == []
    assert due(desk) == set()
    desk.archive.put_back(1)
    assert due(desk) == {address}, "what was met meanwhile is looked at again"


def test_a_page_that_calls_itself_so_but_is_another_post_is_kept(desk: Desk) -> None:
    desk.store(URL)
    desk.archive.take_down(1, "permintaan")
    later = {"post_id": 99, "date_published": "2023-01-01T08:00:00+07:00", "article_body": "Baru."}
    assert desk.store(f"{SITE}/baru/", canonical=URL, **later).effect is Effect.NEW


def test_a_first_page_whose_parts_were_taken_down_is_withheld(desk: Desk) -> None:
    parts = [Link(url=f"{URL}2/", kind=Kind.PART, part_number=2)]
    desk.settle(URL, state=State.PENDING, links=parts, capture=page(desk, URL))
    desk.settle(f"{URL}2/", reading=reading(URL), capture=page(desk, f"{URL}2/"))
    desk.archive.take_down(1, "permintaan")
    desk.next_run()
    elsewhere = f"{URL}?foo=1"
    more = [*parts, Link(url=f"{URL}3/", kind=Kind.PART, part_number=3)]
    desk.settle(elsewhere, state=State.PENDING, links=more, capture=page(desk, elsewhere))
    assert due(desk) == set()
    assert desk.rows("SELECT article_id FROM urls WHERE url = ?", elsewhere) == [(1,)]
    assert desk.one("SELECT count(*) FROM articles WHERE headline IS NOT NULL") == 0


def test_a_picture_that_two_share_is_withheld_with_the_second(desk: Desk) -> None:
    article_id = store_marked(desk)
    take_down(desk, article_id)
    taken = "SELECT reason = 'taken down' FROM urls WHERE url = ?"
    assert desk.rows(taken, SHARED) == [(None,)]
    take_down(desk, 1)
    assert desk.rows(taken, SHARED) == [(1,)]
    desk.archive.put_back(article_id)
    assert due(desk) == {SHARED}, "its picture is wanted again"


def test_it_is_found_by_every_address_and_by_its_number(desk: Desk) -> None:
    article_id = store_marked(desk)
    addresses = [row[0] for row in desk.rows("SELECT address FROM addresses WHERE url = ?", URL)]
    assert len(addresses) > 20
    for _ in range(2):
        for address in (*addresses, str(article_id)):
            assert find_article(desk.archive.db, BORNEONETV, address).id == article_id, address
        desk.archive.db.execute("UPDATE takedowns SET reason = 'x'")
        if not desk.rows("SELECT 1 FROM takedowns"):
            desk.archive.take_down(article_id, "x")
    assert find_article(desk.archive.db, BORNEONETV, URL).reason == "x"
    for nothing in ("999", f"{SITE}/tidak-ada/", "https://example.com/?p=12", "", "9" * 30):
        with pytest.raises(Stop) as caught:
            find_article(desk.archive.db, BORNEONETV, nothing)
        assert caught.value.status is Status.USAGE


def test_an_address_of_two_articles_is_asked_about(desk: Desk) -> None:
    desk.store(OTHER, post_id=12)
    desk.store(URL, post_id=12, date_published=None, article_body="Situs pindah.")
    with pytest.raises(Stop, match=r"several articles.*1 .*2 "):
        find_article(desk.archive.db, BORNEONETV, f"{SITE}/?p=12")


def test_a_reader_that_holds_on_is_told_of(desk: Desk) -> None:
    article_id = store_marked(desk)
    desk.archive.db.execute("PRAGMA busy_timeout = 10")
    from borneone_crawler.archive.sqlite.database import open_readonly

    reader = open_readonly(desk.path)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM stories").fetchone()[0] == 2
    desk.archive.take_down(article_id, "permintaan")
    left = desk.archive.wipe()
    assert left is not None
    assert "somebody is reading" in left
    assert reader.execute("SELECT count(*) FROM stories").fetchone()[0] == 2
    reader.close()
    assert desk.archive.wipe() is None
    assert in_database(desk) == in_withheld(desk)


def test_a_shared_picture_of_an_unlisted_size_is_not_asked_for(desk: Desk) -> None:
    picture = Image(url=f"{SITE}/a-300x200.jpg")
    desk.store(URL)
    desk.archive.take_down(1, "permintaan")
    links = [Link(url=picture.url, kind=Kind.IMAGE)]
    desk.settle(f"{SITE}/baru/", reading=reading(f"{SITE}/baru/", images=[picture]), links=links)
    assert due(desk) == set()
