"""The log in years of cron: bounded, and nothing of it lost between two processes."""

import subprocess
import time
from pathlib import Path

from borneone_crawler.logs import KEPT, LARGEST, put_away
from borneone_crawler.statuses import Status
from tests.crawling import ROOT, Crawl
from tests.small_site import Answer, Gate, SmallSite

OLD = "2019-10-14 10:15:00 an old line\n"


def filled(crawl: Crawl) -> Path:
    """A log that has just become too large."""
    log = crawl.archive.parent / "logs" / "borneonetv.log"
    log.parent.mkdir(exist_ok=True)
    log.write_text(OLD * (LARGEST // len(OLD) + 1))
    return log


def test_a_log_that_became_too_large_is_put_away_before_a_run(
    site: SmallSite, crawl: Crawl
) -> None:
    log = filled(crawl)
    assert crawl.run() == 0
    assert log.with_name("borneonetv.log.1").stat().st_size >= LARGEST
    first = crawl.log
    assert OLD not in first
    assert "ledger: entry 3" in first
    assert crawl.run() == 0
    assert crawl.log.startswith(first), "a small one is gone on with"
    assert len(list(log.parent.iterdir())) == 2


def test_old_logs_are_bounded_in_number(tmp_path: Path) -> None:
    log = tmp_path / "borneonetv.log"
    for number in range(KEPT + 3):
        log.write_text(str(number))
        put_away(log)
    kept = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert kept == {f"borneonetv.log.{back}": str(KEPT + 3 - back) for back in range(1, KEPT + 1)}


def test_a_run_that_is_turned_away_leaves_the_log_of_the_other_alone(
    site: SmallSite, crawl: Crawl
) -> None:
    site.answers["/"] = gate = Gate(Answer(site.home()))
    log = crawl.archive.parent / "logs" / "borneonetv.log"
    with subprocess.Popen(crawl.argv(), cwd=ROOT) as first:
        while "/" not in site.paths():
            time.sleep(0.05)
        with log.open("a") as grown:
            grown.write(OLD * (LARGEST // len(OLD) + 1))
        others = [subprocess.Popen(crawl.argv(), cwd=ROOT) for _ in range(2)]
        assert [other.wait() for other in others] == [Status.BUSY] * 2
        gate.open()
        assert first.wait() == 0
    assert [path.name for path in log.parent.iterdir()] == ["borneonetv.log"]
    lines = crawl.log.splitlines()
    assert lines.count(OLD.strip()) == LARGEST // len(OLD) + 1
    assert lines[-1].endswith("Spider closed (finished)"), "the first one's last line"
    whole = [line for line in lines if line[:2] == "20"]
    assert sum("Scrapy 2" in line and "started (bot" in line for line in whole) == 3
    assert crawl.run() == 0
    assert len(list(log.parent.iterdir())) == 2


def test_runs_that_begin_at_once_lose_no_line(site: SmallSite, crawl: Crawl) -> None:
    log = filled(crawl)
    runs = [subprocess.Popen(crawl.argv(), cwd=ROOT) for _ in range(3)]
    assert {run.wait() for run in runs} <= {0, Status.BUSY}
    lines = [line for path in log.parent.iterdir() for line in path.read_text().splitlines()]
    assert lines.count(OLD.strip()) == LARGEST // len(OLD) + 1
    assert sum("started (bot: borneone_crawler)" in line for line in lines) == 3
