"""A table as JSON Lines (https://jsonlines.org): an object a row, lists as lists."""

import math
from base64 import b64encode
from typing import Any, TextIO

from borneone_crawler.desk.export.table import Table
from borneone_crawler.desk.plain import json_line


def write_json_lines(table: Table, file: TextIO) -> int:
    """Write it. Returns how many rows."""
    number = 0
    for number, row in enumerate(table.rows(), start=1):  # noqa: B007 - counted
        said = dict(zip(table.columns, map(_told, row), strict=True))
        file.write(json_line(said) + "\n")
    return number


def _told(value: Any) -> Any:
    """What JSON has no word for: bytes as sqlite-utils and Datasette write them, infinity as
    nothing."""
    if isinstance(value, bytes):
        return {"$base64": True, "encoded": b64encode(value).decode()}
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
