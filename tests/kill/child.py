"""A crawl that kills itself at a point: `python -m tests.kill.child POINT NTH SHARE crawl …`.

The program itself knows nothing of it: the classes it writes with are replaced before it begins.
"""

import os
import signal
import sqlite3
import sys
from functools import partial
from io import FileIO
from typing import Any, NoReturn

WARC_BEFORE, WARC_TORN, WARC_AFTER = "warc-before", "warc-torn", "warc-after"
COMMIT_BEFORE, COMMIT_AFTER = "commit-before", "commit-after"
CHECKPOINT_BEFORE, CHECKPOINT_AFTER = "checkpoint-before", "checkpoint-after"
POINTS = (
    WARC_BEFORE, WARC_TORN, WARC_AFTER, COMMIT_BEFORE, COMMIT_AFTER, CHECKPOINT_BEFORE,
    CHECKPOINT_AFTER,
)  # fmt: skip
OFTEN = 20
"""Rows changed after which a process that is to die moves its log: with every article, and with
every fourth picture. A crawl of a test is over before the program would do so once."""


class Point:
    """The n-th time that the program passes a point is its last."""

    name = ""
    left = 0
    share = 0.5
    """Of a write that is torn: how much of it still reaches the file."""

    @classmethod
    def is_reached(cls, name: str) -> bool:
        if name != cls.name:
            return False
        cls.left -= 1
        return cls.left <= 0


def die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("a killed process goes on")


class MortalFile(FileIO):
    """A WARC file whose writer may die before a write, in the middle of it, or after it."""

    def write(self, data: Any) -> int:
        if Point.is_reached(WARC_BEFORE):
            die()
        if Point.is_reached(WARC_TORN):
            super().write(data[: max(1, int(len(data) * Point.share))])
            die()
        written = super().write(data)
        if Point.is_reached(WARC_AFTER):
            die()
        return written or 0


class MortalConnection(sqlite3.Connection):
    """A database whose writer may die just before or after a COMMIT or a checkpoint."""

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        before, after = {
            "COMMIT": (COMMIT_BEFORE, COMMIT_AFTER),
            "PRAGMA wal_checkpoint": (CHECKPOINT_BEFORE, CHECKPOINT_AFTER),
        }.get(sql.strip("; \n").partition("(")[0], ("", ""))
        if before and Point.is_reached(before):
            die()
        cursor = super().execute(sql, *values)
        if after and Point.is_reached(after):
            cursor.fetchall()
            die()
        return cursor


def arm(name: str, nth: int, share: float = 0.5) -> None:
    """Have this process die at a point. Before anything is opened."""
    assert name in POINTS, name
    Point.name, Point.left, Point.share = name, nth, share
    sqlite3.connect = partial(sqlite3.connect, factory=MortalConnection)  # type: ignore[misc]

    from borneone_crawler.archive import archive
    from borneone_crawler.archive.warc import folder

    archive.CHECKPOINT_AFTER = OFTEN
    folder.FileIO = MortalFile  # type: ignore[misc]


def main() -> None:
    name, nth, share, *argv = sys.argv[1:]
    arm(name, int(nth), float(share))

    from scrapy.cmdline import execute

    execute(["scrapy", *argv])


if __name__ == "__main__":
    main()
