"""Tries the owner's own rules on what they say of themselves, before they cut anything."""

from lxml.html import document_fromstring

from borneone_crawler.cleaning.blocks import blocks_of, text_of
from borneone_crawler.cleaning.lines import Known, matches
from borneone_crawler.cleaning.rule import LineRule, Rule
from borneone_crawler.cleaning.rules import Rules
from borneone_crawler.cleaning.tree import remove_elements, remove_lines
from borneone_crawler.patience import TooSlow, patience

_HEADLINE, _AUTHOR = "Judul Berita", "Nama Penulis"
_BEFORE, _BEHIND = "Paragraf di atas.", "Paragraf di bawah."

PATIENCE = 2.0
"""Seconds of a processor that a rule may take on its own example and on what it keeps."""


def objection(rules: Rules) -> str | None:
    """Why the owner's rules must not be used: one leaves its example there or takes more than it,
    one takes a sentence that it or a built-in rule says is to be kept, or one is not done in
    PATIENCE. None when they may."""
    for rule in rules.own:
        try:
            with patience(PATIENCE, rule.name):
                if said := _misses(rule, rules) or _taken(rule, rules):
                    return said
        except TooSlow:
            return (
                f"rule {rule.name!r} takes too long on its own example or on what it keeps: a "
                "pattern such as (?:a+)+ tries every way to take a line apart"
            )
    if rules.own:
        for rule in (*rules.all, *rules.off):
            try:
                with patience(PATIENCE, rule.name):
                    if said := _taken(rule, rules):
                        return said
            except TooSlow:
                return f"your rules take too long on what rule {rule.name!r} keeps: {rule.keeps!r}"
    return None


def _misses(rule: Rule, rules: Rules) -> str | None:
    """That an example does not go, or not it alone; None where it does."""
    wanted, left = _left(rule, rules)
    if left == wanted:
        return None
    does = "takes more than" if set(left) < set(wanted) else "does not take"
    return f"rule {rule.name!r} {does} its example: {rule.example!r}"


def _left(rule: Rule, rules: Rules) -> tuple[list[str], list[str]]:
    """What should be left, and what is, of an example between two paragraphs."""
    is_tail = isinstance(rule, LineRule) and rule.to_end
    wanted = [_BEFORE] if is_tail else [_BEFORE, _BEHIND]
    if isinstance(rule, LineRule) and rule.only == "dump":
        lines = [_BEFORE, *_filled(rule.example).split("\n"), _BEHIND]
        found = matches(lines, rules, _known(rule))
        gone = {number for match in found for number in range(match.start, match.stop)}
        return wanted, [line for number, line in enumerate(lines) if number not in gone]
    html = rule.example if rule.example.startswith("<") else f"<p>{rule.example}</p>"
    left, _ = _cleaned(html, rule, rules)
    return wanted, left.split("\n\n") if left else []


def _taken(rule: Rule, rules: Rules) -> str | None:
    """That what a rule keeps is taken, and by which; None where it stays."""
    taker = _taker(rule, rules)
    return taker and f"rule {taker!r} takes what rule {rule.name!r} keeps: {rule.keeps!r}"


def _taker(rule: Rule, rules: Rules) -> str | None:
    """The name of the rule that takes the sentence this one keeps."""
    if isinstance(rule, LineRule) and rule.only == "dump":
        found = matches([_filled(rule.keeps)], rules, _known(rule))
        return found[0].rule.name if found else None
    return _cleaned(f"<p>{rule.keeps}</p>", rule, rules)[1]


def _cleaned(html: str, rule: Rule, rules: Rules) -> tuple[str, str | None]:
    """What is left of a page with this between two paragraphs, and the first rule that took."""
    tree = document_fromstring(
        f"<body><article><div><p>{_BEFORE}</p>{_filled(html)}<p>{_BEHIND}</p></div></article>"
    )
    taken = remove_elements(tree, rules) + remove_lines(tree, rules, _known(rule))
    return text_of(blocks_of(tree)), taken[0].rule.name if taken else None


def _known(rule: Rule) -> Known:
    return Known(_HEADLINE, [_AUTHOR], rule.only if isinstance(rule, LineRule) else None)


def _filled(text: str) -> str:
    return text.replace("{headline}", _HEADLINE).replace("{author}", _AUTHOR)
