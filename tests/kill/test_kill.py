"""The real crawl, killed over and over: nothing is lost, nothing is there twice, little is asked
for again."""

import os
import random
import time
from pathlib import Path

import pytest

from tests.crawling import Crawl
from tests.kill.compare import differences, faults, warcio_findings
from tests.kill.killer import Killer, plan
from tests.kill.newsroom import Asked, DifficultServer, write_difficult_newsroom

MOST_AGAIN = 4
"""Article and listing pages, the home page among them, that a kill may cost on average."""


def kill_and_compare(folder: Path, *, articles: int, kills: int, seed: int) -> None:
    """Crawl a newsroom in peace, and again under kills; compare the two archives."""
    write_difficult_newsroom(folder / "site", articles, seed)
    with DifficultServer(folder / "site") as server:
        quiet = Crawl(folder / "quiet", server.origin)
        begun = time.monotonic()
        Killer(quiet, server).finish()
        in_peace, took = Asked(server.asked), time.monotonic() - begun
        requests = len(server.asked)
        server.begin()
        killer = Killer(Crawl(folder / "killed", server.origin), server)
        begun = time.monotonic()
        for kill in plan(seed, kills, requests):
            assert killer.run(kill), f"{kill} came too late"
        killer.finish()
        under_kills = Asked(server.asked)
    again = {
        kind: (under_kills.again(kind) - in_peace.again(kind)) / kills
        for kind in ("page", "home", "picture", "machine")
    }
    pages = again["page"] + again["home"]
    print(
        f"{articles} articles, {requests} requests, {took:.0f} s in peace; seed {seed}: {kills} "
        f"kills, {time.monotonic() - begun:.0f} s; asked for again per kill: {pages:.2f} article "
        f"and listing pages with the home page, {again['page']:.2f} without it; "
        f"{again['picture']:.2f} pictures, {again['machine']:.2f} robots.txt and sitemaps"
    )
    assert quiet.one("SELECT count(*) FROM articles") == articles
    assert faults(quiet.archive) == []
    assert faults(killer.crawl.archive) == []
    assert warcio_findings(killer.crawl.archive) == []
    assert differences(quiet.archive, killer.crawl.archive) == []
    assert killer.crawl.one("SELECT count(*) FROM runs WHERE status = 0") == 1
    assert pages <= MOST_AGAIN


def test_a_crawl_killed_six_times_ends_like_one_left_alone(tmp_path: Path) -> None:
    kill_and_compare(tmp_path, articles=120, kills=6, seed=1)


@pytest.mark.long
def test_a_crawl_of_a_thousand_articles_killed_25_times_ends_like_one_left_alone(
    tmp_path: Path,
) -> None:
    seed = int(os.environ.get("KILL_SEED") or random.SystemRandom().randrange(10**6))
    kill_and_compare(tmp_path, articles=1_000, kills=25, seed=seed)
