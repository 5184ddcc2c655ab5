"""Element and line rules applied to a tree, in place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml.etree import XPath, _Element

from borneone_crawler.cleaning.blocks import Leaf, Line, blocks_of, clear
from borneone_crawler.cleaning.lines import Known, lines_of, marked_text, matches
from borneone_crawler.cleaning.rule import ElementRule, Rule
from borneone_crawler.cleaning.rules import Rules
from borneone_crawler.trees import drop, fold, visible

_NAMED = XPath(".//*[@class or @id]")


@dataclass(slots=True, frozen=True)
class Taken:
    """One piece taken off a tree: the rule, its text, and (url, words) of its links."""

    rule: Rule
    text: str
    links: list[tuple[str, str]] = field(default_factory=list)
    element: _Element | None = None
    """What went as a whole, by an element rule."""
    leaves: Sequence[Leaf] = ()
    """Where the text stood of what went by a line rule."""


def remove_elements(
    tree: _Element,
    rules: Rules,
    *,
    protected: _Element | None = None,
    named: Mapping[str, Sequence[_Element]] | None = None,
) -> list[Taken]:
    """Take out every element a rule selects, never one that holds `protected`.

    `named` are the tree's elements by class (".x") and id ("#x"), if somebody has them already.
    """
    spared = set() if protected is None else {protected, *protected.iterancestors()}
    taken = []
    for rule, element in _selected(tree, rules, _names(tree) if named is None else named):
        if element is tree or element in spared or not _is_in(element, tree):
            continue
        links = _links(element) if rule.gives else []
        taken.append(Taken(rule, fold(" ".join(visible(element))), links, element=element))
        drop(element)
    return taken


def _selected(
    tree: _Element, rules: Rules, named: Mapping[str, Sequence[_Element]]
) -> Iterator[tuple[ElementRule, _Element]]:
    """The elements that rules select, in the rules' order."""
    for rule in rules.elements:
        for element in rule.selector.select(tree, named):
            yield rule, element


def _names(tree: _Element) -> dict[str, list[_Element]]:
    named: dict[str, list[_Element]] = {}
    for element in _NAMED(tree):
        for word in [f".{name}" for name in (element.get("class") or "").split()]:
            named.setdefault(word, []).append(element)
        named.setdefault(f"#{element.get('id')}", []).append(element)
    return named


def remove_lines(tree: _Element, rules: Rules, known: Known) -> list[Taken]:
    """Take out every line a rule matches, with the break above it and what it leaves empty.

    Again until nothing matches: what stood between two removals may be a whole text's end.
    """
    taken: list[Taken] = []
    while found := _remove_lines(tree, rules, known):
        taken += found
    return taken


def _remove_lines(tree: _Element, rules: Rules, known: Known) -> list[Taken]:
    lines = list(lines_of(blocks_of(tree)))
    texts = ["\t".join(line.text for line in one) for one in lines]
    marked = [fold(marked_text(one)) for one in lines]
    taken, cut = [], []
    for match in matches(texts, rules, known, marked=marked):
        pieces = [line for one in lines[match.start : match.stop] for line in one]
        leaves = [leaf for line in pieces for leaf in line.leaves]
        text = " ".join(texts[match.start : match.stop])
        links = list(_links_of(leaves)) if match.rule.gives else []
        taken.append(Taken(match.rule, fold(text.replace("\t", " ")), links, leaves=leaves))
        cut += pieces
    _take_out(cut, tree)
    return taken


def _take_out(lines: list[Line], tree: _Element) -> None:
    leaves = [leaf for line in lines for leaf in line.leaves]
    clear(leaves)
    for line in lines:
        # Only now: what is dropped leaves the text behind it to another element.
        if line.break_before is not None and line.break_before.getparent() is not None:
            drop(line.break_before)
    for leaf in leaves:
        parent = leaf.element.getparent() if leaf.is_tail else leaf.element
        _prune(parent, tree)


def _prune(element: _Element | None, tree: _Element) -> None:
    """Drop an element that became empty, and the ones around it that held nothing else."""
    while element is not None and element is not tree:
        parent = element.getparent()
        if parent is None or len(element) or (element.text or "").strip():
            return
        drop(element)
        element = parent


def _links(element: _Element) -> list[tuple[str, str]]:
    return [
        (a.get("href"), fold("".join(a.itertext()))) for a in element.iter("a") if a.get("href")
    ]


def _links_of(leaves: list[Leaf]) -> Iterator[tuple[str, str]]:
    links: dict[_Element, str] = {}
    for leaf in leaves:
        if leaf.link is not None and leaf.link.get("href"):
            links[leaf.link] = links.get(leaf.link, "") + leaf.text
    for link, text in links.items():
        yield link.get("href"), fold(text)


def _is_in(element: _Element, tree: _Element) -> bool:
    """Whether an element is still in the tree, and not in a menu or sidebar, which go whole."""
    for above in element.iterancestors():
        if above is tree:
            return True
        if above.tag in {"nav", "aside"}:
            return False
    return False
