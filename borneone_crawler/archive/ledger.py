"""The ledger: what happened to each article, in entries that seal one another.

An entry's digest is the SHA-256 of its bytes, and its bytes hold the digest of the entry before:
nobody can change, drop or slip in one without changing every digest after it. No entry holds text
of an article. archive/README.md documents the bytes for people who verify without this program.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlite_utils import Database

from borneone_crawler.archive.clock import Clock, stamp
from borneone_crawler.archive.sqlite.rows import insert

FIRST = "0" * 64
"""What stands for the digest before the first entry."""

FIELDS = (
    "chain", "n", "kind", "at", "url", "revision", "seen_at", "content_digest", "reading_digest",
    "capture_digests", "detail", "previous",
)  # fmt: skip
"""What is sealed, in this order; they are columns of the table `ledger`."""


class Event(StrEnum):
    """What an entry says happened."""

    NEW = "new"
    """An article was read for the first time."""
    REVISION = "revision"
    """The newsroom published another state of it."""
    READING = "reading"
    """Our reader, not the newsroom, made something else of a state that was kept."""
    MOVED = "moved"
    """The article has another address now; `detail` is the one before."""
    REDIRECTED = "redirected"
    """Its address leads to another page now, which `detail` names."""
    GONE = "gone"
    BACK = "back"
    """What was gone or redirected is there again."""
    TAKEDOWN = "takedown"
    RESTORED = "restored"
    ERASED = "erased"
    MERGE = "merge"
    """Another archive was taken in: `url` is its site, `detail` its chain and head."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry of a chain: all before it is sealed by its digest."""

    n: int
    digest: str


class Ledger:
    """The chain of one archive. Transactions are the caller's."""

    def __init__(self, database: Database, chain: str, clock: Clock) -> None:
        self._db = database
        self.chain = chain
        self._clock = clock

    @property
    def head(self) -> Head:
        row = self._db.execute(
            "SELECT n, digest FROM ledger WHERE chain = ? ORDER BY n DESC LIMIT 1", [self.chain]
        ).fetchone()
        return Head(*row) if row else Head(0, FIRST)

    def append(
        self,
        event: Event,
        url: str,
        *,
        revision: int | None = None,
        seen_at: str | None = None,
        content_digest: str | None = None,
        reading_digest: str | None = None,
        captures: Sequence[str] = (),
        detail: str | None = None,
    ) -> None:
        """Seal one more entry; `captures` are digests of gzip members."""
        head = self.head
        entry: dict[str, object] = {
            "chain": self.chain,
            "n": head.n + 1,
            "kind": event,
            "at": stamp(self._clock()),
            "url": url,
            "revision": revision,
            "seen_at": seen_at,
            "content_digest": content_digest,
            "reading_digest": reading_digest,
            "capture_digests": " ".join(captures) or None,
            "detail": detail,
            "previous": head.digest,
        }
        insert(self._db, "ledger", entry | {"digest": digest_of(entry)})


def digest_of(entry: dict[str, object]) -> str:
    """SHA-256, hexadecimal, of an entry's bytes."""
    return hashlib.sha256(serialised(entry)).hexdigest()


def serialised(entry: dict[str, object]) -> bytes:
    """The bytes that are sealed: a line `name: value` for each of FIELDS, in UTF-8, each ended
    by one line feed; nothing stands after the colon and space where there is no value.

    Raises ValueError on a value with a line end in it, which could pass for another line.
    """
    lines = []
    for name in FIELDS:
        value = "" if entry[name] is None else str(entry[name])
        if "\n" in value or "\r" in value:
            raise ValueError(f"a line end in {name} of a ledger entry: {value!r}")
        lines.append(f"{name}: {value}\n")
    return "".join(lines).encode()
