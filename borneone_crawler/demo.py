"""`make demo`: serves the fixture newsroom on this machine, crawls it, shows what is kept."""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from scrapy.utils.conf import closest_scrapy_cfg
from sqlite_utils import Database

from borneone_crawler.archive.sqlite.database import open_readonly
from borneone_crawler.newsroom_server import NewsroomServer
from borneone_crawler.site import BORNEONETV

_SECTIONS = """
SELECT section, sum(articles) AS articles, min(month) AS "from", max(month) AS "to"
FROM sections_by_month GROUP BY section ORDER BY articles DESC
"""
_MONTHS = """
SELECT month, section, articles FROM sections_by_month
WHERE month IS NOT NULL ORDER BY month DESC, articles DESC LIMIT 12
"""
_HEADLINES = "SELECT day, headline, sections FROM stories ORDER BY date_published DESC LIMIT 8"

_LOOK_FURTHER = (
    (
        "articles a month and section",
        "SELECT * FROM sections_by_month ORDER BY month DESC, section",
        "--table",
    ),
    (
        "everything by reporter Lay",
        "SELECT date_published, headline FROM bylines WHERE name='Lay'",
        "--table",
    ),
    (
        "the full text of an address, however it is spelled",
        "SELECT article_body FROM addresses WHERE address='{address}'",
        "--raw",
    ),
)

_COMMANDS = (
    ("find articles by their words", "scrapy search sungai"),
    ("read one", "scrapy show {number}"),
    ("see how its page was read, and what was cut", "scrapy explain {number}"),
    ("see all of it on one page for a browser", "scrapy report {beside}/laporan.html"),
)
_LINK = "ln -sf {beside} {link} && .venv/bin/datasette {folder}/"


def main() -> int:
    """Run the demo. Returns the exit status of the crawl."""
    root = Path(closest_scrapy_cfg()).parent
    folder = root / "archive" / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    archive = folder / "borneone.db"
    with NewsroomServer(root / "fixtures") as server:
        print(f"The fixture newsroom is served at {server.origin}; the real spider crawls it.")
        crawl = [
            sys.executable, "-m", "scrapy", "crawl", BORNEONETV.name,
            "-s", f"BASE_URL={server.origin}", "-s", f"ARCHIVE_DB={archive}",
            "-s", f"WARC_DIR={folder / 'warc'}", "-s", f"LOG_DIR={folder / 'logs'}",
            "-s", "DOWNLOAD_DELAY=0", "-s", "CONTACT=", "-s", "LOCAL_ERROR=",
        ]  # fmt: skip
        status = subprocess.run(crawl, cwd=root, check=False).returncode
    if status:
        print(f"The crawl ended with status {status}; its log is in {folder / 'logs'}")
        return status
    for line in shown(open_readonly(archive), archive.relative_to(root)):
        print(line)
    return 0


def shown(database: Database, name: Path) -> Iterator[str]:
    """What the demo prints of its archive: counts, headlines, and how to look further."""
    yield from ("", "Articles by section:", *_table(database, _SECTIONS))
    yield from ("", "The newest months:", *_table(database, _MONTHS))
    yield from ("", "The newest headlines:", *_table(database, _HEADLINES))
    articles, revisions, captures = database.execute(
        "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM revisions), "
        "(SELECT count(*) FROM captures)"
    ).fetchone()
    yield ""
    yield f"{articles} articles in {revisions} revisions, {captures} raw captures: {name}"
    yield "To look further, paste one of these:"
    number, address = database.execute("SELECT id, url FROM articles ORDER BY id").fetchone()
    for purpose, sql, form in _LOOK_FURTHER:
        query = sql.format(address=address + "?amp")
        yield f'\n  # {purpose}\n  .venv/bin/sqlite-utils {name} "{query}" {form}'
    for purpose, command in _COMMANDS:
        typed = command.format(number=number, beside=name.parent)
        yield f"\n  # {purpose}\n  .venv/bin/{typed} -s ARCHIVE_DB={name}"
    beside, folder = name.relative_to(name.parents[1]), name.parents[1]
    link = folder / f"{name.parent.name}.db"
    yield "\n  # in a browser, with the extras that README names under In a browser"
    yield f"  {_LINK.format(beside=beside, link=link, folder=folder)}"


def _table(database: Database, sql: str) -> Iterator[str]:
    found = database.execute(sql)
    rows = [[name for name, *_ in found.description]]
    rows += [["" if cell is None else str(cell) for cell in row] for row in found.fetchall()]
    widths = [min(60, max(map(len, column))) for column in zip(*rows, strict=True)]
    rows.insert(1, ["-" * width for width in widths])
    for row in rows:
        yield "  " + _line(row, widths)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (
        (cell if len(cell) <= width else cell[: width - 1] + "…").ljust(width)
        for cell, width in zip(row, widths, strict=True)
    )
    return "  ".join(cells).rstrip()


if __name__ == "__main__":
    sys.exit(main())
