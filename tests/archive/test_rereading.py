"""Like is compared with like: what another reader made of a page is read again first."""

from typing import Any

import pytest

from borneone_crawler.archive.articles.articles import Effect
from borneone_crawler.archive.reparsing.reparse import Reparse
from borneone_crawler.archive.reparsing.selection import select
from borneone_crawler.items import Kind, Link, NotAnArticle, Reading, State
from borneone_crawler.site import BORNEONETV
from tests.archive.conftest import SITE, Desk, reading

URL = f"{SITE}/wagub/"
TEXT = "Warga menanam pohon di tepi sungai."
LONG = " ".join(f"Kalimat nomor {number}." for number in range(10))


def visit(desk: Desk, **fields: Any) -> Effect | None:
    """Another run meets the page, read by the desk's reader of that day."""
    desk.next_run()
    made = reading(URL, **fields)
    return desk.settle(URL, reading=made, capture=desk.capture(URL)).effect


def kinds(desk: Desk) -> list[str]:
    return [kind for (kind,) in desk.rows("SELECT kind FROM ledger ORDER BY n")]


def reparse(desk: Desk, **wanted: Any) -> list[Any]:
    selection = select(desk.archive.db, desk.reader.version, **wanted)
    return list(Reparse.into(desk.archive, desk.reader, BORNEONETV).run(selection, lambda: False))


def test_a_rule_that_changed_between_two_visits_is_a_reading_and_no_revision(desk: Desk) -> None:
    visit(desk, article_body=f"{TEXT} Iklan sabun.")
    desk.reader.version = "reader-2"
    desk.reader.readings[URL] = reading(URL, article_body=TEXT)
    assert visit(desk, article_body=TEXT) is Effect.UNCHANGED
    assert kinds(desk) == ["new", "reading"]
    assert desk.rows("SELECT n, read_with FROM revisions") == [(1, "reader-2")]
    assert desk.rows("SELECT reader_version FROM readings") == [("reader-1",), ("reader-2",)]
    assert desk.one("SELECT article_body FROM articles") == TEXT
    assert desk.one("SELECT revision_id FROM articles") == 1
    # The captures of the state are those it was first read from, for both readings.
    assert desk.rows("SELECT reading_id, capture_id FROM reading_captures") == [(1, 1), (2, 1)]


def test_a_page_that_was_edited_too_is_both(desk: Desk) -> None:
    visit(desk, article_body=f"{TEXT} Iklan sabun.")
    desk.reader.version = "reader-2"
    desk.reader.readings[URL] = reading(URL, article_body=TEXT)
    assert visit(desk, article_body=f"{TEXT} Diralat.") is Effect.REVISED
    assert kinds(desk) == ["new", "reading", "revision"]
    bodies = "SELECT r.article ->> 'article_body' FROM readings r ORDER BY r.id"
    assert [body for (body,) in desk.rows(bodies)] == [
        f"{TEXT} Iklan sabun.", TEXT, f"{TEXT} Diralat.",
    ]  # fmt: skip


def test_a_new_reader_that_reads_the_same_leaves_no_trace_but_its_name(desk: Desk) -> None:
    visit(desk)
    desk.reader.version = "reader-2"
    desk.reader.readings[URL] = reading(URL)
    assert visit(desk) is Effect.UNCHANGED
    assert kinds(desk) == ["new"]
    assert desk.rows("SELECT read_with FROM revisions") == [("reader-2",)]
    assert desk.one("SELECT count(*) FROM readings") == 1


@pytest.mark.parametrize(
    "today",
    [NotAnArticle("listing"), reading(URL, article_body="", word_count=0)],
    ids=["refused", "worse"],
)
def test_what_today_s_reader_cannot_read_is_compared_as_it_stands(
    desk: Desk, today: Reading | NotAnArticle
) -> None:
    visit(desk, article_body=LONG, word_count=30)
    desk.reader.version = "reader-2"
    desk.reader.readings[URL] = today
    assert visit(desk, article_body=LONG, word_count=30) is Effect.UNCHANGED
    assert visit(desk, article_body=TEXT, word_count=6) is Effect.REVISED
    assert kinds(desk) == ["new", "revision"]


