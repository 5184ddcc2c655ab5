"""Selectors of rules select what CSS says, and take as long as the page is large."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.cssselect import CSSSelector
from lxml.html import document_fromstring

from borneone_crawler.cleaning import rules
from borneone_crawler.cleaning.selector import Selector

RULES = rules.load()
TREES = st.recursive(
    st.sampled_from(["teks", "<img>"]),
    lambda inside: st.builds(
        "<{0} class={1}>{2}</{0}>".format,
        st.sampled_from(["article", "div", "span", "section"]),
        st.sampled_from("ab"),
        st.lists(inside, max_size=4).map("".join),
    ),
    max_leaves=30,
)


@pytest.mark.parametrize(
    "css",
    [
        "article div", "article *", "* span", "div > span", "div > *", "span + div", "span ~ div",
        "article div > span + div", "article > div ~ section span", "div.a span.b",
        "div:first-child > span", "span + div:last-child", "div:has(> img)", "div:has(span img)",
        "article div:has(div > img) span", "div:not(article div)", "div:not(.a) > span:not(.b)",
        "div > span, article span.b, section, * + div.a",
    ],
)  # fmt: skip
@given(st.lists(TREES, max_size=3).map("".join))
def test_what_is_selected_is_what_css_says(css: str, html: str) -> None:
    tree = document_fromstring(f"<body><article>{html}</article></body>")
    assert set(Selector.of(css).select(tree, {})) == set(CSSSelector(css)(tree))


def test_what_is_selected_beside_something_stays_so_when_that_is_taken_out() -> None:
    tree = document_fromstring("<div><a>Iklan</a><p>Promo</p></div><p>Teks</p>")
    for element in Selector.of("a, a + p").select(tree, {}):
        element.drop_tree()
    assert tree.text_content() == "Teks"


@pytest.mark.parametrize(
    "selector",
    [one.selector for one in RULES.elements if one.selector.search],
    ids=lambda selector: str(selector.search.path),
)
def test_no_built_in_selector_goes_through_the_page_again_for_each_ancestor(
    selector: Selector,
) -> None:
    assert selector.search is not None
    for path in selector.search.path.split(" | "):
        assert path.startswith("descendant-or-self::")
        assert path.count("descendant") == 1, path
