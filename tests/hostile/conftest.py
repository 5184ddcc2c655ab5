"""What the tests of the promises share."""

import re
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.crawling import ROOT, Crawl

Weigh = Callable[..., tuple[int, float]]


@pytest.fixture
def weigh(crawl: Crawl) -> Weigh:
    """Runs a crawl in a process that begins with nothing. Returns its exit status, and the most
    memory it had resident, in MB."""

    def run(*more: str, **settings: object) -> tuple[int, float]:
        # What wait4 tells would count the memory of the tests, which begin the process.
        peak = 0
        with subprocess.Popen(crawl.argv(*more, **settings), cwd=ROOT) as process:
            status = Path(f"/proc/{process.pid}/status")
            while process.poll() is None:
                with suppress(OSError):
                    if found := re.search(r"VmHWM:\s+(\d+) kB", status.read_text()):
                        peak = max(peak, int(found[1]))
                time.sleep(0.02)
        return process.returncode, peak * 1024 / 1e6

    return run
