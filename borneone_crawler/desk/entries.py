"""Which entries of the ledger tell of an article, whatever its address was at the time."""

import json
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from borneone_crawler.archive.articles.stored import digest
from borneone_crawler.archive.ledger import Event

Entry = dict[str, Any]
"""A row of the table `ledger`."""


@dataclass(slots=True)
class Life:
    """The entries of one chain about one article, from the first that names it on."""

    address: str
    """Where it stood last, as far as the entries go."""
    entries: list[Entry] = field(default_factory=list)


def entries_of(database: Database, article_id: int) -> list[Entry]:
    """The ledger's entries about an article, those of chains that were taken in among them, in the
    order in which this archive wrote or took them in.

    An address may have been another article's before or after: entries are followed from the one
    that says `new` through every `moved`.
    """
    (row,) = database.query("SELECT uuid FROM archive")
    (article,) = database.query("SELECT url FROM articles WHERE id = ?", [article_id])
    known = _addresses(database, article_id)
    readings = _reading_digests(database, article_id)
    found: list[Entry] = []
    for life in _lives(_about(database, known)):
        is_own = life.entries[0]["chain"] == row["uuid"]
        digests = {entry["reading_digest"] for entry in life.entries} - {None}
        at_home = life.address == article["url"] if is_own else life.address in known
        if at_home or digests & readings:
            found += life.entries
    return sorted(found, key=lambda entry: int(entry["id"]))


def merges_of(database: Database, chains: set[str]) -> list[Entry]:
    """The entries that say when chains of other archives were taken in."""
    rows = database.query("SELECT * FROM ledger WHERE kind = ? ORDER BY id", [Event.MERGE])
    return [row for row in rows if str(row["detail"]).partition(" ")[0] in chains]


def _addresses(database: Database, article_id: int) -> set[str]:
    """Every address which the article has or had, as far as rows and moves tell."""
    rows = database.execute(
        """SELECT url FROM articles WHERE id = :id
           UNION SELECT url FROM urls WHERE article_id = :id""",
        {"id": article_id},
    ).fetchall()
    known = {str(url) for (url,) in rows}
    moves = database.execute(
        "SELECT url, detail FROM ledger WHERE kind = ?", [Event.MOVED]
    ).fetchall()
    while more := {one for move in moves if known & set(move) for one in move} - known:
        known |= more
    return known


def _about(database: Database, addresses: set[str]) -> list[Entry]:
    """Every entry that names one of these addresses, chain by chain."""
    return list(
        database.query(
            """SELECT * FROM ledger WHERE url IN (SELECT value FROM json_each(?))
               ORDER BY chain, n""",
            [json.dumps(sorted(addresses))],
        )
    )


def _lives(entries: list[Entry]) -> list[Life]:
    """The entries by article, told apart by where each stood when."""
    at: dict[tuple[str, str], Life] = {}
    lives: list[Life] = []
    for entry in entries:
        chain, url = entry["chain"], entry["url"]
        if entry["kind"] == Event.NEW:
            at[chain, url] = Life(url)
            lives.append(at[chain, url])
        elif entry["kind"] == Event.MOVED and (chain, entry["detail"]) in at:
            at[chain, url] = at.pop((chain, entry["detail"]))
            at[chain, url].address = url
        if (chain, url) in at:
            at[chain, url].entries.append(entry)
    return lives


def _reading_digests(database: Database, article_id: int) -> set[str]:
    """SHA-256 of every reading of an article, as the ledger has it: also of those withheld."""
    texts = database.execute(
        """SELECT coalesce(w.article, r.article)
           FROM revisions AS v JOIN readings AS r ON r.revision_id = v.id
               LEFT JOIN withheld AS w ON w.reading_id = r.id
           WHERE v.article_id = ?""",
        [article_id],
    ).fetchall()
    erased = database.execute(
        """SELECT each.value ->> 'reading_digest'
           FROM takedowns AS t JOIN json_each(t.digests) AS each WHERE t.article_id = ?""",
        [article_id],
    ).fetchall()
    return {digest(text) for (text,) in texts} | {str(value) for (value,) in erased if value}
