"""The page that shows an explanation: whole, accessible, and deaf to what it quotes."""

import hashlib
import json
import re
from base64 import b64decode
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from borneone_crawler.desk.explain.explanation import Explanation
from borneone_crawler.desk.explain.html import html_of
from borneone_crawler.desk.explain.lines import lines_of
from borneone_crawler.desk.explain.pages import explain_pages
from borneone_crawler.desk.words import LANGUAGES, words_of
from borneone_crawler.items import RawPage
from borneone_crawler.reading import Reader
from borneone_crawler.site import BORNEONETV
from tests.desk.explain.test_fates import of_case, raw, squeezed
from tests.test_reading import cases, name

ENGLISH = words_of("en")
LOADING = {"script", "iframe", "frame", "object", "embed", "img", "video", "audio", "source"}
LOADING |= {"link", "base", "form", "svg", "math", "input", "picture", "track"}

OVERRIDE = "\u202e"
EVIL = f"""<html lang='"><script>alert(1)</script>'><head>
<title>--></title></style><script>alert(2)</script></title>
<meta property="og:type" content="article">
<link rel="canonical" href="javascript:alert(3)">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "\\u003c/title>",
 "keywords": "\\u003c/td>\\u003cscript>alert(4)\\u003c/script>, a\\u0000b"}}</script></head>
<body class='single-post'><article>
<h1>&lt;script>alert(5)&lt;/script> --&gt;&lt;/style&gt; {OVERRIDE}kebalik</h1>
<a rel="author" href="x">&lt;img src=x onerror=alert(6)></a>
<time class="published" datetime='2019-10-14T10:15:00+07:00'>x</time>
<time class="updated" datetime='" onload="alert(7)'>x</time>
<div class='entry-content'>
<figure><img src='javascript:alert(8)'><figcaption>&lt;b>gambar&lt;/b></figcaption></figure>
<p>&lt;script>alert(9)&lt;/script> --&gt;&lt;/style&gt;
{OVERRIDE}terbalik \u200b\u009b31m {{{{ 7*7 }}}}</p>
<p><a href="javascript:alert(10)">tautan</a> <a href="https://x.example/&quot;onclick=1">lain</a></p>
<div class='sharedaddy'>&lt;/del>&lt;script>alert(11)&lt;/script></div>
</div></article></body></html>"""


def explained(page: RawPage) -> Explanation:
    said = explain_pages([page], Reader(BORNEONETV))
    said.about = {"file": '<b>"nama".html'}
    return said


def page_of(said: Explanation, language: str = "en") -> HtmlElement:
    return document_fromstring(html_of(said, words_of(language)).encode())


