"""Runs commands in processes forked from one that has imported Scrapy and the program already.

Two thirds of what a short crawl takes is importing. A process begun here reads its command line
and its settings and installs its reactor by itself, as `python -m scrapy …` does; only the modules
are in memory before. Tests that kill, stop or watch the program, or that change it in a folder of
its own, start it from nothing.
"""

import atexit
import multiprocessing
import os
import runpy
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

# All that takes long to import, but for what reads the settings or installs a reactor.
PRELOADED = (
    "scrapy.cmdline", "scrapy.core.downloader.contextfactory", "scrapy.utils.test", "scrapy.shell",
    "borneone_crawler.cli", "borneone_crawler.extensions.archive",
    "borneone_crawler.extensions.health", "borneone_crawler.spiders.newsroom",
)  # fmt: skip

_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(list(PRELOADED))


def scrapy(
    argv: list[str], cwd: Path, timeout: float, *, stdout: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """`python -m scrapy …` without a terminal, to its end, its output in the file `stdout` if that
    is said.

    Raises subprocess.TimeoutExpired after so many seconds, and kills it.
    """
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "stdout"), Path(folder, "stderr")
        out.touch()
        process = _forks.Process(
            target=_become, args=(argv, dict(os.environ), str(cwd), str(stdout or out), str(err))
        )
        process.start()
        process.join(timeout)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired(argv, timeout, out.read_bytes(), err.read_bytes())
        return subprocess.CompletedProcess(
            argv, process.exitcode, out.read_text("utf-8"), err.read_text("utf-8")
        )


def _become(argv: list[str], environment: Mapping[str, str], cwd: str, *outputs: str) -> None:
    """Be that process: to be run in one of its own."""
    for stream, path in enumerate(outputs, start=1):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, stream)
        os.close(file)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(cwd)
    sys.path[0] = cwd
    sys.argv = ["scrapy", *argv]
    try:
        runpy.run_module("scrapy", run_name="__main__", alter_sys=True)
    finally:
        atexit._run_exitfuncs()  # a forked process leaves them out
