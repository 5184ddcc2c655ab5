"""Whether the ledger's chains are whole, and whether they go on from an earlier head."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from borneone_crawler.archive.ledger import FIELDS, FIRST, Head, digest_of
from borneone_crawler.archive.verification.findings import Checked, Finding, Kind

_LOST_HEADS = """
SELECT id, started_at, ledger_head FROM runs
WHERE ledger_head <> ? AND NOT EXISTS (SELECT 1 FROM ledger WHERE digest = ledger_head)
ORDER BY id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """Where a head that was noted earlier stands in the ledger of today."""

    chain: str
    n: int
    at: str | None
    """When that entry was written, UTC; None before the first one."""
    entries_since: int


class Chains:
    """The chain of this archive, and those of the archives that were merged into it."""

    def __init__(self, db: sqlite3.Connection, own: str) -> None:
        self._db = db
        self._own = own
        self._broken: set[str] = set()
        self.heads: dict[str, Head] = {}

    @property
    def head(self) -> Head:
        """The newest entry of this archive's own chain."""
        return self.heads.get(self._own, Head(0, FIRST))

    def findings(self, checked: Checked) -> Iterator[Finding]:
        """What is wrong with any chain. Reads every entry once, in order."""
        for row in self._db.execute("SELECT * FROM ledger ORDER BY chain, n"):
            checked["entries"] += 1
            chain, last = row["chain"], self.heads.get(row["chain"], Head(0, FIRST))
            for finding in self._entry(row, last):
                self._broken.add(chain)
                yield finding
            self.heads[chain] = Head(row["n"], row["digest"])
        checked["chains"] = len(self.heads)
        yield from self._merges()
        for run, at, head in self._db.execute(_LOST_HEADS, [FIRST]):
            yield Finding(
                Kind.CHANGED,
                f"run {run} of {at} ended with the ledger's head {head}, which is in no chain "
                "now: the ledger was cut or written anew since",
            )

    def extension(self, digest: str) -> Extension | Finding:
        """Where an earlier head stands, or what it means that it does not. To be asked after
        `findings`: nothing is proved by a chain that is broken."""
        if digest == FIRST:
            return Extension(chain=self._own, n=0, at=None, entries_since=self.head.n)
        row = self._db.execute(
            "SELECT chain, n, at FROM ledger WHERE digest = ?", [digest]
        ).fetchone()
        if row is None:
            return Finding(
                Kind.CHANGED,
                f"{digest} is no entry of a ledger here: this archive does not go on from the one "
                "whose head that was. It is another archive, an older copy, or what was in it "
                "then has been written anew",
            )
        if row["chain"] in self._broken:
            return Finding(
                Kind.CHANGED,
                f"{digest} is entry {row['n']} here, but its chain is broken (see above): that "
                "this archive goes on from it is not proved",
            )
        since = self.heads[row["chain"]].n - row["n"]
        return Extension(chain=row["chain"], n=row["n"], at=row["at"], entries_since=since)

    def _entry(self, row: sqlite3.Row, last: Head) -> Iterator[Finding]:
        of = "the ledger" if row["chain"] == self._own else f"the chain {row['chain']}"
        if row["n"] != last.n + 1:
            gap = f"{last.n + 1} to {row['n'] - 1}" if row["n"] - last.n > 2 else f"{last.n + 1}"
            yield Finding(Kind.MISSING, f"entry {gap} of {of}")
        elif row["previous"] != last.digest:
            yield Finding(
                Kind.CHANGED,
                f"entry {row['n']} of {of} does not follow on the one before as it stands now",
                row["url"],
            )
        try:
            as_sealed = digest_of({name: row[name] for name in FIELDS}) == row["digest"]
        except (ValueError, UnicodeEncodeError):
            as_sealed = False
        if not as_sealed:
            yield Finding(
                Kind.CHANGED, f"entry {row['n']} of {of} is not what was sealed", row["url"]
            )

    def _merges(self) -> Iterator[Finding]:
        """Every chain of somebody else is named, up to its end, by an entry of ours (or of one
        that ours names): so our own head seals it too."""
        taken_in: dict[str, int] = {}
        named = [
            (url, *(detail or "").split(" "), "", "", "")
            for url, detail in self._db.execute(
                "SELECT url, detail FROM ledger WHERE kind = 'merge' ORDER BY id"
            )
        ]
        parted = _parted(named)
        for url, chain, n, digest, *_ in named:
            there = self._db.execute(
                "SELECT 1 FROM ledger WHERE chain = ? AND n = ? AND digest = ?", [chain, n, digest]
            ).fetchone()
            if there is not None or digest == FIRST:
                if n.isdecimal():
                    taken_in[chain] = max(taken_in.get(chain, 0), int(n))
            elif not (n.isdecimal() and int(n) > parted.get(chain, int(n))):
                what = f"entry {n} of the chain {chain}, which a merge took in"
                yield Finding(Kind.MISSING, what, url)
        for chain, head in self.heads.items():
            if chain != self._own and head.n > taken_in.get(chain, 0):
                after = taken_in.get(chain, 0)
                what = (
                    f"entries of the chain {chain} after its entry {after}: no merge took them in"
                )
                yield Finding(Kind.ADDED, what)


def _parted(named: Sequence[tuple[str, ...]]) -> dict[str, int]:
    """Chains that two files went on with, and the last entry that both have. The detail of such a
    merge goes on with the head of the other file's; behind that entry, only one of the two is
    here, though entries of both may be named."""
    parted: dict[str, int] = {}
    for _, chain, n, _, *more in named:
        if any(more) and n.isdecimal():
            parted[chain] = min(parted.get(chain, int(n)), int(n))
    return parted
