"""Every rule removes its example, keeps its counter-example, and is well formed."""

from pathlib import Path

import pytest
from lxml.html import fromstring

from borneone_crawler.cleaning import rules
from borneone_crawler.cleaning.blocks import blocks_of, text_of
from borneone_crawler.cleaning.lines import Known, matches
from borneone_crawler.cleaning.rule import ElementRule, LineRule, Rule
from borneone_crawler.cleaning.tree import Taken, remove_elements, remove_lines

RULES = rules.load()
HEADLINE, AUTHOR = "Wagub Buka Seminar Medsos", "Lay Ria"


def filled(text: str) -> str:
    return text.replace("{headline}", HEADLINE).replace("{author}", AUTHOR)


def known(rule: Rule) -> Known:
    return Known(HEADLINE, [AUTHOR], rule.only if isinstance(rule, LineRule) else None)


def cleaned(html: str, rule: Rule) -> tuple[str, list[Taken]]:
    """What is left between two paragraphs that must stay."""
    tree = fromstring(f"<div><p>Paragraf awal.</p>{filled(html)}<p>Paragraf akhir.</p></div>")
    taken = remove_elements(tree, RULES) + remove_lines(tree, RULES, known(rule))
    return text_of(blocks_of(tree)), taken


def is_for_pages(rule: Rule) -> bool:
    return not (isinstance(rule, LineRule) and rule.only == "dump")


@pytest.mark.parametrize(
    "rule", [one for one in RULES.all if is_for_pages(one)], ids=lambda rule: str(rule.name)
)
class TestOnAPage:
    def test_its_example_goes_and_names_it(self, rule: Rule) -> None:
        html = rule.example if rule.example.startswith("<") else f"<p>{rule.example}</p>"
        text, taken = cleaned(html, rule)
        is_tail = isinstance(rule, LineRule) and rule.to_end
        assert text == ("Paragraf awal." if is_tail else "Paragraf awal.\n\nParagraf akhir.")
        assert taken[0].rule.name == rule.name

    @pytest.mark.parametrize(
        "html",
        [
            "<p>{}</p>",
            "<p><strong>{}</strong></p>",
            "<p>Kata dia:<br>{}<br>Begitu.</p>",
            '<p>{} <a href="/lain/">laman</a></p>',
            "<ul><li>{}</li></ul>",
        ],
    )
    def test_what_it_keeps_stays(self, rule: Rule, html: str) -> None:
        text, taken = cleaned(html.replace("{}", rule.keeps), rule)
        assert filled(rule.keeps) in text
        assert taken == []

    def test_a_removal_says_what_went(self, rule: Rule) -> None:
        html = rule.example if rule.example.startswith("<") else f"<p>{rule.example}</p>"
        words = "".join(fromstring(f"<div>{filled(html)}</div>").itertext()).split()
        assert "".join(words) in "".join(one.text for one in cleaned(html, rule)[1]).replace(
            " ", ""
        )


@pytest.mark.parametrize(
    "rule",
    [one for one in RULES.lines if not one.sees_links and one.only in {None, "dump"}],
    ids=lambda rule: str(rule.name),
)
class TestOnADump:
    def test_its_example_goes(self, rule: LineRule) -> None:
        if rule.example.startswith("<"):
            pytest.skip("its example is HTML")
        lines = ["Awal.", *filled(rule.example).split("\n"), "Akhir."]
        found = matches(lines, RULES, Known(HEADLINE, [AUTHOR], "dump"))
        assert [(match.rule.name, match.start) for match in found] == [(rule.name, 1)]

    def test_what_it_keeps_stays(self, rule: LineRule) -> None:
        lines = ["Awal.", filled(rule.keeps), "Akhir."]
        assert matches(lines, RULES, Known(HEADLINE, [AUTHOR])) == []


def test_the_rules_are_of_all_three_kinds() -> None:
    assert any(isinstance(rule, ElementRule) for rule in RULES.all)
    assert {rule.to_end for rule in RULES.lines} == {True, False}


@pytest.mark.parametrize(
    ("toml", "complaint"),
    [
        ("name='x'\nline='^a$'\nreason='r'\nexample='e'", "keeps is missing"),
        ("name='x'\nreason='r'\nexample='e'\nkeeps='k'", "exactly one of"),
        ("name='x'\nline='('\nreason='r'\nexample='e'\nkeeps='k'", "rule 'x'"),
        ("name='x'\nelement='a['\nreason='r'\nexample='e'\nkeeps='k'", "rule 'x'"),
        ("name='x'\nlinie='a'\nline='a'\nreason='r'\nexample='e'\nkeeps='k'", "unknown key linie"),
        ("name='x'\nline='a'\nonly='y'\nreason='r'\nexample='e'\nkeeps='k'", "only is one of"),
        ("name='x'\nelement='a:x'\nreason='r'\nexample='e'\nkeeps='k'", "rule 'x'"),
        ("name='x'\nline='(?i)a'\nreason='r'\nexample='e'\nkeeps='k'", "rule 'x'"),
        ("name='x'\nline=5\nreason='r'\nexample='e'\nkeeps='k'", "rule 'x': line is no text"),
        ("name='x\nline='a'\nreason='r'\nexample='e'\nkeeps='k'", "own.toml: .*at line 2"),
        ("name='x'\n[rules]", "own.toml: every rule begins with"),
        ("name='ads'\nline='a'\nreason='r'\nexample='e'\nkeeps='k'", "two rules of one name"),
    ],
)
def test_a_rule_that_is_not_well_formed_is_named(
    tmp_path: Path, toml: str, complaint: str
) -> None:
    own = tmp_path / "own.toml"
    own.write_text(f"[[rule]]\n{toml}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        rules.load(own)
