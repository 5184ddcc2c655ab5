"""What holds of cleaning whatever a page holds: nothing of a text is lost, moved or cut twice.

test_tree.py has the same of the tree alone; here sentences carry the rules' own words, markup and
tails, texts are dumps too, and whole pages are read.
"""

import json
import re
from collections.abc import Callable
from html import escape
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fromstring

from borneone_crawler import reading
from borneone_crawler.cleaning import rules
from borneone_crawler.cleaning.blocks import blocks_of, text_of
from borneone_crawler.cleaning.dump import Dump, read_dump
from borneone_crawler.cleaning.lines import Known
from borneone_crawler.cleaning.rule import ElementRule, LineRule, Rule
from borneone_crawler.cleaning.tree import remove_elements, remove_lines
from borneone_crawler.pages.page import Page
from borneone_crawler.site import BORNEONETV
from borneone_crawler.urls import SiteUrls

RULES = rules.load()
HEADLINE, AUTHOR = "Wagub Buka Seminar Medsos", "Lay Ria"
URLS = SiteUrls(BORNEONETV.base_url, BORNEONETV.category_bases)
FIXTURES = Path(__file__).parents[2] / "fixtures" / "article_page"


def filled(text: str) -> str:
    return text.replace("{headline}", HEADLINE).replace("{author}", AUTHOR)


def words_of(rule: Rule) -> str:
    """What the rule takes, as a reader sees it."""
    if not rule.example.startswith("<"):
        return " ".join(filled(rule.example).split())
    return " ".join("".join(fromstring(f"<div>{filled(rule.example)}</div>").itertext()).split())


def is_for_any(rule: Rule) -> bool:
    """Whether a line rule holds for every page."""
    return isinstance(rule, LineRule) and rule.only is None


def published() -> list[str]:
    """Paragraphs that the fixture newsroom published, without the lines that end a page."""
    bodies = [
        json.loads(path.read_text("utf-8"))["article_body"]
        for path in sorted(FIXTURES.glob("*/output.json"))
    ]
    lines = {line for body in bodies for line in body.replace("\t", "\n").split("\n")}
    return sorted(line for line in lines if len(line.split()) > 5)


QUOTES = st.sampled_from([words for rule in RULES.all if (words := words_of(rule))])
SENTENCES = st.one_of(
    st.sampled_from(published()),
    st.sampled_from([filled(rule.keeps) for rule in RULES.all]),
    # What a rule takes where it stands alone is quoted, begun with or ended with by somebody.
    QUOTES.map(lambda words: f"Menurut ketua panitia, {words} adalah tulisan di layar itu."),
    QUOTES.map(lambda words: f"Warga membaca tulisan di layar itu: {words}, lalu pergi."),
)
MARKUP: list[Callable[[str], str]] = [
    lambda text: f"<p>{text}</p>",
    lambda text: f"<p>\n  <strong>{text}</strong></p>",
    lambda text: f'<p><span class="x">{text}</span></p>',
    lambda text: f"<blockquote><p>{text}</p></blockquote>",
    lambda text: f"<ul><li>{text}</li></ul>",
    lambda text: f"<p>Kata dia:<br>{text}<br>Begitu.</p>",
]
FOR_PAGES = [rule for rule in RULES.all if isinstance(rule, ElementRule) or is_for_any(rule)]
CUT = st.sampled_from(
    [
        filled(rule.example) if rule.example.startswith("<") else f"<p>{filled(rule.example)}</p>"
        for rule in FOR_PAGES
        if not (isinstance(rule, LineRule) and rule.to_end)
    ]
)
TAILS = st.sampled_from(
    [f"<p>{filled(r.example)}</p>" for r in RULES.lines if r.to_end and r.only is None]
)
KEPT = st.tuples(SENTENCES, st.sampled_from(MARKUP)).map(lambda one: one[1](escape(one[0])))
PIECES = st.lists(st.one_of(st.tuples(st.just(True), KEPT), st.tuples(st.just(False), CUT)))


def text_left(html: str) -> tuple[str, int]:
    tree = fromstring(f"<div>{html}</div>")
    taken = remove_elements(tree, RULES) + remove_lines(tree, RULES, Known(HEADLINE, [AUTHOR]))
    return text_of(blocks_of(tree)), len(taken)


@given(PIECES, st.one_of(st.just(""), st.tuples(TAILS, CUT).map("".join)))
def test_what_is_no_boilerplate_stays_whole_and_in_order(
    pieces: list[tuple[bool, str]], tail: str
) -> None:
    everything = "".join(html for _, html in pieces) + tail
    kept = "".join(html for is_kept, html in pieces if is_kept)
    assert text_left(everything)[0] == text_of(blocks_of(fromstring(f"<div>{kept}</div>")))


@given(PIECES)
def test_cleaning_a_clean_text_takes_nothing(pieces: list[tuple[bool, str]]) -> None:
    clean, _ = text_left("".join(html for _, html in pieces))
    again = "".join(f"<p>{escape(block)}</p>" for block in clean.split("\n\n"))
    assert text_left(again.replace("\n", "<br>")) == (clean, 0)


@given(st.text(max_size=200), st.sampled_from(["p", "pre", "li", "td", "h2"]))
def test_any_text_that_no_rule_takes_is_left_to_the_letter(text: str, tag: str) -> None:
    html = escape("".join(char for char in text if char.isprintable() or char == "\n"))
    before = text_of(blocks_of(fromstring(f"<div><{tag}>{html}</{tag}></div>")))
    after, taken = text_left(f"<{tag}>{html}</{tag}>")
    assert taken or after == before


