"""What moves on a page without the newsroom changing a word is never an edit."""

from collections.abc import Callable

import pytest

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


@pytest.mark.parametrize("noise", NOISE, ids=lambda one: one.__name__)
def test_what_the_newsroom_did_not_write_makes_no_revision(
    site: SmallSite, crawl: Crawl, noise: Callable[[SmallSite, int], Answer]
) -> None:
    bodies = set()
    for visit in (1, 2, 3):
        site.answers["/berita-1/"] = answer = noise(site, visit)
        bodies.add(answer.sent())
        assert crawl.run("-a", f"url={site.origin}/berita-1/") == 0
    assert len(bodies) == 3, "the page was another one each time"
    assert crawl.one("SELECT count(*) FROM captures WHERE url LIKE '%/berita-1/'") == 3
    assert crawl.rows("SELECT kind FROM ledger") == [("new",)]
    (text,) = crawl.rows("SELECT article_body FROM articles")[0]
    assert text == (
        "Pontianak, BorneOneTV – Warga menanam pohon di tepi sungai bersama puluhan pelajar dari "
        "tiga sekolah, sejak pagi hingga siang hari.\n\nKegiatan itu akan diulang bulan depan. "
        "[Lay]"
    )


def test_counts_of_comments_and_the_page_s_own_date_move_on(site: SmallSite, crawl: Crawl) -> None:
    for noise, column, values in (
        (comments, "comment_count", (1, 2)),
        (date_modified_alone, "date_modified", ("2026-03-02", "2026-03-03")),
    ):
        for visit, value in enumerate(values, start=1):
            site.answers["/berita-1/"] = noise(site, visit)
            assert crawl.run("-a", f"url={site.origin}/berita-1/") == 0
            held = crawl.one(f"SELECT {column} FROM articles")
            assert str(held).startswith(str(value))
    assert crawl.one("SELECT count(*) FROM revisions") == 1


def _edits(site: SmallSite) -> dict[str, str]:
    plain = page(site).sent().decode()
    return {
        "a word": plain.replace("puluhan", "ratusan"),
        "the headline": plain.replace('title">Berita nomor 1<', 'title">Berita nomor satu<'),
        "a new paragraph": plain.replace(
            "[Lay]</p>", "[Lay]</p><p>Ralat: bukan tiga sekolah.</p>"
        ),
        "a section": plain.replace('tag">Berita<', 'tag">Lingkungan<'),
        "the date": plain.replace("T10:15", "T11:20"),
    }


@pytest.mark.parametrize(
    "what", ["a word", "the headline", "a new paragraph", "a section", "the date"]
)
def test_what_the_newsroom_did_write_makes_one(site: SmallSite, crawl: Crawl, what: str) -> None:
    for html in (page(site).sent().decode(), _edits(site)[what]):
        site.answers["/berita-1/"] = Answer(html)
        assert crawl.run("-a", f"url={site.origin}/berita-1/") == 0
    assert crawl.rows("SELECT kind FROM ledger ORDER BY n") == [("new",), ("revision",)]
