"""Runs the commands over an archive, each in a process of its own."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from tests import warm
from tests.crawling import ROOT

PATIENCE = 120
"""Seconds."""


def argv(archive: Path, command: str, *more: str | Path, **settings: Any) -> list[str]:
    """What is typed, with the archive meant, for a process that begins with nothing."""
    return [sys.executable, "-m", "scrapy", *_words(archive, command, *more, **settings)]


def run(
    archive: Path, command: str, *more: str | Path, cwd: Path = ROOT, **settings: Any
) -> subprocess.CompletedProcess[str]:
    """Run it to its end, without a terminal. In another folder that folder's program is run."""
    if cwd == ROOT:
        return warm.scrapy(_words(archive, command, *more, **settings), ROOT, PATIENCE)
    return subprocess.run(
        argv(archive, command, *more, **settings),
        cwd=cwd, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip


def _words(archive: Path, command: str, *more: str | Path, **settings: Any) -> list[str]:
    given = {"ARCHIVE_DB": archive} | settings
    pairs = [text for name, value in given.items() for text in ("-s", f"{name}={value}")]
    return [command, *map(str, more), *pairs]
