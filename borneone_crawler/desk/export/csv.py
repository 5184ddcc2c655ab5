"""A table as CSV for spreadsheets, pandas and R."""

from typing import TextIO

from borneone_crawler.desk.export.articles import Kind
from borneone_crawler.desk.export.table import Table
from borneone_crawler.desk.spreadsheet import write_rows


def write_csv(table: Table, file: TextIO, separator: str) -> int:
    """Write it to a file opened with newline="". Returns how many rows.

    Lists become texts apart by "; ". What does not fit in a cell (pictures, videos, links of an
    article) is left to the other formats.
    """
    table = table.without(Kind.PARTS)
    write_rows(file, [table.columns], separator)
    return write_rows(file, table.rows(), separator)
