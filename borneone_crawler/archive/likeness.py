"""Whether two texts are one that was edited."""

RUN = 4
"""Words of the runs by which texts are compared."""

MOSTLY = 0.8
"""Share of the shorter text's runs that stand in the other one."""


def nearly_identical(one: str, other: str) -> bool:
    """Whether nearly all of the shorter text stands in the longer one, in runs of words. Texts
    shorter than one run are so only when they are equal; an empty one is like no other."""
    shorter, longer = sorted((_runs(one), _runs(other)), key=len)
    if not shorter:
        return one.split() == other.split() != []
    return len(shorter & longer) >= MOSTLY * len(shorter)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}
