"""What changed between two texts, word by word, as a person reads it on a terminal."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from borneone_crawler.desk.plain import plain

T = TypeVar("T")
_Change = tuple[bool, Sequence[str], Sequence[str]]

CONTEXT = 6
"""Words that are shown on each side of what changed."""

_COSTLY = 300_000
"""Pairs of equal words beyond which texts are not compared: text that repeats itself without end
would take minutes (difflib is quadratic in what repeats)."""

_CRUMB = 2
"""Words that two passages may share by chance ..."""
_REWRITTEN = 8
"""... when so many around them were changed."""

_TOKENS = re.compile(r"[^\s]+|\n\s*\n")
PARAGRAPH = "¶"
"""What stands for the end of a paragraph."""

_MARKS = {"-": ("[-", "-]"), "+": ("{+", "+}")}
_COLOURS = {"-": "\x1b[31m", "+": "\x1b[32m"}
_PLAIN = "\x1b[0m"


class Op(StrEnum):
    """What became of a piece of text."""

    KEPT = "="
    GONE = "-"
    ADDED = "+"
    LEFT_OUT = "…"
    """Kept, and too far from any change to be shown."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words with one fate."""

    op: Op
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.words)


def compare(before: str, after: str) -> list[Piece]:
    """The two texts as one run of pieces: KEPT and GONE make the first, KEPT and ADDED the second,
    but for white space. Paragraphs are compared first, then the words of those that changed."""
    found: list[_Change] = []
    for equal, gone, added in _changes(_paragraphs(before), _paragraphs(after)):
        old: Sequence[str] = [word for paragraph in gone for word in paragraph]
        new: Sequence[str] = [word for paragraph in added for word in paragraph]
        found.extend([(True, old, new)] if equal else _changes(old, new))
    pieces: list[Piece] = []
    for equal, old, new in _without_crumbs(found):
        if equal:
            pieces.append(Piece(Op.KEPT, tuple(old)))
            continue
        pieces += [Piece(Op.GONE, tuple(old))] if old else []
        pieces += [Piece(Op.ADDED, tuple(new))] if new else []
    return pieces


def excerpt(pieces: Sequence[Piece], context: int = CONTEXT) -> list[Piece]:
    """The pieces with only some words of context around what changed."""
    shown: list[Piece] = []
    for place, piece in enumerate(pieces):
        if piece.op is not Op.KEPT:
            shown.append(piece)
            continue
        first, last = place == 0, place == len(pieces) - 1
        head = () if first else piece.words[:context]
        tail = () if last else piece.words[len(piece.words) - context :]
        if len(head) + len(tail) >= len(piece.words):
            shown.append(piece)
            continue
        shown += [Piece(Op.KEPT, head)] if head else []
        shown.append(Piece(Op.LEFT_OUT, ("…",)))
        shown += [Piece(Op.KEPT, tail)] if tail else []
    return shown


def rendered(pieces: Sequence[Piece], *, colour: bool = False) -> str:
    """One line: what went as [-words-], what came as {+words+}, in colour too where wanted."""
    parts = []
    for piece in pieces:
        opening, closing = _MARKS.get(piece.op, ("", ""))
        text = f"{opening}{plain(piece.text)}{closing}"
        if colour and piece.op in _COLOURS:
            text = f"{_COLOURS[piece.op]}{text}{_PLAIN}"
        parts.append(text)
    return " ".join(parts)


def cut(pieces: Sequence[Piece], words: int) -> list[Piece]:
    """At most so many words of a diff, for a sample."""
    kept: list[Piece] = []
    for piece in pieces:
        if words <= 0:
            return [*kept, Piece(Op.LEFT_OUT, ("…",))]
        long = len(piece.words) > words
        kept.append(Piece(piece.op, (*piece.words[:words], "…") if long else piece.words))
        words -= len(piece.words)
    return kept


def _paragraphs(text: str) -> list[tuple[str, ...]]:
    """The words of each paragraph; all but the last end with PARAGRAPH."""
    paragraphs: list[tuple[str, ...]] = []
    words: list[str] = []
    for token in _TOKENS.findall(text.strip()):
        if token.strip():
            words.append(token)
            continue
        paragraphs.append((*words, PARAGRAPH))
        words = []
    return [*paragraphs, tuple(words)] if words else paragraphs


def _changes(
    one: Sequence[T], other: Sequence[T]
) -> Iterator[tuple[bool, Sequence[T], Sequence[T]]]:
    """(whether equal, of the one, of the other) for each run of two sequences, in order."""
    most = min(len(one), len(other))
    head = next((n for n in range(most) if one[n] != other[n]), most)
    tail = next((n for n in range(most - head) if one[-1 - n] != other[-1 - n]), most - head)
    if head:
        yield True, one[:head], other[:head]
    a, b = one[head : len(one) - tail], other[head : len(other) - tail]
    counts = Counter(b)
    if sum(counts[item] for item in a) > _COSTLY:
        yield False, a, b
    else:
        matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
        for tag, a1, a2, b1, b2 in matcher.get_opcodes():
            yield tag == "equal", a[a1:a2], b[b1:b2]
    if tail:
        yield True, one[len(one) - tail :], other[len(other) - tail :]


def _without_crumbs(changes: list[_Change]) -> list[_Change]:
    """Neighbours joined; a word or two that two rewritten passages share by chance goes with
    them, since nobody can read a text in crumbs."""
    joined: list[_Change] = []
    for place, (equal, old, new) in enumerate(changes):
        kept = equal and not _is_crumb(changes, place)
        if joined and joined[-1][0] == kept:
            _, before, after = joined.pop()
            joined.append((kept, [*before, *old], [*after, *new]))
        else:
            joined.append((kept, old, new))
    return joined


def _is_crumb(changes: list[_Change], place: int) -> bool:
    around = changes[place - 1 : place] + changes[place + 1 : place + 2]
    changed = sum(len(old) + len(new) for equal, old, new in around if not equal)
    return len(around) == 2 and len(changes[place][1]) <= _CRUMB and changed >= _REWRITTEN
