"""What memory a crawl takes does not grow with its pages."""

import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.benchmarks.speed.newsroom import build, served
from tests.crawling import ROOT, Crawl

FEW, MANY = 1_000, 20_000
"""Pages of one run after which its memory is looked at."""
MOST_MB, MOST_GROWTH = 250, 1.05
TIMEOUT = 5
"""Seconds. Twisted keeps a timer for each request until it would have gone off: at the pace of no
site, and with a minute for each, the first minute's timers would count as what pages take."""

_PAGES = "SELECT count(*) FROM captures"


@pytest.mark.bench
def test_memory_does_not_grow_with_the_pages_of_a_run(tmp_path: Path) -> None:
    build(tmp_path / "newsroom", MANY)
    with served(tmp_path / "newsroom") as origin:
        crawl = Crawl(tmp_path, origin)
        argv = crawl.argv(CAPTURE_IMAGES="none", DOWNLOAD_TIMEOUT=TIMEOUT)
        with subprocess.Popen(argv, cwd=ROOT) as process:
            few = resident_after(FEW, crawl, process)
            many = resident_after(MANY, crawl, process)
            process.terminate()
    print(f"{few:.0f} MB at the most after {FEW:,} pages, {many:.0f} after {MANY:,}")
    assert many <= MOST_MB
    assert many <= few * MOST_GROWTH


def resident_after(pages: int, crawl: Crawl, process: subprocess.Popen[bytes]) -> float:
    """MB resident at the most when the run has so many pages."""
    while captured(crawl) < pages:
        assert process.poll() is None, crawl.log[-2_000:]
        time.sleep(0.2)
    status = Path(f"/proc/{process.pid}/status").read_text()
    kib = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(kib) * 1024 / 1e6


def captured(crawl: Crawl) -> int:
    if not crawl.archive.exists():
        return 0
    with closing(sqlite3.connect(f"file:{crawl.archive}?mode=ro", uri=True)) as archive:
        try:
            return int(archive.execute(_PAGES).fetchone()[0])
        except sqlite3.OperationalError:  # it is being made
            return 0
