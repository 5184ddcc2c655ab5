"""Runs a command over an archive in a process of its own, as it stands or with other rules."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests import typed
from tests.crawling import ROOT, Crawl


def run(
    crawl: Crawl, *argv: str, cwd: Path = ROOT, **settings: Any
) -> subprocess.CompletedProcess[str]:
    """`scrapy …` on the archive of a crawl, without a terminal."""
    return typed.run(crawl.archive, *argv, cwd=cwd, **settings)


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
