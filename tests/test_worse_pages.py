"""A page that reads worse than what is held of it never replaces that."""

import sqlite3

from tests.crawling import Crawl
from tests.small_site import Answer, SmallSite

LONG = "<p>Pontianak, BorneOneTV &#8211; " + "Warga menanam pohon di tepi sungai. " * 12 + "</p>"
WALL = (
    "<p>Warga menanam pohon di tepi sungai.</p><div class='pw'><p>Silakan masuk untuk membaca "
    "lanjutan berita ini.</p><form action='/masuk/'><input type='password' name='p'></form></div>"
)
SUBSCRIBERS = (
    "<p>Hanya untuk pelanggan.</p><p><a href='/wp-login.php?redirect_to=x'>Masuk</a> dulu.</p>"
)
PROTECTED = (
    "<form action='/wp-login.php?action=postpass'><p>Konten ini dilindungi.</p>"
    "<input type='password'></form>"
)
SHELL = (
    '<html><head><title>Berita nomor 1 - BorneOneTV</title><meta property="og:type" '
    'content="article"><meta property="og:title" content="Berita nomor 1"><meta property="article:'
    'published_time" content="2019-10-02T10:15:00+07:00"></head><body>{body}</body></html>'
)
OVER = "not an article: "


def worse_pages(site: SmallSite) -> list[tuple[Answer, str]]:
    """Pages in place of an article, each with the reason that the archive gives for it."""
    nameless = site.article(1, body=LONG).replace("Berita nomor 1", "")
    loader = '<div id="root"></div><noscript>You need to enable JavaScript.</noscript>'
    plea = "<h1>Berita nomor 1</h1><p>Aktifkan JavaScript untuk membaca berita ini.</p>"
    return [
        (Answer(""), OVER + "not html"),
        (Answer("<html><body></body></html>"), OVER + "empty body"),
        (Answer(site.article(1, body="<p></p>")), OVER + "empty body"),
        (
            Answer(site.article(1, body="<p><img src='/wp-content/uploads/a.jpg'></p>")),
            "reads worse: no text, where 75 words are held",
        ),
        (
            Answer(nameless.replace(" &#8211; BorneOneTV</title>", "</title>")),
            "reads worse: no headline, where one is held",
        ),
        (
            Answer(site.html("Masuk", "login", "<form id='loginform'><input name='log'></form>")),
            OVER + "login page",
        ),
        (
            Answer(site.article(1, body=WALL)),
            "reads worse: asks for a login, and has 13 words, where 75 are held",
        ),
        (
            Answer(site.article(1, body=SUBSCRIBERS)),
            "reads worse: asks for a login, and has 5 words, where 75 are held",
        ),
        (Answer(site.article(1, body=PROTECTED)), OVER + "password protected"),
        (
            Answer("<html><title>Situs sedang dalam pemeliharaan</title><body><h1>Maaf</h1>"),
            OVER + "maintenance",
        ),
        (Answer(SHELL.format(body=loader)), OVER + "empty body"),
        (Answer(SHELL.format(body=plea)), OVER + "script shell"),
        (
            Answer("<html><title>Just a moment...</title><body><p>Checking your browser."),
            OVER + "script shell",
        ),
        (Answer(site.home()), OVER + "listing"),
        (Answer(site.listing(1)), OVER + "listing"),
        (Answer('{"error": "x"}', content_type="application/json"), OVER + "not html"),
    ]


def ask_for_all_again(crawl: Crawl, now: str) -> None:
    with sqlite3.connect(crawl.archive) as connection:
        connection.execute("UPDATE urls SET next_at = '2026-01-01' WHERE kind = 'article'")
    connection.close()
    assert crawl.run(NOW=now, LATER_DELAYS="86400") == 0, crawl.stderr


