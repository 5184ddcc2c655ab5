"""A table as Parquet, for pandas, R, DuckDB and Spark: typed columns, in groups of rows.

Needs the extra `parquet`: pyarrow is 150 MB, and few need it.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from borneone_crawler.desk.export.articles import PARTS, Kind
from borneone_crawler.desk.export.table import Table
from borneone_crawler.desk.times import at_home
from borneone_crawler.statuses import Status, Stop

try:
    import pyarrow as pa
    from pyarrow import parquet
except ImportError as error:
    raise Stop(
        Status.USAGE,
        "Parquet needs pyarrow: .venv/bin/pip install -c constraints.txt -e '.[parquet]'",
    ) from error

MOST_ROWS, MOST_CHARACTERS = 5_000, 8_000_000
"""A group of rows is ended by whichever it has first: so much is in memory at once."""

_MOMENTS = {"date_published": "published_at", "date_modified": "modified_at"}
"""The newsroom's dates as it wrote them -> the same moment in UTC."""


def write_parquet(table: Table, path: Path, time_zone: ZoneInfo) -> int:
    """Write it. Returns how many rows. `time_zone` is the newsroom's.

    An article has its dates as text and, in `published_at` and `modified_at`, as moments in UTC.
    The columns of an answer in SQL get the narrowest type that holds all their values: its rows
    are gone through twice.
    """
    if table.kinds is None:
        schema = pa.schema(list(zip(table.columns, _types_of(table), strict=True)))
        rows: Iterable[Sequence[Any]] = table.rows()
    else:
        schema, rows = _schema_of(table, table.kinds), _with_moments(table, time_zone)
    texts = [pa.types.is_string(kind) for kind in schema.types]
    number = 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _groups(rows):
            columns = [
                pa.array(map(_as_text, values) if is_text else values, type=kind)
                for values, kind, is_text in zip(
                    zip(*group, strict=True), schema.types, texts, strict=True
                )
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))
            number += len(group)
    return number


def _groups(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    group: list[Sequence[Any]] = []
    characters = 0
    for row in rows:
        group.append(row)
        characters += sum(len(value) for value in row if isinstance(value, str | bytes))
        if len(group) >= MOST_ROWS or characters >= MOST_CHARACTERS:
            yield group
            group, characters = [], 0
    if group:
        yield group


def _schema_of(table: Table, kinds: Sequence[Kind]) -> Any:
    fields = []
    for name, kind in zip(table.columns, kinds, strict=True):
        if kind is Kind.PARTS:
            fields.append((name, pa.list_(pa.struct([(key, pa.string()) for key in PARTS[name]]))))
        else:
            fields.append((name, _TYPES[kind]))
    return pa.schema(fields + [(moment, _MOMENT) for moment in _MOMENTS.values()])


def _with_moments(table: Table, time_zone: ZoneInfo) -> Iterator[Sequence[Any]]:
    """The rows, what is a time as a time, and the newsroom's dates as moments behind them."""
    assert table.kinds is not None
    times = [place for place, kind in enumerate(table.kinds) if kind is Kind.TIME]
    dates = [table.columns.index(name) for name in _MOMENTS]
    for row in table.rows():
        values = list(row)
        for place in times:
            values[place] = _moment(values[place], time_zone)
        yield values + [_moment(row[place], time_zone) for place in dates]


def _moment(text: str | None, time_zone: ZoneInfo) -> Any:
    """None for what is no date: it stands beside as it was written."""
    try:
        return None if text is None else at_home(text, time_zone)
    except (ValueError, OverflowError):
        return None


def _types_of(table: Table) -> list[Any]:
    found: list[set[type]] = [set() for _ in table.columns]
    for row in table.rows():
        for types, value in zip(found, row, strict=True):
            types.add(type(value))
    return [_narrowest(types - {type(None)}) for types in found]


def _narrowest(types: set[type]) -> Any:
    if types == {int}:
        return pa.int64()
    if types and types <= {int, float}:
        return pa.float64()
    return pa.binary() if types == {bytes} else pa.string()


def _as_text(value: Any) -> str | None:
    """The value of a column that holds texts, or several kinds of values."""
    if value is None or isinstance(value, str):
        return value
    return value.hex() if isinstance(value, bytes) else str(value)


_MOMENT = pa.timestamp("ms", tz="UTC")
_TYPES = {
    Kind.TEXT: pa.string(),
    Kind.NUMBER: pa.int64(),
    Kind.TIME: _MOMENT,
    Kind.NAMES: pa.list_(pa.string()),
}
