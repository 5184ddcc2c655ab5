"""Whether two articles are one text, printed twice: edited, with another lead, one in the other.

Briefs of one form (prayer times, results, weather, prices) have most of their words in common and
are not one text: what differs stands in many small places, or is what they are about, a number or
a day. So not only how much is shared decides, but also in what shape the rest differs.
"""

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeVar

from borneone_crawler.archive.articles.edit_kinds import DECIDING, reads_the_same

SHARED = 0.7
"""Share of the shorter text's words that must stand in the longer one, in the same order."""

FEWEST_WORDS = 40
"""Words of the shortest text that is compared; of shorter ones only equal ones are the same."""

MOST_SENTENCES = 400
"""Sentences of the longest text that is compared: what it costs grows with their square."""

_SLOT = 6
"""Words of the longest place that a form may leave to be filled in; who writes more rewrites."""
_MOST_SLOTS = 3
"""Places at which one text has other words than the other; a form has more of them."""
_WORDS_FOR_A_FACT = 100
"""Words that a text must share for each number, day or month that differs: a correction."""
_KEPT = 0.5
"""Share of the shorter passage's words that are kept where one was edited into the other."""
_TOO_LONG = 60_000
"""Product of the words of two passages beyond which they are not compared word by word."""

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+(?=\w)[^.!?\n]+)*")
_WORD = re.compile(r"\w+")

Words = tuple[str, ...]
T = TypeVar("T", str, Words)


def sentences(text: str) -> list[Words]:
    """The sentences of a text as words, case and punctuation left aside; "Rp80.000" and "23.15"
    end none."""
    found = (tuple(_WORD.findall(it.group().casefold())) for it in _SENTENCE.finditer(text))
    return [words for words in found if words]


def share_retold(one: Sequence[Words], other: Sequence[Words]) -> float | None:
    """The share of the shorter text's words that stand in the longer one, where they are one text
    printed twice; None where they are not. Both as `sentences`."""
    fewest = min(sum(map(len, one)), sum(map(len, other)))
    if fewest < FEWEST_WORDS or max(len(one), len(other)) > MOST_SENTENCES:
        return None
    # Cheap first: words that they do not have in common in any order are not shared in the same.
    if (_counted(one) & _counted(other)).total() < SHARED * fewest:
        return None
    # One call is not the other turned round: the order of the two must not matter.
    one, other = sorted((list(one), list(other)))
    replaced = list(_replaced(one, other))
    left_out = sum(len(gone) for gone, _ in replaced)
    shared = sum(map(len, one)) - left_out
    if shared < SHARED * fewest:
        return None
    slots = [(gone, added) for gone, added in replaced if _is_slot(gone, added)]
    facts = sum(_differs_in_fact(gone, added) for gone, added in slots)
    if len(slots) > _MOST_SLOTS or facts * _WORDS_FOR_A_FACT > shared:
        return None
    return min(1.0, shared / fewest)


def _counted(text: Sequence[Words]) -> Counter[str]:
    return Counter(word for words in text for word in words)


def _is_slot(gone: Words, added: Words) -> bool:
    """Whether a few words stand in the place of a few others, and not the same ones spelled
    otherwise."""
    return (
        0 < len(gone) <= _SLOT
        and 0 < len(added) <= _SLOT
        and not reads_the_same(" ".join(gone), " ".join(added))
    )


def _differs_in_fact(gone: Words, added: Words) -> bool:
    return _facts(gone) != _facts(added)


def _facts(words: Words) -> set[str]:
    return {word for word in words if word in DECIDING or any(map(str.isdigit, word))}


def _replaced(one: Sequence[Words], other: Sequence[Words]) -> Iterator[tuple[Words, Words]]:
    """Passages that differ: whole sentences first, and in these the words."""
    for gone, added in _changes(one, other):
        old = tuple(word for sentence in gone for word in sentence)
        new = tuple(word for sentence in added for word in sentence)
        if not old or not new or len(old) * len(new) > _TOO_LONG:
            yield old, new
            continue
        words = [(tuple(a), tuple(b)) for a, b in _changes(old, new)]
        kept = len(old) - sum(len(a) for a, _ in words)
        # Written anew: words that two passages of one language have in common anyway.
        is_rewritten = kept < _KEPT * min(len(old), len(new))
        yield from [(old, new)] if is_rewritten else words


def _changes(old: Sequence[T], new: Sequence[T]) -> Iterator[tuple[Sequence[T], Sequence[T]]]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag != "equal":
            yield old[a1:a2], new[b1:b2]
