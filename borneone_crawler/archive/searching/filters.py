"""Which articles a search is among: of sections, of authors, of days."""

import difflib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from borneone_crawler.statuses import Status, Stop

if TYPE_CHECKING:  # it takes a command a tenth of its start
    from sqlite_utils import Database

_NAMES = {
    "section": "SELECT id, name, slug FROM sections",
    "author": """
        SELECT DISTINCT p.id, p.name, NULL FROM people AS p
        JOIN article_people AS x ON x.person_id = p.id WHERE x.role IN ('author', 'initials')""",
}

_BELOW = """
WITH RECURSIVE below (id) AS (
    SELECT value FROM json_each(?)
    UNION
    SELECT s.id FROM sections AS s JOIN below ON s.parent_id = below.id
)
SELECT id FROM below
"""

_IN_SECTIONS = """
SELECT article_id FROM article_sections WHERE section_id IN (SELECT value FROM json_each(?))
"""
_BY_AUTHORS = """
SELECT article_id FROM article_people
WHERE role IN ('author', 'initials') AND person_id IN (SELECT value FROM json_each(?))
"""
# As text: what has an offset comes after its own beginning, and so in its own day.
_IN_TIME = "SELECT id FROM articles WHERE date_published >= ? AND date_published < ?"


class Unknown(Stop):
    """A section or author that is not in the archive; `near` is the nearest there is."""

    def __init__(self, kind: str, name: str, near: str | None) -> None:
        hint = f"; perhaps {near!r} is meant" if near else ""
        super().__init__(Status.USAGE, f"there is no {kind} {name!r} in the archive{hint}")
        self.kind, self.name, self.near = kind, name, near


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """None: whatever it is."""

    sections: frozenset[int] | None = None
    authors: frozenset[int] | None = None
    since: str | None = None
    """The first moment of date_published, in the newsroom's own time: "2019-10-01", or with the
    time of day. What has no date is in no span of time."""
    before: str | None = None
    """The first moment after."""

    @property
    def is_dated(self) -> bool:
        """Whether articles without a date are left out."""
        return self.since is not None or self.before is not None

    def conditions(self) -> Iterator[tuple[str, list[str]]]:
        """Queries of the ids that each condition allows, with their values."""
        if self.sections is not None:
            yield _IN_SECTIONS, [json.dumps(sorted(self.sections))]
        if self.authors is not None:
            yield _BY_AUTHORS, [json.dumps(sorted(self.authors))]
        if self.is_dated:
            yield _IN_TIME, [self.since or "", self.before or "~"]


EVERYTHING = Filters()


def named(database: "Database", kind: str, names: Sequence[str]) -> frozenset[int] | None:
    """The ids of the sections ("section"; with those below them) or authors ("author") of these
    names, whatever their case; None for no names. Raises Stop USAGE, with the nearest name there
    is, for one that is not there."""
    if not names:
        return None
    rows = database.execute(_NAMES[kind]).fetchall()
    found: set[int] = set()
    for name in names:
        wanted = _folded(name)
        ids = {row[0] for row in rows if wanted in {_folded(row[1]), _folded(row[2] or "")}}
        if not wanted or not ids:
            near = difflib.get_close_matches(wanted, {_folded(row[1]): row for row in rows}, n=1)
            spelled = [row[1] for row in rows if near and _folded(row[1]) == near[0]]
            raise Unknown(kind, name, spelled[0] if spelled else None)
        found |= ids
    if kind == "section":
        found = _with_those_below(database, found)
    return frozenset(found)


def _with_those_below(database: "Database", ids: set[int]) -> set[int]:
    return {row[0] for row in database.execute(_BELOW, [json.dumps(sorted(ids))]).fetchall()}


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
