"""The words that an explanation uses, on a terminal and on a page alike."""

from collections.abc import Callable, Mapping
from typing import Any

from borneone_crawler.cleaning.dump import UNKNOWN_SECTIONS
from borneone_crawler.desk.explain.explanation import Explanation
from borneone_crawler.desk.words import Words

NO_RULE = {
    "lost caption": (
        "Words below a player, or a picture without an address: the article has no field for them."
    ),
    UNKNOWN_SECTIONS: "Above the headline, and no names of sections that are known here.",
}
"""Removals that no rule makes -> why."""


def refusal(reason: str, words: Words) -> str:
    """Why a page is no article, as the reader says it, in a sentence."""
    return words.of("explain").meaning("refused", reason)


def flag_meaning(flag: str, words: Words) -> str:
    """What a flag of a reading means; a date that could not be read is part of its flag."""
    return words.of("explain").meaning("flags", flag.partition(": ")[0])


def origin_of(said: Explanation, words: Words, moment: Callable[[str], str]) -> str:
    """Where the pages came from; `moment` writes a time."""
    about, words = said.about, words.of("explain")
    if "file" in about:
        return words.say("from_file", file=about["file"])
    if "page" in about:
        return words.say("from_page")
    return words.say("from_article", **about, when=moment(about["seen_at"]))


def value_of(value: Any) -> str:
    """A field's value as a person reads it: parts of a list apart by "; "."""
    if isinstance(value, Mapping):
        return " · ".join(str(part) for part in value.values() if part)
    if isinstance(value, list):
        return "; ".join(value_of(one) for one in value)
    return str(value)


def counted(number: int, words: Words) -> str:
    """ "1 block", "2 blocks"."""
    return words.of("explain").say("block" if number == 1 else "blocks", number=number)
