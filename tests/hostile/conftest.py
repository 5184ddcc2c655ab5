"""What the tests of the promises share."""

import os
import subprocess
from collections.abc import Callable

import pytest

from tests.crawling import ROOT, Crawl

Weigh = Callable[..., tuple[int, float]]


@pytest.fixture
def weigh(crawl: Crawl) -> Weigh:
    """Runs a crawl in a process that begins with nothing. Returns its exit status, and the most
    memory it had resident, in MB."""

    def run(*more: str, **settings: object) -> tuple[int, float]:
        process = subprocess.Popen(
            crawl.argv(*more, **settings), cwd=ROOT, stderr=subprocess.PIPE, text=True
        )
        assert process.stderr is not None
        crawl.stderr = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        return process.returncode, used.ru_maxrss * 1024 / 1e6

    return run
