"""Two archives that do not agree: what is kept, what gives way, and what is told."""

import hashlib
import itertools
import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from borneone_crawler.archive.articles.articles import Sighting
from borneone_crawler.archive.articles.stored import digest
from borneone_crawler.archive.ledger import Event
from borneone_crawler.archive.merging import Merged, merge
from borneone_crawler.items import Image, Kind, Link, NotAnArticle, State
from borneone_crawler.statuses import Status, Stop
from tests.archive.conftest import SITE, Desk, reading
from tests.archive.test_migration import old  # noqa: F401 - a fixture
from tests.archive.verification.verifiers import both
from tests.merging import contents, dump, history, proofs_hold, said

URL = f"{SITE}/wagub/"
OTHER = f"{SITE}/bupati/"


class Two:
    """Two archives of one newsroom; `at` sets the clock of one of them, in seconds."""

    def __init__(self, folder: Path) -> None:
        self.ours = Desk(folder / "ours" / "borneone.db")
        self.theirs = Desk(folder / "theirs" / "borneone.db")
        self.hold(self.ours)
        self.hold(self.theirs)

    def hold(self, desk: Desk) -> None:
        """An archive that holds no capture yet may still change its site."""
        url = f"{SITE}/robots.txt"
        desk.archive.settle(
            desk.archive.due_for(url, Kind.ROBOTS),
            desk.outcome(desk.archive.due_for(url, Kind.ROBOTS), capture=desk.capture(url)),
        )

    def at(self, desk: Desk, second: int) -> None:
        desk.time = itertools.count(1_600_000_000 + second * 100)

    def see(self, desk: Desk, second: int, url: str = URL, **fields: Any) -> None:
        """Read an article at a time, from a capture of its own."""
        self.at(desk, second)
        identity = f"{second}".encode()
        made = reading(url, **fields)
        desk.reader.readings[url] = made
        desk.settle(url, reading=made, capture=desk.capture(url, b"<html>" + identity))

    def merge(self) -> Merged:
        """Take theirs in, and prove that doing it twice changes nothing."""
        self.at(self.ours, 900)
        merged = merge(self.ours.archive, self.theirs.path)
        before = dump(self.ours.path)
        again = merge(self.ours.archive, self.theirs.path)
        assert dump(self.ours.path) == before
        assert not again.is_news
        return merged

    def turn(self) -> "Two":
        """The same two, the other way round."""
        self.ours, self.theirs = self.theirs, self.ours
        return self


def stamp(second: int) -> str:
    return datetime.fromtimestamp(1_600_000_000 + second * 100, UTC).isoformat()[:17]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    two = Two(tmp_path)
    yield two
    two.ours.archive.close()
    two.theirs.archive.close()


def reasons(merged: Merged) -> dict[str, str]:
    return {conflict.url: conflict.reason for conflict in merged.conflicts}


def test_a_post_id_that_was_given_twice_makes_two_articles(two: Two) -> None:
    two.see(two.ours, 1, URL)
    two.see(two.theirs, 2, OTHER, date_published="2024-01-01T10:00:00+07:00")
    merged = two.merge()
    assert f"post 12 is {URL} here" in reasons(merged)[OTHER]
    assert two.ours.rows("SELECT url, post_id FROM articles ORDER BY id") == [
        (URL, 12), (OTHER, 12),
    ]  # fmt: skip
    proofs_hold(two.ours.path)


def test_an_article_whose_number_was_given_twice_gives_way_to_a_third(two: Two) -> None:
    two.see(two.ours, 1, URL)
    another = {"date_published": "2024-01-01T10:00:00+07:00", "article_body": "Lain sekali."}
    two.see(two.ours, 2, f"{SITE}/?p=12", **another)
    two.see(two.theirs, 3, URL, post_id=99)
    two.merge()
    assert two.ours.rows("SELECT url, post_id FROM articles ORDER BY id") == [
        (f"{URL}?earlier=1", 12), (f"{SITE}/?p=12", 12), (URL, 99),
    ]  # fmt: skip
    proofs_hold(two.ours.path)