def test_a_lost_capture_is_compared_as_it_stands(desk: Desk) -> None:
    visit(desk)
    for path in desk.archive.captures.files():
        path.write_bytes(b"")
    desk.reader.version = "reader-2"
    desk.reader.readings[URL] = reading(URL, article_body="Lain.")
    assert visit(desk) is Effect.UNCHANGED
    assert kinds(desk) == ["new"]


def test_a_reader_that_is_given_up_and_taken_up_again_finds_its_reading(desk: Desk) -> None:
    visit(desk, article_body=TEXT)
    for version, body in (("reader-2", "Dua."), ("reader-1", TEXT), ("reader-2", "Dua.")):
        desk.reader.version = version
        desk.reader.readings[URL] = reading(URL, article_body=body)
        reparse(desk)
        assert desk.one("SELECT article_body FROM articles") == body
    assert desk.one("SELECT count(*) FROM readings") == 2
    assert kinds(desk) == ["new", "reading", "reading", "reading"]


def test_all_states_are_read_again_each_from_its_own_capture(desk: Desk) -> None:
    for body in ("Satu. Iklan.", "Dua. Iklan.", "Tiga. Iklan."):
        visit(desk, article_body=body)
    bodies = iter(["Satu.", "Dua.", "Tiga."])
    asked: list[str] = []

    def read(pages: Any) -> Reading:
        asked.append(pages[0].fetched_at)
        return reading(URL, article_body=next(bodies))

    desk.reader.version, desk.reader.read = "reader-2", read  # type: ignore[method-assign]
    reparse(desk)
    assert asked == [at for (at,) in desk.rows("SELECT seen_at FROM revisions ORDER BY n")]
    counting = (
        "SELECT r.article ->> 'article_body' FROM revisions v "
        "JOIN readings r ON r.id = v.reading_id ORDER BY v.n"
    )
    assert [body for (body,) in desk.rows(counting)] == ["Satu.", "Dua.", "Tiga."]
    assert desk.one("SELECT article_body FROM articles") == "Tiga."
    assert desk.one("SELECT count(*) FROM revisions") == 3
    assert reparse(desk) == []


def test_what_a_later_sighting_counted_is_not_taken_back(desk: Desk) -> None:
    visit(desk, comment_count=0, article_body=f"{TEXT} Iklan.")
    visit(desk, comment_count=7, article_body=f"{TEXT} Iklan.", date_modified="2020-01-01")
    desk.reader.version = "reader-2"
    desk.reader.readings[URL] = reading(URL, comment_count=0, article_body=TEXT)
    reparse(desk)
    assert desk.rows("SELECT article_body, comment_count, date_modified FROM articles") == [
        (TEXT, 7, "2020-01-01")
    ]
    assert desk.one("SELECT revision_id FROM articles") == 1


def test_what_was_taken_down_is_not_read_again(desk: Desk) -> None:
    visit(desk)
    desk.archive.db.table("takedowns").insert(
        {"article_id": 1, "url": URL, "at": "2026-01-01", "reason": "x", "digests": "[]"}
    )
    desk.reader.version = "reader-2"
    assert reparse(desk) == []
    assert reparse(desk, article=1) == []


def test_sections_keep_their_addresses_when_they_are_read_again(desk: Desk) -> None:
    sections = [("Berita", f"{SITE}/category/berita/")]
    visit(desk, sections=sections, article_body=f"{TEXT} Iklan.")
    desk.reader.version = "reader-2"
    desk.reader.readings[URL] = reading(URL, sections=sections, article_body=TEXT)
    reparse(desk)
    assert desk.rows("SELECT name, slug FROM sections") == [("Berita", "berita")]


# -- pages that never became an article --------------------------------------------------------


