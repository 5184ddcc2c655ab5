"""The boilerplate rules: read from TOML, compiled once, looked up by what a page shows."""

import difflib
import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from borneone_crawler.cleaning.rule import MODES, ElementRule, LineRule, Rule, compiled, rule_of

BUILT_IN = Path(__file__).with_name("boilerplate.toml")


class Rules:
    """All rules in force, in order. Raises ValueError for two of one name."""

    def __init__(self, built_in: Sequence[Rule], own: "OwnRules | None" = None) -> None:
        own = own or OwnRules()
        kept = [rule for rule in built_in if rule.name not in own.off]
        rules = [*kept, *own.rules]
        names = [rule.name for rule in rules]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(
                f"two rules of one name: {', '.join(sorted(twice))}; the owner's file takes a "
                "built-in one out of use with off"
            )
        self.all = tuple(rules)
        self.own = own.rules
        self.off = tuple(rule for rule in built_in if rule.name in own.off)
        """The built-in rules that the owner switched off."""
        self.own_says = own.says
        """What the owner's file says, as OwnRules has it."""
        self.elements = tuple(rule for rule in rules if isinstance(rule, ElementRule))
        self.lines = tuple(rule for rule in rules if isinstance(rule, LineRule))
        # One alternation a kind, so that a line costs one match however many rules there are.
        self._order = {rule.name: number for number, rule in enumerate(self.lines)}
        self._seeing = _Alternation([r for r in self.lines if r.sees_links])
        self._blind = {
            mode: _Alternation(
                [r for r in self.lines if not r.sees_links and r.only in {None, mode}]
            )
            for mode in (None, *MODES)
        }

    def match(
        self, plain: str, at: int, marked: str | None, at_mark: int, mode: str | None = None
    ) -> tuple[LineRule, int] | None:
        """The rule that takes the line beginning at `at`, and how many lines it takes."""
        blind = self._blind[mode].match(plain, at)
        if marked is None:
            return blind
        found = (blind, self._seeing.match(marked, at_mark))
        return min(
            (one for one in found if one), key=lambda one: self._order[one[0].name], default=None
        )


class _Alternation:
    def __init__(self, rules: Sequence[LineRule]) -> None:
        self._rules = rules
        self._pattern = compiled([rule.pattern.pattern for rule in rules]) if rules else None

    def match(self, text: str, at: int) -> tuple[LineRule, int] | None:
        match = self._pattern.match(text, at) if self._pattern else None
        if match is None or match.lastgroup is None:
            return None
        return self._rules[int(match.lastgroup[1:])], match[0].count("\n") + 1


@dataclass(slots=True, frozen=True, kw_only=True)
class OwnRules:
    """What the owner's file says."""

    rules: tuple[Rule, ...] = ()
    off: frozenset[str] = frozenset()
    """Names of built-in rules that are not to be used."""
    says: str = ""
    """All of it in one line, the same for two files that differ in comments and layout alone;
    empty when it says nothing."""


@cache
def load(own: Path | None = None) -> Rules:
    """The built-in rules and, after them, those of the owner's own file; what it switches off is
    left out. A file is read once in a process, so that a run reads by the same rules to its end.

    Raises ValueError, with the file and the rule or line of the mistake, and OSError.
    """
    built_in = [rule_of(entry, BUILT_IN) for entry in _entries(_table(BUILT_IN), BUILT_IN)]
    return Rules(built_in, _own(own, [rule.name for rule in built_in]) if own else None)


def _own(path: Path, built_in: Sequence[str]) -> OwnRules:
    table = _table(path)
    says = json.dumps(table, sort_keys=True, default=str) if table else ""
    off = table.pop("off", [])
    if not isinstance(off, list) or not all(isinstance(name, str) for name in off):
        raise ValueError(f'{path.name}: off is a list of names of built-in rules: off = ["ads"]')
    for name in off:
        if name not in built_in:
            near = difflib.get_close_matches(name, built_in, n=1, cutoff=0.0)[0]
            raise ValueError(
                f"{path.name}, off: there is no built-in rule {name!r}; perhaps {near!r} is meant"
            )
    rules = tuple(_own_rule(entry, path) for entry in _entries(table, path))
    return OwnRules(rules=rules, off=frozenset(off), says=says)


def _own_rule(entry: Any, path: Path) -> Rule:
    rule = rule_of(entry, path)
    # Numbers and names of groups would mean others where all patterns stand side by side.
    if isinstance(rule, LineRule) and rule.pattern.groups:
        raise ValueError(f"{path.name}, rule {rule.name!r}: write (?:…) for (…)")
    return rule


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:  # TOML's own names the line
        raise ValueError(f"{path.name}: {error}") from error


def _entries(table: dict[str, Any], path: Path) -> list[Any]:
    entries = table.pop("rule", [])
    if table or not isinstance(entries, list):
        raise ValueError(
            f"{path.name}: every rule begins with [[rule]], and nothing else is"
            + (f"; what is {next(iter(table))!r}?" if table else "")
        )
    return entries
