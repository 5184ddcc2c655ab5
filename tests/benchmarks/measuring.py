"""How much memory a command takes, by what its process says when it ends."""

import re
from pathlib import Path

MEASURED = """
import atexit, pathlib, runpy, sys
note = pathlib.Path(sys.argv.pop(1))
atexit.register(lambda: note.write_text(pathlib.Path("/proc/self/status").read_text()))
runpy.run_module("scrapy", run_name="__main__", alter_sys=True)
"""
"""For `python -c`: `scrapy` with the words that follow the path of a note. What the process itself
has used at most, without what it was forked from."""


def peak_mib(note: Path) -> float:
    """MiB of memory that the process of that note took at most."""
    (kib,) = re.findall(r"VmHWM:\s+(\d+) kB", note.read_text())
    return int(kib) / 1024
