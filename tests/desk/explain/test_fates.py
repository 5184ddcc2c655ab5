"""Every word of a page has one fate, and what is said to be kept is what is kept."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given
from lxml.html import tostring

from borneone_crawler import reading
from borneone_crawler.cleaning.blocks import blocks_of
from borneone_crawler.desk.explain.dump import explain_dump
from borneone_crawler.desk.explain.explanation import Explanation, Run
from borneone_crawler.desk.explain.fates import Fate
from borneone_crawler.desk.explain.pages import explain_pages
from borneone_crawler.desk.explain.words import flag_meaning, refusal
from borneone_crawler.desk.words import tables, words_of
from borneone_crawler.items import ASKS_FOR_LOGIN, GARBLED, WRONG_CHARSET, RawPage
from borneone_crawler.reading import Reader, page_of
from borneone_crawler.site import BORNEONETV
from tests.test_reading import SOUP, URLS, cases, name, pages_of, scrambled

RawPages = list[RawPage]


def raw_pages(case: Path) -> RawPages:
    said = json.loads((case / "input.json").read_text("utf-8"))
    parts = [{"url": said["url"], "file": "input.html"}, *said.get("parts", [])]
    return [
        RawPage(
            url=part["url"],
            body=(case / part["file"]).read_bytes(),
            content_type="text/html; charset=UTF-8",
            fetched_at=said["fetched_at"],
        )
        for part in parts
    ]


def raw(html: str) -> RawPage:
    return RawPage(
        url="https://borneonetv.com/x/",
        body=html.encode("utf-8", "replace"),
        content_type="text/html; charset=UTF-8",
        fetched_at="2026-01-01T00:00:00+00:00",
    )


def post(body: str) -> RawPage:
    return raw(
        "<html><body class='single-post'><article><h1>Judul</h1>"
        f"<div class='entry-content'>{body}</div></article></body></html>"
    )


@cache
def of_case(case: Path) -> Explanation:
    """How a fixture is read; not to be changed."""
    return explain_pages(raw_pages(case), Reader(BORNEONETV))


def squeezed(text: str) -> str:
    """Without white space, which is folded here and there."""
    return "".join(text.split())


def runs(said: Explanation) -> list[Run]:
    return [run for page in said.pages for block in page.blocks for run in block.runs]


def words(said: Explanation, fate: Fate | None) -> str:
    return "".join(run.text for run in runs(said) if run.fate == fate)


def is_whole(said: Explanation, pages: RawPages) -> bool:
    """Whether it shows all the text of its pages, once, and in order."""
    originals = [blocks_of(page_of(one).body) for one in pages]
    return [squeezed("".join(block.text for block in page.blocks)) for page in said.pages] == [
        squeezed("".join(block.text for block in blocks)) for blocks in originals
    ]


@pytest.mark.parametrize("case", cases("article_page"), ids=name)
class TestArticlePage:
    def test_every_word_of_the_original_is_there_once(self, case: Path) -> None:
        assert is_whole(of_case(case), raw_pages(case))

    def test_what_is_marked_as_kept_is_the_article_s_text(self, case: Path) -> None:
        said = of_case(case)
        assert said.reading is not None
        assert squeezed(words(said, Fate.KEPT)) == squeezed(said.reading.article.article_body)

    def test_whatever_was_removed_names_the_rule_that_took_it(self, case: Path) -> None:
        said = of_case(case)
        assert said.reading is not None
        took = [(cut.rule, cut.text) for cut in said.cuts]
        assert took == [(one.rule, one.text) for one in said.reading.removals]
        assert all(cut.reason for cut in said.cuts)
        for run in runs(said):
            assert (run.fate is Fate.REMOVED) == (run.cut is not None)
            if run.cut:
                assert squeezed(run.text) in squeezed(run.cut.text)
        shown = {run.cut.number for run in runs(said) if run.cut}
        assert {cut.number for cut in said.cuts if cut.text} <= shown

    def test_the_reading_that_is_watched_is_the_one_that_is_kept(self, case: Path) -> None:
        said = of_case(case)
        assert said.reading == reading.read(pages_of(case), URLS, BORNEONETV)

    def test_captions_and_headline_are_read_into_their_fields(self, case: Path) -> None:
        said = of_case(case)
        assert said.reading is not None
        moved = squeezed("".join(run.text for run in runs(said) if run.field))
        for image in said.reading.article.images:
            assert squeezed(image.caption or "") in moved, image

    def test_a_theme_that_nobody_knows_is_explained_as_well(self, case: Path) -> None:
        pages = [
            replace(one, body=tostring(scrambled(page_of(one)).root, encoding="utf-8"))
            for one in raw_pages(case)
        ]
        said = explain_pages(pages, Reader(BORNEONETV))
        assert said.reading is not None
        assert squeezed(words(said, Fate.KEPT)) == squeezed(said.reading.article.article_body)
        assert is_whole(said, pages)


@pytest.mark.parametrize("case", cases("not_an_article"), ids=name)
def test_a_page_that_is_no_article_is_explained_by_its_reason(case: Path) -> None:
    said = of_case(case)
    expected = json.loads((case / "output.json").read_text("utf-8"))["reason"]
    assert said.refused == expected
    assert said.reading is None
    assert refusal(expected, words_of("en"))
    assert is_whole(said, raw_pages(case))


@pytest.mark.parametrize("case", cases("text_dump"), ids=name)
@pytest.mark.parametrize("change", [str, lambda text: text.partition("\n")[2]])
def test_every_line_of_a_text_dump_has_its_fate(case: Path, change: Callable[[str], str]) -> None:
    sections = json.loads((case / "input.json").read_text("utf-8"))["known_sections"]
    text = change((case / "input.txt").read_text("utf-8"))
    said = explain_dump(text, sections, Reader(BORNEONETV))
    assert said.reading is not None
    assert squeezed("".join(run.text for run in runs(said))) == squeezed(text)
    assert squeezed(words(said, Fate.KEPT)) == squeezed(said.reading.article.article_body)
    fields = [run.field for run in runs(said) if run.field]
    assert fields == ["article_section", "headline", "images", "images"][-len(fields) :]
    removed = "".join(cut.text for cut in said.cuts)
    assert sorted(squeezed(words(said, Fate.REMOVED))) == sorted(squeezed(removed))


@given(SOUP)
@example(["<pre>", "Iklan rokok\nIklan\nIklan", "</pre>"])
def test_every_word_has_one_fate_whatever_the_page_is(soup: list[str]) -> None:
    page = raw(f"<html><body class='single-post'><h1>Judul</h1>{''.join(soup)}</body></html>")
    said = explain_pages([page], Reader(BORNEONETV))
    assert is_whole(said, [page])
    assert all((run.fate is Fate.REMOVED) == (run.cut is not None) for run in runs(said))
    if said.reading is not None and not any("<pre" in one for one in soup):
        assert squeezed(words(said, Fate.KEPT)) == squeezed(said.reading.article.article_body)


def fates(*body: str) -> list[tuple[str, str]]:
    said = explain_pages([post("".join(body))], Reader(BORNEONETV))
    return [
        (run.text.strip(), run.cut.rule if run.cut else str(run.fate))
        for page in said.pages
        for block in page.blocks
        for run in block.runs
        if run.field != "headline"
    ]


def test_of_two_equal_lines_the_one_is_marked_that_went() -> None:
    words = "<p>Halaman ini</p><p>Sebarkan artikel ini</p><p>Sebarkan artikel ini juga</p>"
    assert fates(words, "<p>Tinggalkan Balasan</p><p>Halaman ini</p>") == [
        ("Halaman ini", "kept"), ("Sebarkan artikel ini", "share-label"),
        ("Sebarkan artikel ini juga", "kept"), ("Tinggalkan Balasan", "comment-form-text"),
        ("Halaman ini", "comment-form-text"),
    ]  # fmt: skip


def test_a_line_that_moves_up_when_the_break_above_it_goes_keeps_its_fate() -> None:
    assert fates("<div>Satu.<br>Iklan<br>Dua.<br>Iklan<br>Terkait<br>Tiga.</div>") == [
        ("Satu.", "kept"), ("Iklan", "ad-label"), ("Dua.", "kept"), ("Iklan", "ad-label"),
        ("Terkait", "related-label"), ("Tiga.", "kept"),
    ]  # fmt: skip


def test_what_two_rules_took_one_inside_the_other_is_told_apart() -> None:
    inner = "<div class='screen-reader-text'>Untuk pembaca layar</div>"
    body = f"<p>Satu.</p><div class='related-posts'>Lain {inner} lagi</div>"
    assert fates(body) == [
        ("Satu.", "kept"), ("Lain", "related-posts"),
        ("Untuk pembaca layar", "related-posts"), ("lagi", "related-posts"),
    ]  # fmt: skip
    inner = "<div class='addtoany_share_save_container'>Tombol</div>"
    body = f"<p>Satu.</p><div class='related-posts'>Lain {inner} lagi</div>"
    assert fates(body)[1:] == [
        ("Lain", "related-posts"), ("Tombol", "share-buttons"), ("lagi", "related-posts"),
    ]  # fmt: skip


def test_a_caption_goes_when_its_picture_has_no_address() -> None:
    words = "<figcaption>Keterangan gambar.</figcaption></figure>"
    assert fates(f"<p>Satu.</p><figure><img src='data:image/gif;base64,x'>{words}") == [
        ("Satu.", "kept"), ("Keterangan gambar.", "lost caption"),
    ]  # fmt: skip
    assert fates(f"<p>Satu.</p><figure><img src='/gambar.jpg'>{words}") == [
        ("Satu.", "kept"), ("Keterangan gambar.", "moved"),
    ]  # fmt: skip


def test_whatever_stands_above_a_headline_inside_the_text_is_outside() -> None:
    page = raw(
        "<html><body class='single-post'><article>Kalimat yang sama ada dua kali di sini."
        "<h1>Judul</h1>Kalimat yang sama ada dua kali di sini.</article></body></html>"
    )
    said = explain_pages([page], Reader(BORNEONETV))
    assert [run.fate for run in runs(said)] == [Fate.OUTSIDE, Fate.MOVED, Fate.KEPT]


def test_a_date_is_shown_as_the_page_writes_it() -> None:
    page = raw(
        "<html><body class='single-post'><article><h1>Judul</h1>"
        "<span class='posted-on'>Senin, 14 Oktober 2019 10:15 WIB</span>"
        "<div class='entry-content'><p>Satu.</p></div></article></body></html>"
    )
    said = explain_pages([page], Reader(BORNEONETV))
    assert said.reading is not None
    assert said.reading.article.date_published == "2019-10-14T10:15:00+07:00"
    assert said.written == {"date_published": "Senin, 14 Oktober 2019 10:15 WIB"}


def test_every_flag_and_every_reason_has_words_for_it() -> None:
    folder = Path(reading.__file__).parent
    source = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    for flag in tables()["en"]["explain"]["flags"]:
        assert f'"{flag}' in source or flag in {GARBLED, WRONG_CHARSET, ASKS_FOR_LOGIN}, flag
    for case in cases("article_page"):
        said = of_case(case)
        assert said.reading is not None
        assert all(flag_meaning(flag, words_of("en")) for flag in said.reading.flags)
