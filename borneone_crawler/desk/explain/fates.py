"""What becomes of each piece of a page's text: the reading is watched from step to step.

The steps only ever take away. What is left of a tree after each therefore tells what went, if one
knows where a text moves to when the element before it goes: behind what stood there before.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lxml.etree import _Element, iterwalk

from borneone_crawler.cleaning.blocks import Block, Leaf, blocks_of
from borneone_crawler.cleaning.tree import Taken

_MOST_TRIES = 20_000
"""Steps after which nobody can tell which of a thousand equal lines is left, and nobody cares."""


class Fate(StrEnum):
    """What becomes of a piece of text."""

    KEPT = "kept"
    """It stands in article_body."""
    REMOVED = "removed"
    """A rule took it."""
    MOVED = "moved"
    """It went to a field of its own: a caption, an embedded post, the headline."""
    LOST = "lost"
    """It went with a picture or player of which no field and no removal has it."""
    OUTSIDE = "outside"
    """It stands outside the element that holds the text, and was never part of it."""


@dataclass(slots=True, eq=False)
class Piece:
    """A text of the tree, or of a preformatted text one line."""

    text: str
    place: int
    """Number of its slot."""
    top: _Element | None = None
    """The element it went with, if one went as a whole."""


@dataclass(slots=True, frozen=True)
class Slot:
    """Where text may stand: in an element before its first child, or behind an element."""

    element: _Element
    is_tail: bool

    @property
    def text(self) -> str:
        return (self.element.tail if self.is_tail else self.element.text) or ""


class Watched:
    """One page's tree while the steps work on it."""

    def __init__(self, tree: _Element) -> None:
        self.blocks: list[Block] = blocks_of(tree)
        """The page as it was, in blocks."""
        self._slots = list(_slots(tree))
        self._numbers = {(s.element, s.is_tail): n for n, s in enumerate(self._slots)}
        self._parents = {child: parent for parent in tree.iter() for child in parent}
        self._pieces = [
            Piece(text, number)
            for number, slot in enumerate(self._slots)
            for text in _texts(slot, tree)
        ]
        self._alive = self._pieces
        self._by_slot: dict[int, list[Piece]] = {}
        for piece in self._pieces:
            self._by_slot.setdefault(piece.place, []).append(piece)

    def piece_of(self, leaf: Leaf, nth: int = 0) -> Piece:
        """The piece that a leaf of `blocks` is; of equal lines of one preformatted text the
        nth."""
        pieces = self._by_slot[self._numbers[leaf.element, leaf.is_tail]]
        if len(pieces) == 1:
            return pieces[0]
        return [piece for piece in pieces if piece.text == leaf.text][nth]

    def gone(self, tree: _Element, *, last_first: bool = False) -> list[Piece]:
        """The pieces that went since this was asked before, `tree` being what is left. Where one
        of two equal texts went, it was the second, or with `last_first` the first."""
        there = set(tree.iter())
        held, gone = self._held(tree, there)
        for number, pieces in held.items():
            left = self._slots[number].text
            texts = [piece.text for piece in pieces]
            kept = _left_over(texts, left, last_first=last_first)
            gone += [piece for n, piece in enumerate(pieces) if n not in kept]
        missing = set(gone)
        self._alive = [piece for piece in self._alive if piece not in missing]
        return [piece for piece in self._pieces if piece in missing]

    def _held(
        self, tree: _Element, there: set[_Element]
    ) -> tuple[dict[int, list[Piece]], list[Piece]]:
        """What each slot that is left may hold by now, and what went with its element."""
        held: dict[int, list[Piece]] = {}
        gone: list[Piece] = []
        alive: dict[int, list[Piece]] = {}
        for piece in self._alive:
            alive.setdefault(piece.place, []).append(piece)
        last = None
        for number, slot in enumerate(self._slots):
            inside = slot.element is not tree if slot.is_tail else True
            if slot.element in there and inside:
                last = number
                held[number] = []
            pieces = alive.get(number, [])
            owner = self._parents.get(slot.element) if slot.is_tail else slot.element
            if owner in there and last is not None:
                held[last] += pieces
            else:
                for piece in pieces:
                    piece.top = self._top(owner, there)
                gone += pieces
        return held, gone

    def _top(self, element: _Element | None, there: set[_Element]) -> _Element | None:
        """The outermost element around that went."""
        top = None
        while element is not None and element not in there:
            top, element = element, self._parents.get(element)
        return top

    def takers(
        self, pieces: Sequence[Piece], taken: Sequence[Taken]
    ) -> Iterator[tuple[Piece, Taken | None]]:
        """Each piece that went in one step, and which of the step's removals took it: the first
        of an element around it, or the one of a line that found its words nearest to where it
        stood, since a text moves up when a line break above it goes."""
        first = {one.element: n for n, one in reversed(list(enumerate(taken)))}
        by_words: dict[str, list[tuple[int, int]]] = {}
        for n, one in enumerate(taken):
            for leaf in one.leaves:
                place = self._numbers.get((leaf.element, leaf.is_tail), -1)
                by_words.setdefault(leaf.text.strip(), []).append((place, n))
        leaves = sorted(found for several in by_words.values() for found in several)
        for several in by_words.values():
            several.sort()
        for piece in pieces:
            around = [first[one] for one in self._around(piece) if one in first]
            if around:
                yield piece, taken[min(around)]
                continue
            near = _nearest(by_words.get(piece.text.strip(), leaves), piece.place)
            yield piece, None if near is None else taken[near]

    def is_within(self, piece: Piece, element: _Element) -> bool:
        """Whether a piece stood in an element."""
        return any(one is element for one in self._around(piece))

    def holds(self, element: _Element, other: _Element) -> bool:
        """Whether an element stood in another, wherever it is by now."""
        return any(one is element for one in self._upwards(self._parents.get(other)))

    def _around(self, piece: Piece) -> Iterator[_Element]:
        slot = self._slots[piece.place]
        return self._upwards(self._parents.get(slot.element) if slot.is_tail else slot.element)

    def _upwards(self, element: _Element | None) -> Iterator[_Element]:
        while element is not None:
            yield element
            element = self._parents.get(element)


