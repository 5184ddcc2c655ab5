"""What may be done to an archive behind its back: each case with the article that it is about
(by its number in the small newsroom; None: of no article) and what the finding calls it."""

from collections.abc import Callable

from borneone_crawler.archive.verification import Kind
from tests.tampered import Tampered

Damage = Callable[[Tampered], None]
Case = tuple[Damage, int | None, Kind]

NO_GUARDS = ("DROP TRIGGER ledger_stays", "DROP TRIGGER ledger_stays_whole")

_ID = "(SELECT id FROM articles WHERE url LIKE '%/berita-{}/')"
ONE, TWO, THREE, FOUR = (_ID.format(number) for number in range(1, 5))

_ADDED = """
    INSERT INTO articles (id, url, headline, article_body, article_body_html, word_count, flags,
                          content_digest, first_seen_at, last_seen_at)
    SELECT 99, replace(url, 'berita-2', 'berita-99'), headline, article_body, article_body_html,
           word_count, flags, content_digest, first_seen_at, last_seen_at
    FROM articles WHERE url LIKE '%/berita-2/'
"""
_ADDED_READING = (
    f"""INSERT INTO revisions (id, article_id, n, seen_at, run_id, reading_id)
        SELECT 99, 99, 1, seen_at, run_id, 99 FROM revisions WHERE article_id = {TWO}""",
    f"""INSERT INTO readings
        SELECT 99, 99, reader_version, reader, read_at, run_id, content_digest, article, sources,
               flags, dump_id
        FROM readings WHERE id = (SELECT reading_id FROM articles WHERE id = {TWO})""",
    "UPDATE articles SET reading_id = 99, revision_id = 99 WHERE id = 99",
    """INSERT INTO urls (url, kind, state, found_at, article_id)
       SELECT url, 'article', 'stored', first_seen_at, 99 FROM articles WHERE id = 99""",
)

_WITHOUT_TRACE = (
    f"""DELETE FROM reading_captures
        WHERE reading_id = (SELECT reading_id FROM articles WHERE id = {TWO})""",
    f"DELETE FROM removals WHERE reading_id = (SELECT reading_id FROM articles WHERE id = {TWO})",
    f"DELETE FROM readings WHERE id = (SELECT reading_id FROM articles WHERE id = {TWO})",
    *(
        f"DELETE FROM {table} WHERE article_id = {TWO}"
        for table in ("revisions", "article_sections", "article_keywords", "article_people",
                      "images", "outlinks")
    ),
    f"UPDATE urls SET article_id = NULL WHERE article_id = {TWO}",
    "DELETE FROM articles WHERE url LIKE '%/berita-2/'",
)  # fmt: skip

_SET_BACK = f"""
    UPDATE articles SET
        (revision_id, reading_id, article_body, article_body_html, content_digest) =
        (SELECT v.id, r.id, r.article ->> 'article_body', r.article ->> 'article_body_html',
                r.content_digest
         FROM revisions AS v JOIN readings AS r ON r.id = v.reading_id
         WHERE v.article_id = articles.id AND v.n = 1)
    WHERE id = {ONE}
"""


def sql(*statements: str) -> Damage:
    return lambda archive: archive.sql(*statements)


def flip_a_byte(archive: Tampered) -> None:
    place = archive.one(
        "SELECT warc_offset + warc_length / 2 FROM captures WHERE url LIKE '%/berita-2/'"
    )
    data = bytearray(archive.warc_file.read_bytes())
    data[place] ^= 1
    archive.warc_file.write_bytes(data)


def cut_the_file(archive: Tampered) -> None:
    end = archive.one("SELECT max(warc_offset + warc_length) FROM captures")
    with archive.warc_file.open("r+b") as file:
        file.truncate(end - 1)


def lose_the_file(archive: Tampered) -> None:
    archive.warc_file.unlink()


