"""Writes figures down where people read them, with machine and date."""

import os
import platform
import re
from datetime import UTC, datetime
from pathlib import Path

import scrapy

README = Path(__file__).parent / "README.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


def machine() -> str:
    """What the figures were taken on, and when."""
    model = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text("utf-8"))
    gibibytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} processors "
        f"({model[1] if model else platform.machine()}), {gibibytes:.0f} GiB, Python "
        f"{platform.python_version()}, Scrapy {scrapy.__version__}"
    )


def recorded(page: str, figures: str) -> str:
    """A page with these figures in place of those between its two marks.

    Raises ValueError if the marks are not there, once each and in order.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end) or BEGIN in rest or END in after:
        raise ValueError(f"no place for figures: {BEGIN} … {END}")
    return f"{before}{begin}\n{figures}\n{end}{after}"
