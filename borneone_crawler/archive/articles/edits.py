"""Says of every state of an article which kinds of edit led to it: column `revisions.edit`."""

from sqlite_utils import Database

from borneone_crawler.archive.articles.edit_kinds import kinds_of
from borneone_crawler.archive.articles.stored import article_from
from borneone_crawler.archive.dumps.sameness import comparable

_FIRST = """
UPDATE revisions SET edit = ''
WHERE edit IS NULL AND id = (
    SELECT id FROM revisions AS first WHERE first.article_id = revisions.article_id
    ORDER BY first.seen_at, first.n LIMIT 1)
"""

# What is withheld waits until it is put back.
_UNWEIGHED = """
SELECT v.id, before.article AS before, after.article AS after,
    before.dump_id AS before_dump, after.dump_id AS after_dump
FROM revisions AS v
JOIN readings AS after ON after.id = v.reading_id
JOIN readings AS before ON before.id = (
    SELECT earlier.reading_id FROM revisions AS earlier
    WHERE earlier.article_id = v.article_id AND (earlier.seen_at, earlier.n) < (v.seen_at, v.n)
    ORDER BY earlier.seen_at DESC, earlier.n DESC LIMIT 1)
WHERE v.edit IS NULL AND before.article <> '{}' AND after.article <> '{}'
LIMIT 500
"""


class Edits:
    """Each call is one transaction, or part of the caller's."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def weigh(self) -> None:
        """Weigh every state that is not weighed yet. What differs only because it was read by
        another version of our reader is no edit, and reads as none once both are read alike."""
        with self._db.atomic():
            self._db.execute(_FIRST)
            while rows := list(self._db.query(_UNWEIGHED)):
                for row in rows:
                    states = comparable(
                        article_from(row["before"]),
                        article_from(row["after"]),
                        of_dump=(row["before_dump"] is not None, row["after_dump"] is not None),
                    )
                    kinds = kinds_of(*states)
                    self._db.execute(
                        "UPDATE revisions SET edit = ? WHERE id = ?", [", ".join(kinds), row["id"]]
                    )
