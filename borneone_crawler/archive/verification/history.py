"""What the ledger says of one article, from its present address back to its first entry."""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass

SEALING = ("new", "revision", "reading")
"""Kinds of entries that seal a reading."""

Seals = tuple[str | None, str | None, str | None]
"""What tells one reading from others: its digest, that of its content, the reader's version."""

_COLUMNS = (
    "id", "chain", "n", "kind", "url", "revision", "seen_at", "content_digest", "reading_digest",
    "capture_digests", "detail",
)  # fmt: skip

# The plus signs: by the address, not along the whole chain.
_AT = f"""
SELECT {", ".join(_COLUMNS)} FROM ledger
WHERE url = ? AND +chain = ? AND +n < ? AND kind <> 'merge' ORDER BY n DESC
"""  # noqa: S608

_NO_END = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, by the columns of the table `ledger`."""

    id: int
    chain: str
    n: int
    kind: str
    url: str
    revision: int | None
    seen_at: str | None
    content_digest: str | None
    reading_digest: str | None
    capture_digests: str | None
    detail: str | None

    @property
    def seals(self) -> Seals:
        """The reading that it seals, if it does."""
        return self.reading_digest, self.content_digest, self.detail


def history(db: sqlite3.Connection, chain: str, url: str) -> list[Entry]:
    """Entries of one chain about the article that has this address last, oldest first.

    Addresses pass from one article to another (a slug is used again). Read backwards that is
    plain: an entry `new` is where this article begins, and `moved` says where it was before.
    """
    found: list[Entry] = []
    before = _NO_END
    while True:
        for row in db.execute(_AT, [url, chain, before]):
            entry = Entry(*row)
            found.append(entry)
            if entry.kind == "new":
                return found[::-1]
            if entry.kind == "moved" and entry.detail is not None:
                url, before = entry.detail, entry.n
                break
        else:
            return found[::-1]


def histories(
    db: sqlite3.Connection, chains: Collection[str], addresses: Collection[str]
) -> list[Entry]:
    """The same out of chains of other archives, which know the article by any of its
    addresses."""
    entries = {
        entry.id: entry
        for chain in chains
        for url in addresses
        for entry in history(db, chain, url)
    }
    return [entries[key] for key in sorted(entries)]
