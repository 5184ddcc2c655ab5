"""What a person is told when an archive was taken away in one file."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from borneone_crawler.archive.sqlite.backup import Backup


def as_json(made: Backup, warc: Path) -> dict[str, Any]:
    """What was made; `rest` is the command that copies the raw captures after it."""
    return {
        "path": str(made.path),
        "bytes": made.size,
        "sha256": made.sha256,
        "articles": made.articles,
        "withheld": made.withheld,
        "withheld_left_out": made.left_out,
        "head": {"chain": made.chain, "n": made.head.n, "digest": made.head.digest},
        "rest": _captures(made, warc),
    }


def lines_of(made: Backup, archive: Path, warc: Path) -> Iterator[str]:
    """The same as a person reads it, and how it is put back in the place of `archive`."""
    yield f"{made.path}: {made.articles} articles, {made.size:,} bytes, checked"
    yield f"sha-256 {made.sha256} (also in {made.path.name}.sha256)"
    yield f"ledger  entry {made.head.n} of {made.chain}, head {made.head.digest}"
    if made.withheld:
        yield (
            f"In it, withheld, are the texts of what was taken down ({made.withheld}): for others "
            "take a copy --without-withheld"
        )
    if made.left_out:
        yield (
            f"Left out are the texts of what was taken down ({made.left_out}), and why it was: "
            "verify misses them there, and the raw captures still have them"
        )
        return
    yield f"The raw captures are not in it; they are copied after it by\n  {_captures(made, warc)}"
    place = shlex.quote(str(archive))
    yield (
        "To put it back, while no run is at work (a log left there is not this file's):\n"
        f"  rm -f {place}-wal {place}-shm && cp {shlex.quote(str(made.path))} {place}"
    )


def _captures(made: Backup, warc: Path) -> str:
    return shlex.join(["rsync", "-a", f"{warc}/", f"{made.path.parent}/warc/"])
