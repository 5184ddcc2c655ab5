"""Leaves out of a copy for others what is withheld: texts, and why each was taken down."""

import sqlite3

_WITHHELD = {
    "withheld": """SELECT v.article_id FROM withheld AS w
                   JOIN readings AS r ON r.id = w.reading_id
                   JOIN revisions AS v ON v.id = r.revision_id""",
    "dumps": "SELECT article_id FROM dumps WHERE withheld IS NOT NULL",
}
_LEAVE_OUT = {
    "withheld": "DELETE FROM withheld",
    "dumps": "UPDATE dumps SET withheld = NULL",
    "takedowns": "UPDATE takedowns SET reason = ''",
}


def count_withheld(archive: sqlite3.Connection) -> int:
    """Articles whose texts are withheld in it, and may be put back."""
    there = _tables(archive)
    sql = " UNION ".join(sql for table, sql in _WITHHELD.items() if table in there)
    return int(archive.execute(f"SELECT count(*) FROM ({sql})").fetchone()[0]) if sql else 0  # noqa: S608


def leave_out_withheld(copy: sqlite3.Connection) -> None:
    """Leave it out of a copy that nobody reads yet, and of every byte of the file."""
    there = _tables(copy)
    for table, statement in _LEAVE_OUT.items():
        if table in there:
            copy.execute(statement)
    copy.execute("VACUUM")  # the free pages still hold it


def _tables(database: sqlite3.Connection) -> set[str]:
    rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in rows}
