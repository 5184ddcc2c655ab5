"""The boilerplate rules: read from TOML, compiled once, looked up by what a page shows."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml.cssselect import CSSSelector, SelectorError

BUILT_IN = Path(__file__).with_name("boilerplate.toml")

# Stand for themselves in the text that patterns see; private use, so no newsroom writes them.
OPEN, CLOSE, HEADLINE, AUTHOR = "\ue000", "\ue001", "\ue002", "\ue003"

_PLACEHOLDERS = {
    # One link, and nothing else but what may stand between links.
    "{link}": rf"{OPEN}[^{OPEN}{CLOSE}\n]*{CLOSE}",
    "{open}": OPEN,
    "{close}": CLOSE,
    "{headline}": HEADLINE,
    "{author}": AUTHOR,
}
_MODES = ("dump", "unknown layout")
"""What `only` may say: where a rule is needed, and elsewhere would be a risk."""

_KEYS = frozenset(
    {"name", "element", "line", "tail", "reason", "example", "keeps", "only", "gives"}
)


@dataclass(slots=True, frozen=True, kw_only=True)
class Rule:
    """What every rule says, whatever it takes."""

    name: str
    reason: str
    example: str
    """HTML (or a line) that it removes."""
    keeps: str
    """A sentence it must leave alone."""
    gives: str | None = None
    """The field that the links of what it removes go to: "read_also"."""


@dataclass(slots=True, frozen=True, kw_only=True)
class ElementRule(Rule):
    """Takes elements by CSS."""

    words: tuple[str, ...]
    """The alternatives that are one class (".x") or one id ("#x"): looked up, not searched."""
    selector: CSSSelector | None
    """The other alternatives."""


@dataclass(slots=True, frozen=True, kw_only=True)
class LineRule(Rule):
    """Takes whole lines by a pattern; `to_end` takes everything from there on."""

    pattern: re.Pattern[str]
    to_end: bool
    sees_links: bool
    only: str | None


class Rules:
    """All rules in force, in order. Raises ValueError for a rule that is not well formed."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        names = [rule.name for rule in rules]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"two rules of one name: {', '.join(sorted(twice))}")
        self.all = tuple(rules)
        self.elements = tuple(rule for rule in rules if isinstance(rule, ElementRule))
        self.lines = tuple(rule for rule in rules if isinstance(rule, LineRule))
        # One alternation a kind, so that a line costs one match however many rules there are.
        self._order = {rule.name: number for number, rule in enumerate(self.lines)}
        self._seeing = _Alternation([r for r in self.lines if r.sees_links])
        self._blind = {
            mode: _Alternation(
                [r for r in self.lines if not r.sees_links and r.only in {None, mode}]
            )
            for mode in (None, *_MODES)
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
        self._pattern = _compiled([rule.pattern.pattern for rule in rules]) if rules else None

    def match(self, text: str, at: int) -> tuple[LineRule, int] | None:
        match = self._pattern.match(text, at) if self._pattern else None
        if match is None or match.lastgroup is None:
            return None
        return self._rules[int(match.lastgroup[1:])], match[0].count("\n") + 1


def _compiled(patterns: Sequence[str]) -> re.Pattern[str]:
    one_of = "|".join(f"(?P<r{n}>{pattern})" for n, pattern in enumerate(patterns))
    return re.compile(f"(?:{one_of})(?![^\n])", re.IGNORECASE)


@cache
def load(*own: Path) -> Rules:
    """The built-in rules and, after them, those of the owner's own files. Raises ValueError, with
    the file and the rule or line of the mistake."""
    rules: list[Rule] = []
    for path in (BUILT_IN, *own):
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:  # TOML's own names the line
            raise ValueError(f"{path.name}: {error}") from error
        entries = table.pop("rule", [])
        if table or not isinstance(entries, list):
            raise ValueError(f"{path.name}: every rule begins with [[rule]], and nothing else is")
        rules.extend(_rule(entry, path) for entry in entries)
    return Rules(rules)


def _rule(entry: dict[str, str], path: Path) -> Rule:
    where = f"{path.name}, rule {entry.get('name')!r}"
    if other := [key for key, value in entry.items() if not isinstance(value, str)]:
        raise ValueError(f"{where}: {', '.join(other)} is no text in quotes")
    if unknown := entry.keys() - _KEYS:
        raise ValueError(f"{where}: unknown key {', '.join(sorted(unknown))}")
    if missing := {"name", "reason", "example", "keeps"} - entry.keys():
        raise ValueError(f"{where}: {', '.join(sorted(missing))} is missing")
    kinds = [kind for kind in ("element", "line", "tail") if kind in entry]
    if entry.get("only") not in {None, *_MODES}:
        raise ValueError(f"{where}: only is one of {', '.join(_MODES)}")
    if len(kinds) != 1:
        raise ValueError(f"{where}: exactly one of element, line, tail")
    said = {key: entry[key] for key in ("name", "reason", "example", "keeps")}
    gives = entry.get("gives")
    try:
        if kinds == ["element"]:
            words, others = _alternatives(entry["element"])
            selector = CSSSelector(", ".join(others), translator="html") if others else None
            return ElementRule(**said, gives=gives, words=tuple(words), selector=selector)
        written = entry[kinds[0]].removeprefix("^").removesuffix("$")
        pattern = written
        for placeholder, stands_for in _PLACEHOLDERS.items():
            pattern = pattern.replace(placeholder, stands_for)
        _compiled([pattern])  # alone, so that a mistake is told by the rule's name
        return LineRule(
            **said,
            gives=gives,
            pattern=re.compile(pattern, re.IGNORECASE),
            to_end=kinds == ["tail"],
            sees_links=OPEN in pattern or CLOSE in pattern,
            only=entry.get("only"),
        )
    except (re.error, SelectorError) as error:
        raise ValueError(f"{where}: {error}") from error


def _alternatives(css: str) -> tuple[list[str], list[str]]:
    """The alternatives of a selector: those that are one class or id, and the others."""
    alternatives = [one.strip() for one in css.split(",")]
    simple = [one for one in alternatives if re.fullmatch(r"[.#][\w-]+", one)]
    return simple, [one for one in alternatives if one not in simple]