def turned_down(desk: Desk, url: str = URL, **outcome: Any) -> None:
    desk.next_run()
    values = {"state": State.SKIPPED, "reason": "not an article: listing"} | outcome
    desk.settle(url, capture=desk.capture(url), **values)


def test_a_page_that_was_none_becomes_an_article_seen_when_it_was_fetched(desk: Desk) -> None:
    turned_down(desk)
    fetched = desk.one("SELECT fetched_at FROM captures")
    desk.reader.version = "reader-2"
    made = reading(URL, sections=[("Berita", f"{SITE}/category/berita/")])
    made.links.append(Link(url=f"{SITE}/lain/", kind=Kind.ARTICLE))
    desk.reader.readings[URL] = made
    (again,) = reparse(desk)
    assert again.effect is Effect.NEW
    assert desk.rows("SELECT first_seen_at, last_seen_at FROM articles") == [(fetched, fetched)]
    row = "SELECT state, reason, article_id, checked_at FROM urls WHERE url = ?"
    assert desk.rows(row, URL) == [("stored", None, 1, fetched)]
    assert desk.rows("SELECT state FROM urls WHERE url = ?", f"{SITE}/lain/") == [("pending",)]
    assert desk.rows("SELECT capture_id FROM reading_captures") == [(1,)]
    assert reparse(desk) == []


def test_a_page_that_is_still_none_is_tried_once_a_reader(desk: Desk) -> None:
    turned_down(desk)
    desk.reader.readings[URL] = NotAnArticle("listing")
    before = desk.rows("SELECT state, reason, next_at, checked_at FROM urls")
    assert [again.refused for again in reparse(desk)] == ["not an article: listing"]
    assert desk.rows("SELECT state, reason, next_at, checked_at FROM urls") == before
    assert reparse(desk) == []
    desk.reader.version = "reader-2"
    assert len(reparse(desk)) == 1
    turned_down(desk)  # a new capture of it
    assert len(reparse(desk)) == 1
    assert reparse(desk) == []


def test_a_page_that_has_gone_meanwhile_becomes_an_article_that_is_gone(desk: Desk) -> None:
    turned_down(desk)
    desk.next_run()
    desk.settle(URL, state=State.GONE, reason="404", http_status=404, absent=True)
    desk.reader.version = "reader-2"
    desk.reader.readings[URL] = reading(URL)
    reparse(desk)
    ((gone_at, checked_at),) = desk.rows(
        "SELECT a.gone_at, u.checked_at FROM articles a JOIN urls u ON u.url = a.url"
    )
    assert gone_at == checked_at
    assert desk.rows("SELECT state, reason, absences FROM urls") == [("gone", "404", 1)]
    assert kinds(desk) == ["new", "gone"]


def test_a_newer_page_that_read_worse_is_a_later_state_of_its_article(desk: Desk) -> None:
    visit(desk, article_body=LONG, word_count=30)
    turned_down(desk, state=State.STORED, reason="reads worse: no text, where 30 words are held")
    desk.reader.version = "reader-2"
    desk.reader.readings[URL] = reading(URL, article_body=LONG, word_count=30)
    # Both captures are read alike here: no edit comes of it, but it was seen again then.
    *_, page = reparse(desk)
    assert page.effect is Effect.UNCHANGED
    assert desk.one("SELECT last_seen_at FROM articles") == desk.one(
        "SELECT max(fetched_at) FROM captures"
    )
    assert desk.rows("SELECT state, reason FROM urls") == [("stored", None)]
    assert kinds(desk) == ["new"]


def test_a_newer_page_that_still_reads_worse_stays_out(desk: Desk) -> None:
    visit(desk, article_body=LONG, word_count=30)
    turned_down(desk, state=State.STORED, reason="reads worse: no text, where 30 words are held")
    pages = iter([reading(URL, article_body=LONG, word_count=30), reading(URL, article_body="")])
    desk.reader.version = "reader-2"
    desk.reader.read = lambda _: next(pages)  # type: ignore[method-assign]
    *_, page = reparse(desk)
    assert page.refused == "reads worse: no text, where 30 words are held"
    assert desk.one("SELECT article_body FROM articles") == LONG


