"""What is searched for: a query, widened, as an expression of FTS5."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from borneone_crawler.archive.searching import stemming
from borneone_crawler.archive.searching.forms import Forms
from borneone_crawler.archive.searching.query import AllOf, AnyOf, Node, Term, parsed, tokens_of
from borneone_crawler.archive.searching.words import Words, words

if TYPE_CHECKING:  # it takes a command a tenth of its start
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Sought:
    """Made by `sought`."""

    expression: str
    """For MATCH on articles_fts."""
    groups: tuple[tuple[str, ...], ...]
    """What was asked for, as expressions: of each what stands for one and the same."""
    widened: dict[str, list[str]]
    """What was typed -> what is taken for it too: other forms, synonyms."""


def sought(
    database: "Database", text: str, *, is_exact: bool = False, own: Path | None = None
) -> Sought:
    """What a query means in this archive; `is_exact`: its words as they stand. `own` is the
    owner's file of words.

    Raises Stop: USAGE for a query that means nothing, MISCONFIGURED for a file that is wrong.
    """
    query = parsed(text)
    if is_exact:
        writer = _Writer()
    else:
        known = words(own)
        has_forms = stemming.is_installed()
        writer = _Writer(known, Forms(database, _stemmer(known)) if has_forms else None)
    expression = writer.written(query)
    return Sought(expression, tuple(map(tuple, writer.groups)), writer.widened)


@cache
def _stemmer(known: Words) -> stemming.Stemmer:
    return stemming.Stemmer(known.roots, known.no_roots)


@dataclass
class _Writer:
    """Writes a tree as an expression. What was typed stands in it only between quotation marks,
    where FTS5 takes it apart as it did the articles."""

    known: Words | None = None
    forms: Forms | None = None
    widened: dict[str, list[str]] = field(default_factory=dict)
    groups: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._synonyms = self.known.standing_for() if self.known else {}
        self._longest = max(map(len, self._synonyms), default=0)

    def written(self, node: Node) -> str:
        match node:
            case Term():
                return self._all([node])
            case AnyOf():
                return _joined(" OR ", [self.written(part) for part in node.parts])
            case AllOf():
                wanted = self._all(node.parts)
                if not node.without:
                    return wanted
                groups = list(self.groups)
                unwanted = self.written(AnyOf(node.without))
                self.groups = groups
                return f"({wanted} NOT {unwanted})"

    def _all(self, parts: Sequence[Node]) -> str:
        """All of the parts; where words side by side are another's synonym, these or that one."""
        pieces: list[str] = []
        rest = list(parts)
        while rest:
            terms = [part for part in takewhile(_is_plain, rest) if isinstance(part, Term)]
            used, others = self._synonyms_at(terms)
            pieces.append(self._widened(terms[:used], others) if terms else self._plain(rest[0]))
            rest = rest[used:]
        return _joined(" AND ", pieces)

    def _plain(self, part: Node) -> str:
        return self._group([_term(part)]) if isinstance(part, Term) else self.written(part)

    def _synonyms_at(self, terms: list[Term]) -> tuple[int, list[str]]:
        """How many of the words at the beginning make the longest entry of the synonyms, and what
        stands for them."""
        for used in range(min(len(terms), self._longest), 0, -1):
            tokens = tuple(token for term in terms[:used] for token in term.tokens)
            if tokens in self._synonyms:
                return used, self._synonyms[tokens]
        return 1, []

    def _widened(self, terms: Sequence[Term], others: list[str]) -> str:
        """The words in any of their forms, or what stands for them all in any of its forms."""
        synonyms = [form for other in others for form in (other, *self._forms(tokens_of(other)))]
        if len(terms) == 1:
            forms = self._forms(terms[0].tokens)
            self._note(terms[0].text, [*forms, *synonyms])
            return self._group([_term(terms[0]), *map(_quoted, (*forms, *synonyms))])
        together = _joined(" AND ", [self._widened([term], []) for term in terms])
        self._note(" ".join(term.text for term in terms), synonyms)
        return _joined(" OR ", [together, self._group(list(map(_quoted, synonyms)))])

    def _forms(self, tokens: tuple[str, ...]) -> list[str]:
        return self.forms.of(tokens[0]) if self.forms and len(tokens) == 1 else []

    def _group(self, expressions: list[str]) -> str:
        expressions = list(dict.fromkeys(expressions))
        self.groups.append(expressions)
        return _joined(" OR ", expressions)

    def _note(self, typed: str, others: list[str]) -> None:
        if others:
            self.widened[typed] = list(dict.fromkeys(others))


def _is_plain(node: Node) -> bool:
    """Whether it is a word that may be widened."""
    return isinstance(node, Term) and not node.is_prefix and not node.is_quoted


def _joined(operator: str, pieces: Sequence[str]) -> str:
    return pieces[0] if len(pieces) == 1 else f"({operator.join(pieces)})"


def _term(term: Term) -> str:
    return _quoted(term.text) + "*" * term.is_prefix


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
