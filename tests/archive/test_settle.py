"""One article a URL, every revision kept, and nothing stored twice."""

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

from borneone_crawler.archive.articles.articles import Effect
from borneone_crawler.items import Image, Kind, Link, Removal, State
from tests.archive.conftest import SITE, Desk, reading

URL = f"{SITE}/wagub/"


def test_an_article_is_stored_whole(desk: Desk) -> None:
    image = Image(url=f"{SITE}/a.jpg", caption="Wagub.", credit_text="BorneOneTV/Lay")
    made = reading(
        URL,
        sections=[("Berita", f"{SITE}/category/berita/"), ("Lifestyle", None)],
        keywords=["medsos", "wagub"],
        authors=["Redaksi"],
        editor="Ani",
        byline_initials="Lay",
        main_image=image,
        images=[image],
    )
    made.removals.append(Removal(rule="share-label", text="Sebarkan artikel ini"))
    settled = desk.settle(URL, reading=made, capture=desk.capture(URL))
    assert settled.effect is Effect.NEW
    story = next(desk.archive.db.query("SELECT * FROM stories"))
    assert story["url"] == URL
    assert (story["sections"], story["authors"]) == ("Berita, Lifestyle", "Redaksi")
    assert story["keywords_json"] == '["medsos","wagub"]'
    assert (story["day"], story["month"], story["year"]) == ("2019-10-14", "2019-10", 2019)
    assert desk.rows("SELECT name, roles FROM bylines ORDER BY roles") == [
        ("Redaksi", "author"), ("Ani", "editor"), ("Lay", "initials"),
    ]  # fmt: skip
    assert desk.rows("SELECT caption, credit_text, is_main FROM captions") == [
        ("Wagub.", "BorneOneTV/Lay", 1)
    ]
    assert desk.rows("SELECT rule, text FROM removals") == [
        ("share-label", "Sebarkan artikel ini")
    ]
    assert desk.one("SELECT count(*) FROM revisions") == 1
    assert desk.one("SELECT count(*) FROM reading_captures") == 1


def test_the_same_content_again_stores_nothing(desk: Desk) -> None:
    desk.store(URL)
    desk.next_run()
    before = desk.rows("SELECT * FROM articles_fts_data ORDER BY id")
    settled = desk.store(URL, comment_count=7)
    assert settled.effect is Effect.UNCHANGED
    assert desk.one("SELECT count(*) FROM revisions") == 1
    assert desk.one("SELECT comment_count FROM articles") == 7
    assert desk.rows("SELECT * FROM articles_fts_data ORDER BY id") == before


def test_an_edit_is_a_revision_and_the_old_text_stays(desk: Desk) -> None:
    desk.store(URL)
    desk.next_run()
    assert desk.store(URL, article_body="Diralat.").effect is Effect.REVISED
    assert desk.one("SELECT article_body FROM articles") == "Diralat."
    bodies = desk.rows(
        "SELECT v.n, r.article ->> 'article_body' FROM revisions v "
        "JOIN readings r ON r.revision_id = v.id ORDER BY v.n"
    )
    assert [n for n, _ in bodies] == [1, 2]
    assert bodies[0][1].endswith("[Lay]")
    assert bodies[1][1] == "Diralat."
    assert desk.rows("SELECT rowid FROM articles_fts('diralat')") == [(1,)]
    assert desk.rows("SELECT rowid FROM articles_fts('gubernur')") == []


def test_a_redirect_leads_to_the_article(desk: Desk) -> None:
    desk.settle(f"{SITE}/?p=12", redirect_to=URL, http_status=301)
    desk.store(URL)
    assert desk.rows("SELECT DISTINCT url FROM addresses WHERE address = ?", f"{SITE}/?p=12") == [
        (URL,)
    ]
    assert desk.one("SELECT role FROM urls WHERE url = ?", f"{SITE}/?p=12") == "shortlink"


