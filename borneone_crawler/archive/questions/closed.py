"""What of an archive is not for readers, whoever asks: what was taken down, and why."""

from collections.abc import Mapping

CLOSED_TABLES: Mapping[str, frozenset[str]] = {
    "withheld": frozenset(),
    # By its number the views leave out what was taken down; "": that there is a row.
    "takedowns": frozenset({"article_id", ""}),
    # The raw pages of the file, with all that stands in them.
    "sqlite_dbpage": frozenset(),
}
"""Tables -> those of their columns that may be read all the same."""

CLOSED_COLUMNS = frozenset({("dumps", "withheld")})
"""Columns of tables that are open otherwise: to a reader they are empty."""


def is_closed(table: str, column: str) -> bool:
    """Whether a column of a table may not be read; "" for the rows as such."""
    return table in CLOSED_TABLES and column not in CLOSED_TABLES[table]