def _nearest(places: Sequence[tuple[int, int]], place: int) -> int | None:
    """Of sorted (place, number) pairs the number whose place is nearest."""
    at = bisect_left(places, (place, -1))
    around = places[max(at - 1, 0) : at + 1]
    return min(around, key=lambda one: abs(one[0] - place))[1] if around else None


def _slots(tree: _Element) -> Iterator[Slot]:
    """Every place for text in a tree, in the order of its text."""
    for event, element in iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event == "start":
            yield Slot(element, is_tail=False)
        elif element is not tree:
            yield Slot(element, is_tail=True)


def _texts(slot: Slot, tree: _Element) -> list[str]:
    """The text of a slot; of preformatted text its lines, with the line ends between them."""
    if not slot.text:
        return []
    if "\n" not in slot.text or not _is_preformatted(slot, tree):
        return [slot.text]
    return [text for text in re.split("(\n)", slot.text) if text]


def _is_preformatted(slot: Slot, tree: _Element) -> bool:
    around = slot.element.getparent() if slot.is_tail else slot.element
    while around is not None and around is not tree:
        if around.tag == "pre":
            return True
        around = around.getparent()
    return False


def _left_over(texts: Sequence[str], left: str, *, last_first: bool) -> set[int]:
    """Which of the texts, in their order, make up what is left."""
    if not left:
        return set()
    if "".join(texts) == left:
        return set(range(len(texts)))
    if last_first:
        kept = _chosen([text[::-1] for text in reversed(texts)], left[::-1])
        kept = None if kept is None else {len(texts) - 1 - n for n in kept}
    else:
        kept = _chosen(texts, left)
    if kept is None:  # part of a line went: what can still be found is there
        kept = {n for n, text in enumerate(texts) if text in left}
    return kept


def _chosen(texts: Sequence[str], left: str) -> set[int] | None:
    """The first choice of texts that, one behind the other, make up `left`."""
    dead: set[tuple[int, int]] = set()
    path: list[tuple[int, int, bool]] = []
    number = at = 0
    for _ in range(_MOST_TRIES + 2 * len(texts)):
        if number == len(texts) and at == len(left):
            return {n for n, _, is_kept in path if is_kept}
        if number < len(texts) and (number, at) not in dead:
            fits = left.startswith(texts[number], at)
            path.append((number, at, fits))
            at += len(texts[number]) * fits
            number += 1
            continue
        while path:
            number, at, was_kept = path.pop()
            if was_kept:
                path.append((number, at, False))
                number += 1
                break
            dead.add((number, at))
        else:
            return None
    return None
