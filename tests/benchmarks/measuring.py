"""How much memory and processor time a command takes, by what its process says when it ends."""

import re
import subprocess
import sys
from pathlib import Path

from tests.crawling import ROOT
from tests.warm import PRELOADED

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


_WARMED = """
import atexit, importlib, pathlib, runpy, sys, time
note = pathlib.Path(sys.argv.pop(1))
for name in sys.argv.pop(1).split():
    importlib.import_module(name)
begun = time.process_time()
atexit.register(lambda: note.write_text(str(time.process_time() - begun)))
runpy.run_module("scrapy", run_name="__main__", alter_sys=True)
"""


def seconds_of(words: list[str], note: Path) -> float:
    """Processor seconds of `scrapy` with these words, without what its imports take. It must end
    well."""
    argv = [sys.executable, "-c", _WARMED, str(note), " ".join(PRELOADED), *words]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return float(note.read_text())
