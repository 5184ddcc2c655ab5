"""What of a tree is text that a reader sees."""

import pytest
from lxml.etree import HTMLParser, fromstring

from borneone_crawler.trees import visible


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