@pytest.mark.parametrize("turned", [False, True])
def test_an_address_belongs_to_the_post_that_was_seen_there_last(two: Two, turned: bool) -> None:
    two.see(two.ours, 1, URL, headline="Yang lama")
    two.see(two.theirs, 2, URL, post_id=99, headline="Yang baru")
    if turned:
        two.turn()
    merged = two.merge()
    assert "another post has this address here" in reasons(merged)[URL]
    assert two.ours.rows("SELECT url, post_id, headline FROM articles ORDER BY post_id") == [
        (f"{SITE}/?p=12", 12, "Yang lama"), (URL, 99, "Yang baru"),
    ]  # fmt: skip
    proofs_hold(two.ours.path)


def test_an_article_that_moved_stands_where_it_was_seen_last(two: Two) -> None:
    new = f"{SITE}/2020/wagub/"
    two.see(two.ours, 1, URL)
    two.see(two.theirs, 2, URL)
    two.at(two.theirs, 3)
    two.theirs.store(new, canonical=new)
    two.merge()
    assert two.ours.rows("SELECT url FROM articles") == [(new,)]
    assert two.ours.one("SELECT article_id FROM urls WHERE url = ?", URL) == 1
    proofs_hold(two.ours.path)
    # The other way round: what was seen earlier does not move it back.
    two.turn().merge()
    assert two.ours.rows("SELECT url FROM articles") == [(new,)]
    proofs_hold(two.ours.path)


def test_one_article_under_two_addresses_is_one(two: Two) -> None:
    two.see(two.ours, 2, URL)
    two.see(two.theirs, 1, f"{SITE}/?p=12")
    merged = two.merge()
    assert (merged.articles, merged.revisions, merged.conflicts) == (0, 0, [])
    assert two.ours.rows("SELECT url FROM articles") == [(URL,)]
    assert two.ours.one("SELECT article_id FROM urls WHERE url = ?", f"{SITE}/?p=12") == 1
    proofs_hold(two.ours.path)


@pytest.mark.parametrize("turned", [False, True])
def test_the_same_state_seen_by_both_is_one_revision(two: Two, turned: bool) -> None:
    """With the counters of whoever saw it last; each one's reading is kept: its chain names it."""
    two.see(two.ours, 1, comment_count=1)
    two.see(two.theirs, 2, comment_count=5)
    if turned:
        two.turn()
    merged = two.merge()
    assert (merged.revisions, merged.readings) == (0, 1)
    assert two.ours.rows(
        "SELECT comment_count, substr(first_seen_at, 1, 17), substr(last_seen_at, 1, 17) "
        "FROM articles"
    ) == [(5, stamp(1), stamp(2))]
    proofs_hold(two.ours.path)


def test_states_are_put_in_the_order_in_which_the_newsroom_had_them(two: Two) -> None:
    for second, text in ((1, "satu"), (5, "dua"), (7, "empat")):
        two.see(two.ours, second, article_body=text)
    for second, text in ((2, "satu"), (3, "dua"), (4, "satu"), (6, "tiga")):
        two.see(two.theirs, second, article_body=text)
    two.merge()
    expected = ["satu", "dua", "satu", "dua", "tiga", "empat"]
    assert history(two.ours.path, URL) == expected
    assert two.ours.one("SELECT article_body FROM articles") == "empat"
    proofs_hold(two.ours.path)
    two.turn().merge()
    assert history(two.ours.path, URL) == expected
    assert said(two.ours.path) == said(two.theirs.path)
    assert contents(two.ours.path) == contents(two.theirs.path)


