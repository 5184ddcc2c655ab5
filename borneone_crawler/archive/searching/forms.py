"""The forms of a word that the index holds: those of its words that have the same stem.

To stem every word of an index takes seconds. But Indonesian puts what it adds before and after a
root, and changes at most the root's first letter; so all forms of a root begin in one of some
eighty ways, the index keeps its words in order, and only those that begin so, and end as a suffix
does, are stemmed.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from borneone_crawler.archive.searching.stemming import Stemmer

if TYPE_CHECKING:  # it takes a command a tenth of its start
    from sqlite_utils import Database

_WORDS = """
CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_words
USING fts5vocab (main, articles_fts, instance)
"""
# Of this kind of table the first row alone is read; the others count all places of a word first.
_NEXT = "SELECT term FROM temp.search_words WHERE term >= ? LIMIT 1"

_SHORTEST = 3
"""Letters of a root that is looked for in other words."""

_BEFORE = (
    *("", "di", "ke", "se", "ber", "be", "bel", "ter", "te", "per", "pe", "pel"),
    *("memper", "diper", "keper", "seper", "pemer", "berper", "mempel", "terpel"),
    *("member", "diber", "keber", "seber", "pember", "keter", "seter", "menter"),
    *("menye", "dise", "kese", "perse", "penye", "terse", "berse"),
    *("menge", "penge", "sepenge", "dike", "berke", "seke"),
)
"""Prefixes, alone and one upon another, that leave the root as it is."""

_UPON = ("", "ber", "ke", "se")
"""What stands before a "pe" with its nasal: berpendapat, kepemimpinan, sepengetahuan."""

# First letter of a root -> what "me" and "pe" become before it, and whether that letter goes.
_NASALS = {
    **dict.fromkeys("bfv", (("m", False),)),
    "p": (("m", True), ("m", False)),
    **dict.fromkeys("cdjz", (("n", False),)),
    "t": (("n", True), ("n", False)),
    "s": (("ny", True), ("n", False)),
    "k": (("ng", True), ("ng", False)),
    **dict.fromkeys("aeioughqx", (("ng", False),)),
    **dict.fromkeys("lmnrwy", (("", False),)),
}

_AFTER = re.compile("(?:an|kan|i)?(?:ku|mu|nya)?(?:lah|kah|tah|pun)?")


class Forms:
    """Finds them in the index of one archive."""

    def __init__(self, database: "Database", stemmer: Stemmer) -> None:
        self._db = database
        self._stemmer = stemmer
        database.execute(_WORDS)

    def of(self, word: str) -> list[str]:
        """The forms of a word in the index but for itself, in order."""
        root = self._stemmer.stem(word)
        if len(root) < _SHORTEST or not root.isalpha():
            return []
        candidates = {form for beginning in _beginnings(root) for form in self._held(beginning)}
        return self._stemmer.of_root(root, candidates - {word})

    def _held(self, beginning: str) -> Iterator[str]:
        """Words of the index that are this beginning, with a suffix or without."""
        place = beginning
        while row := self._db.execute(_NEXT, [place]).fetchone():
            term = str(row[0])
            if not term.startswith(beginning):
                return
            if _AFTER.fullmatch(term, len(beginning)):
                yield term
            place = term + "\x01"  # before every longer word


def _beginnings(root: str) -> set[str]:
    """How forms of a root may begin, up to its own last letter."""
    nasals = {
        nasal + (root[1:] if is_gone else root) for nasal, is_gone in _NASALS.get(root[0], ())
    }
    return {
        *(before + root for before in _BEFORE),
        *("me" + core for core in nasals),
        *(upon + "pe" + core for upon in _UPON for core in nasals),
    }
