"""Whether the full-text index holds the words of the articles, no more and no fewer.

FTS5 can check an index itself, but asks for a write transaction: a crawl would have to wait for
it, and a read-only file could not be checked at all. So it checks a copy of the index, in SQLite's
own temporary file, against the articles as they stand in the archive.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator

from borneone_crawler.archive.sqlite.database import sql_files, statements
from borneone_crawler.archive.verification.findings import Finding, Kind
from borneone_crawler.statuses import Status, Stop

_SHADOWS = ("data", "idx", "docsize", "config")
"""Tables that FTS5 keeps an index in (https://sqlite.org/fts5.html#fts5_data_structures)."""

_TEXTS = """
CREATE TEMP VIEW texts AS SELECT id, headline, description, article_body FROM main.articles
"""

_MEND = (
    "the search index is out of step with the articles; INSERT INTO articles_fts (articles_fts) "
    "VALUES ('rebuild') makes it anew"
)


def search_index(db: sqlite3.Connection) -> Iterator[Finding]:
    """What is wrong with articles_fts: once for the index, and for each article it has wrong.
    Raises Stop IO_ERROR."""
    try:
        db.execute(_TEXTS)
        db.execute(_like("kept"))
        if _is_in_step(db):
            return
        yield Finding(Kind.DAMAGED, _MEND)
        yield from _named(db)
    except sqlite3.OperationalError as error:
        if "disk is full" not in str(error):
            raise
        raise Stop(
            Status.IO_ERROR,
            "no room for a copy of the search index, which is checked in SQLite's temporary "
            "folder: SQLITE_TMPDIR names another",
        ) from error


def _is_in_step(db: sqlite3.Connection) -> bool:
    try:
        for shadow in _SHADOWS:
            db.execute(f"DELETE FROM temp.kept_{shadow}")  # noqa: S608
            db.execute(f"INSERT INTO temp.kept_{shadow} SELECT * FROM main.articles_fts_{shadow}")  # noqa: S608
        db.execute("INSERT INTO temp.kept (kept, rank) VALUES ('integrity-check', 1)")
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return False
    return True


def _named(db: sqlite3.Connection) -> Iterator[Finding]:
    db.execute(_like("fresh"))
    db.execute("INSERT INTO temp.fresh (fresh) VALUES ('rebuild')")
    meant = _fingerprints(db, "fresh")
    try:
        held = _fingerprints(db, "kept")
    except sqlite3.DatabaseError:
        return  # it cannot be read: no article can be told from another
    for number in sorted(meant.keys() | held.keys()):
        if meant[number] != held[number]:
            row = db.execute("SELECT url FROM articles WHERE id = ?", [number]).fetchone()
            what = f"the search index has other words for article {number} than it has"
            yield Finding(Kind.DAMAGED, what, row[0] if row else None)


def _fingerprints(db: sqlite3.Connection, table: str) -> Counter[int]:
    """For each article one number that its words and their places make."""
    db.execute(f"CREATE VIRTUAL TABLE temp.{table}_words USING fts5vocab ({table}, instance)")
    prints = Counter[int]()
    for term, number, column, place in db.execute(
        f"SELECT term, doc, col, offset FROM temp.{table}_words"  # noqa: S608
    ):
        prints[number] += hash((term, column, place))
    return prints


def _like(name: str) -> str:
    """The statement that makes a temporary index of the schema's own form over the articles."""
    for _, sql in sql_files("schema"):
        for statement in statements(sql):
            if "CREATE VIRTUAL TABLE articles_fts " in statement:
                create = statement[statement.index("CREATE VIRTUAL TABLE articles_fts ") :]
                create = create.replace("TABLE articles_fts ", f"TABLE temp.{name} ")
                return create.replace("content = 'articles'", "content = 'texts'")
    raise AssertionError("the schema makes no articles_fts")