def test_nothing_that_reads_worse_replaces_what_is_held(site: SmallSite, crawl: Crawl) -> None:
    pages = worse_pages(site)
    # One in three goes bad, the others stay well: the site as a whole is all right.
    bad = {3 * place + 1: page for place, page in enumerate(pages)}
    site.numbers = list(range(1, 3 * len(pages) + 1))
    for number in site.numbers:
        site.answers[f"/berita-{number}/"] = Answer(site.article(number, body=LONG))
    assert crawl.run(NOW="2026-03-01T08:00:00+00:00") == 0
    what = "SELECT url, headline, article_body, reading_id, last_seen_at, gone_at FROM articles"
    before = dict.fromkeys(row[:4] for row in crawl.rows(what))
    assert len(before) == 3 * len(pages)

    for number, (answer, _) in bad.items():
        site.answers[f"/berita-{number}/"] = answer
    ask_for_all_again(crawl, "2026-03-02T08:00:00+00:00")
    assert dict.fromkeys(row[:4] for row in crawl.rows(what)) == before
    assert {kind for (kind,) in crawl.rows("SELECT kind FROM ledger")} == {"new"}
    said = "SELECT state, reason FROM urls WHERE url LIKE ?"
    for number, (_, reason) in bad.items():
        assert crawl.rows(said, f"%/berita-{number}/") == [("stored", reason)]
    # The page as it was is kept all the same.
    captured = "SELECT count(*) FROM captures WHERE url LIKE ?"
    assert all(crawl.one(captured, f"%/berita-{number}/") == 2 for number in bad)
    for number in bad:
        seen = "SELECT last_seen_at FROM articles WHERE url LIKE ?"
        assert crawl.one(seen, f"%/berita-{number}/").startswith("2026-03-01")

    site.answers = {
        f"/berita-{number}/": Answer(site.article(number, body=LONG)) for number in site.numbers
    }
    ask_for_all_again(crawl, "2026-03-04T08:00:00+00:00")
    assert dict.fromkeys(row[:4] for row in crawl.rows(what)) == before
    assert {kind for (kind,) in crawl.rows("SELECT kind FROM ledger")} == {"new"}
    assert (
        crawl.one("SELECT count(*) FROM urls WHERE kind = 'article' AND reason IS NOT NULL") == 0
    )


def test_what_is_never_better_stays_as_it_was_read(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/berita-1/"] = Answer(site.article(1, body=LONG))
    assert crawl.run() == 0
    site.answers["/berita-1/"] = Answer(site.article(1, body=WALL))
    for _ in range(4):
        ask_for_all_again(crawl, "")
    assert "pohon di tepi sungai. Warga" in crawl.one(
        "SELECT article_body FROM articles WHERE url LIKE '%/berita-1/'"
    )
    state = crawl.rows("SELECT state, next_at FROM urls WHERE url LIKE '%/berita-1/'")
    assert state == [("stored", None)]


def test_an_article_that_is_met_behind_a_wall_is_kept_and_flagged(
    site: SmallSite, crawl: Crawl
) -> None:
    site.answers["/berita-1/"] = Answer(site.article(1, body=WALL))
    assert crawl.run() == 0
    assert crawl.one("SELECT flags FROM articles WHERE url LIKE '%/berita-1/'") == (
        '["asks for a login"]'
    )
    site.answers["/berita-1/"] = Answer(site.article(1, body=LONG))
    ask_for_all_again(crawl, "")
    assert crawl.one("SELECT flags FROM articles WHERE url LIKE '%/berita-1/'") == "[]"


def test_a_form_to_comment_is_no_wall(site: SmallSite, crawl: Crawl) -> None:
    form = "<div id='respond'><p>Anda harus <a href='/wp-login.php'>masuk</a>.</p></div>"
    site.answers["/berita-1/"] = Answer(site.article(1, extra=form))
    assert crawl.run() == 0
    assert crawl.one("SELECT flags FROM articles WHERE url LIKE '%/berita-1/'") == "[]"
