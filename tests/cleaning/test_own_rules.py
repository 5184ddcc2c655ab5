"""The owner's own rules: what they may say, and that none is used which is not what it says."""

import re
from pathlib import Path

import pytest
from lxml.html import fromstring

from borneone_crawler.cleaning import rules
from borneone_crawler.cleaning.blocks import blocks_of, text_of
from borneone_crawler.cleaning.lines import Known
from borneone_crawler.cleaning.tree import remove_elements, remove_lines
from borneone_crawler.cleaning.trial import objection
from borneone_crawler.reading.version import reader_version

EXAMPLE = Path(__file__).parents[2] / "archive" / "rules.example.toml"
SLOGAN = """[[rule]]
name    = "slogan"
line    = 'Satu untuk semua'
reason  = "The outlet's slogan."
example = "Satu untuk semua"
keeps   = "Satu untuk semua, kata Norsan."
"""
TRIES = """[[rule]]
name    = "tried"
reason  = "For a test."
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "rules.toml"


def loaded(own: Path, text: str) -> rules.Rules:
    own.write_text(text, encoding="utf-8")
    return rules.load.__wrapped__(own)  # a process reads a file once


def left_by(in_force: rules.Rules, html: str) -> str:
    tree = fromstring(f"<div>{html}</div>")
    remove_elements(tree, in_force)
    remove_lines(tree, in_force, Known())
    return text_of(blocks_of(tree))


def test_they_come_after_the_built_in_ones(own: Path) -> None:
    in_force = loaded(own, SLOGAN)
    assert [rule.name for rule in in_force.own] == ["slogan"]
    names = [rule.name for rule in in_force.all]
    assert names == [*(rule.name for rule in rules.load().all), "slogan"]
    assert left_by(in_force, "<p>Satu untuk semua</p><p>Isi.</p><p>Baca juga:</p>") == "Isi."


def test_a_built_in_rule_is_switched_off_by_its_name(own: Path) -> None:
    in_force = loaded(own, 'off = ["ad-label", "ads"]')
    assert [rule.name for rule in in_force.off] == ["ads", "ad-label"]
    html = '<p>Isi.</p><p>Iklan</p><div class="adsbygoogle">Promo</div><p>Baca juga:</p>'
    assert left_by(in_force, html) == "Isi.\n\nIklan\n\nPromo"
    assert left_by(rules.load(), html) == "Isi."


def test_one_that_is_off_can_be_written_anew_under_its_name(own: Path) -> None:
    in_force = loaded(own, 'off = ["ad-label"]\n' + SLOGAN.replace("slogan", "ad-label", 1))
    assert left_by(in_force, "<p>Iklan</p><p>Satu untuk semua</p>") == "Iklan"


@pytest.mark.parametrize(
    ("toml", "complaint"),
    [
        ('off = ["ad-lable"]', "rules.toml, off: .*'ad-lable'; perhaps 'ad-label' is meant"),
        ('off = "ads"', "off is a list of names"),
        ("off = [1]", "off is a list of names"),
        (SLOGAN.replace('"slogan"', '"ads"'), "two rules of one name: ads; .* with off"),
        (SLOGAN + SLOGAN, "two rules of one name: slogan"),
        (SLOGAN.replace("Satu untuk", "(Satu) untuk", 1), r"rule 'slogan': write \(\?:…\)"),
        (SLOGAN.replace("Satu untuk", "(?P<r1>Satu) untuk", 1), r"write \(\?:…\)"),
        (SLOGAN + 'gives = "read"\n', "gives is read_also"),
        ('rule = ["x"]', "every rule begins with"),
        ("nothing = 1", "what is 'nothing'"),
        (SLOGAN + 'off = ["ads"]\n', "rule 'slogan': off is no text"),
        ("name = ", "rules.toml: Invalid value"),
        (
            SLOGAN.replace("Satu untuk", "[Satu untuk", 1),
            "unterminated character set at position 0",
        ),
    ],
)
def test_a_mistake_is_named(own: Path, toml: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        loaded(own, toml)


@pytest.mark.parametrize(
    ("says", "complaint"),
    [
        (
            "line = 'Satu untuk .*'\nexample = 'Dua'\nkeeps = 'Isi.'",
            "rule 'tried' does not take its example",
        ),
        (
            "line = 'Satu untuk .*'\nexample = 'Satu untuk semua'\nkeeps = 'Satu untuk dua.'",
            "rule 'tried' takes what rule 'tried' keeps: 'Satu untuk dua.'",
        ),
        (  # it would empty every text
            "line = '.+'\nexample = 'Satu'\nkeeps = 'Isi.'",
            "rule 'tried' takes more than its example",
        ),
        (
            "line = 'Baca juga[^\\n]*'\nexample = 'Baca juga satu'\nkeeps = 'Isi.'",
            "rule 'tried' takes what rule 'read-also-box' keeps",
        ),
        (
            "element = 'p'\nexample = '<p>Satu</p>'\nkeeps = 'Isi.'",
            "rule 'tried' takes more than its example",
        ),
        (
            "tail = 'Komentar [^\\n]+'\nexample = 'Komentar pembaca'\nkeeps = 'Isi.'",
            "rule 'tried' takes what rule 'comments' keeps",
        ),
        (
            "line = 'Iklan: .*'\nonly = 'dump'\nexample = 'Promo'\nkeeps = 'Isi.'",
            "rule 'tried' does not take its example",
        ),
        (
            f"line = '(?:a+)+b'\nexample = 'ab'\nkeeps = '{'a' * 40}.'",
            "rule 'tried' takes too long on its own example or on what it keeps",
        ),
    ],
)
def test_a_rule_that_does_what_it_should_not_is_found_out(
    own: Path, says: str, complaint: str
) -> None:
    assert complaint in str(objection(loaded(own, TRIES + says)))


def test_a_comma_in_brackets_parts_no_alternatives(own: Path) -> None:
    element = "div :is(.iklan, .promo, .sponsor), .kuis"
    rule = f"element = '{element}'\nexample = '<div class=\"kuis\">Satu</div>'\nkeeps = 'Isi.'"
    in_force = loaded(own, TRIES + rule)
    promo = '<p class="promo">{}</p>'
    html = f'{promo.format("Satu.")}<div>{promo.format("Dua.")}</div><p class="kuis">Tiga.</p>'
    tree = fromstring(f"<section>{html}</section>")
    remove_elements(tree, in_force)
    assert text_of(blocks_of(tree)) == "Satu."


def test_what_a_text_editor_puts_before_the_first_letter_is_no_mistake(own: Path) -> None:
    own.write_bytes(b"\xef\xbb\xbf" + SLOGAN.encode())
    assert [rule.name for rule in rules.load.__wrapped__(own).own] == ["slogan"]


def test_the_built_in_rules_stand_the_same_trial(own: Path) -> None:
    own.write_bytes(rules.BUILT_IN.read_bytes())
    off = ", ".join(f'"{rule.name}"' for rule in rules.load().all)
    assert objection(loaded(own, f"off = [{off}]\n{own.read_text('utf-8')}")) is None


def test_the_example_says_nothing_until_somebody_takes_the_marks_off(own: Path) -> None:
    text = EXAMPLE.read_text("utf-8")
    assert loaded(own, text).own_says == ""
    taken_off = re.sub(r"^# (\[\[rule\]\]|[a-z]+ *= ['\"\[])", r"\1", text, flags=re.MULTILINE)
    in_force = loaded(own, taken_off)
    assert [rule.name for rule in in_force.own] == ["slogan", "listeners", "sponsor-box"]
    assert [rule.name for rule in in_force.off] == ["ad-label"]
    assert objection(in_force) is None


def test_the_reader_version_changes_with_what_they_say_and_not_with_comments(own: Path) -> None:
    said = [
        loaded(own, text).own_says
        for text in (
            "",
            "# A comment.\n",
            SLOGAN,
            f"# A comment.\n{SLOGAN.replace('    =', ' =')}",
            SLOGAN.replace("semua'", "dua'"),
            f'off = ["ads"]\n{SLOGAN}',
        )
    ]
    versions = [reader_version(text) for text in said]
    assert versions[0] == versions[1] == reader_version()
    assert versions[2] == versions[3]
    assert len(set(versions)) == 4
