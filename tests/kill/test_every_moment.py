"""Every single write and commit of a little crawl is the last one of its process, once."""

import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.kill import child
from tests.kill.compare import differences, faults
from tests.kill.little_crawl import PAGES, LittleCrawl

SHARES = (0.02, 0.5, 0.98)
"""Where a write is torn: near its beginning, in the middle, near its end."""
_CHECKPOINTS = (child.CHECKPOINT_BEFORE, child.CHECKPOINT_AFTER)
_ASKED_BY_ALL = ("/robots.txt", "borneonetv.com/")


class Newsdesk:
    """An archive in a folder of its own, and what was asked for to fill it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.archive = folder / "borneone.db"
        self._log = folder / "asked"
        self._log.touch()

    def crawl(self) -> None:
        with self._log.open("a", buffering=1) as log:
            LittleCrawl(self.archive, lambda url: log.write(url + "\n")).run()

    def dies(self, point: str, nth: int, share: float) -> bool:
        """Crawl in a process of its own that dies at a point. False when it came to its end."""
        process = os.fork()
        if process == 0:
            try:
                child.arm(point, nth, share)
                self.crawl()
                os._exit(0)
            except BaseException:
                sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
                os._exit(1)
        _, status = os.waitpid(process, 0)
        assert status == 0 or os.WTERMSIG(status) == signal.SIGKILL, f"{point} {nth} {share}"
        return status != 0

    def asked_again(self) -> int:
        """Pages asked for more than once; robots.txt and the home page are asked by every run."""
        times = Counter(self._log.read_text().split())
        return sum(n - 1 for url, n in times.items() if not url.endswith(_ASKED_BY_ALL))


@pytest.fixture
def quiet(tmp_path: Path) -> Path:
    desk = Newsdesk(tmp_path / "quiet")
    desk.crawl()
    assert faults(desk.archive) == []
    assert desk.asked_again() == 0
    return desk.archive


def moments(point: str) -> Iterator[tuple[int, float]]:
    """(nth, share), without end; who takes them stops when the crawl is over before the nth."""
    for nth in count(1):
        for share in SHARES if point == child.WARC_TORN else SHARES[:1]:
            yield nth, share


def finished(desk: Newsdesk, quiet: Path, kills: int) -> None:
    """Crawl to the end, and compare."""
    desk.crawl()
    assert faults(desk.archive) == []
    assert differences(quiet, desk.archive) == []
    assert desk.asked_again() <= kills


@pytest.mark.parametrize("point", child.POINTS)
def test_a_kill_at_any_moment_loses_nothing(tmp_path: Path, quiet: Path, point: str) -> None:
    killed = 0
    for nth, share in moments(point):
        desk = Newsdesk(tmp_path / f"{nth}-{share}")
        if not desk.dies(point, nth, share):
            break
        finished(desk, quiet, kills=1)
        killed += 1
    assert killed >= (3 if point in _CHECKPOINTS else len(PAGES))


@pytest.mark.long
def test_several_kills_in_a_row_lose_nothing(tmp_path: Path, quiet: Path) -> None:
    seed = int(os.environ.get("KILL_SEED") or random.SystemRandom().randrange(10**6))
    chance = random.Random(seed)
    rounds, kills = 200, 0
    for number in range(rounds):
        desk, died = Newsdesk(tmp_path / str(number)), 0
        for _ in range(chance.randint(2, 6)):
            point = chance.choice(child.POINTS)
            # Most of them before the run before has been made good.
            nth = chance.randint(1, chance.choice((2, 6, 20)))
            died += desk.dies(point, nth, chance.uniform(0.01, 0.99))
        finished(desk, quiet, kills=died)
        kills += died
    print(f"{rounds} little crawls, {kills} kills, several in a row each; seed {seed}")
