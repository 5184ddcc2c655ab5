"""The text dumps of another archive, and articles of which one side knows nothing but a dump."""

import hashlib

from sqlite_utils import Database

from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.clock import just_before
from borneone_crawler.archive.merging.report import Conflict, Merged
from borneone_crawler.archive.sqlite.rows import copied

# Nothing of an article that was taken down here comes in.
_NEW = """
SELECT id, sha256, text, withheld, name FROM other.dumps AS o
WHERE NOT EXISTS (SELECT 1 FROM main.dumps AS d WHERE d.sha256 = o.sha256)
    AND NOT EXISTS (SELECT 1 FROM temp.pairs WHERE theirs = o.article_id AND down)
ORDER BY id
"""

# What is linked here stays as it is, but for the one thing that a person has said.
_LINKS = """
SELECT d.id, p.ours, o.linked_by
FROM other.dumps AS o
JOIN main.dumps AS d USING (sha256)
JOIN temp.pairs AS p ON p.theirs = o.article_id
WHERE p.ours IS NOT NULL AND NOT p.down
    AND (d.article_id IS NULL OR (d.linked_by = 'words' AND o.linked_by = 'address'
                                  AND d.article_id IS NOT p.ours))
ORDER BY d.id
"""

_UNLINKED = """
SELECT id FROM main.dumps WHERE article_id IS NULL AND text IS NOT NULL ORDER BY id
"""


class DumpMerge:
    """Transactions are the caller's."""

    def __init__(self, archive: Archive, merged: Merged) -> None:
        self._archive = archive
        self._db = archive.db
        self._merged = merged

    def take_in(self) -> None:
        """Bring the dumps in that are not here, before the readings that were made from them."""
        for row in list(self._db.query(_NEW)):
            raw = row["text"] if row["text"] is not None else row["withheld"]
            if raw is not None and hashlib.sha256(raw).hexdigest() != row["sha256"]:
                reason = "a text dump there is not the bytes that its digest says, and stays out"
                self._merged.conflicts.append(Conflict(row["name"], reason))
                continue
            copied(
                self._db, "dumps", row["id"],
                run_id=self._archive.run_id, article_id=None, linked_by=None,
            )  # fmt: skip
            self._merged.dumps += 1

    def link(self) -> None:
        """Link them with the articles they are of, once it is known which are which here."""
        for dump_id, article_id, by in self._db.execute(_LINKS).fetchall():
            self._archive.dumps.link(dump_id, article_id, by)
        for (dump_id,) in self._db.execute(_UNLINKED).fetchall():
            self._archive.dumps.find_article(dump_id)


def dump_here(database: Database, theirs: int) -> int | None:
    """The dump that a reading of the other archive was made from, as it is numbered here."""
    row = database.execute(
        """SELECT d.id FROM other.readings AS r
           JOIN other.dumps AS o ON o.id = r.dump_id JOIN main.dumps AS d USING (sha256)
           WHERE r.id = ?""",
        [theirs],
    ).fetchone()
    return int(row[0]) if row else None


def dumps_first(archive: Archive, article_id: int) -> None:
    """Have the states that are known from dumps alone, which have no date, stand before those of
    which pages were read."""
    states = archive.revisions.of(article_id)
    of_pages = [state.seen_at for state in states if state.dump_id is None]
    if of_pages:
        for state in states:
            if state.dump_id is not None:
                archive.revisions.date_back(state, just_before(of_pages[0]))