def test_a_dead_url_that_redirects_to_the_home_page_is_no_article(desk: Desk) -> None:
    desk.settle(URL, redirect_to=f"{SITE}/", http_status=301)
    assert desk.rows("SELECT state, article_id FROM urls WHERE url = ?", URL) == [
        ("skipped", None)
    ]


def test_an_article_whose_url_now_redirects_keeps_its_own(desk: Desk) -> None:
    desk.store(URL)
    desk.next_run()
    desk.settle(URL, redirect_to=f"{SITE}/lain/", http_status=301)
    desk.store(f"{SITE}/lain/", post_id=13, date_published="2020-01-01T00:00:00+07:00")
    assert desk.one("SELECT count(*) FROM articles") == 2


def test_a_server_that_wants_another_spelling_is_asked_in_it(desk: Desk) -> None:
    desk.settle(URL, redirect_to="https://www.borneonetv.com/wagub", http_status=301)
    (due,) = [due for due in desk.archive.claim(10) if due.url == URL]
    assert due.ask_as == "https://www.borneonetv.com/wagub"
    outcome = desk.outcome(due, redirect_to="https://www.borneonetv.com/wagub", http_status=301)
    desk.archive.settle(due, outcome)
    assert desk.rows("SELECT state, reason FROM urls WHERE url = ?", URL) == [
        ("failed", "redirects in a circle")
    ]


def test_a_changed_slug_stays_one_article(desk: Desk) -> None:
    desk.store(f"{SITE}/salah-ketik/")
    desk.next_run()
    desk.store(URL, canonical=URL)
    assert desk.rows("SELECT url FROM articles") == [(URL,)]
    desk.next_run()
    desk.settle(f"{SITE}/salah-ketik/", redirect_to=URL, http_status=301)
    assert desk.one("SELECT count(*) FROM articles") == 1


def test_a_post_whose_old_address_leads_to_its_new_one_has_moved_and_is_not_back(
    desk: Desk,
) -> None:
    new = f"{SITE}/baru/"
    desk.store(URL)
    desk.settle(URL, redirect_to=new, http_status=301)
    desk.store(new, new)
    assert desk.rows("SELECT url, redirected_to FROM articles") == [(new, None)]
    kinds = [kind for (kind,) in desk.rows("SELECT kind FROM ledger ORDER BY n")]
    assert kinds == ["new", "redirected", "moved"]


def test_a_slug_that_is_used_again_is_another_article(desk: Desk) -> None:
    desk.store(URL, post_id=12, article_body="Yang lama.")
    desk.next_run()
    later = {"post_id": 99, "date_published": "2023-01-01T08:00:00+07:00"}
    desk.store(URL, article_body="Yang baru.", **later)
    assert desk.rows("SELECT url, article_body FROM articles ORDER BY id") == [
        (f"{SITE}/?p=12", "Yang lama."),
        (URL, "Yang baru."),
    ]


def test_a_page_that_says_its_number_no_more_is_the_article_it_was(desk: Desk) -> None:
    desk.store(URL, post_id=12)
    desk.next_run()
    assert desk.store(URL, post_id=None, article_body="Diralat.").effect is Effect.REVISED
    assert desk.rows("SELECT url, article_body FROM articles") == [(URL, "Diralat.")]


@pytest.mark.parametrize(
    ("claim", "date"), [(None, "2019-10-14T10:15:00+07:00"), (URL, "2023-05-01T08:00:00+07:00")]
)
def test_a_post_that_was_moved_and_written_anew_stays_one_article(
    desk: Desk, claim: str | None, date: str
) -> None:
    desk.store(URL, post_id=12)
    desk.next_run()
    desk.store(
        f"{SITE}/baru/",
        claim,
        post_id=12,
        date_published=date,
        article_body="Kini lain sama sekali.",
    )
    assert desk.one("SELECT count(*) FROM articles") == 1
    assert desk.one("SELECT count(*) FROM revisions") == 2


