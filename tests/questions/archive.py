"""The archive that is asked: six crawls in ten days, and one text that an old scrape left."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tabulate import tabulate

from tests import typed
from tests.crawling import Crawl
from tests.life.server import LifeServer, Outage
from tests.newsroom.model import ORIGIN
from tests.questions.story import CRAWLS, tell, unanswered

_OLD_SCRAPE = Path(__file__).with_name("old_scrape.txt")


@dataclass(frozen=True, slots=True)
class Asked:
    """An archive crawled from this machine, that speaks of the newsroom's own address."""

    path: Path
    origin: str

    def answer(self, sql: str) -> str:
        """The rows as `sqlite-utils … -t` prints them, without the blanks at the ends of lines."""
        rows, names = self.rows(sql)
        table = tabulate(rows, headers=names, tablefmt="simple")
        return "\n".join(line.rstrip() for line in table.splitlines())

    def rows(self, sql: str) -> tuple[list[list[Any]], list[str]]:
        """The rows, and the names of their columns."""
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as connection:
            found = connection.execute(sql.replace(ORIGIN, self.origin))
            names = [name for name, *_ in found.description]
            return [[self._named(cell) for cell in row] for row in found], names

    def _named(self, cell: Any) -> Any:
        return cell.replace(self.origin, ORIGIN) if isinstance(cell, str) else cell


def build(folder: Path) -> Asked:
    """Crawl the newsroom whenever story.toml says so. The same archive every time, but for the
    port of the server."""
    with LifeServer(tell()) as site:
        crawl = Crawl(folder, site.origin)
        for moment in CRAWLS:
            site.now = moment
            if moment == CRAWLS[-1]:
                site.outage = Outage(only=unanswered())
            done = crawl.run(NOW=moment.isoformat(), CAPTURE_IMAGES="none", RETRY_DELAYS="86400")
            assert done == 0, crawl.stderr
        taken = typed.run(
            crawl.archive, "import-text", _OLD_SCRAPE, "--url", f"{site.origin}/lelang-kapal/",
            NOW=CRAWLS[-1].isoformat(),
        )  # fmt: skip
        assert taken.returncode == 0, taken.stderr
    return Asked(crawl.archive, site.origin)
