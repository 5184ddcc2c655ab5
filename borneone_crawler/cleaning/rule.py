"""One boilerplate rule: what it says in TOML, made ready to be applied."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cssselect import SelectorError

from borneone_crawler.cleaning.selector import Selector

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
MODES = ("dump", "unknown layout")
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

    selector: Selector


@dataclass(slots=True, frozen=True, kw_only=True)
class LineRule(Rule):
    """Takes whole lines by a pattern; `to_end` takes everything from there on."""

    pattern: re.Pattern[str]
    to_end: bool
    sees_links: bool
    only: str | None


def rule_of(entry: Any, path: Path) -> Rule:
    """The rule that an entry of a file says. Raises ValueError, with the file and the rule."""
    if not isinstance(entry, dict):
        raise ValueError(f"{path.name}: every rule begins with [[rule]], and nothing else is")
    where = f"{path.name}, rule {entry.get('name')!r}"
    if other := [key for key, value in entry.items() if not isinstance(value, str)]:
        raise ValueError(f"{where}: {', '.join(other)} is no text in quotes")
    if unknown := entry.keys() - _KEYS:
        raise ValueError(f"{where}: unknown key {', '.join(sorted(unknown))}")
    said_is = {key for key, value in entry.items() if value.strip()}
    if missing := {"name", "reason", "example", "keeps"} - said_is:
        raise ValueError(f"{where}: {', '.join(sorted(missing))} is missing")
    kinds = [kind for kind in ("element", "line", "tail") if kind in entry]
    if entry.get("only") not in {None, *MODES}:
        raise ValueError(f"{where}: only is one of {', '.join(MODES)}")
    if entry.get("gives") not in {None, "read_also"}:
        raise ValueError(f"{where}: gives is read_also, or is left out")
    if len(kinds) != 1:
        raise ValueError(f"{where}: exactly one of element, line, tail")
    said = {key: entry[key] for key in ("name", "reason", "example", "keeps")}
    gives = entry.get("gives")
    try:
        if kinds == ["element"]:
            return ElementRule(**said, gives=gives, selector=Selector.of(entry["element"]))
        written = entry[kinds[0]].removeprefix("^").removesuffix("$")
        pattern = written
        for placeholder, stands_for in _PLACEHOLDERS.items():
            pattern = pattern.replace(placeholder, stands_for)
        # Alone, so that a mistake is told by the rule's name and its place in what was written.
        re.compile(written)
        compiled([pattern])
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


def compiled(patterns: Sequence[str]) -> re.Pattern[str]:
    """One pattern for several, to be matched with whole lines: which of them it is, is the name
    of the group that matched, r0, r1 …"""
    one_of = "|".join(f"(?P<r{n}>{pattern})" for n, pattern in enumerate(patterns))
    return re.compile(f"(?:{one_of})(?![^\n])", re.IGNORECASE)