def test_a_post_that_was_moved_to_an_address_in_use_stays_where_it_was(desk: Desk) -> None:
    taken = f"{SITE}/lain/"
    desk.store(URL, post_id=12)
    desk.store(taken, post_id=99, article_body="Lain sama sekali.")
    desk.next_run()
    desk.store(taken, taken, post_id=12)
    assert desk.rows("SELECT url, post_id FROM articles ORDER BY id") == [(URL, 12), (taken, 99)]


def test_a_canonical_claim_that_lies_loses_nothing(desk: Desk) -> None:
    desk.store(f"{SITE}/a/", post_id=1, article_body="A", date_published=None)
    for slug, post_id, claim in (("b", 2, f"{SITE}/a/"), ("c", 3, f"{SITE}/"), ("d", 4, "x:y")):
        desk.store(
            f"{SITE}/{slug}/", canonical=claim, post_id=post_id, article_body=slug,
            date_published=None,
        )  # fmt: skip
    assert desk.rows("SELECT url, article_body FROM articles ORDER BY url") == [
        (f"{SITE}/a/", "A"), (f"{SITE}/b/", "b"), (f"{SITE}/c/", "c"), (f"{SITE}/d/", "d"),
    ]  # fmt: skip


def test_an_unknown_parameter_joins_its_canonical_article(desk: Desk) -> None:
    desk.store(f"{URL}?foo=1", canonical=URL)
    assert desk.store(URL, canonical=URL).effect is Effect.UNCHANGED
    assert desk.rows("SELECT url FROM articles") == [(URL,)]
    assert desk.rows("SELECT url FROM addresses WHERE address = ?", f"{URL}?foo=1") == [(URL,)]


def test_every_spelling_met_and_every_one_by_rule_finds_the_article(desk: Desk) -> None:
    met = [f"{URL}?utm_source=wa#respond", f"{URL}?share=facebook&nb=1", f"{URL}?replytocom=7#x"]
    links = [Link(url=url, kind=Kind.ARTICLE) for url in met]
    desk.settle(f"{SITE}/lain/", links=links)
    desk.store(URL)
    for address in (
        URL, URL.rstrip("/"), "http://borneonetv.com/wagub/", "https://www.borneonetv.com/wagub",
        f"{URL}amp/", f"{URL}?amp", f"{SITE}/wagub?amp=1", f"{SITE}/?p=12", f"{URL}#respond",
        *(url.partition("#")[0] for url in met),
    ):  # fmt: skip
        found = desk.rows("SELECT url, article_body FROM addresses WHERE address = ?", address)
        assert [url for url, _ in found] == [URL], address


def test_an_escaped_address_is_found_in_either_case(desk: Desk) -> None:
    lower = f"{SITE}/malam-%e5%85%83/"
    desk.settle(f"{SITE}/lain/", links=[Link(url=lower, kind=Kind.ARTICLE)])
    desk.store(lower)
    for address in (lower, lower.replace("%e5%85%83", "%E5%85%83")):
        assert len(desk.rows("SELECT url FROM addresses WHERE address = ?", address)) == 1


def test_sections_are_nested_by_their_addresses(desk: Desk) -> None:
    desk.store(
        URL,
        sections=[
            ("Kota Pontianak", f"{SITE}/category/daerah/kota-pontianak/"),
            ("Daerah", f"{SITE}/category/daerah/"),
        ],
    )
    desk.store(
        f"{SITE}/b/", post_id=13, date_published=None,
        sections=[("Kota Pontianak", f"{SITE}/category/kota-pontianak/")],
    )  # fmt: skip
    assert desk.rows(
        "SELECT s.name, p.name FROM sections s LEFT JOIN sections p ON p.id = s.parent_id "
        "ORDER BY s.name"
    ) == [("Daerah", None), ("Kota Pontianak", "Daerah")]
    assert desk.rows("SELECT * FROM sections_by_month ORDER BY section, month") == [
        ("Daerah", "2019-10", 1), ("Kota Pontianak", None, 1), ("Kota Pontianak", "2019-10", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "reason"),
    [(State.GONE, "404"), (State.FAILED, "500 × 3"), (State.SKIPPED, "robots.txt")],
)
def test_a_missing_part_fails_the_article_and_says_so(
    desk: Desk, link: Callable[..., Link], state: State, reason: str
) -> None:
    parts = [link(f"/wagub/{n}/", Kind.PART, part_number=n) for n in (2, 3)]
    desk.settle(URL, state=State.PENDING, reason="waits", links=parts, capture=desk.capture(URL))
    assert [part.state for part in desk.archive.parts(1)] == [State.PENDING] * 3
    dues = {due.part_number: due for due in desk.archive.claim(10)}
    desk.archive.settle(dues[2], desk.outcome(dues[2], state=state, reason=reason))
    assert desk.rows("SELECT state, reason FROM urls WHERE url = ?", URL) == [
        ("failed", f"page 2 is missing: {reason}")
    ]
    assert desk.one("SELECT count(*) FROM articles") == 0


