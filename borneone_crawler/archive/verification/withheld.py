"""Whether an article that was taken down is withheld or erased in order: that is no damage."""

import json
import sqlite3
from collections.abc import Iterator, Sequence

from borneone_crawler.archive.verification.findings import Finding, Kind
from borneone_crawler.archive.verification.history import SEALING, Entry
from borneone_crawler.archive.verification.readings import Held

_TAKEDOWNS = ("takedown", "restored", "erased")


def tombstone(
    row: sqlite3.Row, held: Sequence[Held], entries: Sequence[Entry], own: str
) -> Iterator[Finding]:
    """Compare an article's tombstone, or that it has none, with the ledger and with the texts
    that are kept for it. `row` is the article with its row of `takedowns`."""
    url = row["url"]
    events = [entry for entry in entries if entry.kind in _TAKEDOWNS]
    if row["taken_down_at"] is None:
        last = next((entry for entry in reversed(events) if entry.chain == own), None)
        if last is not None and last.kind != "restored":
            what = f"the tombstone of the {last.kind} that entry {last.n} of the ledger seals"
            yield Finding(Kind.MISSING, what, url)
        return
    erased = row["erased_at"] is not None
    if ("erased" if erased else "takedown") not in {entry.kind for entry in events}:
        yield Finding(Kind.ADDED, "a tombstone that no entry of the ledger knows", url)
    digests = _digests(row["digests"])
    if digests is None:
        yield Finding(Kind.CHANGED, "the digests of its tombstone cannot be read", url)
        return
    for reading in held:
        if reading.reading_digest not in digests:
            what = f"its tombstone has not the digest of revision {reading.n}"
            yield Finding(Kind.CHANGED, what, url)
    if erased:
        for entry in entries:
            sealed = entry.kind in SEALING and entry.chain == own
            if sealed and entry.reading_digest not in digests:
                what = f"revision {entry.revision}, of which the tombstone knows nothing"
                yield Finding(Kind.MISSING, what, url)
        yield Finding(Kind.ERASED, f"at {row['erased_at']}: {row['reason']}", url)
    else:
        yield Finding(Kind.WITHHELD, f"since {row['taken_down_at']}: {row['reason']}", url)


def taken_down_in(entries: Sequence[Entry]) -> set[str]:
    """The chains whose last word on an article is that it was taken down."""
    words = {entry.chain: entry.kind for entry in entries if entry.kind in _TAKEDOWNS}
    return {chain for chain, kind in words.items() if kind != "restored"}


def out_of_sight(url: str, row: sqlite3.Row) -> Iterator[Finding]:
    """Whether a reading of an article that was taken down is withheld, and nowhere else."""
    if row["withheld"] is None:
        yield Finding(Kind.MISSING, f"the withheld text of revision {row['n']}", url)
    if (row["article"], row["sources"], row["flags"]) != ("{}", "{}", "[]") or row["removals"]:
        what = f"taken down, and revision {row['n']} still has its reading"
        yield Finding(Kind.CHANGED, what, url)


def _digests(text: str) -> set[str] | None:
    """Digests of the readings that a tombstone lists."""
    try:
        return {one["reading_digest"] for one in json.loads(text)}
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
