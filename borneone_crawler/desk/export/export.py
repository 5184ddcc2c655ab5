"""One export: which articles or what answer, in which form, to which place."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from borneone_crawler.desk.export.articles import are_held, articles, count_of_all
from borneone_crawler.desk.export.csv import write_csv
from borneone_crawler.desk.export.json_lines import write_json_lines
from borneone_crawler.desk.export.pack import write_pack
from borneone_crawler.desk.export.table import (
    Table,
    Watch,
    ids_asked_for,
    table_of_answer,
    table_of_articles,
)
from borneone_crawler.desk.export.texts import write_texts
from borneone_crawler.desk.placing import placed_file, placed_folder
from borneone_crawler.desk.plain import plain
from borneone_crawler.desk.spreadsheet import BYTE_ORDER_MARK
from borneone_crawler.statuses import Status, Stop


class Form(StrEnum):
    """What an export can be."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    TEXT = "text"
    BAG = "bag"

    @property
    def is_folder(self) -> bool:
        return self in (Form.TEXT, Form.BAG)


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants."""

    form: Form
    place: Path | None
    """A file, or a folder; None for stdout, which only CSV and JSON Lines can go to."""
    ids: Sequence[int] | None = None
    """The articles, by number and in this order; None for all of them, by number."""
    sql: str | None = None
    """A question: its answer is what is exported or, into a folder, the articles it names."""
    replace: bool = False
    """Whether an earlier file may go."""
    whole_ledger: bool = False
    """Whether a bag gets every entry of the ledger."""
    separator: str = ","
    """Between the cells of CSV."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What the database does not say of itself."""

    warc: Path
    """The folder of its raw captures."""
    now: datetime
    software: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What came of it."""

    rows: int
    unit: str = "article"
    """What each of them is."""
    left_out: int = 0
    """Articles that were named, and are not held or were taken down."""
    lacking: Counter[str] = field(default_factory=Counter)
    """For a bag: WARC files, and how many of their captures were not to be had."""

    def __str__(self) -> str:
        return f"{self.rows} {self.unit}{'' if self.rows == 1 else 's'}"

    def notes(self) -> Iterator[str]:
        """A line for each thing that is not in it."""
        if self.left_out:
            yield f"left out: {self.left_out} of those named: not held, or taken down\n"
        for file, number in self.lacking.items():
            yield f"lacking: {number} captures of {plain(file)}\n"


def unwatched(rows: Iterable[Any], _total: int) -> Iterator[Any]:
    """Where nobody looks on."""
    return iter(rows)


def export(database: Database, order: Order, origin: Origin, watch: Watch = unwatched) -> Exported:
    """Carry out an order. Raises Stop, and then nothing is at the place: USAGE for an order that
    cannot be, CANNOT_CREATE where something else is there, IO_ERROR when the disk is full."""
    if order.place is None and order.form not in (Form.CSV, Form.JSONL):
        raise Stop(Status.USAGE, f"{order.form} cannot go to stdout: say where with -o")
    if order.sql is not None and order.ids:
        raise Stop(Status.USAGE, "either --sql, or addresses and numbers of articles")
    if order.whole_ledger and order.form is not Form.BAG:
        raise Stop(Status.USAGE, "--whole-ledger is for a bag")
    database.execute("BEGIN")  # one moment, whatever a crawl writes meanwhile
    try:
        if order.ids is not None and not are_held(database, order.ids):
            raise _nothing()
        if order.form.is_folder:
            return _into_folder(database, order, origin, watch)
        return _into_file(database, order, watch)
    finally:
        database.execute("ROLLBACK")


def _into_file(database: Database, order: Order, watch: Watch) -> Exported:
    (archive,) = database.query("SELECT time_zone FROM archive")
    zone = ZoneInfo(archive["time_zone"])
    if order.sql is not None:
        with table_of_answer(database, order.sql) as table:
            return Exported(rows=_write(table.watched(watch, 0), order, zone), unit="row")
    total = _count(database, order.ids)
    rows = _write(table_of_articles(database, order.ids).watched(watch, total), order, zone)
    return Exported(rows=rows, left_out=total - rows)


def _write(table: Table, order: Order, time_zone: ZoneInfo) -> int:
    if order.form is Form.PARQUET:
        from borneone_crawler.desk.export.parquet import write_parquet

        assert order.place is not None
        with placed_file(order.place, ".parquet", replace=order.replace) as path:
            return write_parquet(table, path, time_zone)
    with _text_file(order) as file:
        if order.form is Form.CSV:
            return write_csv(table, file, order.separator)
        return write_json_lines(table, file)


@contextmanager
def _text_file(order: Order) -> Iterator[TextIO]:
    """A file of text at the place of the order. For CSV with the mark that Excel needs; in a pipe
    it would stand in the way."""
    if order.place is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        yield sys.stdout
        return
    with (
        placed_file(order.place, f".{order.form}", replace=order.replace) as path,
        path.open("w", encoding="utf-8", newline="") as file,
    ):
        if order.form is Form.CSV:
            file.write(BYTE_ORDER_MARK)
        yield file


def _into_folder(database: Database, order: Order, origin: Origin, watch: Watch) -> Exported:
    assert order.place is not None
    ids = ids_asked_for(database, order.sql) if order.sql is not None else order.ids
    total = _count(database, ids)
    rows = watch(articles(database, ids), total)
    with placed_folder(order.place) as folder:
        if order.form is Form.TEXT:
            return _some(Exported(rows=(n := write_texts(rows, folder)), left_out=total - n))
        packed = write_pack(
            database, origin.warc, rows, folder,
            now=origin.now, software=origin.software, whole_ledger=order.whole_ledger,
        )  # fmt: skip
        n = packed.articles
        return _some(Exported(rows=n, left_out=total - n, lacking=packed.lacking))


def _some(exported: Exported) -> Exported:
    """The same, if there is any: nobody means an empty folder."""
    if not exported.rows:
        raise _nothing()
    return exported


def _nothing() -> Stop:
    return Stop(Status.USAGE, "none of these articles is held, or all were taken down")


def _count(database: Database, ids: Sequence[int] | None) -> int:
    return count_of_all(database) if ids is None else len(ids)
