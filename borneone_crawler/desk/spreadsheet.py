"""CSV that spreadsheets open as it is meant: every letter right, and no cell a formula.

RFC 4180. Excel takes a file without a byte order mark for the machine's own code page, in which
"–" and "“" of Indonesian texts are other letters; LibreOffice and pandas take either.
"""

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

from borneone_crawler.desk.plain import harmless

BYTE_ORDER_MARK = "\ufeff"

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a text for a formula, also behind white space (OWASP, CSV
injection); the wide ones are folded to the others in East Asian locales."""


def write_rows(file: TextIO, rows: Iterable[Sequence[object]], separator: str = ",") -> int:
    """Write rows to a file opened with newline="". Returns how many. Where a comma parts whole
    numbers from decimals, as in Indonesia, Excel takes ";" alone for a separator."""
    # LibreOffice takes comma, semicolon and tab for separators at once: all texts are quoted.
    writer = csv.writer(file, delimiter=separator, quoting=csv.QUOTE_NONNUMERIC)
    number = 0
    for number, row in enumerate(rows, start=1):  # noqa: B007 - counted
        writer.writerow([guarded(value) for value in row])
    return number


def guarded(value: object) -> object:
    """The value of a cell: a number as it is, a text that no spreadsheet takes for a formula and
    no terminal for an order; of a list its texts, apart by "; "."""
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, bytes):
        value = value.hex()
    if not isinstance(value, str):
        return value
    is_formula = value.startswith(("\t", "\r")) or value.lstrip().startswith(_FORMULA)
    return f"'{harmless(value)}" if is_formula else harmless(value)
