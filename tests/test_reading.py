"""Every page in fixtures/ is read to the letter, and what is no article is refused."""

import ast
import hashlib
import json
import os
import subprocess
import sys
import zlib
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itemadapter import ItemAdapter

from borneone_crawler import reading
from borneone_crawler.cleaning import markup, rules
from borneone_crawler.items import GARBLED, Article
from borneone_crawler.pages import refusals
from borneone_crawler.pages.choose import LAYOUTS
from borneone_crawler.pages.layout import Layout
from borneone_crawler.pages.page import Page
from borneone_crawler.reading.version import reader_version
from borneone_crawler.site import BORNEONETV
from borneone_crawler.urls import SiteUrls

FIXTURES = Path(__file__).parents[1] / "fixtures"
UNREADABLE_SCRAMBLED = {
    "youtube-and-ads": "an ad in plain words, with neither label nor link, shows by its class",
}
URLS = SiteUrls(BORNEONETV.base_url, BORNEONETV.category_bases)


def cases(kind: str) -> list[Path]:
    return sorted(path.parent for path in (FIXTURES / kind).glob("*/input.json"))


def name(case: Path) -> str:
    return case.name


def pages_of(case: Path) -> list[Page]:
    said = json.loads((case / "input.json").read_text(encoding="utf-8"))
    parts = [{"url": said["url"], "file": "input.html"}, *said.get("parts", [])]
    return [
        Page.from_bytes(
            part["url"],
            (case / part["file"]).read_bytes(),
            said.get("content_type", "text/html; charset=UTF-8"),
            fetched_at=said["fetched_at"].replace("Z", "+00:00"),
        )
        for part in parts
    ]


def scrambled(page: Page) -> Page:
    """The same page of a theme that shares no class name with any other."""
    page = page.copy()
    for element in page.root.xpath("//*[@class]"):
        names = element.get("class").split()
        element.set("class", " ".join(f"x{zlib.crc32(name.encode()):x}" for name in names))
    return page


