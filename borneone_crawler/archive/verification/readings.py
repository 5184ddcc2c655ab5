"""What is held of one article: its revisions and their readings, digests recomputed."""

import hashlib
import json
import sqlite3
from dataclasses import dataclass

from borneone_crawler.archive.articles.revisions import MADE_FROM
from borneone_crawler.archive.articles.stored import article_from, content_digest
from borneone_crawler.archive.verification.history import Seals
from borneone_crawler.archive.verification.snapshot import stored_bytes
from borneone_crawler.items import Reading

_READINGS = """
SELECT
    v.id AS revision_id, v.n, v.seen_at, v.reading_id AS counts, u.command,
    r.id, r.reader, r.reader_version, r.content_digest, r.article, r.sources, r.flags,
    w.article AS withheld,
    EXISTS (SELECT 1 FROM removals WHERE reading_id = r.id) AS removals
FROM revisions AS v
LEFT JOIN readings AS r ON r.revision_id = v.id
LEFT JOIN withheld AS w ON w.reading_id = r.id
LEFT JOIN runs AS u ON u.id = v.run_id
WHERE v.article_id = ? ORDER BY v.seen_at, v.n, r.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A reading as it stands in the archive now."""

    n: int
    """Number of its revision."""
    seen_at: str
    reader_version: str
    reading_digest: str
    content_digest: str | None
    """None where the text is not that of an article."""
    capture_digests: str | None

    @property
    def seals(self) -> Seals:
        return self.reading_digest, self.content_digest, self.reader_version


def rows_of(db: sqlite3.Connection, article_id: int) -> list[sqlite3.Row]:
    """Revisions of an article in the order of their dates, with each of their readings; the
    columns of a reading are NULL for a revision that has none."""
    return db.execute(_READINGS, [article_id]).fetchall()


def held(db: sqlite3.Connection, row: sqlite3.Row) -> Held:
    """The reading of one of `rows_of`; of one that is withheld, the text that is kept for it."""
    text = row["article"] if row["withheld"] is None else row["withheld"]
    made_from = db.execute(MADE_FROM, [row["id"]]).fetchall()
    return Held(
        n=row["n"],
        seen_at=row["seen_at"],
        reader_version=row["reader_version"],
        reading_digest=hashlib.sha256(stored_bytes(text)).hexdigest(),
        content_digest=_content_digest(text),
        capture_digests=" ".join(digest for (digest,) in made_from) or None,
    )


def shown(row: sqlite3.Row) -> Reading:
    """What a reading shows to people. To be asked only of one that the ledger sealed: others
    need not be of the right form."""
    return Reading(
        article=article_from(row["article"]), reader=row["reader"], flags=_flags(row["flags"])
    )


def _content_digest(text: str) -> str | None:
    try:
        return content_digest(article_from(text))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _flags(text: str) -> list[str]:
    """Flags are sealed by nothing: what cannot be read is compared as it stands."""
    try:
        flags = json.loads(text)
    except (ValueError, RecursionError):
        return [text]
    return flags if isinstance(flags, list) else [text]
