"""CSS selectors of rules, made ready: what has a name is looked up, the rest is searched for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cssselect.parser import Relation
from cssselect.xpath import HTMLTranslator, XPathExpr
from lxml.etree import XPath, _Element

_BETWEEN = re.compile(r",(?![^(\[]*[)\]])")
"""The commas between alternatives of a selector, not those in brackets."""
_WORD = re.compile(r"[.#][\w-]+")


@dataclass(slots=True, frozen=True)
class Selector:
    """A selector of a rule."""

    words: tuple[str, ...]
    """The alternatives that are one class (".x") or one id ("#x")."""
    search: XPath | None
    """The other alternatives."""

    @classmethod
    def of(cls, css: str) -> "Selector":
        """Raises cssselect.SelectorError."""
        alternatives = [one.strip() for one in _BETWEEN.split(css)]
        words = [one for one in alternatives if _WORD.fullmatch(one)]
        others = ", ".join(one for one in alternatives if one not in words)
        path = _TRANSLATOR.css_to_xpath(others) if others else None
        return cls(tuple(words), XPath(path) if path else None)

    def select(
        self, tree: _Element, named: Mapping[str, Sequence[_Element]]
    ) -> Iterator[_Element]:
        """The elements of a tree that it selects, some of them twice; `named` has the tree's by
        class (".x") and id ("#x"). Who takes them out may do so as they come."""
        for word in self.words:
            yield from named.get(word, ())
        if self.search is not None:
            yield from self.search(tree)


class _Children(HTMLTranslator):
    """CSS as XPath, where the first or last child is one with no sibling beside it. cssselect
    counts them all, for every child anew: on a page of 50,000 links that takes minutes."""

    def xpath_first_child_pseudo(self, xpath: XPathExpr) -> XPathExpr:
        return xpath.add_condition("not(preceding-sibling::*[1])")

    def xpath_last_child_pseudo(self, xpath: XPathExpr) -> XPathExpr:
        return xpath.add_condition("not(following-sibling::*[1])")


class _FromWithin(_Children):
    """The same, as conditions of what is selected for what must stand around and beside it.
    cssselect goes from each ancestor to all that stands in it: minutes for a page of articles in
    one another."""

    def xpath_descendant_combinator(self, left: XPathExpr, right: XPathExpr) -> XPathExpr:
        return right.add_condition(f"ancestor::{left}")

    def xpath_child_combinator(self, left: XPathExpr, right: XPathExpr) -> XPathExpr:
        return right.add_condition(f"parent::{left}")

    def xpath_direct_adjacent_combinator(self, left: XPathExpr, right: XPathExpr) -> XPathExpr:
        return right.add_condition(f"preceding-sibling::*[1][self::{left}]")

    def xpath_indirect_adjacent_combinator(self, left: XPathExpr, right: XPathExpr) -> XPathExpr:
        return right.add_condition(f"preceding-sibling::{left}")

    def xpath_relation(self, relation: Relation) -> XPathExpr:
        # What :has() asks for stands within the element, and so does what must stand around it.
        return _Children().xpath_relation(relation)


_TRANSLATOR = _FromWithin()
