"""Whether an article shows the reading it should, and is marked gone or redirected as it was."""

import sqlite3
from collections.abc import Iterator, Sequence

from borneone_crawler.archive.verification.findings import Finding, Kind
from borneone_crawler.archive.verification.history import Entry


def pointers(
    row: sqlite3.Row, readings: Sequence[sqlite3.Row], entries: Sequence[Entry], own: str
) -> Iterator[Finding]:
    """Whether the reading shown is of the article's newest revision, and the one that counts.
    `readings` are all of the article's, its revisions in the order of their dates."""
    url = row["url"]
    shown = next((one for one in readings if one["id"] == row["reading_id"]), None)
    if shown is None or shown["revision_id"] != row["revision_id"]:
        yield Finding(Kind.CHANGED, "it shows a reading that is not its own", url)
        return
    own_readings = {(one["revision_id"], one["id"]) for one in readings}
    for one in readings:
        if (one["revision_id"], one["counts"]) not in own_readings:
            what = f"the reading that counts for revision {one['n']} is not one of it"
            yield Finding(Kind.CHANGED, what, url)
    if shown["counts"] != shown["id"]:
        yield Finding(Kind.CHANGED, "it shows a reading that is not the one that counts", url)
    sealed = {entry.revision for entry in entries if entry.chain == own}
    newest = readings[-1]
    # What others captured long ago may lie between two sightings of what is shown; a page that a
    # crawl saw change is always shown.
    seen_since = row["last_seen_at"] > newest["seen_at"]
    crawled = newest["command"] == "crawl" and newest["n"] in sealed
    if newest["revision_id"] != shown["revision_id"] and (crawled or not seen_since):
        what = f"it shows revision {shown['n']}, though revision {newest['n']} is the newest"
        yield Finding(Kind.CHANGED, what, url)


def whereabouts(row: sqlite3.Row, entries: Sequence[Entry], own: str) -> Iterator[Finding]:
    """Whether the article is gone or redirected now as the ledger says last. Where another
    archive was taken in, the last word may be that one's."""
    chains = {own} | {entry.chain for entry in entries}
    states = [_state([entry for entry in entries if entry.chain == chain]) for chain in chains]
    if not any((row["gone_at"] is not None) == gone for gone, _ in states):
        held = f"gone since {row['gone_at']}" if row["gone_at"] else "there"
        what = f"it is marked as {held}, which is not the ledger's last word"
        yield Finding(Kind.CHANGED, what, row["url"])
    if not any(row["redirected_to"] in targets for _, targets in states):
        held = row["redirected_to"] or "nowhere"
        what = f"it is marked as redirected to {held}, which is not the ledger's last word"
        yield Finding(Kind.CHANGED, what, row["url"])


def _state(entries: Sequence[Entry]) -> tuple[bool, set[str | None]]:
    """Whether the article is gone, and where it may be marked as redirected to, after these."""
    gone = False
    targets: set[str | None] = {None}
    for entry in entries:
        if entry.kind == "back":
            gone, targets = False, {None}
        elif entry.kind == "gone":
            gone = True
        elif entry.kind == "redirected":
            targets = {entry.detail}
        elif entry.kind == "moved":
            # A page that is read at its new address is no longer redirected; one that only made
            # room for another article is.
            targets.add(None)
    return gone, targets
