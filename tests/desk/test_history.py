"""Whose story an entry of the ledger belongs to, and what is an edit in it."""

from typing import Any

from borneone_crawler.desk.history import Story, story_of
from borneone_crawler.desk.lookup import seek_article
from borneone_crawler.desk.telling import lines_of
from borneone_crawler.items import Image, NotAnArticle, State
from tests.archive.conftest import SITE, Desk, reading

URL = f"{SITE}/wagub/"


def kinds(story: Story) -> list[str]:
    return [event.kind for event in story.events]


def told(desk: Desk, article_id: int = 1) -> Story:
    return story_of(desk.archive.db, article_id)


def text_of(desk: Desk, article_id: int = 1) -> str:
    return "\n".join(lines_of(told(desk, article_id), "Asia/Pontianak"))


def captured(desk: Desk, url: str = URL, **fields: Any) -> None:
    desk.next_run()
    desk.settle(url, reading=reading(url, **fields), capture=desk.capture(url))


def test_every_field_of_an_edit_is_told_before_and_after(desk: Desk) -> None:
    old = Image(url=f"{SITE}/a.jpg", caption="Wagub.", credit_text="Istimewa")
    new = Image(url=f"{SITE}/a.jpg", caption="Wakil Gubernur.", credit_text="Istimewa")
    added = Image(url=f"{SITE}/b.jpg", caption="Pohon.")
    captured(desk, images=[old], authors=["Ani"], sections=[("Berita", None)])
    captured(
        desk,
        images=[new, added],
        authors=["Ani", "Budi"],
        sections=[("Daerah", None)],
        editor="Citra",
        date_published="2019-10-14T11:15:00+07:00",
        description="Ringkasan baru.",
    )
    text = text_of(desk)
    for line in (
        "authors: Ani → Ani, Budi",
        "article_section: Berita → Daerah",
        "editor: nothing → Citra",
        "date_published: 2019-10-14T10:15:00+07:00 → 2019-10-14T11:15:00+07:00",
        "description: nothing → Ringkasan baru.",
        "caption of a.jpg: Wagub. → Wakil Gubernur.",
        f"+ {SITE}/b.jpg: Pohon.",
    ):
        assert f" {line}" in text, line


def test_an_edit_of_white_space_alone_is_told_as_that(desk: Desk) -> None:
    captured(desk, article_body="Satu dua tiga.")
    captured(desk, article_body="Satu\u00a0dua tiga.")
    assert "article_body: only white space differs" in text_of(desk)


def test_what_our_reader_changed_is_never_shown_as_an_edit(desk: Desk) -> None:
    captured(desk, article_body="Warga menanam pohon. Iklan sabun.")
    desk.reader.version = "reader-2"
    desk.reader.readings[URL] = reading(URL, article_body="Warga menanam pohon.")
    captured(desk, article_body="Warga menanam pohon.")
    story = told(desk)
    assert kinds(story) == ["first seen", "read again"]
    assert story.events[1].detail == "reader-1 → reader-2"
    assert [change.field for change in story.events[1].changes] == ["article_body"]
    assert "[-Iklan sabun.-]" in text_of(desk)


def test_an_edit_that_turns_out_to_be_none_is_told_as_that(desk: Desk) -> None:
    captured(desk, article_body="Warga menanam pohon. Iklan satu.")
    captured(desk, article_body="Warga menanam pohon. Iklan dua.")
    assert kinds(told(desk)) == ["first seen", "edited"]
    desk.reader.version = "reader-2"
    for revision in desk.archive.revisions.of(1):
        again = reading(URL, article_body="Warga menanam pohon.")
        desk.archive.reread([(revision, again)])
    assert kinds(told(desk)) == ["first seen", "same again", "read again", "read again"]


def test_two_states_of_different_readers_are_marked(desk: Desk) -> None:
    captured(desk, article_body="Satu.")
    desk.reader.version = "reader-2"
    desk.reader.readings[URL] = NotAnArticle("listing")  # it cannot read the first state any more
    captured(desk, article_body="Dua.")
    assert "read by different readers" in text_of(desk)


def test_each_article_has_its_own_story_where_one_address_was_both_s(desk: Desk) -> None:
    captured(desk, article_body="Yang lama.")
    desk.next_run()
    for _ in range(2):
        desk.settle(URL, state=State.GONE, reason="404", http_status=404, absent=True)
    later = {"post_id": 99, "date_published": "2023-01-01T08:00:00+07:00"}
    captured(desk, article_body="Yang baru.", **later)
    captured(desk, article_body="Yang baru sekali.", **later)
    assert desk.rows("SELECT id, url FROM articles ORDER BY id") == [
        (1, f"{SITE}/?p=12"), (2, URL),
    ]  # fmt: skip
    assert kinds(told(desk, 1)) == ["first seen", "gone", "moved"]
    assert kinds(told(desk, 2)) == ["first seen", "edited"]
    assert told(desk, 1).events[2].detail == f"{URL} → {SITE}/?p=12"