def test_an_old_page_that_can_be_read_now_does_not_bring_a_gone_article_back(desk: Desk) -> None:
    visit(desk, article_body=LONG, word_count=30)
    turned_down(desk, state=State.STORED, reason="reads worse: no text, where 30 words are held")
    desk.next_run()
    desk.settle(URL, state=State.GONE, reason="404", http_status=404, absent=True)
    gone_at = desk.one("SELECT gone_at FROM articles")
    desk.reader.version = "reader-2"
    desk.reader.readings[URL] = reading(URL, article_body=f"{LONG} Ralat.", word_count=31)
    reparse(desk)
    assert desk.one("SELECT gone_at FROM articles") == gone_at
    assert "back" not in kinds(desk)
    assert desk.one("SELECT state FROM urls") == "gone"


def parts_of(desk: Desk, *, fault: bool) -> None:
    """The two pages of an article: captured, and never read as one."""
    part = Link(url=f"{URL}2/", kind=Kind.PART, part_number=2)
    desk.settle(URL, state=State.PENDING, reason="waits", links=[part], capture=desk.capture(URL))
    (due,) = [due for due in desk.archive.claim(9) if due.part_number == 2]
    values: dict[str, Any] = {"state": State.FAILED, "reason": "a fault of this program: x"}
    if not fault:
        values = {"state": State.GONE, "reason": "404", "http_status": 404}
    outcome = desk.outcome(due, capture=desk.capture(f"{URL}2/"), **values)
    if not fault:
        outcome.capture = None
    desk.archive.settle(due, outcome)


def whole(desk: Desk) -> None:
    made = reading(URL, article_body="Satu.\n\nDua.")
    made.links.append(Link(url=f"{URL}2/", kind=Kind.PART, part_number=2))
    desk.reader.readings |= {URL: made, f"{URL}2/": NotAnArticle("part of another article")}


def test_an_article_of_several_pages_is_read_from_all_of_them_in_order(desk: Desk) -> None:
    parts_of(desk, fault=True)
    whole(desk)
    (again,) = reparse(desk)
    assert again.effect is Effect.NEW
    assert desk.rows("SELECT part_number, capture_id FROM reading_captures") == [(1, 1), (2, 2)]
    assert desk.rows("SELECT article_id FROM urls ORDER BY id") == [(1,), (1,)]
    assert desk.one("SELECT state FROM urls WHERE id = 1") == "stored"
    assert desk.archive.claim(9) == []


def test_an_article_is_never_stored_without_a_page_of_it(desk: Desk) -> None:
    parts_of(desk, fault=False)
    whole(desk)
    (again,) = reparse(desk)
    assert again.refused == "its other pages are not all there"
    assert desk.one("SELECT count(*) FROM articles") == 0
    assert desk.archive.claim(9) == [], "a page that was given up is not asked for again"


def test_a_challenge_in_place_of_a_page_is_no_part_of_an_article(desk: Desk) -> None:
    parts_of(desk, fault=True)
    whole(desk)
    desk.reader.readings[f"{URL}2/"] = NotAnArticle("script shell")
    (again,) = reparse(desk)
    assert again.refused == "its other pages are not all there"
    assert desk.one("SELECT count(*) FROM articles") == 0


def test_pages_that_nobody_knew_of_are_asked_for_by_the_next_run(desk: Desk) -> None:
    turned_down(desk)
    whole(desk)
    (again,) = reparse(desk)
    assert [link.url for link in again.further] == [f"{URL}2/"]
    assert desk.rows("SELECT state, reason FROM urls WHERE url = ?", URL) == [
        ("pending", "waits for its other pages")
    ]
    assert [due.url for due in desk.archive.claim(9)] == [f"{URL}2/"]
    assert desk.one("SELECT count(*) FROM articles") == 0
