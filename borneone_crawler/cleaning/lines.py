"""Line and tail rules applied to lines of text, whether they come from a tree or a dump."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from borneone_crawler.cleaning.blocks import Block, Line
from borneone_crawler.cleaning.rules import AUTHOR, CLOSE, HEADLINE, OPEN, LineRule, Rules

_SHORT = 80
"""Characters of the longest line in which an author's name may be a box's heading."""


@dataclass(slots=True, frozen=True)
class Match:
    """Lines `start` to `stop` (exclusive) fall under a rule."""

    rule: LineRule
    start: int
    stop: int


@dataclass(slots=True, frozen=True)
class Known:
    """What is known of the article whose lines are judged."""

    headline: str | None = None
    authors: Sequence[str] = ()
    mode: str | None = None
    """None for a page of a known layout, else what a rule's `only` asks for."""

    def stand_in(self, line: str) -> str:
        """The line as patterns see it: headline, and in a short line authors, marked."""
        if self.headline and line == self.headline:
            return HEADLINE
        if len(line) <= _SHORT:
            for author in self.authors:
                # WordPress sets typographic apostrophes in some places and not in others.
                for name in (author, author.replace("’", "'"), author.replace("'", "’")):
                    line = line.replace(name, AUTHOR)
        return line


def matches(
    lines: Sequence[str], rules: Rules, known: Known, *, marked: Sequence[str] = ()
) -> list[Match]:
    """The lines that are boilerplate, in order; no line is matched twice.

    `marked` are the same lines with the words of links between OPEN and CLOSE; without them the
    text is a dump, in which nothing shows what was a link.
    """
    texts = [known.stand_in(line) for line in lines]
    linked = [
        text if text == HEADLINE else mark for text, mark in zip(texts, marked, strict=False)
    ]
    plain, marks = "\n".join(texts), "\n".join(linked)
    found: list[Match] = []
    number = at = at_mark = 0
    while number < len(texts):
        match = rules.match(plain, at, marks if marked else None, at_mark, known.mode)
        count = 1
        if match:
            rule, count = match
            if rule.to_end:
                count = len(texts) - number
            found.append(Match(rule, number, number + count))
        for step in range(number, number + count):
            at += len(texts[step]) + 1
            at_mark += len(linked[step]) + 1 if marked else 0
        number += count
    return found


def lines_of(blocks: Sequence[Block]) -> Iterator[list[Line]]:
    """The lines of a tree as rules see them: a table row is one line."""
    for block in blocks:
        if len(block.cells) > 1:
            yield [line for cell in block.cells for line in cell]
        else:
            for line in block.cells[0]:
                yield [line]


def marked_text(lines: Sequence[Line]) -> str:
    """The text of a line with the words of each link between OPEN and CLOSE."""
    parts: list[str] = []
    link = None
    for line in lines:
        for leaf in line.leaves:
            if leaf.link is not link:
                parts.append(CLOSE if link is not None else "")
                parts.append(OPEN if leaf.link is not None else "")
                link = leaf.link
            parts.append(leaf.text)
    if link is not None:
        parts.append(CLOSE)
    return "".join(parts)
