"""An export takes no more memory of an archive of any size."""

import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.benchmarks.many_articles import make_archive
from tests.typed import argv

SMALL, LARGE = 10_000, 100_000
FORMS = ("csv", "jsonl", "parquet", "text", "bag")
MOST_MIB, MOST_MIB_PARQUET = 120, 250

# What the process itself has used at most, without what it was forked from.
_MEASURED = """
import atexit, pathlib, runpy, sys
note = pathlib.Path(sys.argv.pop(1))
atexit.register(lambda: note.write_text(pathlib.Path("/proc/self/status").read_text()))
runpy.run_module("scrapy", run_name="__main__", alter_sys=True)
"""


def peak(archive: Path, folder: Path, form: str) -> tuple[float, float, float]:
    """MiB of memory at most, seconds, and MiB that were written, of an export of everything."""
    target, note = folder / f"all.{form}", folder / "status"
    python, _, _, *words = argv(archive, "export", form, "-o", target)
    begun = time.monotonic()
    subprocess.run([python, "-c", _MEASURED, note, *words], check=True, capture_output=True)
    seconds = time.monotonic() - begun
    (kib,) = re.findall(r"VmHWM:\s+(\d+) kB", note.read_text())
    if target.is_dir():
        size = sum(path.stat().st_size for path in target.rglob("*"))
        shutil.rmtree(target)
    else:
        size = target.stat().st_size
        target.unlink()
    return int(kib) / 1024, seconds, size / 2**20


@pytest.mark.bench
def test_memory_does_not_grow_with_the_archive(tmp_path: Path) -> None:
    figures = {}
    for articles in (SMALL, LARGE):
        folder = tmp_path / str(articles)
        folder.mkdir()
        archive = make_archive(folder, articles)
        for form in FORMS:
            figures[form, articles] = mib, seconds, written = peak(archive, folder, form)
            print(
                f"{form}: {articles} articles, {mib:.0f} MiB, {seconds:.0f} s, {written:.0f} MiB"
            )
        shutil.rmtree(folder)
    for form in FORMS:
        small, large = figures[form, SMALL][0], figures[form, LARGE][0]
        assert large <= (MOST_MIB_PARQUET if form == "parquet" else MOST_MIB)
        assert large <= small * 1.1 + 5
