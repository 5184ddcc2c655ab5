"""The chains of two ledgers: whether each is sound, where they part, and what one lacks."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlite_utils import Database

from borneone_crawler.archive.ledger import FIELDS, FIRST, digest_of
from borneone_crawler.archive.merging.report import Fork
from borneone_crawler.statuses import Status, Stop

Seal = tuple[str, str]
"""Reading digest and content digest, by which an entry names a reading."""

_COLUMNS = ", ".join(FIELDS)


def check(database: Database) -> None:
    """Recompute every chain of the other ledger. Raises Stop NO_ARCHIVE at the first entry that
    is missing or not what was sealed."""
    query = f"SELECT {_COLUMNS}, digest FROM other.ledger ORDER BY chain, n"  # noqa: S608
    # Closed at once: as long as it is read the other archive could not be let go.
    with closing(database.conn.execute(query)) as rows:
        names = [column[0] for column in rows.description]
        entries = (dict(zip(names, row, strict=True)) for row in rows)
        for chain, of_chain in groupby(entries, key=lambda entry: str(entry["chain"])):
            _check_chain(chain, of_chain)


def _check_chain(chain: str, entries: Iterator[dict[str, Any]]) -> None:
    previous = FIRST
    for n, entry in enumerate(entries, start=1):
        fault = None
        if entry["n"] != n:
            fault = "is missing"
        elif entry["previous"] != previous or digest_of(entry) != entry["digest"]:
            fault = "is not what was sealed"
        if fault:
            raise Stop(
                Status.NO_ARCHIVE,
                f"the ledger of the other archive is damaged or was changed: entry {n} of "
                f"{chain} {fault}; nothing was taken in",
            )
        previous = entry["digest"]


def forks(database: Database) -> list[Fork]:
    """Chains of one name that differ: two files were written under one uuid."""
    rows = database.execute(
        """SELECT o.chain, min(o.n) - 1, o.previous, l.digest, o.digest
           FROM other.ledger AS o JOIN main.ledger AS l USING (chain, n)
           WHERE l.digest <> o.digest GROUP BY o.chain"""
    )
    return [Fork(*row) for row in rows.fetchall()]


def goes_on(database: Database, chain: str) -> bool:
    """Whether the other archive has entries of a chain that are not here."""
    row = database.execute(
        """SELECT 1 FROM other.ledger AS o WHERE chain = ?
           AND NOT EXISTS (SELECT 1 FROM main.ledger AS l WHERE l.digest = o.digest)""",
        [chain],
    ).fetchone()
    return row is not None


def append(database: Database, forked: list[Fork]) -> int:
    """Take in what our ledger lacks, untouched and in its order, but for chains that part.
    Returns how many entries."""
    marks = ", ".join("?" * len(forked))
    return int(
        database.execute(
            f"""INSERT INTO main.ledger ({_COLUMNS}, digest)
                SELECT {_COLUMNS}, digest FROM other.ledger AS o
                WHERE chain NOT IN ({marks})
                    AND NOT EXISTS (SELECT 1 FROM main.ledger AS l WHERE l.digest = o.digest)
                ORDER BY id""",  # noqa: S608
            [fork.chain for fork in forked],
        ).rowcount
    )


@dataclass(slots=True, kw_only=True)
class Seals:
    """Which readings are sealed by which ledger."""

    here: set[Seal]
    """By ours, with what came in."""
    there: set[Seal]
    """By the other; none where it is older than ledgers."""
    left_out: set[tuple[str, str, str]]
    """By entries of a chain that parted from ours, which did not come in; with seen_at."""

    @classmethod
    def of(cls, database: Database) -> "Seals":
        """As it stands when the other's entries were appended."""
        columns = "reading_digest, content_digest, seen_at"
        left_out = database.execute(
            f"""SELECT {columns} FROM other.ledger AS o
                WHERE NOT EXISTS (SELECT 1 FROM main.ledger AS l WHERE l.digest = o.digest)"""  # noqa: S608
        )
        return cls(
            here=_seals(database, "main"),
            there=_seals(database, "other"),
            left_out=set(left_out.fetchall()),
        )

    def vouched_for(self, seal: Seal) -> bool:
        """Whether the other archive can say of a reading that it is as it was written."""
        return not self.there or seal in self.there

    def missing(self, seal: Seal, seen_at: str) -> bool:
        """Whether a reading that comes in needs an entry of our own."""
        return not self.there or seal not in self.here or (*seal, seen_at) in self.left_out


def _seals(database: Database, schema: str) -> set[Seal]:
    rows = database.execute(
        f"""SELECT reading_digest, content_digest FROM {schema}.ledger
            WHERE reading_digest IS NOT NULL"""  # noqa: S608
    )
    return set(rows.fetchall())
