"""The views that say where things came from, and which articles are the same."""

import json

from tests.archive.conftest import SITE, Desk, reading

URL = f"{SITE}/wagub/"


def test_provenance_says_for_each_field_which_place_reader_and_capture(desk: Desk) -> None:
    made = reading(URL, keywords=["medsos", "wagub"])
    made.sources = {"headline": "h1", "keywords": "a[rel=tag]", "article_body": "div.entry"}
    desk.settle(URL, reading=made, capture=desk.capture(URL))
    rows = desk.rows(
        "SELECT field, value, source, reader, reader_version, revision, pages FROM provenance "
        "ORDER BY field"
    )
    assert [row[0] for row in rows] == ["article_body", "headline", "keywords"]
    assert rows[1][1:] == ("Wagub Kalbar Minta Gunakan Medsos", "h1", "tests", "reader-1", 1, 1)
    assert json.loads(rows[2][1]) == ["medsos", "wagub"]
    captures = desk.rows("SELECT fetched_at, warc_file, warc_offset, digest, NULL FROM captures")
    assert captures == desk.rows(
        "SELECT DISTINCT fetched_at, warc_file, warc_offset, capture_digest, capture_dropped "
        "FROM provenance"
    )


def test_provenance_names_the_version_that_read_and_the_newest_that_found_the_same(
    desk: Desk,
) -> None:
    made = reading(URL)
    made.sources = {"headline": "h1"}
    desk.settle(URL, reading=made, capture=desk.capture(URL))
    desk.reader.version = "reader-2"
    desk.reader.readings[URL] = made
    desk.next_run()
    desk.settle(URL, reading=made, capture=desk.capture(URL))
    versions = "SELECT reader_version, read_with FROM provenance"
    assert desk.rows(versions) == [("reader-1", "reader-2")]


def test_provenance_of_what_was_read_from_no_capture_has_none(desk: Desk) -> None:
    made = reading(URL)
    made.sources = {"headline": "dump"}
    desk.settle(URL, reading=made)
    assert desk.rows("SELECT source, warc_file, pages FROM provenance") == [("dump", None, 0)]


def test_the_same_text_at_two_addresses_is_two_articles_linked_as_duplicates(desk: Desk) -> None:
    text = "Pontianak, BorneOneTV – Harga cabai naik."
    for slug, post_id, date in (
        ("b", 2, "2020-02-01T08:00:00+07:00"),
        ("a", 1, "2020-01-01T08:00:00+07:00"),
        ("c", 3, None),
    ):
        desk.store(
            f"{SITE}/{slug}/", post_id=post_id, date_published=date, article_body=text,
            word_count=6,
        )  # fmt: skip
    desk.store(f"{SITE}/lain/", post_id=4, date_published=None, word_count=9)
    for slug, post_id in (("foto", 5), ("foto-lain", 6)):
        desk.store(f"{SITE}/{slug}/", post_id=post_id, date_published=None, article_body="")
    assert desk.one("SELECT count(*) FROM articles") == 6
    assert desk.rows("SELECT url, first_url FROM duplicates ORDER BY url") == [
        (f"{SITE}/b/", f"{SITE}/a/"), (f"{SITE}/c/", f"{SITE}/a/"),
    ]  # fmt: skip


def test_stories_say_where_an_article_s_address_leads_now(desk: Desk) -> None:
    desk.store(URL)
    desk.next_run()
    desk.settle(URL, redirect_to=f"{SITE}/lain/", http_status=301)
    assert desk.rows("SELECT redirected_to, is_gone FROM stories") == [(f"{SITE}/lain/", 0)]