def expected(case: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((case / "output.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("case", cases("article_page") + cases("captured_page"), ids=name)
def test_every_field_is_what_the_newsroom_published(case: Path) -> None:
    article = asdict(reading.read(pages_of(case), URLS, BORNEONETV).article)
    said = expected(case)
    assert {key: article[key] for key in said} == said


@pytest.mark.parametrize("case", cases("article_page"), ids=name)
class TestArticlePage:
    def test_reading_leaves_the_pages_as_they_were(self, case: Path) -> None:
        pages = pages_of(case)
        assert reading.read(pages, URLS, BORNEONETV) == reading.read(pages, URLS, BORNEONETV)

    def test_every_field_that_is_filled_names_its_source(self, case: Path) -> None:
        read = reading.read(pages_of(case), URLS, BORNEONETV)
        derived = {"article_body_html", "word_count"}  # of article_body, and said with it
        for field, value in asdict(read.article).items():
            if field not in derived:
                assert (value not in (None, "", [])) == (field in read.sources), field

    def test_without_the_cleaning_steps_boilerplate_stays(self, case: Path) -> None:
        draft = reading.begin(pages_of(case), URLS, BORNEONETV)
        for step in reading.STEPS:
            if step not in reading.CLEANING_STEPS:
                step(draft)
        body = reading.finish(draft).article.article_body
        clean = str(expected(case)["article_body"])
        assert len(body) > len(clean)
        assert all(line in body for line in clean.split("\n") if line)

    def test_with_all_class_names_scrambled_the_text_is_the_same(self, case: Path) -> None:
        if case.name in UNREADABLE_SCRAMBLED:
            pytest.xfail(UNREADABLE_SCRAMBLED[case.name])
        read = reading.read([scrambled(page) for page in pages_of(case)], URLS, BORNEONETV)
        assert read.article.article_body == expected(case)["article_body"]
        assert read.reader == Layout.name
        assert "unknown layout" in read.flags

    def test_a_draft_is_an_item(self, case: Path) -> None:
        draft = reading.begin(pages_of(case), URLS, BORNEONETV)
        assert isinstance(ItemAdapter(draft)["article"], Article)

    def test_the_first_page_names_its_parts(self, case: Path) -> None:
        first, *parts = pages_of(case)
        assert [link.url for link in reading.parts_of(first, URLS)] == [one.url for one in parts]
        assert [reading.current_part(one) for one in parts] == list(range(2, len(parts) + 2))


def digest_of_all_readings() -> str:
    """One digest over all that is made of every fixture."""
    readings = [
        asdict(reading.read(pages_of(case), URLS, BORNEONETV)) for case in cases("article_page")
    ]
    return hashlib.sha256(json.dumps(readings).encode()).hexdigest()


def test_a_reading_is_the_same_in_every_process() -> None:
    # Python orders a set of strings anew in each process: no reading may lean on that.
    code = "from tests.test_reading import digest_of_all_readings; print(digest_of_all_readings())"
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=FIXTURES.parent,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


@pytest.mark.parametrize("case", cases("not_an_article"), ids=name)
def test_what_is_no_article_is_refused_with_its_reason(case: Path) -> None:
    with pytest.raises(reading.NotAnArticle) as refused:
        reading.read(pages_of(case), URLS, BORNEONETV)
    assert refused.value.reason == expected(case)["reason"]


@pytest.mark.parametrize("case", cases("text_dump"), ids=name)
def test_a_text_dump_is_read_like_its_page(case: Path) -> None:
    said = json.loads((case / "input.json").read_text(encoding="utf-8"))
    text = (case / "input.txt").read_text(encoding="utf-8")
    article = asdict(reading.read_text(text, said["known_sections"]).article)
    assert without_addresses(article | expected(case)) == without_addresses(article)


def without_addresses(article: dict[str, Any]) -> dict[str, Any]:
    """A dump has the words of its pictures and not the pictures."""
    images = [{**image, "url": ""} for image in article["images"]]
    return {**article, "images": images, "main_image": images[0]}


def test_a_part_met_alone_is_part_of_another_article() -> None:
    for case in cases("article_page"):
        for part in pages_of(case)[1:]:
            with pytest.raises(reading.NotAnArticle, match="part of another article"):
                reading.begin([part], URLS, BORNEONETV)


def test_every_layout_has_a_fixture() -> None:
    readers = {
        reading.read(pages_of(case), URLS, BORNEONETV).reader for case in cases("article_page")
    }
    assert {layout.name for layout in LAYOUTS} - {Layout.name} <= readers


def test_the_reader_version_is_short_and_stable() -> None:
    assert reader_version() == reader_version()
    assert len(reader_version()) == 12


TAGS = [
    "p",
    "div",
    "h1",
    "a href=/x/",
    "figure",
    "img src=/a.jpg",
    "br",
    "table",
    "tr",
    "td",
    "li",
]
TAGS += [
    "article",
    "main",
    "footer",
    "blockquote",
    "iframe src=//youtu.be/abcdefgh",
    "time",
    "nav",
]
TAGS += ["pre", "form", "script", "div class=entry-content", "div class=sharedaddy", "figcaption"]
SOUP = st.lists(
    st.one_of(
        st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
        st.sampled_from(TAGS).map(lambda tag: f"</{tag.split()[0]}>"),
        st.sampled_from([rule.example for rule in rules.load().all]),
        st.text(max_size=20),
    ),
    max_size=40,
)


@given(SOUP)
def test_no_page_raises_anything_but_a_refusal(soup: list[str]) -> None:
    html = f"<html><body class='single-post'><h1>Judul</h1>{''.join(soup)}</body></html>"
    page = Page.from_bytes("https://borneonetv.com/x/", html.encode("utf-8", "replace"))
    with suppress(reading.NotAnArticle):
        reading.read([page], URLS, BORNEONETV)


@pytest.mark.parametrize(
    ("text", "is_garbled"),
    [
        ("Kata \ufffdsatu\ufffd dua.", True),
        ("Ia berkata \u00e2\u20ac\u0153satu\u00e2\u20ac.", True),
        ("Ia berkata \u00e2\u0080\u009csatu.", False),  # one mark is no text of them
        ("Caf\u00c3\u00a9 di \u00c2\u00a0 sana.", True),
        ("P\u00e2t\u00e2 \u00c3lvaro \u00c2ngela \u20ac\u20ac.", False),
    ],
)
def test_what_was_decoded_wrongly_is_flagged(text: str, is_garbled: bool) -> None:
    html = f'<body class="single-post"><h1>Judul</h1><div class="entry-content"><p>{text}</p>'
    page = Page.from_bytes("https://borneonetv.com/x/", html.encode(), "text/html; charset=utf-8")
    assert (GARBLED in reading.read([page], URLS, BORNEONETV).flags) == is_garbled


def test_of_a_text_without_measure_there_is_no_html(monkeypatch: pytest.MonkeyPatch) -> None:
    # ammonia takes four times as long for twice as many of these in one text: hours for a page.
    html = f'<body class="single-post"><h1>Judul</h1><div class="entry-content"><p>{"&" * 900}</p>'
    page = Page.from_bytes("https://borneonetv.com/x/", html.encode())
    assert reading.read([page], URLS, BORNEONETV).article.article_body_html.count("&amp;") == 900
    monkeypatch.setattr(markup, "LONGEST", 1_000)
    read = reading.read([page], URLS, BORNEONETV)
    assert read.article.article_body == "&" * 900
    assert read.article.article_body_html == ""
    assert "too long for HTML" in read.flags


def test_every_reason_to_refuse_a_page_has_a_fixture() -> None:
    tree = ast.parse(Path(refusals.__file__).read_text("utf-8"))
    returned = {
        node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Return)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }
    shown = {
        json.loads((case / "output.json").read_text("utf-8"))["reason"]
        for case in cases("not_an_article")
    }
    # Not of the page alone: bytes that are no HTML, and the further pages of `three-pages`.
    assert (returned | {"empty body"}) - {"not html", "part of another article"} == shown


_READ_ALL = """
import hashlib
from tests.test_reading import BORNEONETV, URLS, cases, pages_of, reading
found = [reading.read(pages_of(case), URLS, BORNEONETV) for case in cases("article_page")]
print(hashlib.sha256(repr(found).encode()).hexdigest())
"""


def test_two_processes_read_a_page_alike_to_the_last_removal() -> None:
    said = {
        subprocess.run(
            [sys.executable, "-c", _READ_ALL],
            cwd=FIXTURES.parent,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1


def test_a_page_s_own_addresses_are_found_however_it_writes_them() -> None:
    own = ("./?fbclid=5", "?print=1", "/caf%C3%A9/?ref=x", "/caf%c3%a9/?amp=1", "/café/?nb")
    buttons = ("?replytocom=5#respond", "/café/?share=telegram&nb=1", "?nb=1&share=x")
    others = ("/teh/?ref=x", "https://wa.example/?text=https://borneonetv.com/caf%C3%A9/")
    links = "".join(f'<a href="{href}">x</a>' for href in (*own, *buttons, *others))
    html = f'<body class="single-post"><article><h1>Kafe</h1><p>Teks.</p>{links}</article></body>'
    page = Page.from_bytes("https://borneonetv.com/caf%C3%A9/", html.encode())
    found = reading.begin([page], URLS, BORNEONETV).links
    assert [URLS.canonical(link.url) for link in found] == [page.url] * len(own)
