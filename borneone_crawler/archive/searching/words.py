"""What the search knows of words: what stands for one another, what is a root of its own."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from borneone_crawler.archive.searching.query import tokens_of
from borneone_crawler.statuses import Status, Stop

BUILT_IN = Path(__file__).with_name("words.toml")

_KEYS = ("synonyms", "roots", "no_roots", "off")


@dataclass(frozen=True, slots=True)
class Words:
    """The built-in words file with the owner's own after it."""

    synonyms: tuple[tuple[str, ...], ...]
    """Groups of words or phrases of which each stands for the others."""
    roots: frozenset[str]
    no_roots: frozenset[str]

    def standing_for(self) -> dict[tuple[str, ...], list[str]]:
        """The words of each entry -> the other entries of all its groups."""
        others: dict[tuple[str, ...], list[str]] = {}
        for group in self.synonyms:
            for entry in group:
                known = others.setdefault(tokens_of(entry), [])
                known += [other for other in group if other not in {entry, *known}]
        return others


@cache
def words(own: Path | None = None) -> Words:
    """The words in force. Raises Stop MISCONFIGURED for a file that cannot be used."""
    built_in, more = _read(BUILT_IN), _read(own) if own else {}
    off = {tokens_of(word) for word in more.get("off", ())}
    groups = [
        group
        for group in built_in["synonyms"]
        if off.isdisjoint(tokens_of(entry) for entry in group)
    ]
    return Words(
        synonyms=tuple(map(tuple, (*groups, *more.get("synonyms", ())))),
        roots=_folded(built_in["roots"]) - _folded(more.get("off", ()))
        | _folded(more.get("roots", ())),
        no_roots=_folded((*built_in["no_roots"], *more.get("no_roots", ()))),
    )


def _folded(entries: Iterable[str]) -> frozenset[str]:
    return frozenset("".join(tokens_of(entry)) for entry in entries)


def _read(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:  # TOML's own names the line
        raise Stop(Status.MISCONFIGURED, f"{path}: {error}") from error
    for key, value in table.items():
        if key not in _KEYS:
            raise _wrong(path, f"there is no {key!r}, only {', '.join(_KEYS)}")
        if not isinstance(value, list):
            raise _wrong(path, f"{key} is a list")
        for entry in value:
            _check(path, key, entry)
    return table


def _check(path: Path, key: str, entry: object) -> None:
    group = entry if key == "synonyms" else [entry]
    if not isinstance(group, list) or not all(isinstance(word, str) for word in group):
        what = 'groups of words: ["medsos", "media sosial"]' if key == "synonyms" else "words"
        raise _wrong(path, f"{key} is a list of {what}, which {entry!r} is none of")
    if key == "synonyms" and len(group) < 2:
        raise _wrong(path, f"a group of synonyms has two words or more, not {entry!r}")
    for word in group:
        if not tokens_of(word):
            raise _wrong(path, f"{key} has {word!r}, which is no word")


def _wrong(path: Path, what: str) -> Stop:
    return Stop(Status.MISCONFIGURED, f"{path}: {what}")