TAGS = "p div li b a pre br table tr td h2 span figure ul blockquote".split()  # noqa: SIM905
SOUP = st.lists(
    st.one_of(
        st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
        st.sampled_from(TAGS).map(lambda tag: f"</{tag}>"),
        st.sampled_from([filled(rule.example) for rule in RULES.all]),
        st.text(st.characters(exclude_categories=["C"]), max_size=12),
    ),
    max_size=25,
).map("".join)


@given(SOUP)
def test_of_any_soup_text_only_goes_and_a_second_cleaning_takes_nothing(html: str) -> None:
    tree = fromstring(f"<div>{html}</div>")
    before = iter("".join(tree.itertext()))
    remove_elements(tree, RULES)
    remove_lines(tree, RULES, Known(HEADLINE, [AUTHOR]))
    left = "".join(tree.itertext())
    assert all(char in before for char in left), "no character is new, or in another place"
    assert remove_elements(tree, RULES) == []
    assert remove_lines(tree, RULES, Known(HEADLINE, [AUTHOR])) == []


# Lines of one paragraph: as text, in an element, and behind one.
WITHIN: list[Callable[[str], str]] = [
    lambda html: html,
    lambda html: f"<span>{html}</span>",
    lambda html: f"<b></b>{html}",
]
CUT_LINES = st.sampled_from(
    [
        filled(rule.example).removeprefix("<p>").removesuffix("</p>")
        for rule in RULES.lines
        if rule.only is None and not rule.to_end and not re.search(r"\n|.<p|<[hu]", rule.example)
    ]
)


@given(
    st.lists(
        st.tuples(
            st.one_of(
                st.tuples(st.just(True), SENTENCES.map(escape)),
                st.tuples(st.just(False), CUT_LINES),
            ),
            st.sampled_from(WITHIN),
        )
    ),
    st.sampled_from([("<p>{}</p>", "<br>"), ("<div>{}</div>", "<br>\n"), ("<pre>{}</pre>", "\n")]),
)
def test_lines_of_one_paragraph_go_and_stay_each_for_itself(
    lines: list[tuple[tuple[bool, str], Callable[[str], str]]], paragraph: tuple[str, str]
) -> None:
    around, between = paragraph
    html = between.join(within(text) for (_, text), within in lines)
    kept = between.join(text for (is_kept, text), _ in lines if is_kept)
    alone = around.replace("{}", kept)
    expected = text_of(blocks_of(fromstring(f"<div>{alone}</div>")))
    # Of preformatted text the line's end stays, so that two paragraphs may come of one.
    left, _ = text_left(around.replace("{}", html))
    assert left.replace("\n\n", "\n") == expected


# --- dumps ---------------------------------------------------------------------------------------

DUMPED = st.sampled_from(
    [
        filled(rule.example)
        for rule in RULES.lines
        if rule.only in (None, "dump")
        and not rule.sees_links
        and not rule.to_end
        and not rule.example.startswith("<")
    ]
)
# Where links are not seen, "Baca juga: …" goes whatever follows.
DUMPED_SENTENCES = SENTENCES.filter(lambda text: not text.startswith("Baca juga:"))
LINES = st.lists(
    st.one_of(st.tuples(st.just(True), DUMPED_SENTENCES), st.tuples(st.just(False), DUMPED))
)


def dumped(lines: list[str]) -> Dump:
    return read_dump("\n\n".join([HEADLINE, *lines]), ["Berita"], RULES, lambda line: None)


@given(LINES)
def test_a_dump_keeps_every_sentence_in_order(lines: list[tuple[bool, str]]) -> None:
    dump = dumped([text for _, text in lines])
    assert dump.headline == HEADLINE
    assert dump.blocks == [text for is_kept, text in lines if is_kept]


@given(LINES)
def test_a_clean_dump_stays_as_it_is(lines: list[tuple[bool, str]]) -> None:
    once = dumped([text for _, text in lines])
    again = dumped(once.blocks)
    assert (again.blocks, again.removals) == (once.blocks, [])


# --- whole pages ---------------------------------------------------------------------------------


def read(content: str) -> reading.Draft:
    html = (
        f'<html lang="id"><head><title>{HEADLINE}</title></head><body class="single single-post">'
        f'<article class="post"><header class="entry-header"><h1 class="entry-title">{HEADLINE}'
        f'</h1></header><div class="entry-content"><p>Isi berita di awal.</p>{content}'
        "<p>Isi berita di akhir.</p></div></article></body></html>"
    )
    page = Page.from_bytes("https://borneonetv.com/berita/", html.encode("utf-8"))
    draft = reading.begin([page], URLS, BORNEONETV)
    for step in reading.STEPS:
        step(draft)
    return draft


@given(PIECES)
def test_a_page_read_again_from_what_was_stored_says_the_same(
    pieces: list[tuple[bool, str]],
) -> None:
    once = read("".join(html for _, html in pieces)).article
    stored = once.article_body_html
    stored = stored.removeprefix("<p>Isi berita di awal.</p>")
    again = read(stored.removesuffix("<p>Isi berita di akhir.</p>"))
    assert again.article.article_body == once.article_body
    assert again.removals == []
