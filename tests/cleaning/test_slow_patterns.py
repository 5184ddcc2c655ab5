"""No built-in pattern tries every way to take a line apart that it does not take in the end."""

import pytest
from lxml.html import fromstring

from borneone_crawler.cleaning import rules
from borneone_crawler.cleaning.blocks import blocks_of, text_of
from borneone_crawler.cleaning.lines import Known
from borneone_crawler.cleaning.rule import LineRule
from borneone_crawler.cleaning.tree import remove_lines
from borneone_crawler.patience import patience

RULES = rules.load()
MANY = 60
SYMBOL = '<a href="/x/">#</a> '


@pytest.mark.parametrize(
    "line",
    [
        f"Tags: {SYMBOL * MANY}",
        f"Baca juga: {SYMBOL * MANY}",
        '<a href="/x/">Facebook</a> | ' * MANY,
        f"Halaman: {'1' * MANY} ",
        f"Halaman: {'1 ' * MANY} ",
        '<a href="/x/">Berikutnya</a> | ' * MANY,
    ],
    ids=lambda line: line[:40],
)
def test_a_line_that_is_nearly_one_stays_at_once(line: str) -> None:
    tree = fromstring(f"<div><p>Awal.</p><p>{line}kata warga.</p></div>")
    before = text_of(blocks_of(tree))
    with patience(10, line):
        assert remove_lines(tree, RULES, Known("Judul", ["Lay"])) == []
    assert text_of(blocks_of(tree)) == before


@pytest.mark.parametrize("rule", RULES.lines, ids=lambda rule: rule.name)
def test_an_example_with_much_more_of_any_one_character_is_judged_at_once(rule: LineRule) -> None:
    for place, character in enumerate(rule.example):
        line = f"{rule.example[:place]}{character * 500}{rule.example[place:]}"
        with patience(10, line):
            rule.pattern.fullmatch(f"{line} kata warga")
