"""Ways to end a crawl without asking it, and a plan of them that a seed repeats."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.crawling import ROOT, Crawl
from tests.kill import child
from tests.kill.newsroom import DifficultServer

# A dead section is left for another day; a page that fails is tried again at once.
SETTINGS = {"LATER_DELAYS": "21600,86400", "RETRY_DELAYS": "0.05,0.05"}
PATIENCE = 300.0
"""Seconds within which a run has to come to its end or to its kill."""

AFTER_REQUESTS, AFTER_SECONDS, AT_WARC, AT_WAL = (
    "after-requests", "after-seconds", "at-warc", "at-wal"
)  # fmt: skip
_BLIND = (AFTER_REQUESTS, AFTER_REQUESTS, AFTER_SECONDS)
_WATCHING = (AT_WARC, AT_WAL)
_EARLY = (
    AFTER_SECONDS, child.WARC_BEFORE, child.WARC_TORN, child.WARC_AFTER, child.COMMIT_BEFORE,
    child.COMMIT_AFTER,
)  # fmt: skip
_POLL = 0.0003


@dataclass(frozen=True)
class Kill:
    """One way to end a run."""

    how: str
    """Of this module: after-requests, after-seconds (both blind to what the run is doing), at-warc
    or at-wal (as soon as that file changes). Else a point of child.py."""
    nth: int = 0
    """Requests that the server has seen first; of a point of child.py, which time."""
    seconds: float = 0.0
    """What is waited then."""
    share: float = 0.5
    """Of a write that is torn: how much of it reaches the file."""


@dataclass
class Killer:
    """Runs the crawl again and again, and kills it as it is told."""

    crawl: Crawl
    server: DifficultServer
    done: list[Kill] = field(default_factory=list)
    """The kills that met a running crawl, in order."""

    def run(self, kill: Kill) -> bool:
        """One run under a kill. Returns whether the kill came before the run's end."""
        process = subprocess.Popen(self._argv(kill), cwd=ROOT, stdin=subprocess.DEVNULL)
        try:
            if kill.how not in child.POINTS:
                self._wait(kill, process)
                process.send_signal(signal.SIGKILL)
            status = process.wait(PATIENCE)
        finally:
            process.kill()
            process.wait()
        if status == -signal.SIGKILL and not self._is_complete():
            self.done.append(kill)
            return True
        assert status in (0, -signal.SIGKILL), f"status {status} under {kill}:\n{self.crawl.log}"
        return False

    def finish(self) -> None:
        """One run that is left alone."""
        process = subprocess.run(self.crawl.argv(**SETTINGS), cwd=ROOT, timeout=PATIENCE)
        assert process.returncode == 0, self.crawl.log

    def _is_complete(self) -> bool:
        """Whether the last run has written that it came to its end, and died after that."""
        if not self.crawl.archive.exists() or not self.crawl.rows(
            "SELECT 1 FROM sqlite_master WHERE name = 'runs'"
        ):
            return False
        last = self.crawl.rows("SELECT status FROM runs ORDER BY id DESC LIMIT 1")
        return last == [(0,)]

    def _argv(self, kill: Kill) -> list[str]:
        argv = self.crawl.argv(**SETTINGS)
        if kill.how not in child.POINTS:
            return argv
        point = [kill.how, str(kill.nth), str(kill.share)]
        return [sys.executable, "-m", "tests.kill.child", *point, *argv[argv.index("crawl") :]]

    def _wait(self, kill: Kill, process: "subprocess.Popen[bytes]") -> None:
        """Until the moment has come, or the run is over."""
        begun = len(self.server.asked)
        until = time.monotonic() + PATIENCE

        def wait_for(come: Callable[[], bool]) -> None:
            while process.poll() is None and not come():
                assert time.monotonic() < until, f"{kill} never comes"
                time.sleep(_POLL)

        if kill.how != AFTER_SECONDS:
            wait_for(lambda: len(self.server.asked) - begun >= kill.nth)
        if kill.how in _WATCHING:
            before = self._written(kill.how)
            wait_for(lambda: self._written(kill.how) != before)
        end = time.monotonic() + kill.seconds
        wait_for(lambda: time.monotonic() >= end)

    def _written(self, how: str) -> list[tuple[int, int]]:
        """Size of what the run writes into, and when it was last written to."""
        folder = self.crawl.archive.parent
        if how == AT_WAL:
            files = [folder / f"{self.crawl.archive.name}-wal"]
        else:
            files = sorted(Path(folder, "warc").glob("*"))
        stats = [file.stat() for file in files if file.exists()]
        return [(stat.st_size, stat.st_mtime_ns) for stat in stats]


def plan(seed: int, kills: int, requests: int) -> list[Kill]:
    """So many kills for a crawl of so many requests, which is not over after the last of them:
    every way in turn, and one in five among the first moments of a run."""
    chance = random.Random(seed)
    step = max(2, int(1.2 * requests / kills))
    ways: list[str] = []
    while len(ways) < kills:
        more = [*_BLIND, *_WATCHING, *child.POINTS]
        chance.shuffle(more)
        ways += more
    planned = [_kill(chance, way, step) for way in ways[:kills]]
    for number in chance.sample(range(kills), -(-kills // 5)):
        planned[number] = _kill(chance, chance.choice(_EARLY), 4)
    return planned


def _kill(chance: random.Random, how: str, step: int) -> Kill:
    nth = chance.randint(1, step)
    if how == AFTER_SECONDS:
        return Kill(how, seconds=chance.uniform(0.3, 2.5))
    if how == AFTER_REQUESTS:
        return Kill(how, nth, seconds=chance.uniform(0, 0.03))
    if how in _WATCHING:
        return Kill(how, nth, seconds=chance.choice((0, 0, 0.001, 0.003)))
    if how in (child.CHECKPOINT_BEFORE, child.CHECKPOINT_AFTER):
        return Kill(how, max(1, nth // 4))
    return Kill(how, nth, share=chance.uniform(0.01, 0.99))
