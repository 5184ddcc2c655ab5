"""Destroys what was taken down: its text, and its records in the WARC files; digests stay."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from borneone_crawler.archive.articles.traces import Traces
from borneone_crawler.archive.clock import Clock, stamp
from borneone_crawler.archive.ledger import Event, Ledger
from borneone_crawler.archive.takedown.wiping import overwrite_what_is_deleted
from borneone_crawler.archive.warc.folder import CaptureStore
from borneone_crawler.archive.warc.rewriting import Rewriting

_DELETE = (
    "UPDATE articles SET revision_id = NULL, reading_id = NULL WHERE id = ?",
    *(
        f"""DELETE FROM {table} WHERE reading_id IN (
                SELECT r.id FROM readings AS r JOIN revisions AS v ON v.id = r.revision_id
                WHERE v.article_id = ?)"""  # noqa: S608 - our own words
        for table in ("withheld", "removals", "reading_captures")
    ),
    # Its digest stays: the same file is not taken in again.
    "UPDATE dumps SET name = 'erased', text = NULL, withheld = NULL WHERE article_id = ?",
    "DELETE FROM readings WHERE revision_id IN (SELECT id FROM revisions WHERE article_id = ?)",
    "DELETE FROM revisions WHERE article_id = ?",
)


@dataclass(slots=True, kw_only=True)
class Erased:
    """What was destroyed."""

    records: int = 0
    """Captures that are in no file any more."""
    missing: dict[str, int] = field(default_factory=dict)
    """Names of WARC files that are not in the folder, and how many captures each holds."""


class Erasure:
    """Not within a transaction: files are written anew first, and then the rows go."""

    def __init__(
        self,
        database: Database,
        store: CaptureStore,
        rewriting: Rewriting,
        ledger: Ledger,
        traces: Traces,
        clock: Clock,
    ) -> None:
        self._db = database
        self._store = store
        self._rewriting = rewriting
        self._ledger = ledger
        self._traces = traces
        self._clock = clock

    def erase(self, article_id: int) -> Erased:
        """Destroy a withheld article, or what has come in of an erased one since. Interrupted,
        it is gone on with by the same again. Raises Stop like Rewriting."""
        overwrite_what_is_deleted(self._db)
        erased, digests = Erased(), []
        for file, captures in self._standing(article_id).items():
            if not self._is_here(file):
                erased.missing[file] = len(captures)
                continue
            self._rewriting.rewrite(file, [record_id for record_id, _ in captures], "erased")
            erased.records += len(captures)
            digests += [digest for _, digest in captures]
        with self._db.atomic():
            is_first = self._delete_rows(article_id)
            if is_first or digests:
                url = self._db.execute(
                    "SELECT url FROM articles WHERE id = ?", [article_id]
                ).fetchone()[0]
                self._ledger.append(Event.ERASED, url, captures=digests)
        return erased

    def erase_late(self) -> int:
        """Destroy what runs have captured of erased articles at addresses that were not known
        for theirs. Returns how many captures."""
        articles = self._db.execute("SELECT article_id FROM takedowns WHERE erased_at IS NOT NULL")
        late = 0
        for (article_id,) in articles.fetchall():
            if any(map(self._is_here, self._standing(article_id))):
                late += self.erase(article_id).records
        return late

    def _standing(self, article_id: int) -> dict[str, list[tuple[str, str]]]:
        """By WARC file, record id and digest of each of its captures that is still in one."""
        rows = self._db.execute(
            """SELECT warc_file, record_id, digest FROM captures
               WHERE dropped IS NULL AND id IN (SELECT value FROM json_each(?))
               ORDER BY warc_file, warc_offset""",
            [json.dumps(self._traces.captures(article_id))],
        )
        standing: dict[str, list[tuple[str, str]]] = {}
        for file, record_id, digest in rows.fetchall():
            standing.setdefault(file, []).append((record_id, digest))
        return standing

    def _is_here(self, file: str) -> bool:
        return (self._store.folder / Path(file).name).exists()

    def _delete_rows(self, article_id: int) -> bool:
        """Delete every reading and revision. Returns False when that was done before."""
        marked = self._db.execute(
            "UPDATE takedowns SET erased_at = ? WHERE article_id = ? AND erased_at IS NULL",
            [stamp(self._clock()), article_id],
        ).rowcount
        self._traces.keep_pictures(article_id)
        for statement in _DELETE:
            self._db.execute(statement, [article_id])
        return bool(marked)
