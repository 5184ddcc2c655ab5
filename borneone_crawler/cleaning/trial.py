"""Tries the owner's own rules on what they say of themselves, before they cut anything."""

from lxml.html import document_fromstring

from borneone_crawler.cleaning.blocks import blocks_of, text_of
from borneone_crawler.cleaning.lines import Known, matches
from borneone_crawler.cleaning.rule import LineRule, Rule
from borneone_crawler.cleaning.rules import Rules
from borneone_crawler.cleaning.tree import remove_elements, remove_lines

_HEADLINE, _AUTHOR = "Judul Berita", "Nama Penulis"
_BEFORE, _BEHIND = "Paragraf di atas.", "Paragraf di bawah."


def objection(rules: Rules) -> str | None:
    """Why the owner's rules must not be used: one leaves its example there, or one takes a
    sentence that it or a built-in rule says is to be kept. None when they may."""
    for rule in rules.own:
        if not _goes(rule, rules):
            return f"rule {rule.name!r} does not take its example: {rule.example!r}"
    if rules.own:
        for rule in (*rules.all, *rules.off):
            if taker := _taker(rule, rules):
                return f"rule {taker!r} takes what rule {rule.name!r} keeps: {rule.keeps!r}"
    return None


def _goes(rule: Rule, rules: Rules) -> bool:
    """Whether the rule's example goes, and nothing but it."""
    if isinstance(rule, LineRule) and rule.only == "dump":
        lines = [_BEFORE, *_filled(rule.example).split("\n"), _BEHIND]
        found = matches(lines, rules, _known(rule))
        gone = {number for match in found for number in range(match.start, match.stop)}
        return gone == set(range(1, len(lines) - (not rule.to_end)))
    html = rule.example if rule.example.startswith("<") else f"<p>{rule.example}</p>"
    left, _ = _cleaned(html, rule, rules)
    is_tail = isinstance(rule, LineRule) and rule.to_end
    return left == (_BEFORE if is_tail else f"{_BEFORE}\n\n{_BEHIND}")


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