FOUND_BY_BOTH: dict[str, Case] = {
    "a letter of a text": (
        sql("UPDATE articles SET article_body = replace(article_body, 'pohon', 'pokok') "
            f"WHERE id = {TWO}"), 2, Kind.CHANGED),
    "a letter of a headline": (
        sql(f"UPDATE articles SET headline = 'berita nomor 3' WHERE id = {THREE}"),
        3, Kind.CHANGED),
    "a byte that is no text any more": (
        sql("UPDATE articles SET article_body = CAST(x'ff' AS TEXT) || substr(article_body, 2) "
            f"WHERE id = {TWO}"), 2, Kind.CHANGED),
    "a date of publication": (
        sql(f"UPDATE articles SET date_published = '2001-01-01' WHERE id = {FOUR}"),
        4, Kind.CHANGED),
    "a letter of a keyword": (
        sql("UPDATE keywords SET name = 'banjin' WHERE name = 'banjir'"), 1, Kind.CHANGED),
    "a keyword taken off": (
        sql(f"DELETE FROM article_keywords WHERE article_id = {TWO}"), 2, Kind.CHANGED),
    "a letter of a caption": (
        sql("UPDATE images SET caption = replace(caption, 'pohon', 'pokok') "
            f"WHERE article_id = {THREE}"), 3, Kind.CHANGED),
    "a link led elsewhere": (
        sql("UPDATE outlinks SET url = 'https://lain.example/y' "
            f"WHERE article_id = {FOUR}"), 4, Kind.CHANGED),
    "an author slipped in": (
        sql("INSERT INTO people (id, name) VALUES (99, 'Orang Lain')",
            "INSERT INTO article_people (article_id, person_id, role, position) "
            f"VALUES ({FOUR}, 99, 'author', 1)"), 4, Kind.CHANGED),
    "a section renamed": (
        sql("UPDATE sections SET name = 'Berito' WHERE name = 'Berita'"), 1, Kind.CHANGED),
    "a letter of a reading": (
        sql("UPDATE readings SET article = replace(article, 'pohon', 'pokok') WHERE id = "
            f"(SELECT reading_id FROM articles WHERE id = {TWO})"), 2, Kind.CHANGED),
    "a reading that is no JSON any more": (
        sql("UPDATE readings SET article = '[[' WHERE id = "
            f"(SELECT reading_id FROM articles WHERE id = {TWO})"), 2, Kind.CHANGED),
    "a reading of JSON that is no article": (
        sql("UPDATE readings SET article = '{\"images\": 3}' WHERE id = "
            f"(SELECT reading_id FROM articles WHERE id = {TWO})"), 2, Kind.CHANGED),
    "a reading and its article in the same way": (
        sql("UPDATE readings SET article = replace(article, 'pohon', 'pokok')",
            "UPDATE articles SET article_body = replace(article_body, 'pohon', 'pokok')"),
        3, Kind.CHANGED),
    "a reader version": (
        sql("UPDATE readings SET reader_version = 'x' WHERE id = "
            f"(SELECT reading_id FROM articles WHERE id = {TWO})"), 2, Kind.CHANGED),
    "a deleted article": (
        sql("DELETE FROM articles WHERE url LIKE '%/berita-2/'"), 2, Kind.MISSING),
    "a deleted article with all that belongs to it": (sql(*_WITHOUT_TRACE), 2, Kind.MISSING),
    "an added article": (sql(_ADDED), 99, Kind.ADDED),
    "an added article with somebody's reading": (sql(_ADDED, *_ADDED_READING), 99, Kind.ADDED),
    "an article under another address": (
        sql("UPDATE articles SET url = replace(url, 'berita-3', 'berita-33') "
            f"WHERE id = {THREE}"), 33, Kind.ADDED),
    "an article set back to an older state": (sql(_SET_BACK), 1, Kind.CHANGED),
    "an article that shows another's reading": (
        sql("UPDATE articles SET reading_id = (SELECT reading_id FROM articles "
            f"WHERE id = {THREE}) WHERE id = {TWO}"), 2, Kind.CHANGED),
    "a deleted revision": (
        sql(f"DELETE FROM revisions WHERE n = 1 AND article_id = {ONE}"), 1, Kind.MISSING),
    "a deleted reading": (
        sql(f"DELETE FROM readings WHERE id = (SELECT reading_id FROM articles WHERE id = {TWO})"),
        2, Kind.MISSING),
    "every revision deleted": (
        sql(f"DELETE FROM revisions WHERE article_id = {TWO}"), 2, Kind.MISSING),
    "the row that names the archive deleted": (sql("DELETE FROM archive"), None, Kind.MISSING),
    "a revision at another time": (
        sql("UPDATE revisions SET seen_at = '2001-01-01T00:00:00+00:00' WHERE n = 1 AND "
            f"article_id = {ONE}"), 1, Kind.CHANGED),
    "another capture behind a reading": (
        sql("UPDATE reading_captures SET capture_id = (SELECT id FROM captures WHERE url LIKE "
            "'%/category/%') WHERE reading_id = "
            f"(SELECT reading_id FROM articles WHERE id = {FOUR})"), 4, Kind.CHANGED),
    "a broken reference": (
        sql("UPDATE article_keywords SET keyword_id = 999 WHERE position = 1 AND article_id = "
            + THREE), 3, Kind.MISSING),
    "gone, though it is not": (
        sql(f"UPDATE articles SET gone_at = last_seen_at WHERE id = {TWO}"), 2, Kind.CHANGED),
    "redirected, though it is not": (
        sql(f"UPDATE articles SET redirected_to = 'https://lain.example/' WHERE id = {TWO}"),
        2, Kind.CHANGED),
    "a tombstone put up by hand": (
        sql("INSERT INTO takedowns (article_id, url, at, reason, digests) SELECT id, url, "
            f"last_seen_at, 'sebab', '[]' FROM articles WHERE id = {TWO}"), 2, Kind.ADDED),
    "a deleted ledger entry": (
        sql(*NO_GUARDS, "DELETE FROM ledger WHERE n = 2"), None, Kind.MISSING),
    "the newest ledger entry deleted": (
        sql(*NO_GUARDS, "DELETE FROM ledger WHERE n = 5"), 1, Kind.ADDED),
    "a rewritten ledger entry": (
        sql(*NO_GUARDS, "UPDATE ledger SET seen_at = '2001-01-01T00:00:00+00:00' WHERE n = 5"),
        1, Kind.CHANGED),
    "two ledger entries in each other's place": (
        sql(*NO_GUARDS, "UPDATE ledger SET n = -n WHERE n IN (2, 3)",
            "UPDATE ledger SET n = 5 + n WHERE n < 0"), 3, Kind.CHANGED),
    "a line slipped into a ledger entry": (
        sql(*NO_GUARDS, "UPDATE ledger SET detail = detail || char(10) || 'previous: ' "
            "WHERE n = 5"), 1, Kind.CHANGED),
    "a chain of somebody else": (
        sql("INSERT INTO ledger (chain, n, kind, at, url, previous, digest) "
            "SELECT 'x', 1, 'gone', at, url, previous, 'y' FROM ledger WHERE n = 1"),
        None, Kind.ADDED),
    "a capture marked as lost": (
        sql("UPDATE captures SET dropped = 'lost' WHERE url LIKE '%/berita-2/'"),
        2, Kind.MISSING),
    "a capture at a place that cannot be": (
        sql("UPDATE captures SET warc_offset = -5 WHERE url LIKE '%/berita-3/'"),
        3, Kind.DAMAGED),
    "a capture in a file outside the folder": (
        sql("UPDATE captures SET warc_file = '../borneone.db' WHERE url LIKE '%/berita-3/'"),
        3, Kind.MISSING),
    "a flipped byte in a capture": (flip_a_byte, 2, Kind.DAMAGED),
    "a WARC file that is cut short": (cut_the_file, 1, Kind.DAMAGED),
    "a WARC file that is not there": (lose_the_file, None, Kind.MISSING),
}  # fmt: skip

