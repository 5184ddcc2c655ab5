"""The diagrams of archive/README.md draw the tables as they are: every one, with all its keys."""

import re
from typing import NamedTuple

from borneone_crawler.archive.sqlite.database import SCHEMA_VERSION
from tests.archive.conftest import Desk
from tests.crawling import ROOT
from tests.questions import readme

README = readme.PATH.read_text("utf-8")
DRAWN = "\n".join(re.findall(r"```mermaid\nerDiagram\n(.*?)```", README, re.DOTALL))


class Column(NamedTuple):
    """A column as it is drawn."""

    type: str
    name: str
    keys: frozenset[str]


class Reference(NamedTuple):
    """A foreign key as it is drawn: from whose column to which table, by which signs."""

    table: str
    column: str
    parent: str
    signs: str


def drawn_tables() -> list[tuple[str, list[Column]]]:
    return [
        (
            name,
            [
                Column(type_, column, frozenset(re.findall(r"\w+", keys)))
                for type_, column, keys in re.findall(r"^ +(\w+) (\w+) ?([A-Z, ]*)$", body, re.M)
            ],
        )
        for name, body in re.findall(r"^    (\w+) \{\n(.*?)^    \}$", DRAWN, re.DOTALL | re.M)
    ]


def drawn_references() -> list[Reference]:
    lines = re.findall(r'^    (\w+) (\S+--\S+) (\w+) : "?([\w, ]+?)"?$', DRAWN, re.M)
    assert len(lines) == DRAWN.count("--")
    return [
        Reference(table, column, parent, signs)
        for parent, signs, table, columns in lines
        for column in columns.split(", ")
    ]


def real_columns(desk: Desk, table: str) -> dict[str, Column]:
    """The columns of a table with their keys; UK for what is unique by itself."""
    referring = {column for column, _ in _foreign_keys(desk, table)}
    unique = {
        desk.rows(f"PRAGMA index_info({index})")[0][2]
        for _, index, is_unique, origin, _ in desk.rows(f"PRAGMA index_list({table})")
        if is_unique and origin == "u" and len(desk.rows(f"PRAGMA index_info({index})")) == 1
    }
    return {
        name: Column(
            type_,
            name,
            frozenset(
                key
                for key, has in (("PK", pk), ("FK", name in referring), ("UK", name in unique))
                if has
            ),
        )
        for _, name, type_, _, _, pk in desk.rows(f"PRAGMA table_info({table})")
    }


def real_references(desk: Desk, table: str) -> list[Reference]:
    """The foreign keys of a table: "||" refers always, "|o" not always; "o|" from one row at the
    most, "o{" from many."""
    columns = {row[1]: row for row in desk.rows(f"PRAGMA table_info({table})")}
    keys = [name for name, row in columns.items() if row[5]]
    found = []
    for column, parent in _foreign_keys(desk, table):
        is_alone = keys == [column]
        always = columns[column][3] or is_alone
        signs = f"{'||' if always else '|o'}--{'o|' if is_alone else 'o{'}"
        found.append(Reference(table, column, parent, signs))
    return found


def _foreign_keys(desk: Desk, table: str) -> list[tuple[str, str]]:
    return [(row[3], row[2]) for row in desk.rows(f"PRAGMA foreign_key_list({table})")]


def tables(desk: Desk) -> list[str]:
    hidden = ("_sqlite", "articles_fts")
    return [name for name in desk.archive.db.table_names() if not name.startswith(hidden)]


def test_every_table_is_drawn_once_with_all_its_keys(desk: Desk) -> None:
    drawn = drawn_tables()
    assert sorted(name for name, _ in drawn) == sorted(tables(desk))
    for table, columns in drawn:
        real = real_columns(desk, table)
        assert [column for column in columns if real.get(column.name) != column] == [], table
        assert {name for name, column in real.items() if column.keys} <= {
            column.name for column in columns
        }, table


def test_every_foreign_key_is_drawn_once_and_no_other(desk: Desk) -> None:
    real = [one for table in tables(desk) for one in real_references(desk, table)]
    assert sorted(drawn_references()) == sorted(real)


def test_every_column_stands_in_the_readme_as_the_metadata_has_it() -> None:
    assert readme.with_columns(README) == README, "run python -m tests.questions"


def test_the_schema_s_version_is_told_and_stands_in_the_changelog() -> None:
    assert f"**schema {SCHEMA_VERSION}**" in README
    assert f"borneone.db.schema-{SCHEMA_VERSION - 1}" in README
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f"Schema {SCHEMA_VERSION}" in changes
