"""Whether the file is sound as SQLite's own: its pages, its references, its triggers."""

import sqlite3
from collections.abc import Iterator

from borneone_crawler.archive.sqlite.database import sql_files, statements
from borneone_crawler.archive.verification.findings import Finding, Kind

_GUARDS = """
SELECT name, sql FROM sqlite_master WHERE type = 'trigger' OR name = 'articles_fts' ORDER BY name
"""


def pages(db: sqlite3.Connection) -> Iterator[Finding]:
    """What SQLite's own check of pages, indexes and constraints finds."""
    for (text,) in db.execute("PRAGMA main.integrity_check"):
        if text != "ok":
            yield Finding(Kind.DAMAGED, f"the database file: {text}")


def guards(db: sqlite3.Connection) -> Iterator[Finding]:
    """Triggers keep the ledger append-only and the search index in step: whether they are as
    the schema makes them."""
    model = sqlite3.connect(":memory:")
    try:
        for _, sql in sql_files("schema"):
            for statement in statements(sql):
                model.execute(statement)
        meant = dict(model.execute(_GUARDS).fetchall())
    finally:
        model.close()
    held: dict[str, str] = dict(db.execute(_GUARDS).fetchall())
    for name in sorted(meant | held):
        if name not in held:
            yield Finding(Kind.MISSING, f"{_called(name)} is not there")
        elif name not in meant:
            yield Finding(Kind.ADDED, f"the trigger {name} is none of this program's")
        elif held[name] != meant[name]:
            yield Finding(Kind.CHANGED, f"{_called(name)} is not as it was made")


def _called(name: str) -> str:
    if name == "articles_fts":
        return f"the search index ({name})"
    return f"the trigger {name}, which guards the tables,"


def references(db: sqlite3.Connection) -> Iterator[Finding]:
    """Rows that refer to rows which are not there, named by their article where they have one."""
    broken = {(row["table"], row["fkid"]) for row in db.execute("PRAGMA main.foreign_key_check")}
    for table, number in sorted(broken):
        column, parent, key = next(
            (row["from"], row["table"], row["to"] or "id")
            for row in db.execute(f"PRAGMA foreign_key_list({_quoted(table)})")
            if row["id"] == number
        )
        rows = db.execute(
            f"""SELECT {_quoted(column)} AS value, count(*) AS rows FROM {_quoted(table)} AS t
                WHERE value IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM {_quoted(parent)} WHERE {_quoted(key)} = t.{_quoted(column)}
                )
                GROUP BY value"""  # noqa: S608 - names out of the file's own schema, quoted
        ).fetchall()
        for value, count in rows:
            yield Finding(
                Kind.MISSING,
                f"row {value} of {parent}, named by {table}.{column} × {count}",
                _whose(db, table, column, parent, value),
            )


def _whose(
    db: sqlite3.Connection, table: str, column: str, parent: str, value: object
) -> str | None:
    """URL of the article that the broken reference is about, if it can still be told."""
    if parent == "articles":
        sql = "SELECT url FROM urls WHERE article_id = ? ORDER BY role <> 'canonical', id DESC"
    else:
        names = {row["name"] for row in db.execute(f"PRAGMA table_info({_quoted(table)})")}
        here = f"FROM {_quoted(table)} AS t WHERE t.{_quoted(column)} = ?"
        if "article_id" in names:
            sql = f"SELECT (SELECT url FROM articles WHERE id = t.article_id) {here}"  # noqa: S608
        elif "url" in names:
            sql = f"SELECT url {here}"
        else:
            return None
    row = db.execute(sql, [value]).fetchone()
    return row[0] if row else None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