def test_what_others_captured_long_ago_takes_nothing_of_what_is_shown(two: Two) -> None:
    """An import put a state between two sightings here: a merge leaves what is shown."""
    two.see(two.ours, 1, article_body="satu")
    two.see(two.ours, 9, article_body="satu")
    url_id, article_id = two.ours.rows("SELECT id, article_id FROM urls WHERE url = ?", URL)[0]
    database = two.ours.archive.db
    with database.atomic():
        capture = two.ours.archive.capture_rows.keep(
            two.ours.capture(URL, b"dari tempat lain"), url_id, 1, origin="lain.warc.gz"
        )
        two.ours.archive.articles.store(
            reading(URL, article_body="dua"),
            Sighting(
                asked=URL, known_as=article_id, claim=None, captures=[capture], run_id=1,
                seen_at=f"{stamp(5)}0.000+00:00", now=two.ours.archive.now, is_live=False,
            ),
        )  # fmt: skip
    two.see(two.theirs, 2, OTHER, post_id=13)
    two.see(two.theirs, 3, article_body="satu")
    merged = two.merge()
    assert merged.conflicts == []
    assert two.ours.one("SELECT article_body FROM articles WHERE url = ?", URL) == "satu"
    assert history(two.ours.path, URL) == ["satu", "dua"]
    assert two.ours.rows("SELECT url FROM urls WHERE next_at IS NOT NULL") == []
    two.turn().merge()
    assert two.ours.one("SELECT article_body FROM articles WHERE url = ?", URL) == "satu"
    two.ours.archive.db.execute("UPDATE runs SET command = 'merge'")  # the desk calls all crawls
    assert both(two.ours.path) == []


def test_two_contents_at_the_same_time_are_both_kept_and_told(two: Two) -> None:
    two.see(two.ours, 1, article_body="satu")
    two.see(two.theirs, 1, article_body="dua")
    merged = two.merge()
    assert "both saw different content at" in reasons(merged)[URL]
    assert sorted(history(two.ours.path, URL)) == ["dua", "satu"]
    proofs_hold(two.ours.path)


def test_what_only_another_reader_made_of_a_page_is_no_edit(two: Two) -> None:
    """The page is the same; the other archive's reader took its headline for another."""
    two.theirs.reader.version = "reader-0"
    two.see(two.theirs, 1, headline="Dibaca oleh pembaca lama")
    two.see(two.ours, 2, headline="Dibaca oleh pembaca baru")
    merged = two.merge()
    assert (merged.revisions, merged.readings) == (0, 1)
    assert two.ours.one("SELECT headline FROM articles") == "Dibaca oleh pembaca baru"
    proofs_hold(two.ours.path)


def test_what_can_be_read_no_more_is_compared_as_it_stands(two: Two) -> None:
    two.theirs.reader.version = "reader-0"
    two.see(two.theirs, 1, headline="Dibaca oleh pembaca lama")
    two.see(two.ours, 2, headline="Dibaca oleh pembaca baru")
    two.ours.reader.readings[URL] = NotAnArticle("script shell")
    merged = two.merge()
    assert merged.revisions == 1
    assert history(two.ours.path, URL, "$.headline") == [
        "Dibaca oleh pembaca lama", "Dibaca oleh pembaca baru",
    ]  # fmt: skip
    proofs_hold(two.ours.path)


def test_the_later_reading_of_a_shared_revision_counts(two: Two, tmp_path: Path) -> None:
    """Archives of one origin, of which one has read its captures again with a newer reader."""
    two.see(two.ours, 1, headline="Dibaca lama")
    two.turn().merge()
    two.turn()
    two.theirs.reader.version = "reader-2"
    two.at(two.theirs, 3)
    revision = two.theirs.archive.revisions.of(1)[0]
    made = reading(URL, headline="Dibaca baru")
    with two.theirs.archive.db.atomic():
        two.theirs.archive.articles.reread(
            revision, made, now=two.theirs.archive.now, run_id=two.theirs.archive.run_id
        )
    merged = two.merge()
    assert (merged.revisions, merged.readings) == (0, 1)
    assert two.ours.one("SELECT headline FROM articles") == "Dibaca baru"
    assert two.ours.one("SELECT read_with FROM revisions") == "reader-2"
    proofs_hold(two.ours.path)


def gone(two: Two, desk: Desk, second: int) -> None:
    two.at(desk, second)
    desk.settle(URL, state=State.GONE, http_status=404, absent=True)


