"""Selectors of rules select what CSS says, and take as long as the page is large."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.cssselect import CSSSelector
from lxml.html import document_fromstring

from borneone_crawler.cleaning import rules
from borneone_crawler.cleaning.rule import ElementRule, rule_of

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


def rule(css: str) -> ElementRule:
    words = {"name": "x", "reason": "r", "example": "<p>e</p>", "keeps": "k", "element": css}
    made = rule_of(words, Path("own.toml"))
    assert isinstance(made, ElementRule)
    return made


@pytest.mark.parametrize(
    "css",
    [
        "article div", "article *", "* span", "div > span", "div > *", "span + div", "span ~ div",
        "article div > span + div", "article > div ~ section span", "div.a span.b",
        "div:first-child > span", "span + div:last-child", "div:has(> img)", "div:has(span img)",
        "article div:has(div > img) span", "div:not(article div)", "div:not(.a) > span:not(.b)",
    ],
)  # fmt: skip
@given(st.lists(TREES, max_size=3).map("".join))
def test_what_is_selected_is_what_css_says(css: str, html: str) -> None:
    tree = document_fromstring(f"<body><article>{html}</article></body>")
    selector = rule(css).selector
    assert selector is not None
    assert list(selector(tree)) == list(CSSSelector(css)(tree))


@pytest.mark.parametrize(
    "made", [one for one in RULES.elements if one.selector is not None], ids=lambda one: one.name
)
def test_no_built_in_selector_goes_through_the_page_again_for_each_ancestor(
    made: ElementRule,
) -> None:
    assert made.selector is not None
    for path in made.selector.path.split(" | "):
        assert path.count("descendant") == 1, path
        assert "/descendant" not in path
