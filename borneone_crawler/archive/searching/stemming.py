"""Indonesian stems, by PySastrawi where that is installed, corrected by the file of words."""

from collections.abc import Collection, Iterable
from functools import cache
from importlib.util import find_spec
from typing import Any


def is_installed() -> bool:
    """Whether there is a stemmer on this machine."""
    return find_spec("Sastrawi") is not None


def lacking() -> str | None:
    """What to say where there is none."""
    if is_installed():
        return None
    return (
        "only words as they stand, and synonyms, are searched for; to find their other forms too: "
        ".venv/bin/pip install -c constraints.txt -e '.[search]'"
    )


class Stemmer:
    """Stems of words in lower case."""

    def __init__(self, roots: Collection[str], no_roots: Collection[str]) -> None:
        from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
        from Sastrawi.Stemmer.Stemmer import Stemmer as Sastrawi

        words = _dictionary()
        self._no_roots = frozenset(no_roots)
        self._roots = ArrayDictionary()
        self._roots.words = dict.fromkeys((words | set(roots)) - self._no_roots)
        self._sastrawi: Any = Sastrawi(self._roots)

    def stem(self, word: str) -> str:
        """The root of a word; itself where none is known."""
        return str(self._sastrawi.stem_word(word))

    def of_root(self, root: str, words: Iterable[str]) -> list[str]:
        """Those of the words that have this root, in order. It need not be in the dictionary:
        names and abbreviations have forms too."""
        is_new = not self._roots.contains(root) and root not in self._no_roots
        if is_new:
            self._roots.add(root)
        try:
            return sorted(word for word in words if self.stem(word) == root)
        finally:
            if is_new:
                del self._roots.words[root]


@cache
def _dictionary() -> frozenset[str]:
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    return frozenset(StemmerFactory().get_words())