def test_a_moved_article_keeps_what_happened_at_its_old_address(desk: Desk) -> None:
    captured(desk, f"{SITE}/salah-ketik/")
    desk.next_run()
    desk.settle(
        f"{SITE}/salah-ketik/", state=State.GONE, reason="404", http_status=404, absent=True
    )
    desk.next_run()
    desk.settle(URL, reading=reading(URL), canonical=URL, capture=desk.capture(URL))
    assert kinds(told(desk)) == ["first seen", "gone", "moved", "back"]


def test_the_origin_of_what_others_captured_is_named(desk: Desk) -> None:
    captured(desk)
    desk.archive.db.execute("UPDATE captures SET origin = 'lama.warc.gz'")
    assert told(desk).events[0].detail == "lama.warc.gz"


def test_entries_of_another_archive_that_was_taken_in_are_part_of_the_story(desk: Desk) -> None:
    """As a merge leaves them: the other chain untouched, and one entry that names its head."""
    captured(desk)
    db = desk.archive.db
    (entry,) = db.query("SELECT * FROM ledger WHERE kind = 'new'")
    other = {"chain": "their-uuid", "previous": "0" * 64}
    for n, kind in enumerate(("new", "gone", "back"), start=1):
        more = {"kind": kind, "n": n, "digest": f"d{n}", "at": f"2020-01-0{n}T00:00:00.000+00:00"}
        if kind != "new":
            more |= {"reading_digest": None, "content_digest": None}
        db.table("ledger").insert({k: v for k, v in entry.items() if k != "id"} | other | more)
    merge = {"chain": entry["chain"], "n": 2, "kind": "merge", "url": SITE, "digest": "m"}
    plain = {"at": "2021-01-01T00:00:00.000+00:00", "previous": entry["digest"]}
    db.table("ledger").insert(merge | plain | {"detail": "their-uuid 3 d3"})
    story = told(desk)
    assert sorted(kinds(story)) == ["back", "first seen", "gone", "taken in"]
    assert "from archive their-uuid" in text_of(desk)


def test_what_was_taken_down_tells_its_story_without_its_text(desk: Desk) -> None:
    captured(desk, article_body="Rahasia satu.")
    captured(desk, article_body="Rahasia dua.")
    db = desk.archive.db
    for row in list(db.query("SELECT id, article, sources, flags FROM readings")):
        held = {"reading_id": row["id"], "article": row["article"], "sources": row["sources"]}
        db.table("withheld").insert(held | {"flags": row["flags"], "removals": "[]"})
    db.execute("UPDATE readings SET article = '{}', sources = '{}', flags = '[]'")
    db.table("takedowns").insert(
        {
            "article_id": 1,
            "url": URL,
            "at": "2026-01-01",
            "reason": "Salah orang.",
            "digests": "[]",
        }
    )
    desk.archive.articles._current.clear(1)
    desk.archive.ledger.append("takedown", URL, detail="Salah orang.")  # type: ignore[arg-type]
    assert kinds(told(desk)) == ["first seen", "edited", "taken down"]
    text = text_of(desk)
    assert "Rahasia" not in text
    assert "the text is withheld" in text
    assert "taken down here: Salah orang." in text


def test_what_was_erased_is_told_from_the_ledger_alone(desk: Desk) -> None:
    captured(desk, article_body="Rahasia satu.")
    captured(desk, article_body="Rahasia dua.")
    db = desk.archive.db
    with db.atomic():
        db.execute("UPDATE articles SET revision_id = NULL, reading_id = NULL")
        db.execute("UPDATE revisions SET reading_id = NULL")
        for table in ("reading_captures", "removals", "readings", "revisions"):
            db.execute(f"DELETE FROM {table}")
    desk.archive.articles._current.clear(1)
    desk.archive.ledger.append("erased", URL)  # type: ignore[arg-type]
    assert kinds(told(desk)) == ["first seen", "edited", "erased"]
    assert "Rahasia" not in text_of(desk)


def test_no_terminal_is_told_anything_by_a_page(desk: Desk) -> None:
    captured(desk, headline="Judul\x1b[2J\x07", article_body="Satu \x1b]0;x\x07 dua.")
    captured(desk, headline="Lain\u202e", article_body="Satu \x9b31m tiga.")
    text = text_of(desk)
    assert not any(ord(char) < 32 and char != "\n" for char in text)
    assert not {"\x9b", "\u202e", "\x7f"} & set(text)


def test_every_address_the_view_knows_is_found(desk: Desk) -> None:
    captured(desk)
    captured(desk, f"{SITE}/lain/", post_id=13, date_published="2020-01-01T08:00:00+07:00")
    desk.settle(f"{SITE}/pintas/", redirect_to=URL, http_status=301)
    known = desk.rows("SELECT address, article_id FROM addresses")
    assert len(known) > 40
    for address, article_id in known:
        assert seek_article(desk.archive.db, address) == article_id, address
