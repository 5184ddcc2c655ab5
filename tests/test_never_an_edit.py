"""What moves on a page without the newsroom changing a word is never an edit."""

import sqlite3

from tests.crawling import Crawl
from tests.small_site import Answer, SmallSite

TEXT = (
    "<p>Pontianak, BorneOneTV &#8211; Warga menanam pohon di tepi sungai bersama puluhan pelajar "
    "dari tiga sekolah, sejak pagi hingga siang hari.</p>{inside}"
    "<p>Kegiatan itu akan diulang bulan depan. [Lay]</p>"
)


def page(site: SmallSite, inside: str = "", below: str = "", head: str = "") -> Answer:
    html = site.article(1, body=TEXT.format(inside=inside), extra=below)
    return Answer(html.replace("</head>", f"{head}</head>"))


def nonce(site: SmallSite, visit: int) -> Answer:
    return page(
        site,
        below=f'<script>var ajax = {{"nonce":"a1b2c{visit}", "at":{1700000000 + visit}}};</script>'
        f'<form action="/x"><input type="hidden" name="_wpnonce" value="{visit:010x}"></form>',
        head=f'<meta name="csrf-token" content="{visit:032x}"><link rel="stylesheet" '
        f'href="/wp-content/cache/{visit:08x}.css">',
    )


def advertising(site: SmallSite, visit: int) -> Answer:
    return page(
        site,
        inside=f'<div class="code-block code-block-1"><p>Beli rumah murah nomor {visit}!</p></div>'
        f'<ins class="adsbygoogle" data-ad-slot="{visit}">Promo {visit}</ins>'
        f'<div id="div-gpt-ad-{visit}"><p>Iklan {visit}</p></div>',
        below=f'<div class="gmr-banner-aftercontent"><p>Diskon {visit} persen</p></div>',
    )


def likes(site: SmallSite, visit: int) -> Answer:
    return page(
        site,
        inside=f'<div class="sharedaddy sd-block sd-like jetpack-likes-widget-wrapper" '
        f'id="like-post-wrapper-7-1-{visit:013x}" data-name="like-post-frame-7-1-{visit:x}"><h3 '
        f'class="sd-title">Menyukai ini:</h3><span class="button">Suka</span> Memuat...</div>'
        f'<div id="likes-other-gravatars"><div class="likes-text"><span>{visit}</span> blogger '
        "menyukai ini:</div></div>",
    )


def views(site: SmallSite, visit: int) -> Answer:
    return page(
        site,
        inside=f'<div class="post-views content-post post-1 entry-meta"><span '
        f'class="post-views-label">Dilihat:</span> <span class="post-views-count">{visit * 17}'
        "</span></div>",
    )


def related(site: SmallSite, visit: int) -> Answer:
    link = f'<a href="{site.origin}/berita-{visit + 1}/">Berita nomor {visit + 1}</a>'
    return page(
        site,
        inside=f"<p><strong>Baca juga: {link}</strong></p>",
        below=f'<div class="gmr-related-post"><h3>Terkait</h3><ul><li>{link}</li></ul></div>'
        f'<div id="jp-relatedposts" class="jp-relatedposts"><h3>Terkait</h3><p>{link}</p></div>',
    )


def comments(site: SmallSite, visit: int) -> Answer:
    listed = "".join(
        f'<li id="comment-{n}"><p>Bagus sekali beritanya, nomor {n}.</p></li>'
        for n in range(visit)
    )
    return page(
        site,
        below=f'<div id="comments" class="comments-area"><h2 class="comments-title">{visit} '
        f'Komentar</h2><ol class="comment-list">{listed}</ol></div>',
    )


def cache_numbers(site: SmallSite, visit: int) -> Answer:
    picture = f"{site.origin}/wp-content/uploads/pohon.jpg?v={visit}"
    return page(site, inside=f'<figure><img src="{picture}" alt=""></figure>')


def date_modified_alone(site: SmallSite, visit: int) -> Answer:
    day = f'content="2026-03-{visit + 1:02d}T08:00:00+07:00"'
    return page(site, head=f'<meta property="article:modified_time" {day}>')


NOISE = (
    nonce, advertising, likes, views, related, comments, cache_numbers, date_modified_alone,
)  # fmt: skip


def ask_for_all_again(crawl: Crawl) -> None:
    with sqlite3.connect(crawl.archive) as connection:
        connection.execute("UPDATE urls SET next_at = '2026-01-01' WHERE kind = 'article'")
    connection.close()
    assert crawl.run() == 0, crawl.stderr


def test_what_the_newsroom_did_not_write_makes_no_revision(site: SmallSite, crawl: Crawl) -> None:
    paths = {f"/berita-{number}/": noise for number, noise in enumerate(NOISE, start=1)}
    site.numbers = list(range(1, len(NOISE) + 1))
    bodies: dict[str, set[bytes]] = {path: set() for path in paths}
    for visit in (1, 2, 3):
        for number, (path, noise) in enumerate(paths.items(), start=1):
            html = noise(site, visit).sent().decode()
            # Each is a post of its own.
            html = html.replace("postid-1", f"postid-{number}").replace(
                'post-1"', f'post-{number}"'
            )
            site.answers[path] = Answer(html)
            bodies[path].add(html.encode())
        if visit == 1:
            assert crawl.run() == 0
        else:
            ask_for_all_again(crawl)
    assert {len(different) for different in bodies.values()} == {3}, "another page each time"
    for path, noise in paths.items():
        what = noise.__name__
        like = f"%{path}"
        assert crawl.one("SELECT count(*) FROM captures WHERE url LIKE ?", like) == 3, what
        assert crawl.rows("SELECT kind FROM ledger WHERE url LIKE ?", like) == [("new",)], what
        assert crawl.one("SELECT article_body FROM articles WHERE url LIKE ?", like) == (
            "Pontianak, BorneOneTV – Warga menanam pohon di tepi sungai bersama puluhan pelajar "
            "dari tiga sekolah, sejak pagi hingga siang hari.\n\nKegiatan itu akan diulang bulan "
            "depan. [Lay]"
        ), what
    # What is no content moves on all the same.
    moved_on = "SELECT comment_count, date_modified FROM articles WHERE url LIKE ?"
    assert crawl.rows(moved_on, "%/berita-6/") == [(3, None)]
    assert crawl.rows(moved_on, "%/berita-8/") == [(None, "2026-03-04T08:00:00+07:00")]


def test_what_the_newsroom_did_write_makes_one(site: SmallSite, crawl: Crawl) -> None:
    plain = page(site).sent().decode()
    edits = [
        plain.replace("puluhan", "ratusan"),
        plain.replace('title">Berita nomor 1<', 'title">Berita nomor satu<'),
        plain.replace("[Lay]</p>", "[Lay]</p><p>Ralat: bukan tiga sekolah.</p>"),
        plain.replace('tag">Berita<', 'tag">Lingkungan<'),
        plain.replace("T10:15", "T11:20"),
    ]
    assert plain not in edits
    site.numbers = list(range(1, len(edits) + 1))

    def as_post(number: int, html: str) -> Answer:
        return Answer(html.replace("postid-1", f"postid-{number}"))

    site.answers = {f"/berita-{n}/": as_post(n, plain) for n in site.numbers}
    assert crawl.run() == 0
    site.answers = {f"/berita-{n}/": as_post(n, edits[n - 1]) for n in site.numbers}
    ask_for_all_again(crawl)
    for number in site.numbers:
        kinds = crawl.rows(
            "SELECT kind FROM ledger WHERE url LIKE ? ORDER BY n", f"%/berita-{number}/"
        )
        assert kinds == [("new",), ("revision",)], number
