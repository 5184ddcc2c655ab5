"""A page as a naive scrape left it, lines of plain text, taken apart by the plain-line rules."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

from borneone_crawler.cleaning.lines import Known, matches
from borneone_crawler.cleaning.rules import Rules
from borneone_crawler.trees import fold

_LONGEST_LINE_OF_SECTIONS = 300
"""Characters; what is longer is text."""

UNKNOWN_SECTIONS = "sections-not-known"
"""The name under which a line above the headline goes that names sections nobody knows here."""


@dataclass(slots=True)
class Dump:
    """What a text dump holds, each in the order in which it stands."""

    headline: str | None = None
    sections: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    removals: list[tuple[str, str]] = field(default_factory=list)
    """(rule, text) of each removal."""
    lines: list[str] = field(default_factory=list)
    """All lines that say something, as they stood; the rest of the dump is made of these."""
    removed: dict[int, int] = field(default_factory=dict)
    """Number of a line, from 0 -> number of the removal that took it."""


def read_dump(
    text: str,
    known_sections: Sequence[str],
    rules: Rules,
    credit_of: Callable[[str], str | None],
) -> Dump:
    """Sections, headline, captions and text of a dump.

    A line is a block, blank lines part nothing more. Captions are the lines above the text's
    first block that credit somebody (`credit_of`).
    """
    dump = Dump()
    dump.lines = [line for line in map(fold, text.splitlines()) if line.strip()]
    lines = dump.lines[:]
    if lines and (sections := unglue(lines[0], known_sections)):
        dump.sections = sections
        lines = lines[1:]
    elif _is_above_headline(lines, rules):
        dump.removals.append((UNKNOWN_SECTIONS, lines[0]))
        lines = lines[1:]
    if lines:
        dump.headline, lines = lines[0], lines[1:]
    known = Known(dump.headline, mode="dump")
    numbers = list(range(len(dump.lines) - len(lines), len(dump.lines)))
    while found := matches(lines, rules, known):
        for match in reversed(found):
            dump.removals.append((match.rule.name, " ".join(lines[match.start : match.stop])))
            taken = numbers[match.start : match.stop]
            dump.removed |= dict.fromkeys(taken, len(dump.removals) - 1)
            del lines[match.start : match.stop], numbers[match.start : match.stop]
    while len(lines) > 1 and credit_of(lines[0]):
        dump.captions.append(lines.pop(0))
    dump.blocks = lines
    return dump


def _is_above_headline(lines: Sequence[str], rules: Rules) -> bool:
    """Whether the first line is none of the text: the share popup says the headline again, below
    the sign that closes it, and here the second line is what it says."""
    if len(lines) < 4:
        return False
    above, headline, sign, again = lines[:4]
    # A sentence that is repeated is none, nor are the words of a share widget.
    is_sentence = headline.rstrip("”\"’'])").endswith(".")
    is_furniture = bool(matches([headline], rules, Known("", mode="dump")))
    is_headline = _says(headline) and not is_sentence and not is_furniture
    return above != headline == again and is_headline and not _says(sign)


def _says(line: str) -> bool:
    return any(character.isalnum() for character in line)


def unglue(line: str, names: Sequence[str]) -> list[str]:
    """The names that a line consists of, glued or apart, in its order; [] if it says more.

    "BeritaKota PontianakLifestyle" is Berita, Kota Pontianak, Lifestyle.
    """
    longest_first = sorted(filter(None, names), key=len, reverse=True)

    @cache  # names may be the beginnings of others: no rest is looked at twice
    def names_of(rest: str) -> tuple[str, ...] | None:
        for name in longest_first:
            if rest.startswith(name):
                after = rest[len(name) :].lstrip(" ,|/›»")
                if not after:
                    return (name,)
                if (found := names_of(after)) is not None:
                    return (name, *found)
        return None

    return [*(names_of(line) or ())] if len(line) <= _LONGEST_LINE_OF_SECTIONS else []
