"""Lines that stand in so many articles that they may be boilerplate no rule takes."""

import re
from array import array
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlite_utils import Database

from borneone_crawler.cleaning.lines import Known, matches
from borneone_crawler.cleaning.rules import Rules

FEWEST = 10
"""Articles that a line must stand in."""
FEWEST_DAYS = 5
"""Days on which these were published: a story is told again for a day or two."""
LEAST_SHARE = 0.02
"""Share that these must be of all articles between the first and the last of them, so that what
was in use for some months only is found too, and a stock phrase of many years is not."""
LONGEST = 600
"""Characters of a line that is looked at: all that is remembered is bounded by it."""
SAMPLES = 3

_CELLS = 1 << 21
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_ROLES = frozenset(
    """by dan editor kontributor laporan oleh penulis pewarta red redaksi reporter sumber tim
    wartawan""".split()  # noqa: SIM905 - as blocks.py has its words
)

_ARTICLES = """
SELECT
    a.url, a.headline, a.article_body, a.date_published, a.dateline, a.byline_initials, a.editor,
    (SELECT group_concat(p.name, char(10)) FROM article_people AS x
        JOIN people AS p ON p.id = x.person_id
        WHERE x.article_id = a.id AND x.role = 'author') AS authors
FROM articles AS a
WHERE a.id NOT IN (SELECT article_id FROM takedowns)
    AND a.date_published IS NOT NULL AND (:since IS NULL OR a.date_published >= :since)
ORDER BY a.date_published, a.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A line that recurs, numbers in it not compared."""

    text: str
    """As the newest article has it."""
    articles: int
    of: int
    """All articles from the first to the last of these, by date of publication."""
    place: str
    """Where in the texts most of them have it: "first line", "last line" or "within"."""
    first_published: str
    last_published: str
    samples: list[str]
    """Addresses, the newest article first."""
    rule: str | None
    """The rule of today that takes it, once the articles are read again."""

    @property
    def share(self) -> float:
        return self.articles / self.of

    @property
    def suspicion(self) -> float:
        """Many articles, and most of those of its time."""
        return self.articles * self.share

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"share": round(self.share, 4)}


@dataclass(slots=True)
class _Line:
    """What is counted of one line. Articles come in the order of their dates."""

    text: str
    articles: int = 0
    days: int = 0
    first: int = 0
    """Number of the first article that has it, and of the last."""
    last: int = 0
    first_published: str = ""
    last_published: str = ""
    at_beginning: int = 0
    at_end: int = 0
    urls: deque[str] = field(default_factory=lambda: deque(maxlen=SAMPLES))


def candidates_of(database: Database, rules: Rules, since: str | None = None) -> list[Candidate]:
    """The most suspicious first; `since`: a day in the newsroom's time, else of all articles.

    Two passes, so that what is remembered does not grow with the archive: the first counts lines
    in cells that several may share, the second only looks at those whose cells are full enough.
    """
    database.execute("BEGIN")  # both passes see one moment, whatever a crawl writes meanwhile
    try:
        cells = _Cells()
        for row in database.query(_ARTICLES, {"since": since}):
            cells.add(_lines(row))
        lines = _count(database.query(_ARTICLES, {"since": since}), cells)
    finally:
        database.execute("ROLLBACK")
    found = [
        _candidate(line, rules)
        for line in lines.values()
        if line.articles >= FEWEST
        and line.days >= FEWEST_DAYS
        and line.articles >= LEAST_SHARE * (line.last - line.first + 1)
    ]
    return sorted(found, key=lambda one: (-one.suspicion, one.text))


class _Cells:
    """Counts how often lines are added: never too low, too high where lines share both cells
    (a count-min sketch of two rows, 8 MiB)."""

    def __init__(self) -> None:
        self._rows = [array("H", bytes(2 * _CELLS)) for _ in range(2)]

    def add(self, lines: dict[str, str]) -> None:
        for line in lines:
            for row, cell in self._of(line):
                if row[cell] < FEWEST:
                    row[cell] += 1

    def may_recur(self, line: str) -> bool:
        return all(row[cell] >= FEWEST for row, cell in self._of(line))

    def _of(self, line: str) -> Iterator[tuple["array[int]", int]]:
        # Python's own hash: other in every process, so that no page can aim at a cell.
        number = hash(line)
        yield self._rows[0], number % _CELLS
        yield self._rows[1], (number >> 32) % _CELLS


def _count(articles: Iterator[dict[str, Any]], cells: _Cells) -> dict[str, _Line]:
    found: dict[str, _Line] = {}
    for number, row in enumerate(articles):
        lines = _lines(row)
        published = row["date_published"]
        for position, (key, text) in enumerate(lines.items()):
            if not cells.may_recur(key):
                continue
            line = found.setdefault(key, _Line(text, first=number, first_published=published))
            line.text = text
            line.articles += 1
            line.days += line.last_published[:10] != published[:10]
            line.last, line.last_published = number, published
            line.at_beginning += position == 0
            line.at_end += position == len(lines) - 1
            line.urls.appendleft(row["url"])
    return found


def _lines(row: dict[str, Any]) -> dict[str, str]:
    """The lines of an article in order, each once, numbers folded -> as they stand; without what
    is no text and without the signature, which the text is meant to keep."""
    return {
        NUMBER.sub("0", " ".join(line.split())): line
        for line in row["article_body"].split("\n")
        if len(line) <= LONGEST
        and any(map(str.isalpha, line))
        and not (len(line) <= _SHORT and _is_signature(line, row))
    }


_SHORT = 80
"""Characters of the longest line that may be a signature."""


def _is_signature(line: str, row: dict[str, Any]) -> bool:
    """Whether a line says nothing but whose text it is, and where it was written."""
    names = [*(row["authors"] or "").split("\n"), row["editor"], row["byline_initials"]]
    rest = line.casefold()
    for name in (row["dateline"], *sorted(filter(None, names), key=len, reverse=True)):
        if name:
            rest = rest.replace(name.casefold(), " ")
    return rest != line.casefold() and set(re.findall(r"[^\W\d_]+", rest)) <= _ROLES


def _candidate(line: _Line, rules: Rules) -> Candidate:
    most = 0.5 * line.articles
    place = "last line" if line.at_end > most else "within"
    taken = matches([line.text], rules, Known())
    return Candidate(
        text=line.text,
        articles=line.articles,
        of=line.last - line.first + 1,
        place="first line" if line.at_beginning > most else place,
        first_published=line.first_published,
        last_published=line.last_published,
        samples=list(line.urls),
        rule=taken[0].rule.name if taken else None,
    )
