"""Our commands start about as fast as Scrapy's own."""

import resource
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crawling import ROOT

SCRAPY = Path(sys.executable).with_name("scrapy")
PAIRS = 7
MOST = 1.3
"""Processor time of a command's start against that of `scrapy version` outside of a project."""

COMMANDS = sorted(
    path.stem
    for path in (ROOT / "borneone_crawler" / "commands").glob("*.py")
    if path.stem != "__init__"
)


def seconds(words: list[str], folder: Path) -> float:
    """Of the processor, from the beginning of the process to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([SCRAPY, *words], cwd=folder, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.bench
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_starts_as_fast_as_scrapy_s_own(command: str, tmp_path: Path) -> None:
    """To its help: settings read, all commands found, this one's options known."""
    bare, ours = [], []
    for _ in range(PAIRS):
        bare.append(seconds(["version"], tmp_path))
        ours.append(seconds([command, "-h"], ROOT))
    ratio = statistics.median(one / other for one, other in zip(ours, bare, strict=True))
    print(
        f"{command}: {statistics.median(ours):.2f} s, scrapy version "
        f"{statistics.median(bare):.2f} s; {ratio:.2f} to 1"
    )
    assert ratio <= MOST
