"""Whether an article's readings are those the ledger sealed: none changed, more or fewer."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from borneone_crawler.archive.verification.findings import Finding, Kind
from borneone_crawler.archive.verification.history import SEALING, Entry, Seals
from borneone_crawler.archive.verification.readings import Held


def sealed_alike(
    url: str, held: Sequence[Held], entries: Sequence[Entry], own: str
) -> Iterator[Finding]:
    """Compare an article's readings with the entries about it. `own` is this archive's chain."""
    sealing = defaultdict[Seals, list[Entry]](list)
    for entry in entries:
        if entry.kind in SEALING:
            sealing[entry.seals].append(entry)
    if not sealing:
        yield Finding(Kind.ADDED, "no entry of the ledger knows this article", url)
        return
    here = defaultdict[Seals, list[Held]](list)
    for reading in held:
        here[reading.seals].append(reading)
    lost: list[Entry] = []
    for seals, those in sealing.items():
        lost += _lost(those, here[seals], own)
    for seals, readings in here.items():
        for reading in readings[len(sealing.get(seals, [])) :]:
            changed = next((entry for entry in lost if entry.revision == reading.n), None)
            if changed is None:
                what = f"a reading of revision {reading.n}, which no entry of the ledger seals"
                yield Finding(Kind.ADDED, what, url)
            else:
                lost.remove(changed)
                what = f"the reading of revision {reading.n} is not what {_name(changed)} seals"
                yield Finding(Kind.CHANGED, what, url)
        for reading in readings if seals in sealing else []:
            yield from _beside(url, reading, sealing[seals])
    for entry in lost:
        what = f"revision {entry.revision}, seen at {entry.seen_at}"
        if entry.kind == "reading":
            what = f"a reading of {what}"
        yield Finding(Kind.MISSING, f"{what}, which {_name(entry)} seals", url)


def _lost(entries: Sequence[Entry], held: Sequence[Held], own: str) -> list[Entry]:
    """Entries that no reading is left for. One reading may answer many: it was taken for the one
    that counts again, or another archive sealed the same. But each `new` and `revision` of our
    own chain wrote a revision of its own."""
    written = [entry for entry in entries if entry.chain == own and entry.kind != "reading"]
    missing = max(1, len(written)) - len(held)
    dates = {reading.seen_at for reading in held}
    candidates = sorted(written or entries, key=lambda entry: entry.seen_at in dates)
    return candidates[: max(0, missing)]


def _beside(url: str, reading: Held, entries: Sequence[Entry]) -> Iterator[Finding]:
    """What an entry seals beside the reading itself."""
    if reading.seen_at not in {entry.seen_at for entry in entries}:
        what = f"the date of revision {reading.n}, {reading.seen_at}, is not the one that"
        yield Finding(Kind.CHANGED, f"{what} {_name(entries[0])} seals", url)
    if reading.capture_digests not in {entry.capture_digests for entry in entries}:
        what = f"the captures of revision {reading.n} are not those that"
        yield Finding(Kind.CHANGED, f"{what} {_name(entries[0])} seals", url)


def _name(entry: Entry) -> str:
    return f"entry {entry.n} of the ledger"