def events(desk: Desk) -> list[str]:
    return [
        row[0]
        for row in desk.rows(
            "SELECT kind FROM ledger WHERE kind IN ('gone', 'back') ORDER BY at, id"
        )
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_gone_is_what_whoever_looked_last_found_gone(two: Two, turned: bool) -> None:
    two.see(two.ours, 1)
    two.see(two.theirs, 2)
    gone(two, two.ours, 3)
    if turned:
        two.turn()
    two.merge()
    assert two.ours.one("SELECT substr(gone_at, 1, 17) FROM articles") == stamp(3)
    assert two.ours.one("SELECT state FROM urls WHERE url = ?", URL) == "gone"
    assert events(two.ours) == ["gone"]
    proofs_hold(two.ours.path)


def test_what_the_other_saw_again_after_it_was_gone_here_is_back(two: Two) -> None:
    two.see(two.ours, 1)
    gone(two, two.ours, 2)
    two.see(two.theirs, 3)
    two.merge()
    assert two.ours.one("SELECT gone_at FROM articles") is None
    assert two.ours.one("SELECT state FROM urls WHERE url = ?", URL) == "stored"
    assert events(two.ours) == ["gone", "back"]
    proofs_hold(two.ours.path)


def test_an_article_that_only_the_other_had_before_it_was_found_gone_here(two: Two) -> None:
    two.see(two.theirs, 1)
    gone(two, two.ours, 2)
    two.merge()
    assert two.ours.one("SELECT substr(gone_at, 1, 17) FROM articles") == stamp(2)
    assert events(two.ours) == ["gone"]
    # And the other way round: it had no article of it, but knows that it is gone.
    two.turn().merge()
    assert two.ours.one("SELECT substr(gone_at, 1, 17) FROM articles") == stamp(2)
    proofs_hold(two.ours.path)


def test_sections_come_with_their_addresses(two: Two) -> None:
    nested = [("Daerah", f"{SITE}/category/daerah/"),
              ("Mempawah", f"{SITE}/category/daerah/mempawah/")]  # fmt: skip
    two.see(two.theirs, 1, sections=nested)
    two.see(two.ours, 2, OTHER, post_id=13, sections=[("Kabar Daerah", nested[0][1])])
    two.merge()
    assert two.ours.rows(
        "SELECT s.name, s.url, p.name FROM sections AS s "
        "LEFT JOIN sections AS p ON p.id = s.parent_id WHERE s.slug IS NOT NULL ORDER BY s.url"
    ) == [
        ("Kabar Daerah", nested[0][1], None), ("Mempawah", nested[1][1], "Kabar Daerah"),
    ]  # fmt: skip
    # The newer name of the section stays; the older article keeps the name it had.
    assert two.ours.rows(
        "SELECT url, sections FROM stories ORDER BY url"
    ) == [(OTHER, "Kabar Daerah"), (URL, "Daerah, Mempawah")]  # fmt: skip


def take_down(desk: Desk, url: str, *, erase: bool = False) -> None:
    article_id = desk.one("SELECT id FROM articles WHERE url = ?", url)
    desk.archive.take_down(article_id, "permintaan")
    if erase:
        desk.archive.erase(article_id)


@pytest.mark.parametrize("erase", [False, True])
@pytest.mark.parametrize("moved", [False, True])
def test_what_was_taken_down_here_stays_down(two: Two, erase: bool, moved: bool) -> None:
    two.see(two.ours, 1)
    take_down(two.ours, URL, erase=erase)
    there = OTHER if moved else URL
    two.see(two.theirs, 2, there, article_body="Teks yang tidak boleh kembali.")
    merged = two.merge()
    assert "taken down here: 1 readings of it stay out" in reasons(merged)[there]
    assert two.ours.rows("SELECT url, article_body FROM articles") == [(URL, "")]
    assert "tidak boleh kembali" not in "\n".join(two.ours.archive.db.iterdump())
    assert two.ours.one("SELECT count(*) FROM captures WHERE url = ?", OTHER) == 0
    assert (
        two.ours.one("SELECT count(*) FROM captures WHERE url = ? AND origin IS NOT NULL", URL)
        == 0
    )
    (text,) = two.ours.rows("SELECT digests FROM takedowns")[0]
    assert len(json.loads(text)) == 2, "the entries that came in are accounted for"
    assert two.ours.rows("SELECT url FROM urls WHERE next_at IS NOT NULL") == []
    proofs_hold(two.ours.path)


def test_pictures_of_what_was_taken_down_here_stay_out(two: Two) -> None:
    own, shared = f"{SITE}/wp-content/own.jpg", f"{SITE}/wp-content/shared.jpg"
    two.see(two.ours, 1)
    take_down(two.ours, URL)
    two.see(two.theirs, 2, images=[Image(url=own), Image(url=shared)])
    two.see(two.theirs, 3, OTHER, post_id=13, images=[Image(url=shared)])
    with two.theirs.archive.db.atomic():
        for url in (own, shared):
            two.theirs.archive.frontier.add(Link(url=url, kind=Kind.IMAGE), URL, 1)
    for due in two.theirs.archive.claim(10):
        capture = two.theirs.capture(due.url, due.url.encode())
        two.theirs.archive.settle(due, two.theirs.outcome(due, capture=capture))
    two.merge()
    assert two.ours.rows("SELECT url, state, reason FROM urls WHERE kind = 'image'") == [
        (own, "skipped", "taken down"), (shared, "stored", None),
    ]  # fmt: skip
    assert two.ours.rows("SELECT url FROM captures WHERE url LIKE '%.jpg'") == [(shared,)]
    proofs_hold(two.ours.path)


def test_what_is_put_back_here_comes_in_after_all(two: Two) -> None:
    two.see(two.ours, 1)
    take_down(two.ours, URL)
    two.see(two.theirs, 2, article_body="Suntingan.")
    two.merge()
    two.at(two.ours, 950)
    two.ours.archive.put_back(1)
    merged = two.merge()
    assert (merged.revisions, merged.captures, merged.entries) == (1, 1, 0)
    assert history(two.ours.path, URL)[-1] == "Suntingan."
    proofs_hold(two.ours.path)


@pytest.mark.parametrize("erase", [False, True])
@pytest.mark.parametrize("same", [False, True])
def test_what_was_taken_down_there_is_told_and_stays_here(
    two: Two, erase: bool, same: bool
) -> None:
    two.see(two.ours, 1)
    two.see(two.theirs, 1)
    if not same:
        two.see(two.theirs, 2, article_body="Suntingan yang hanya dilihat di sana.")
    take_down(two.theirs, URL, erase=erase)
    merged = two.merge()
    assert (
        f"taken down there (permintaan), still shown here: scrapy takedown {URL}"
        in (reasons(merged)[URL])
    )
    assert two.ours.one("SELECT length(article_body) > 0 FROM articles")
    assert two.ours.one("SELECT count(*) FROM takedowns") == 0
    assert "hanya dilihat di sana" not in "\n".join(two.ours.archive.db.iterdump())
    proofs_hold(two.ours.path)


@pytest.mark.parametrize("erase", [False, True])
def test_a_tombstone_of_what_is_not_known_here_comes_in(two: Two, erase: bool) -> None:
    two.see(two.theirs, 1, article_body="Teks yang ditarik di sana.")
    take_down(two.theirs, URL, erase=erase)
    merged = two.merge()
    assert merged.takedowns == 1
    assert two.ours.rows("SELECT url, article_body FROM articles") == [(URL, "")]
    assert two.ours.rows("SELECT url, reason, erased_at IS NOT NULL FROM takedowns") == [
        (URL, "permintaan", int(erase))
    ]
    assert two.ours.one("SELECT count(*) FROM withheld") == (0 if erase else 1)
    two.ours.archive.want(URL)
    assert two.ours.archive.claim(10) == [], "no crawl asks for it"
    two.see(two.ours, 950, OTHER, article_body="Teks yang ditarik di sana.")
    assert two.ours.one("SELECT article_body FROM articles") == "", "it survives a crawl"
    proofs_hold(two.ours.path)


def test_candidates_come_in_with_their_states(two: Two) -> None:
    two.at(two.theirs, 1)
    theirs = two.theirs.archive
    two.theirs.settle(f"{SITE}/salah/", state=State.FAILED, reason="500 × 5", http_status=500)
    two.theirs.settle(f"{SITE}/bukan/", state=State.SKIPPED, reason="not an article: page")
    two.theirs.settle(f"{SITE}/hilang/", state=State.GONE, http_status=404, absent=True)
    listing = Link(url=f"{SITE}/category/berita/", kind=Kind.LISTING)
    with theirs.db.atomic():
        for link in (
            Link(url=f"{SITE}/nanti/?utm_source=x", kind=Kind.ARTICLE), listing,
            Link(url=f"{SITE}/wp-json/x", kind=Kind.ARTICLE),
        ):  # fmt: skip
            theirs.frontier.add(link, "", theirs.run_id)
        theirs.frontier.note_turned_away()
    two.theirs.store(URL)
    two.theirs.settle(f"{SITE}/lama/", redirect_to=URL, http_status=301)
    with two.ours.archive.db.atomic():
        # The same listing, first met under another address.
        two.ours.archive.frontier.add(
            Link(url=f"{SITE}/category/induk/berita/", kind=Kind.LISTING), "", 1
        )
        two.ours.archive.frontier.add(Link(url=f"{SITE}/salah/", kind=Kind.ARTICLE), "", 1)
    two.ours.settle(f"{SITE}/hilang/")
    merged = two.merge()
    assert merged.addresses
    rows = {
        url: (state, reason, due, same)
        for url, state, reason, due, same in two.ours.rows(
            """SELECT u.url, u.state, u.reason, u.next_at IS NOT NULL, s.url
               FROM urls AS u LEFT JOIN urls AS s ON s.id = u.same_as"""
        )
    }
    assert rows[f"{SITE}/salah/"] == ("failed", "500 × 5", 0, None)
    assert rows[f"{SITE}/bukan/"] == ("skipped", "not an article: page", 0, None)
    assert rows[f"{SITE}/hilang/"][0] == "gone"
    assert rows[f"{SITE}/nanti/"] == ("pending", None, 1, None)
    assert rows[f"{SITE}/nanti/?utm_source=x"] == (
        "skipped", "another spelling", 0, f"{SITE}/nanti/",
    )  # fmt: skip
    assert rows[f"{SITE}/lama/"] == ("stored", f"redirects to {URL}", 0, URL)
    assert rows[f"{SITE}/category/berita/"][3] == f"{SITE}/category/induk/berita/"
    assert two.ours.one("SELECT count(*) FROM urls WHERE listing_key = 'berita#1'") == 1
    assert two.ours.one("SELECT article_id FROM urls WHERE url = ?", f"{SITE}/lama/") == 1
    assert two.ours.rows("SELECT rule, links FROM never_asked") == [("api", 1)]
    proofs_hold(two.ours.path)


def test_parts_of_an_article_stay_its_parts(two: Two) -> None:
    first = two.theirs.claim(URL)
    part = Link(url=URL + "2/", kind=Kind.PART, part_number=2)
    two.theirs.archive.settle(
        first,
        two.theirs.outcome(first, State.PENDING, links=[part], capture=two.theirs.capture(URL)),
    )
    (due,) = two.theirs.archive.claim(10)
    capture = two.theirs.capture(due.url)
    captures = [two.theirs.archive.parts(first.id)[0].capture_id, None]
    two.theirs.archive.settle(
        due, two.theirs.outcome(due, reading=reading(URL), capture=capture), captures
    )
    two.merge()
    ((first_id,),) = two.ours.rows("SELECT id FROM urls WHERE url = ?", URL)
    assert [part.url for part in two.ours.archive.parts(first_id)] == [URL, URL + "2/"]
    assert two.ours.one("SELECT count(*) FROM reading_captures") == 2
    assert two.ours.one("SELECT article_id FROM urls WHERE url = ?", URL + "2/") == 1
    proofs_hold(two.ours.path)


def test_a_response_that_was_not_read_there_is_read_here(two: Two) -> None:
    two.theirs.archive.want(URL)
    two.theirs.capture(URL, b"<html>belum dibaca")
    two.theirs.next_run()
    assert two.theirs.one("SELECT waiting FROM captures WHERE url = ?", URL) == 1
    two.merge()
    due = two.ours.claim(URL)
    assert due.waiting is not None
    assert two.ours.archive.captures.read(due.waiting).body == b"<html>belum dibaca"


def test_an_older_archive_is_brought_up_to_date_in_a_copy(two: Two, old: Path) -> None:  # noqa: F811
    two.at(two.ours, 900)
    before = old.read_bytes()
    merged = merge(two.ours.archive, old)
    assert merged.articles == 1
    assert old.read_bytes() == before
    assert not old.with_name(old.name + ".schema-1").exists()
    # It has no chain: ours seals what came in.
    kinds = "SELECT kind FROM ledger WHERE chain = (SELECT uuid FROM archive) ORDER BY n"
    assert [kind for (kind,) in two.ours.rows(kinds)] == ["new", "revision", "merge"]
    proofs_hold(two.ours.path, lost=True)
    assert not merge(two.ours.archive, old).is_news


def test_a_poisoned_record_never_gets_into_our_files(two: Two) -> None:
    """A row that names other bytes, with their right digest."""
    two.see(two.theirs, 1)
    warc = next((two.theirs.path.parent / "warc").iterdir())
    poison = b"\x1f\x8b\x08 no member at all"
    with warc.open("ab") as file:
        offset = file.tell()
        file.write(poison)
    two.theirs.archive.db.execute(
        "UPDATE captures SET warc_offset = ?, warc_length = ?, digest = ? WHERE url = ?",
        [offset, len(poison), hashlib.sha256(poison).hexdigest(), URL],
    )
    merged = merge(two.ours.archive, two.theirs.path)
    assert merged.lost.total() == 1
    assert all(
        poison not in path.read_bytes() for path in (two.ours.path.parent / "warc").iterdir()
    )


def test_a_frontier_is_never_led_off_the_site(two: Two) -> None:
    two.see(two.theirs, 1)
    two.theirs.archive.db.execute(
        """INSERT INTO urls (url, kind, state, found_at, next_at)
           VALUES ('https://lain.example/a/', 'article', 'pending', '2020', '2020')"""
    )
    two.merge()
    assert two.ours.rows("SELECT url FROM urls WHERE url LIKE '%lain%'") == []


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE takedowns SET digests = 'x'",
        "INSERT INTO never_asked VALUES ('x', 1, '{', '2020')",
        "UPDATE archive SET uuid = char(10) || uuid",
        "UPDATE readings SET article = CAST(x'ff41' AS TEXT)",
    ],
)
def test_rows_that_no_archive_writes_are_refused(two: Two, spoil: str) -> None:
    two.see(two.theirs, 1)
    two.see(two.theirs, 2, OTHER, post_id=13)
    take_down(two.theirs, OTHER)
    two.theirs.archive.db.execute(spoil)
    before = dump(two.ours.path)
    with pytest.raises(Stop) as caught:
        merge(two.ours.archive, two.theirs.path)
    assert caught.value.status is Status.NO_ARCHIVE
    assert str(two.theirs.path) in str(caught.value)
    assert dump(two.ours.path) | {"captures": [], "warc": []} == (
        before | {"captures": [], "warc": []}
    )


