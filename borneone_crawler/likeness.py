"""How much two texts have in common: to the letter but for typography, or by runs of words."""

import re
import unicodedata

RUN = 4
"""Words of a run."""

MOSTLY = 0.8
"""Share of the shorter text's runs by which one text is the other, edited."""

ALL_BUT = 0.95
"""Share of the runs of each text by which two renderings are of the same text."""

_TYPOGRAPHY = str.maketrans(
    dict.fromkeys('‘’‚‛′`´“”„‟″«»‹›"', "'") | dict.fromkeys("‐‑‒–—―−", "-")
)
# Soft hyphens, marks of writing direction, joiners, byte order marks.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def folded(text: str) -> str:
    """A text without what a careless copy changes: white space, capital letters, the forms of
    quotes, dashes and of characters that are made of others ("…", "ﬁ"). Nothing else."""
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).translate(_TYPOGRAPHY)
    return "".join(plain.casefold().split())


def nearly_identical(one: str, other: str) -> bool:
    """Whether one text is the other, edited: nearly all of the shorter one stands in the longer.
    Texts shorter than a run are so only when they are equal; an empty one is like no other."""
    shorter, longer = sorted((_runs(one), _runs(other)), key=len)
    if not shorter:
        return one.split() == other.split() != []
    return len(shorter & longer) >= MOSTLY * len(shorter)


def same_text(one: str, other: str) -> bool:
    """Whether two renderings are of the same text, white space and a word here or there apart."""
    ours, theirs = _runs(one), _runs(other)
    if not ours or not theirs:
        return one.split() == other.split()
    return len(ours & theirs) >= ALL_BUT * max(len(ours), len(theirs))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}
