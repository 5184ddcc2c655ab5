"""What the doctor says of one thing: that it is well, or what is to be mended and how."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from borneone_crawler.desk.plain import plain


class Verdict(StrEnum):
    """The first word of a line."""

    OK = "ok"
    MEND = "mend"
    LEFT = "left"
    """Not looked at, for the reason that is said."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    verdict: Verdict
    name: str
    """What it is, in a word."""
    said: str
    """How it is."""
    mend: str = ""
    """What to do; empty where there is nothing to do."""


def ok(name: str, said: str) -> Check:
    """Nothing to do."""
    return Check(Verdict.OK, name, said)


def mend(name: str, said: str, how: str) -> Check:
    """Something to do: `how`."""
    return Check(Verdict.MEND, name, said, how)


def left(name: str, why: str) -> Check:
    """Not looked at."""
    return Check(Verdict.LEFT, name, why)


def is_well(checks: Iterable[Check]) -> bool:
    """Whether there is nothing to mend."""
    return all(check.verdict is not Verdict.MEND for check in checks)


def lines_of(checks: Sequence[Check]) -> Iterator[str]:
    """One line a check."""
    for check in checks:
        line = f"{check.verdict:<4}  {check.name + ':':<16} {plain(check.said)}"
        yield f"{line}. {plain(check.mend)}" if check.mend else line


def as_json(checks: Sequence[Check]) -> dict[str, Any]:
    """The same for machines."""
    return {"well": is_well(checks), "checks": [asdict(check) for check in checks]}
