"""What an import met and did, for people and for programs."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from borneone_crawler.archive.foreign import Tally
from borneone_crawler.archive.foreign.tally import FileTally, Reason


def import_lines(tally: Tally, *, dry_run: bool = False) -> Iterator[str]:
    """The summary in plain lines: nothing of the files goes unmentioned."""
    for name, why in tally.refused:
        yield f"{name}: not imported, it is {why}"
    for file in tally.files:
        yield from _file_lines(file)
    yield f"pages of this newsroom: {tally.pages} records; {tally.read} captures were read"
    counts = tally.articles
    revisions = "revision" if counts["revised"] == 1 else "revisions"
    would_be = "would be: " if dry_run else ""
    yield (
        f"articles: {would_be}{counts['new']} new, {counts['revised']} {revisions} added, "
        f"{counts['unchanged']} as held already"
    )
    if counts["superseded"]:
        yield f"known until now from a text dump alone: {counts['superseded']}"
    if counts["withheld"]:
        yield f"taken down here, and not stored: {counts['withheld']}"
    if tally.left_out:
        yield "left out:"
        yield from _reason_lines(tally.left_out)
    if tally.notes:
        yield "to know:"
        yield from _reason_lines(tally.notes)
    if dry_run:
        yield "nothing was written: this was a dry run"


def import_json(tally: Tally, *, dry_run: bool = False) -> dict[str, Any]:
    """The same for programs; every key is always there."""
    effects = ("new", "revised", "unchanged", "superseded", "withheld")
    return {
        "dry_run": dry_run,
        "files": [_file_json(file) for file in tally.files],
        "refused": [{"name": name, "why": why} for name, why in tally.refused],
        "pages": tally.pages,
        "read": tally.read,
        "articles": {effect: tally.articles[effect] for effect in effects},
        "left_out": {reason: asdict(one) for reason, one in tally.left_out.items()},
        "notes": {what: asdict(one) for what, one in tally.notes.items()},
    }


def _file_json(file: FileTally) -> dict[str, Any]:
    return {
        "name": file.name,
        "sha256": file.sha256,
        "software": file.software,
        "records": dict(file.records),
        "copied": file.copied,
        "held": file.held,
        "damages": file.damages,
        "damage": [{"offset": offset, "why": why} for offset, why in file.damage],
    }


def _file_lines(file: FileTally) -> Iterator[str]:
    kinds = ", ".join(f"{number} {kind}" for kind, number in file.records.most_common())
    yield f"{file.name}: {file.records.total()} records ({kinds or 'none'})"
    yield f"  written by {file.software or 'unknown software'}; sha256 {file.sha256}"
    yield f"  {file.copied} copied into the archive, {file.held} held already"
    for offset, why in file.damage:
        yield f"  damaged at byte {offset}: {why}"
    if file.damages > len(file.damage):
        yield f"  and {file.damages - len(file.damage)} more such places"


def _reason_lines(reasons: dict[str, Reason]) -> Iterator[str]:
    for reason, one in sorted(reasons.items(), key=lambda pair: -pair[1].count):
        more = ", …" if one.count > len(one.samples) else ""
        yield f"  {one.count:>6}  {reason}: {', '.join(one.samples)}{more}"
