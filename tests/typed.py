"""Runs the commands over an archive, each in a process of its own."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.crawling import ROOT


def argv(archive: Path, command: str, *more: str | Path, **settings: Any) -> list[str]:
    """What is typed, with the archive meant."""
    given = {"ARCHIVE_DB": archive} | settings
    pairs = [text for name, value in given.items() for text in ("-s", f"{name}={value}")]
    return [sys.executable, "-m", "scrapy", command, *map(str, more), *pairs]


def run(
    archive: Path, command: str, *more: str | Path, **settings: Any
) -> subprocess.CompletedProcess[str]:
    """Run it to its end, without a terminal."""
    return subprocess.run(
        argv(archive, command, *more, **settings),
        cwd=ROOT, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
