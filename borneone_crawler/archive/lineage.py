"""Which archive a file is: its uuid names its chain of the ledger and its WARC files.

Two files that both write under one uuid would make two chains of one name that contradict each
other. So a backup that is written to, and an archive that learns of a twin, takes a uuid of its
own; the first entry of its chain seals the chain it comes from.
"""

from uuid import uuid4

from sqlite_utils import Database

from borneone_crawler.archive.clock import Clock
from borneone_crawler.archive.ledger import Event, Ledger


def own_chain(database: Database, clock: Clock) -> str:
    """The uuid of an archive that is about to be written; a backup is given a new one."""
    uuid, copied_at = database.execute("SELECT uuid, copied_at FROM archive").fetchone()
    return str(uuid) if copied_at is None else begin_chain(database, clock)


def begin_chain(database: Database, clock: Clock) -> str:
    """Give an archive a new uuid, and its chain a first entry that names the head of the one
    before. Returns the uuid."""
    uuid = str(uuid4())
    with database.atomic():
        before, base_url = database.execute("SELECT uuid, base_url FROM archive").fetchone()
        head = Ledger(database, before, clock).head
        database.execute("UPDATE archive SET uuid = ?, copied_at = NULL", [uuid])
        Ledger(database, uuid, clock).append(
            Event.MERGE, base_url, detail=f"{before} {head.n} {head.digest}"
        )
    return uuid


def former_chains(database: Database) -> list[str]:
    """The uuids that an archive had before its own."""
    # UNION, not UNION ALL: two archives that took each other in first would go round for ever.
    rows = database.execute(
        """WITH RECURSIVE line (chain) AS (
               SELECT uuid FROM archive
               UNION
               SELECT substr(detail, 1, instr(detail, ' ') - 1)
               FROM line JOIN ledger USING (chain) WHERE n = 1 AND kind = 'merge'
           )
           SELECT chain FROM line WHERE chain <> (SELECT uuid FROM archive)"""
    )
    return [str(row[0]) for row in rows.fetchall()]
