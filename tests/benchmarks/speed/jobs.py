"""Commands as whole processes, and what they took."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.crawling import ROOT, Crawl

NULL = Path(__file__).with_name("null.py")
PAIRS = 5
"""How often two jobs are run in turn; the median of their ratios counts."""


@dataclass(frozen=True)
class Job:
    """What a command took, from its start to its end."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds of one processor, the system's work for it included."""


def run(argv: Sequence[str | Path], *, cwd: Path, output: Path) -> Job:
    """Run a command to its end, which must be a good one."""
    began = time.perf_counter()
    with output.open("w") as written:
        process = subprocess.Popen(argv, cwd=cwd, stdout=written, stderr=written)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - began
    assert process.returncode == 0, output.read_text()[-2_000:]
    return Job(wall, used.ru_utime + used.ru_stime)


def crawl(
    folder: Path, origin: str, *, by: Sequence[str | Path] = ("-m", "scrapy"), **settings: object
) -> tuple[Crawl, Job]:
    """Crawl the newsroom without its pictures into a new archive; `by` says what runs scrapy."""
    folder.mkdir()
    made = Crawl(folder, origin)
    argv = made.argv(CAPTURE_IMAGES="none", **settings)[3:]
    job = run([sys.executable, *by, *argv], cwd=ROOT, output=folder / "output.txt")
    return made, job


def fetch(folder: Path, urls: Sequence[str]) -> Job:
    """Have a stock spider fetch just these addresses, outside of any project."""
    listed = folder / "urls.txt"
    listed.write_text("\n".join(urls) + "\n", "utf-8")
    argv = [sys.executable, "-m", "scrapy", "runspider", NULL, "-a", f"urls={listed}"]
    return run(argv, cwd=folder, output=folder / "null.txt")