@pytest.mark.parametrize("answer", [{"http_status": 304}, {"http_status": 403, "reason": "403"}])
def test_a_page_that_says_nothing_of_parts_keeps_them(
    desk: Desk, link: Callable[..., Link], answer: dict[str, Any]
) -> None:
    parts = [link(f"/wagub/{n}/", Kind.PART, part_number=n) for n in (2, 3)]
    desk.settle(URL, reading=reading(URL), links=parts)
    desk.settle(URL, **answer)
    assert desk.one("SELECT count(*) FROM urls WHERE part_of IS NOT NULL") == 2
    desk.settle(URL, reading=reading(URL), links=parts[:1])
    assert desk.one("SELECT count(*) FROM urls WHERE part_of IS NOT NULL") == 1


def test_a_failure_is_tried_again_later_and_remembers_how_often(desk: Desk) -> None:
    desk.settle(URL, state=State.PENDING, reason="500", retry_after=3600.0)
    assert desk.archive.claim(10) == []
    assert desk.rows("SELECT state, attempts, reason FROM urls") == [("pending", 1, "500")]


def test_an_outcome_is_written_whole_or_not_at_all(desk: Desk) -> None:
    due = desk.claim(URL)
    broken = reading(URL)
    broken.article.article_body = None  # type: ignore[assignment]
    before = desk.rows("SELECT * FROM urls")
    outcome = desk.outcome(due, reading=broken, capture=desk.capture(URL))
    with pytest.raises(sqlite3.IntegrityError, match="NOT NULL"):
        desk.archive.settle(due, outcome)
    assert desk.rows("SELECT * FROM urls") == before
    assert desk.one("SELECT count(*) FROM captures") == 0


def test_a_post_published_again_under_a_new_slug_and_date_stays_one_article(desk: Desk) -> None:
    text = "Pontianak, BorneOneTV – Warga menanam seribu pohon di tepi sungai pagi ini. [Lay]"
    desk.store(URL, post_id=12, article_body=text)
    again = f"{SITE}/warga-tanam-pohon-lagi/"
    desk.store(
        again, canonical=again, post_id=12, date_published="2023-05-01T08:00:00+07:00",
        article_body=f"{text} Kegiatan itu berlanjut.",
    )  # fmt: skip
    assert desk.rows("SELECT url, date_published FROM articles") == [
        (again, "2023-05-01T08:00:00+07:00")
    ]
    assert desk.one("SELECT count(*) FROM revisions") == 2


def test_a_number_that_was_given_to_another_post_makes_another_article(desk: Desk) -> None:
    desk.store(URL, post_id=12, article_body="Pontianak, BorneOneTV – Warga menanam pohon. [Lay]")
    desk.store(
        f"{SITE}/lain-sekali/", post_id=12, date_published="2023-05-01T08:00:00+07:00",
        article_body="Sambas, BorneOneTV – Harga jeruk naik menjelang hari raya. [Lay]",
    )  # fmt: skip
    assert desk.one("SELECT count(*) FROM articles") == 2
