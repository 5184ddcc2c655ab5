"""Pages of themes that nobody knows: what can be told without any class name."""

import pytest

from borneone_crawler import reading
from borneone_crawler.items import Article
from borneone_crawler.pages.page import Page
from borneone_crawler.site import BORNEONETV
from borneone_crawler.urls import SiteUrls

URLS = SiteUrls(BORNEONETV.base_url, BORNEONETV.category_bases)
TIME = '<time datetime="2024-08-26T10:00:00+07:00">26 Agustus 2024</time>'
SECTION = '<a href="/category/ekonomi/" rel="tag">Ekonomi</a>'
TAG = '<a href="/tag/kalbar/" rel="tag">Kalbar</a>'
TEXT = "<div>" + "<p>Warga menunggu di tepi sungai sejak pagi, kata petugas.</p>" * 4 + "%s</div>"


def read(facts: str, inside: str = "", below: str = "") -> Article:
    html = (
        "<!DOCTYPE html><html><body class='single-post'><main><h1>Judul</h1>"
        f"{TEXT % inside}<div>{facts}</div>{below}</main></body></html>"
    )
    page = Page.from_bytes("https://borneonetv.com/judul/", html.encode())
    return reading.read([page], URLS, BORNEONETV).article


@pytest.mark.parametrize(
    ("facts", "authors"),
    [
        (f"<div>{TIME}</div><p>Ria Andriani</p>{SECTION}, {TAG}", ["Ria Andriani"]),
        (f"Posted {TIME} by <b>Lay</b> in {SECTION}", ["Lay"]),
        (f"<div><p>Posted</p>{TIME}{SECTION}</div><div><p>by</p><p>Lay</p></div>", ["Lay"]),
        (f"{TIME}<p>Ria Andriani</p><p>Berita Utama</p>{SECTION}", []),  # which of the two?
        (f"{TIME}<p>3 menit</p>{SECTION}", []),
        (f"{TIME}{SECTION}", []),
        (f"{TIME}<p>Ria Andriani</p>{TAG}", []),  # no section: no line of facts
    ],
)
def test_the_one_name_beside_date_and_sections_is_the_author(
    facts: str, authors: list[str]
) -> None:
    assert read(facts).authors == authors


def test_a_tag_that_leads_to_a_section_is_one() -> None:
    article = read(f"{TIME}{SECTION}{TAG}")
    assert (article.article_section, article.keywords) == (["Ekonomi"], ["Kalbar"])


@pytest.mark.parametrize("written", ["Yusuf O'Hara", "Yusuf O’Hara"])
def test_a_box_about_the_author_goes_with_either_apostrophe(written: str) -> None:
    box = f"<div><div>Tentang {written}</div><p>Wartawan di Sambas.</p></div>"
    article = read(f"{TIME}<p>Yusuf O’Hara</p>{SECTION}", inside=box)
    assert article.authors == ["Yusuf O’Hara"]
    assert "Tentang" not in article.article_body
    assert article.article_body.endswith("kata petugas.")


def test_comments_are_not_the_text_however_much_they_say() -> None:
    comment = (
        "<li><p>" + "Komentar panjang dari seorang pembaca setia. " * 20 + "</p>"
        '<a href="/judul/?replytocom=7#respond">Balas</a></li>'
    )
    article = read(f"{TIME}{SECTION}", below=f"<div><ol>{comment * 3}</ol></div>")
    assert article.article_body.count("tepi sungai") == 4
    assert "pembaca" not in article.article_body


def test_faces_beside_comments_outweigh_no_text() -> None:
    face = '<li><img src="/wajah.jpg"><a href="/judul/#comment-7">Senin</a><p>Mantap.</p></li>'
    html = (
        "<!DOCTYPE html><html><body class='single-post'><main><h1>Judul</h1>"
        f"<div><p>Jalan itu dibuka lagi pada Senin.</p></div><div><ol>{face * 12}</ol></div>"
        "</main></body></html>"
    )
    page = Page.from_bytes("https://borneonetv.com/judul/", html.encode())
    article = reading.read([page], URLS, BORNEONETV).article
    assert article.article_body == "Jalan itu dibuka lagi pada Senin."


@pytest.mark.parametrize("headline", ["Sejangkung…", "Ulang Tahun Kelima – BorneOneTV", "Kuo"])
def test_the_site_s_name_is_no_headline_however_long_it_is(headline: str) -> None:
    html = (
        f"<!DOCTYPE html><html><head><title>{headline} – BorneOneTV</title></head>"
        '<body class="single-post"><h1><a href="/" rel="home">BorneOneTV</a></h1>'
        f"<main><h1>{headline}</h1>{TEXT % ''}</main></body></html>"
    )
    page = Page.from_bytes("https://borneonetv.com/judul/", html.encode())
    assert reading.read([page], URLS, BORNEONETV).article.headline == headline


def test_an_own_post_in_wordpress_s_frame_is_read_also_and_no_text() -> None:
    frame = '<blockquote data-secret="a1"><a href="/lain/">Judul lain</a></blockquote>'
    article = read(f"{TIME}{SECTION}", inside=frame)
    assert [one.url for one in article.read_also] == ["https://borneonetv.com/lain/"]
    assert "Judul lain" not in article.article_body
