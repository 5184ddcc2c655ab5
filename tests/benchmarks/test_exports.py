"""An export takes no more memory of an archive of any size."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.benchmarks.many_articles import make_archive
from tests.benchmarks.measuring import MEASURED, peak_mib
from tests.typed import argv

SMALL, LARGE = 10_000, 100_000
FORMS = ("csv", "jsonl", "parquet", "text", "bag")
MOST_MIB, MOST_MIB_PARQUET = 50, 160
"""Beyond what `scrapy version` takes: sqlite-utils loads pandas where that is installed."""


def memory(folder: Path, *words: str | Path) -> float:
    """MiB of memory that a command takes at most."""
    note = folder / "status"
    subprocess.run([sys.executable, "-c", MEASURED, note, *words], check=True, capture_output=True)
    return peak_mib(note)


def peak(archive: Path, folder: Path, form: str) -> tuple[float, float, float]:
    """MiB of memory at most, seconds, and MiB that were written, of an export of everything."""
    target = folder / f"all.{form}"
    begun = time.monotonic()
    mib = memory(folder, *argv(archive, "export", form, "-o", target)[3:])
    seconds = time.monotonic() - begun
    if target.is_dir():
        size = sum(path.stat().st_size for path in target.rglob("*"))
        shutil.rmtree(target)
    else:
        size = target.stat().st_size
        target.unlink()
    return mib, seconds, size / 2**20


@pytest.mark.bench
def test_memory_does_not_grow_with_the_archive(tmp_path: Path) -> None:
    figures, idle = {}, memory(tmp_path, "version")
    print(f"scrapy version: {idle:.0f} MiB")
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
        assert large - idle <= (MOST_MIB_PARQUET if form == "parquet" else MOST_MIB)
        assert large <= small * 1.25
