"""Candidates written as rules for the owner's file, to be filled in."""

import re
from collections.abc import Iterator, Sequence

from borneone_crawler.cleaning.rules import Rules
from borneone_crawler.desk.candidates import NUMBER, Candidate


def as_rules(candidates: Sequence[Candidate], rules: Rules) -> Iterator[str]:
    """Each candidate that no rule takes as one for the owner's file, reason and keeps to be
    filled in."""
    names = {rule.name for rule in (*rules.all, *rules.off)}
    for one in candidates:
        if one.rule is not None:
            continue
        words = re.sub(r"[^a-z]+", "-", one.text.lower())[:30].strip("-") or "line"
        name, number = words, 1
        while name in names:
            number += 1
            name = f"{words}-{number}"
        names.add(name)
        days = f"{one.first_published[:10]} to {one.last_published[:10]}"
        yield f"# In {one.articles} of {one.of} articles from {days}, such as"
        yield f"# {_printable(one.samples[0])}"
        yield "# Fill in why it goes, and a sentence like it that must stay."
        yield "[[rule]]"
        yield f'name    = "{name}"'
        yield f"line    = {_quoted(_pattern(one.text))}"
        yield 'reason  = ""'
        yield f"example = {_quoted(one.text)}"
        yield 'keeps   = ""'
        yield ""


def _pattern(line: str) -> str:
    """A pattern for a line with any numbers in place of its own."""
    parts = (re.escape(part).replace("\\ ", " ") for part in NUMBER.split(line.strip()))
    return _printable(r"[\d.,:]+".join(parts), ".")


def _printable(text: str, instead: str = "\ufffd") -> str:
    return "".join(char if char.isprintable() else instead for char in text)


def _quoted(text: str) -> str:
    """A text as TOML writes it; no terminal is told anything by it."""
    if "'" not in text and text.isprintable():
        return f"'{text}'"
    chars = (
        char if char.isprintable() and char not in '"\\' else f"\\U{ord(char):08x}"
        for char in text
    )
    return f'"{"".join(chars)}"'
