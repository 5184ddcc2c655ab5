"""What verification comes to, after its findings: in a few lines, or as JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from borneone_crawler.archive.verification import Finding, Verification, printable


def summary(proof: Verification, found: Sequence[Finding]) -> Iterator[str]:
    """What was looked at, how it ended, the head to note, and what an earlier one proves."""
    counts = [f"{number} {_thing(name, number)}" for name, number in proof.checked.items()]
    yield "looked at: " + ", ".join(counts)
    faults = sum(finding.is_fault for finding in found)
    yield f"findings: {faults}" if faults else "findings: none"
    if (since := proof.extension) is not None:
        written = f"of {since.at} " if since.at else ""
        of = "" if since.chain == proof.chain else f" of the chain {since.chain}, taken in here"
        yield (
            f"goes on from entry {since.n} {written}whose digest was given{of}: "
            f"{since.entries_since} entries since"
        )
    yield f"head: {proof.head.n} {proof.head.digest}"


def as_json(proof: Verification, found: Sequence[Finding]) -> dict[str, Any]:
    """The same for machines; `goes_on_from` is null where no head was given or it proves
    nothing."""
    return {
        "sound": not any(finding.is_fault for finding in found),
        "findings": [
            {
                "kind": finding.kind,
                "url": printable(finding.url) if finding.url else None,
                "what": printable(finding.what),
            }
            for finding in found
        ],
        "looked_at": dict(proof.checked),
        "goes_on_from": asdict(proof.extension) if proof.extension else None,
        "chain": proof.chain,
        "head": asdict(proof.head),
    }


def _thing(name: str, number: int) -> str:
    singular = {"entries": "entry of the ledger", "captures": "capture"}
    if number == 1:
        return singular.get(name, name.removesuffix("s"))
    return {"entries": "entries of the ledger"}.get(name, name)
