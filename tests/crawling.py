"""Runs the real command in a process of its own, and opens what it left."""

import sqlite3
import sys
from pathlib import Path
from typing import Any

from tests import warm

ROOT = Path(__file__).parent.parent


class Crawl:
    """An archive to be made by `scrapy crawl borneonetv` against one origin."""

    def __init__(self, folder: Path, origin: str) -> None:
        self.archive = folder / "borneone.db"
        self.warc = folder / "warc"
        self.origin = origin
        self.stderr = ""

    def argv(self, *more: str, **settings: Any) -> list[str]:
        """The command that is typed, for a process that begins with nothing."""
        return [sys.executable, "-m", "scrapy", *self._typed(*more, **settings)]

    def _typed(self, *more: str, **settings: Any) -> list[str]:
        given = {
            "BASE_URL": self.origin, "ARCHIVE_DB": self.archive, "DOWNLOAD_DELAY": 0,
            "RETRY_DELAYS": "0.1,0.1", "LATER_DELAYS": "0.1,0.1", "DEEP_EVERY": 0,
            "OUTAGE_PATIENCE": 0,
        } | settings  # fmt: skip
        pairs = [text for name, value in given.items() for text in ("-s", f"{name}={value}")]
        return ["crawl", "borneonetv", *pairs, *more]

    def run(self, *more: str, timeout: float = 120, **settings: Any) -> int:
        """Run it to its end, without a terminal, in so many seconds. Returns the exit status."""
        done = warm.scrapy(self._typed(*more, **settings), ROOT, timeout)
        assert done.stdout == "", "silent without a terminal"
        self.stderr = done.stderr
        return done.returncode

    def warc_files(self) -> list[Path]:
        return sorted(self.warc.iterdir())

    def warcio(self, *argv: str | Path) -> list[str | Path]:
        """A command of another tool that reads WARC files."""
        return [Path(sys.executable).with_name("warcio"), *argv]

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with sqlite3.connect(f"file:{self.archive}?mode=ro", uri=True) as connection:
            rows = connection.execute(sql, values).fetchall()
        connection.close()
        return rows

    def one(self, sql: str, *values: object) -> Any:
        ((value,),) = self.rows(sql, *values)
        return value

    @property
    def log(self) -> str:
        return (self.archive.parent / "logs" / "borneonetv.log").read_text("utf-8")
