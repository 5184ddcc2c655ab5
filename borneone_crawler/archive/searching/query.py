"""Reads what somebody typed: words, "phrases", beginnings*, OR, NOT or -, parentheses."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from borneone_crawler.statuses import Status, Stop

MOST_TERMS = 50
"""Words and phrases of one query; who pastes more has pasted an article."""

_MOST_DEEP = 20

_LEXER = re.compile(
    r"""\s* (?:
        (?P<sign> [()] | -(?=[^\s)]) )
      | ["“”„] (?P<phrase> [^"“”„]*) (?P<end> ["“”„]?) (?P<after> \**)
      | (?P<word> [^\s()"“”„]+)
    )""",
    re.VERBOSE,
)
_OPERATORS = frozenset({"AND", "OR", "NOT"})


class Meaningless(Stop):
    """A query that cannot be searched for; `why` says it in few words."""

    def __init__(self, why: str) -> None:
        super().__init__(
            Status.USAGE,
            f'this cannot be searched for: {why}. Words, "phrases", beginnings*, OR, NOT (or -) '
            "and parentheses can be used",
        )
        self.why = why


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or several that stand side by side: in quotes, or joined as in "covid-19"."""

    text: str
    """As it was typed."""
    tokens: tuple[str, ...]
    """Its words as the index has them; never none."""
    is_prefix: bool = False
    """Whether the last word is only the beginning of one."""
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    """What must all be there, at least one, and what must not."""

    parts: tuple["Node", ...]
    without: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Of these one must be there."""

    parts: tuple["Node", ...]


Node: TypeAlias = Term | AllOf | AnyOf


def parsed(text: str) -> Node:
    """The query as a tree. Raises Stop USAGE for one that means nothing."""
    # SQLite takes no lone surrogates, which is what a shell's broken UTF-8 becomes.
    text = text.encode("utf-8", "replace").decode().replace("\0", " ")
    node = _Parser(list(_lexemes(text))).parse()
    if node is None:
        raise _wrong("there is no word in it")
    return node


def tokens_of(text: str) -> tuple[str, ...]:
    """The words of a text as the index has them: unicode61 without case and accents."""
    bare = unicodedata.normalize("NFD", text.lower())
    bare = "".join(char for char in bare if not unicodedata.combining(char))
    return tuple(re.findall(r"[^\W_]+", unicodedata.normalize("NFC", bare)))


@dataclass(frozen=True, slots=True)
class _Sign:
    """A parenthesis, a minus or an operator."""

    name: str


_Lexeme: TypeAlias = Term | _Sign | None
"""None is what has no letter and no digit: an emoji, a dash between words."""


def _lexemes(text: str) -> Iterator[_Lexeme]:
    place, text = 0, text.rstrip()
    while place < len(text):
        found = _LEXER.match(text, place)
        assert found is not None, "anything but white space begins one of these"
        place = found.end()
        if found["sign"]:
            yield _Sign(found["sign"])
        elif found["phrase"] is not None:
            if not found["end"]:
                raise _wrong("a quotation mark is open")
            yield _term(found["phrase"], is_prefix=bool(found["after"]), is_quoted=True)
        elif found["word"] in _OPERATORS:
            yield _Sign(found["word"])
        else:
            word = found["word"].rstrip("*")
            yield _term(word, is_prefix=word != found["word"])


def _term(text: str, *, is_prefix: bool = False, is_quoted: bool = False) -> Term | None:
    tokens = tokens_of(text)
    if "*" in text or (is_prefix and not tokens):
        raise _wrong("a * stands at the end of a word of which only the beginning is given")
    return Term(text, tokens, is_prefix, is_quoted) if tokens else None


class _Parser:
    """Recursive descent: OR binds least, then all that stands side by side, then NOT."""

    def __init__(self, lexemes: list[_Lexeme]) -> None:
        self._lexemes = lexemes
        self._place = 0
        self._terms = 0

    def parse(self) -> Node | None:
        node = self._any(0)
        if self._place < len(self._lexemes):
            raise _wrong("a parenthesis is closed that was not opened")
        return node

    def _any(self, depth: int) -> Node | None:
        parts = [self._all(depth)]
        while self._takes("OR"):
            parts.append(self._all(depth))
        if len(parts) == 1:
            return parts[0]
        if not all(parts):
            raise _wrong("OR stands between two words")
        return AnyOf(tuple(part for part in parts if part))

    def _all(self, depth: int) -> Node | None:
        parts: list[Node] = []
        without: list[Node] = []
        while self._goes_on():
            if self._takes("AND") and not (parts and self._goes_on()):
                raise _wrong("AND stands between two words; words side by side need none")
            is_wanted = not (self._takes("NOT") or self._takes("-"))
            node = self._one(depth)
            if node is not None:
                (parts if is_wanted else without).append(node)
        if without and not parts:
            raise _wrong("it says only what is not to be there")
        if len(parts) == 1 and not without:
            return parts[0]
        return AllOf(tuple(parts), tuple(without)) if parts else None

    def _one(self, depth: int) -> Node | None:
        if not self._goes_on() or self._next in (_Sign("AND"), _Sign("NOT"), _Sign("-")):
            raise _wrong("NOT and - stand before a word")
        if self._takes("("):
            if depth == _MOST_DEEP:
                raise _wrong(f"more than {_MOST_DEEP} parentheses stand in one another")
            node = self._any(depth + 1)
            if not self._takes(")"):
                raise _wrong("a parenthesis is open")
            return node
        term = self._next
        self._place += 1
        self._terms += 1
        if self._terms > MOST_TERMS:
            raise _wrong(f"it has more than {MOST_TERMS} words")
        assert not isinstance(term, _Sign)
        return term

    @property
    def _next(self) -> _Lexeme:
        return self._lexemes[self._place]

    def _goes_on(self) -> bool:
        """Whether there is another part before the end, an OR or a closing parenthesis."""
        return self._place < len(self._lexemes) and self._next not in (_Sign("OR"), _Sign(")"))

    def _takes(self, sign: str) -> bool:
        """Go on behind the sign if it stands here."""
        is_here = self._place < len(self._lexemes) and self._next == _Sign(sign)
        self._place += is_here
        return is_here


def _wrong(what: str) -> Stop:
    return Meaningless(what)
