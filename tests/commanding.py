"""Runs a command over an archive in a process of its own, as it stands or with other rules."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.crawling import ROOT, Crawl


def run(
    crawl: Crawl, *argv: str, cwd: Path = ROOT, **settings: Any
) -> subprocess.CompletedProcess[str]:
    """`scrapy …` on the archive of a crawl, without a terminal."""
    given = {"ARCHIVE_DB": crawl.archive} | settings
    pairs = [text for name, value in given.items() for text in ("-s", f"{name}={value}")]
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *argv, *pairs],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
    )


def with_rule(folder: Path, rule: str) -> Path:
    """A copy of the whole program with one more boilerplate rule. Returns where to run it."""
    shutil.copytree(ROOT / "borneone_crawler", folder / "borneone_crawler")
    shutil.copy(ROOT / "scrapy.cfg", folder)
    with (folder / "borneone_crawler/cleaning/boilerplate.toml").open(
        "a", encoding="utf-8"
    ) as file:
        file.write(rule)
    return folder


TREES = r"""
[[rule]]
name    = "call-for-trees"
line    = '^Kegiatan itu diikuti [^\n]*$'
reason  = "For a test."
example = "Kegiatan itu diikuti puluhan pelajar. [Lay]"
keeps   = "Menurutnya kegiatan itu diikuti puluhan pelajar."
"""
"""A rule that takes the second paragraph of every article of SmallSite."""
