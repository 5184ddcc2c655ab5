"""What is searched for: a query, widened, as an expression of FTS5."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path

from sqlite_utils import Database

from borneone_crawler.archive.searching import stemming
from borneone_crawler.archive.searching.forms import Forms
from borneone_crawler.archive.searching.query import AllOf, AnyOf, Node, Term, parsed, tokens_of
from borneone_crawler.archive.searching.words import Words, words


@dataclass(frozen=True, slots=True)
class Sought:
    """Made by `sought`."""

    expression: str
    """For MATCH on articles_fts."""
    widened: dict[str, list[str]]
    """What was typed -> what is taken for it too: other forms, synonyms."""


def sought(
    database: Database, text: str, *, is_exact: bool = False, own: Path | None = None
) -> Sought:
    """What a query means in this archive; `is_exact`: its words as they stand. `own` is the
    owner's file of words.

    Raises Stop: USAGE for a query that means nothing, MISCONFIGURED for a file that is wrong.
    """
    query = parsed(text)
    if is_exact:
        return Sought(_Writer().written(query), {})
    known = words(own)
    has_forms = stemming.is_installed()
    writer = _Writer(known, Forms(database, _stemmer(known)) if has_forms else None)
    return Sought(writer.written(query), writer.widened)


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
                return f"({wanted} NOT {self.written(AnyOf(node.without))})"

    def _all(self, parts: Sequence[Node]) -> str:
        """All of the parts; where words side by side are another's synonym, these or that one."""
        pieces: list[str] = []
        for is_plain, run in groupby(parts, _is_plain):
            if is_plain:
                pieces += self._run([part for part in run if isinstance(part, Term)])
            else:
                pieces += [_term(p) if isinstance(p, Term) else self.written(p) for p in run]
        return _joined(" AND ", pieces)

    def _run(self, terms: list[Term]) -> list[str]:
        pieces = []
        while terms:
            used, others = self._synonyms_at(terms)
            together = _joined(" AND ", [self._forms(term) for term in terms[:used]])
            typed = " ".join(term.text for term in terms[:used])
            self._note(typed, others)
            pieces.append(_joined(" OR ", [together, *map(self._synonym, others)]))
            terms = terms[used:]
        return pieces

    def _synonyms_at(self, terms: list[Term]) -> tuple[int, list[str]]:
        """How many of the words at the beginning make the longest entry of the synonyms, and what
        stands for them."""
        for used in range(min(len(terms), self._longest), 0, -1):
            tokens = tuple(token for term in terms[:used] for token in term.tokens)
            if tokens in self._synonyms:
                return used, self._synonyms[tokens]
        return 1, []

    def _forms(self, term: Term) -> str:
        forms = self._forms_of(term.tokens)
        self._note(term.text, forms)
        return _joined(" OR ", [_term(term), *map(_quoted, forms)])

    def _synonym(self, entry: str) -> str:
        return _joined(" OR ", [_quoted(entry), *map(_quoted, self._forms_of(tokens_of(entry)))])

    def _forms_of(self, tokens: tuple[str, ...]) -> list[str]:
        return self.forms.of(tokens[0]) if self.forms and len(tokens) == 1 else []

    def _note(self, typed: str, others: list[str]) -> None:
        if others:
            known = self.widened.setdefault(typed, [])
            known += [other for other in others if other not in known]


def _is_plain(node: Node) -> bool:
    """Whether it is a word that may be widened."""
    return isinstance(node, Term) and not node.is_prefix and not node.is_quoted


def _joined(operator: str, pieces: Sequence[str]) -> str:
    return pieces[0] if len(pieces) == 1 else f"({operator.join(pieces)})"


def _term(term: Term) -> str:
    return _quoted(term.text) + "*" * term.is_prefix


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
