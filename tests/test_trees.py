"""What of a tree is text that a reader sees."""

import pytest
from lxml.etree import HTMLParser, fromstring

from borneone_crawler.trees import fold, visible


@pytest.mark.parametrize(
    ("inner", "seen"),
    [
        ("a<b>b</b>c", ["a", "b", "c"]),
        ("a<!-- x --><b>b</b>", ["a", "b"]),
        ("a<script>x()</script>b", ["a", "b"]),
        ("<p>a<style>p {}</style></p>b", ["a", "b"]),
        ("a<noscript>x</noscript>", ["a"]),
        ("<script>x()</script>", []),
    ],
)
def test_scripts_and_styles_are_not_seen(inner: str, seen: list[str]) -> None:
    tree = fromstring(f"<div>{inner}</div>", HTMLParser()).find(".//div")
    assert tree is not None
    assert visible(tree) == seen


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        (" \t\r\n\f satu" + " " * 7 + "dua\n\n\n" + " " * 64 + "\ttiga \f", "satu dua tiga"),
        ("\xa0satu\xa0\xa0dua \xa0", "\xa0satu\xa0\xa0dua \xa0"),
        ("\u2003satu", "\u2003satu"),
        (" \n ", ""),
    ],
)
def test_runs_of_html_s_white_space_are_one_space_and_no_other_character_is(
    text: str, folded: str
) -> None:
    assert fold(text) == folded
