"""What a polite crawl costs, alone and beside others: how many newsrooms a machine carries."""

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest

from borneone_crawler.newsroom_server import NewsroomServer
from tests.benchmarks.measuring import MEASURED, peak_mib
from tests.crawling import ROOT, Crawl
from tests.newsroom.build import build_generated

ARTICLES = 200
DELAY = 1.0
"""Seconds between two requests, as it is set unless the owner sets more."""
REQUESTS = 100
AT_ONCE = 40
LATER, EVERY = 60, 3 * 3600
"""Requests of a later run that finds some new articles and looks at 50 again, and how many seconds
after the one before it begins."""
CARRIED = 0.7
"""Of the processors, what crawls may take together: the rest is for who reads the archives."""

_LAST = """
SELECT stats ->> '$.elapsed_time_seconds', stats ->> '$."downloader/request_count"'
FROM runs ORDER BY id DESC LIMIT 1
"""


@dataclass
class Cost:
    """Of several crawls at once, per crawl."""

    seconds: float
    requests: int
    processor: float
    """Seconds of one processor."""
    mib: float
    """At most."""

    @property
    def share(self) -> float:
        """Of one processor, while it is at work."""
        return self.processor / self.seconds

    @property
    def pace(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


def crawled(crawls: list[Crawl], **settings: object) -> Cost:
    """Have them all at work at once."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    notes = [crawl.archive.with_suffix(".status") for crawl in crawls]
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", MEASURED, note, *crawl.argv(**settings)[3:]], cwd=ROOT
        )
        for crawl, note in zip(crawls, notes, strict=True)
    ]
    assert [process.wait() for process in processes] == [0] * len(crawls)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    ends = [crawl.rows(_LAST)[0] for crawl in crawls]
    return Cost(
        seconds=median(seconds for seconds, _ in ends),
        requests=round(median(requests for _, requests in ends)),
        processor=used / len(crawls),
        mib=max(map(peak_mib, notes)),
    )


@pytest.mark.bench
def test_how_many_newsrooms_a_machine_carries(tmp_path: Path) -> None:
    build_generated(tmp_path / "newsroom", ARTICLES, seed=5)
    folders = [tmp_path / str(number) for number in range(AT_ONCE + 1)]
    for folder in folders:
        folder.mkdir()
    with NewsroomServer(tmp_path / "newsroom") as server:
        alone, *others = (Crawl(folder, server.origin) for folder in folders)
        begun = time.monotonic()
        one = crawled([alone], DOWNLOAD_DELAY=DELAY, MAX_REQUESTS=REQUESTS)
        many = crawled(others, DOWNLOAD_DELAY=DELAY, MAX_REQUESTS=REQUESTS)
        assert alone.run() == 0
        quiet = crawled([alone], DOWNLOAD_DELAY=DELAY, REVISITS=0)
    print(f"{time.monotonic() - begun:.0f} s in all")
    processors = os.cpu_count() or 1
    for what, cost in (("alone", one), (f"{AT_ONCE} at once", many), ("nothing new", quiet)):
        print(
            f"{what}: {cost.requests} requests in {cost.seconds:.0f} s ({cost.pace:.2f} a second),"
            f" {cost.processor:.1f} s of a processor ({cost.share:.1%} of one), {cost.mib:.0f} MiB"
        )
    a_request = (many.processor - quiet.processor) / (many.requests - quiet.requests)
    a_later_run = quiet.processor + (LATER - quiet.requests) * a_request
    for_crawls = processors * CARRIED
    at_once = for_crawls / many.share
    print(
        f"Reckoned for {CARRIED:.0%} of {processors} processors: {at_once:.0f} first crawls at"
        f" once, in {at_once * many.mib / 1024:.1f} GiB; later runs of {LATER} requests every"
        f" {EVERY / 3600:.0f} hours, {a_later_run:.1f} s of a processor each, of"
        f" {for_crawls * EVERY / a_later_run:,.0f} newsrooms"
    )
    assert many.pace >= one.pace * 0.9, "beside others none is much slower"