FOUND_BY_US: dict[str, Case] = {
    "a search index out of step": (
        sql("DROP TRIGGER articles_fts_update",
            f"UPDATE articles SET description = 'lama' WHERE id = {TWO}",
            "INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')",
            f"UPDATE articles SET description = NULL WHERE id = {TWO}"), 2, Kind.DAMAGED),
    "a search index that lacks an article": (
        sql(f"DELETE FROM articles_fts_docsize WHERE id = {TWO}"), None, Kind.DAMAGED),
    "a search index in ruins": (
        sql("UPDATE articles_fts_data SET block = zeroblob(10) WHERE id > 10"),
        None, Kind.DAMAGED),
    "an article in another section": (
        sql("INSERT INTO sections (id, name, slug) VALUES (99, 'Lain', 'lain')",
            f"UPDATE article_sections SET section_id = 99 WHERE article_id = {TWO}"),
        2, Kind.CHANGED),
    "a trigger taken off": (sql(NO_GUARDS[0]), None, Kind.MISSING),
    "a trigger changed": (
        sql(NO_GUARDS[0],
            "CREATE TRIGGER ledger_stays BEFORE UPDATE ON ledger BEGIN SELECT 1; END"),
        None, Kind.CHANGED),
    "a trigger slipped in": (
        sql("CREATE TRIGGER t AFTER INSERT ON ledger BEGIN SELECT 1; END"), None, Kind.ADDED),
    "a reference of the frontier": (
        sql("UPDATE urls SET found_in = 999 WHERE url LIKE '%/berita-2/'"), 2, Kind.MISSING),
    "a noted head that is gone": (
        sql(f"UPDATE runs SET ledger_head = '{'a' * 64}' WHERE id = 1"), None, Kind.CHANGED),
    "a capture dropped as noise though it was read": (
        sql("UPDATE captures SET dropped = 'noise' WHERE url LIKE '%/berita-3/'"),
        3, Kind.MISSING),
}  # fmt: skip
