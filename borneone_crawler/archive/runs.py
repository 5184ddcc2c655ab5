"""The runs of an archive: each one's row, and how a run goes on with those that broke off."""

from collections.abc import Mapping
from datetime import datetime

from sqlite_utils import Database

from borneone_crawler.archive.articles.stored import canonical_json
from borneone_crawler.archive.clock import Clock, stamp
from borneone_crawler.archive.frontier.frontier import STILL_FRESH
from borneone_crawler.archive.ledger import Head
from borneone_crawler.archive.sqlite.rows import insert
from borneone_crawler.statuses import COMPLETE, Status

_WIDE = """command = 'crawl' AND arguments ->> '$.url' IS NULL
    AND arguments ->> '$.section' IS NULL"""
"""A crawl of the whole newsroom, not narrowed to a page or section."""


def last_good(database: Database) -> str | None:
    """When the last crawl of the whole newsroom ended that ended well, UTC; None if none did."""
    row = database.execute(
        f"SELECT max(finished_at) FROM runs WHERE {_WIDE} AND status = 0"  # noqa: S608
    ).fetchone()
    return row[0] and str(row[0])


class Runs:
    """Writes the row of the run that is going on, and asks those before it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._db = database
        self._clock = clock
        self._run_id = 0
        self.goes_on_from = 0
        """The first of the runs that broke off one after another before this one; itself, if the
        last one came to its end."""
        self.began_at = ""
        """When that one began, UTC."""

    def begin(
        self, command: str, arguments: Mapping[str, str], program: str, reader_version: str
    ) -> int:
        """Open the row of a run. Returns its id."""
        row = {
            "command": command,
            "arguments": canonical_json(dict(arguments)),
            "program_version": program,
            "reader_version": reader_version,
            "started_at": stamp(self._clock()),
        }
        self._run_id = insert(self._db, "runs", row)
        self.goes_on_from = self._first_broken_off()
        self.began_at = self._db.execute(
            "SELECT started_at FROM runs WHERE id = ?", [self.goes_on_from]
        ).fetchone()[0]
        return self._run_id

    def end(self, status: Status, reason: str, stats: Mapping[str, object], head: Head) -> None:
        """Write how the run ended into its row."""
        self._db.table("runs").update(
            self._run_id,
            {
                "finished_at": stamp(self._clock()),
                "status": int(status),
                "reason": reason,
                "stats": canonical_json(dict(stats)),
                "ledger_head": head.digest,
            },
        )

    def unfinished_since(self) -> str | None:
        """When what this run goes on with began, or STILL_FRESH ago, whichever is later; None
        when it begins anew."""
        if self.goes_on_from == self._run_id:
            return None
        return max(self.began_at, stamp(self._clock() - STILL_FRESH))

    @property
    def walked_at(self) -> str | None:
        """When the run began that walked every listing to its end and came to its own: the first
        one that was not narrowed to a page or section, or a deep one since. None when none did."""
        row = self._db.execute(
            f"""WITH whole AS (
                   SELECT id, started_at, arguments ->> '$.deep' AS deep FROM runs
                   WHERE {_WIDE} AND reason LIKE ? || '%'
               )
               SELECT max(started_at) FROM whole
               WHERE deep = '1' OR id = (SELECT min(id) FROM whole)""",  # noqa: S608
            [COMPLETE],
        ).fetchone()
        return row[0] and str(row[0])

    @property
    def was_walked_whole(self) -> bool:
        """Whether every listing was walked to its end once."""
        return self.walked_at is not None

    def was_good_since(self, moment: datetime) -> bool:
        """Whether a crawl of the whole newsroom ended well since then."""
        good = last_good(self._db)
        return good is not None and good >= stamp(moment)

    def _first_broken_off(self) -> int:
        """Of the runs of the same command and arguments."""
        row = self._db.execute(
            """WITH alike AS (
                   SELECT id, reason FROM runs
                   WHERE (command, arguments) = (
                       SELECT command, arguments FROM runs WHERE id = :run)
               )
               SELECT min(id) FROM alike
               WHERE id > (
                   SELECT coalesce(max(id), 0) FROM alike WHERE reason LIKE :complete || '%')""",
            {"run": self._run_id, "complete": COMPLETE},
        ).fetchone()
        return int(row[0])