def check(page: HtmlElement) -> None:
    """Nothing that loads or runs, every link leads somewhere, and no two ids are the same."""
    assert not LOADING & {str(one.tag) for one in page.iter()}
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for element in page.iter(etree.Element):
        for attribute, value in element.attrib.items():
            assert not attribute.startswith("on")
            assert attribute not in {"src", "srcset", "style", "action", "background"}
            if attribute == "href":
                assert element.tag == "a"
                assert value.startswith(("http://", "https://", "#")), value
                assert not value.startswith("#") or value[1:] in ids, value
    for labelled in page.xpath("//@aria-labelledby"):
        assert labelled in ids
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; ")
    (style,) = page.iter("style")
    allowed = re.search(r"style-src 'sha256-([^']+)'", policy)
    assert allowed
    assert b64decode(allowed[1]) == hashlib.sha256(style.text.encode()).digest()
    assert "url(" not in style.text
    assert "@import" not in style.text
    levels = [int(one.tag[1]) for one in page.iter("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert len(page.findall(".//main")) == 1


@pytest.mark.parametrize("case", [*cases("article_page"), *cases("not_an_article")], ids=name)
def test_a_page_loads_nothing_and_all_its_links_lead_somewhere(case: Path) -> None:
    said = replace(of_case(case), about={"file": case.name})
    page = page_of(said, "id")
    check(page)
    (original,) = page.xpath("//section[@class='original']")
    shown = squeezed("".join(original.itertext()))
    for one in said.pages:
        for block in one.blocks:
            for run in block.runs:
                assert squeezed(run.text) in shown or "\u200b" in run.text or "\xad" in run.text
    for cut in said.cuts:
        places = page.xpath(f"//*[@id='cut-{cut.number}']")
        links = page.xpath(f"//a[@href='#cut-{cut.number}']")
        assert len(places) == (1 if cut.text else 0)
        assert bool(links) == bool(places)


def test_a_hostile_page_does_nothing_but_stand_there() -> None:
    said = explained(raw(EVIL))
    assert said.reading is not None
    text = html_of(said, ENGLISH)
    page = page_of(said)
    check(page)
    assert "<script" not in text
    assert "</style" not in text[: text.index("</style")]
    assert text.count("</style") == 1
    for char in (OVERRIDE, "\u200b", "\u009b", "\0"):
        assert char not in text
    assert "49" not in "".join(page.find(".//main").itertext())
    assert page.xpath("//abbr[@title='RIGHT-TO-LEFT OVERRIDE' and .='U+202E']")
    assert page.xpath("//abbr[.='U+200B']")
    (headline,) = page.iter("h1")
    assert headline.text.startswith("<script>alert(5)</script> --></style>")
    assert page.find(".//title").text.startswith("How it was read: <script>alert(5)")


REFUSED = f"""<html><head><title>&lt;script>--&gt;&lt;/style&gt;{OVERRIDE}</title></head>
<body class='error404 &lt;script>'><h1>&lt;script>alert(1)&lt;/script></h1>
<p>\u202ebalik --&gt;&lt;/style&gt; \u009b31m</p></body></html>"""


def test_a_hostile_page_that_is_no_article_is_shown_as_safely() -> None:
    said = explained(raw(REFUSED))
    assert said.refused == "not found page"
    assert said.seen["h1"] == "<script>alert(1)</script>"
    check(page_of(said))
    assert "<script" not in html_of(said, ENGLISH)
    assert OVERRIDE not in html_of(said, ENGLISH)


def test_a_terminal_is_told_nothing_by_a_page() -> None:
    for html in (EVIL, REFUSED):
        text = "\n".join(lines_of(explained(raw(html))))
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
        coloured = "\n".join(lines_of(explained(raw(html)), colour=True))
        assert re.sub(r"\x1b\[\d+m", "", coloured) == text


def test_the_json_has_all_of_it_and_half_a_character_does_not_break_it() -> None:
    said = explained(raw(EVIL))
    told = json.loads(json.dumps(said.as_json(), ensure_ascii=False).encode())
    assert told["reader"] == "neutral"
    assert told["sources"]["headline"] == "h1"
    assert told["removals"][0] | {"text": ""} == {
        "number": 1, "rule": "sharing", "reason": "Jetpack's share buttons.", "text": "",
        "gives": None, "in_text": True,
    }  # fmt: skip
    assert told["pages"][0]["blocks"][-1] == {
        "fate": "removed", "removal": 1, "rule": "sharing",
        "text": "</del><script>alert(11)</script>",
    }  # fmt: skip


CUT = """<html><head><title>Judul</title></head><body class="single-post"><article>
<h1>Judul</h1><div class="entry-content"><p>Isi berita hari ini.</p><p>Iklan</p>
<p>Promo kita</p></div></article></body></html>"""

OWN = """
off = ["ad-label"]

[[rule]]
name = "ad-label"
line = '^(?:Iklan|Promo kita)$'
reason = "What the owner says of it."
example = "Promo kita"
keeps = "Promo kita berlaku sampai besok."
"""


def test_a_page_speaks_one_language_but_for_the_names_of_columns_and_rules() -> None:
    said = explained(raw(CUT))
    for language, words in (
        ("en", "Label above an advertisement."),
        ("id", "Label di atas iklan."),
    ):
        page = page_of(said, language)
        assert page.get("lang") == language
        shown = " ".join(page.find("body").itertext())
        assert words in shown
        assert "ad-label" in shown
        assert words_of(language).of("explain").meaning("flags", "no date") in shown
    english = set(re.findall(r"[A-Za-z]{3,}", " ".join(page_of(said).find("body").itertext())))
    spoken = set(re.findall(r"[A-Za-z]{3,}", shown))
    assert {"removed", "Removed", "reason", "kept", "from", "rule"} <= english - spoken


def test_an_owner_s_rule_says_why_in_the_owner_s_words(tmp_path: Path) -> None:
    own = tmp_path / "rules.toml"
    own.write_text(OWN, "utf-8")
    said = explain_pages([raw(CUT)], Reader(BORNEONETV, own))
    said.about = {"file": "x.html"}
    shown = html_of(said, words_of("id"))
    assert "What the owner says of it." in shown
    assert "Label di atas iklan." not in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_is_no_article_says_why_in_both_languages(language: str) -> None:
    words = words_of(language).of("explain")
    page = page_of(explained(raw(REFUSED)), language)
    (verdict,) = page.xpath("//p[@class='verdict']")
    assert words.meaning("refused", "not found page") in verdict.text_content()