def test_a_reading_of_no_known_form_stays_out(two: Two) -> None:
    """Sealed in order, by a program that is not ours."""
    two.see(two.theirs, 1)
    database, ledger = two.theirs.archive.db, two.theirs.archive.ledger
    database.execute("UPDATE readings SET article = '[]', content_digest = 'x'")
    ledger.append(
        Event.NEW, URL, revision=1, content_digest="x", reading_digest=digest("[]"), detail="y"
    )
    merged = two.merge()
    assert "stays out" in reasons(merged)[URL]
    assert two.ours.rows("SELECT url FROM articles") == []


def test_what_is_erased_there_and_only_withheld_here_is_told(two: Two) -> None:
    for desk in (two.ours, two.theirs):
        two.see(desk, 1)
        take_down(desk, URL, erase=desk is two.theirs)
    assert "erased there, only withheld here" in reasons(two.merge())[URL]
    proofs_hold(two.ours.path)


def test_several_archives_become_one_in_any_order(two: Two, tmp_path: Path) -> None:
    third = Desk(tmp_path / "third" / "borneone.db")
    with closing(third.archive):
        two.hold(third)
        two.see(two.ours, 1, article_body="satu")
        two.see(two.theirs, 2, article_body="dua")
        two.see(third, 3, article_body="tiga")
        two.see(third, 4, OTHER, post_id=13)
        two.at(two.theirs, 900)
        merge(two.theirs.archive, third.path)
        two.merge()
        at_once = merge(two.ours.archive, third.path)
    assert not at_once.is_news, "it came in by way of the other one"
    assert history(two.ours.path, URL) == ["satu", "dua", "tiga"]
    assert two.ours.one("SELECT count(DISTINCT chain) FROM ledger") == 3
    proofs_hold(two.ours.path)
