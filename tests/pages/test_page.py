"""Any bytes make a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import tostring

from borneone_crawler.pages.page import Page
from borneone_crawler.pages.text import text_of
from borneone_crawler.patience import patience

URL = "https://borneonetv.com/berita/"


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        ("<p>“Lay”</p>".encode(), "text/html; charset=UTF-8", "“Lay”"),
        ("<p>“Lay”</p>".encode(), None, "“Lay”"),
        ("\ufeff<p>“Lay”</p>".encode(), "text/html; charset=iso-8859-1", "“Lay”"),
        ("<p>“Lay”</p>".encode("cp1252"), None, "“Lay”"),
        ("<p>“Lay”</p>".encode("cp1252"), "text/html; charset=iso-8859-1", "“Lay”"),
        ('<meta charset="windows-1252"><p>é</p>'.encode("cp1252"), "text/html", "é"),
        ("<p>𝐏👍🏽</p>".encode("utf-16"), "text/html", "𝐏👍🏽"),
        (b"<p>a\x00b\x0bc&#11;d&#39;&#160;e</p>", "text/html", "abcd'\xa0e"),
        (b"<p>Lay \xff</p>", "text/html; charset=utf-8", "Lay \ufffd"),
    ],
)
def test_text_is_decoded(body: bytes, content_type: str | None, expected: str) -> None:
    assert text_of(Page.from_bytes(URL, body, content_type).body) == expected


@pytest.mark.parametrize(
    ("body", "content_type", "is_html"),
    [
        (b"<!DOCTYPE html><p>x", "text/html", True),
        (b"<p>x", None, True),
        (b'<?xml version="1.0"?><!DOCTYPE html><html>', "application/xhtml+xml", True),
        (b"<!-- cache --><html>", "text/html", True),
        (b'<?xml version="1.0"?><rss version="2.0"></rss>', "text/html", False),
        (b'[{"id": 1}]', "text/html", False),
        (b"<html>", "application/json", False),
        (b"", "text/html", False),
        (b"\x89PNG\r\n\x1a\n", "image/png", False),
    ],
)
def test_what_is_not_html_is_known(body: bytes, content_type: str | None, is_html: bool) -> None:
    assert Page.from_bytes(URL, body, content_type).is_html is is_html


@pytest.mark.parametrize("comment", [b"<!---->", b"<!-- -->\n", b"<!--->-->", b"<!-- <!-- -->"])
@pytest.mark.parametrize(("behind", "is_html"), [(b"teks", False), (b"<p>teks", True)])
def test_comments_are_no_page_however_many(comment: bytes, behind: bytes, is_html: bool) -> None:
    with patience(10, "telling HTML from other things"):
        page = Page.from_bytes(URL, comment * 5_000 + behind, "text/html")
    assert page.is_html is is_html


@pytest.mark.parametrize("alt", ["🙂", "👨‍👩‍👧", ":)"])
def test_pictures_of_emoji_become_the_emoji(alt: str) -> None:
    html = f'<h1>A <img src="https://s.w.org/images/core/emoji/14/72x72/1.png" alt="{alt}"> b</h1>'
    assert text_of(Page.from_bytes(URL, html.encode()).body) == f"A {alt} b"


def test_pictures_of_emoji_go_into_the_text_around_them_and_other_pictures_stay() -> None:
    smiley, picture = '<img class="wp-smiley" alt=":)">', '<img src="/a.jpg">'
    html = f"<p>{smiley}a{smiley}{smiley} b<i>c</i>{smiley}d{picture}{smiley}</p>"
    paragraph = Page.from_bytes(URL, html.encode()).body[0]
    assert tostring(paragraph, encoding="unicode") == (
        '<p>:)a:):) b<i>c</i>:)d<img src="/a.jpg"/>:)</p>'
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<html><body><p>a</p></body></html><p>b</p>c", "<body><p>a</p><p>b</p>c</body>"),
        ("<p>a</p></html>b<i>c</i></html><p>d", "<body><p>a</p>b<i>c</i><p>d</p></body>"),
        ("<body>a</body></html><html><head></head><body>b</body></html>", "<body>ab</body>"),
        ("<p>a</html>b<head>c</head>d<body>e</body>f</html>", "<body><p>a</p>bcdef</body>"),
    ],
)
def test_what_stands_behind_the_end_of_a_page_is_on_the_page(html: str, expected: str) -> None:
    page = Page.from_bytes(URL, html.encode())
    assert tostring(page.body, encoding="unicode") == expected
    assert page.copy().root.xpath("string(/)") == page.root.xpath("string(/)")


def test_what_is_no_element_has_no_class() -> None:
    page = Page.from_bytes(URL, b'<body><?x class="a"?><!-- class="a" --><p class="a b" id="c">')
    assert [len(page.named[name]) for name in (".a", ".b", "#c")] == [1, 1, 1]


@given(st.binary(), st.sampled_from([None, "", "text/html", "text/html; charset=x", "image/png"]))
def test_no_bytes_raise(body: bytes, content_type: str | None) -> None:
    page = Page.from_bytes(URL, body, content_type)
    text_of(page.body)
    assert page.structured.metas is not None
    assert page.structured.nodes is not None
    assert page.named is not None
