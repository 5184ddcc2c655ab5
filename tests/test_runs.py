"""`scrapy runs`: what each run did, also of one that is going on or was killed."""

import json
import os
import signal
import subprocess
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from borneone_crawler.archive.sqlite.lock import Lock, holder
from borneone_crawler.statuses import Status
from tests.crawling import ROOT, Crawl
from tests.small_site import Answer, Gate, SmallSite
from tests.typed import run


def told(crawl: Crawl, *more: str, **settings: Any) -> list[dict[str, Any]]:
    done = run(crawl.archive, "runs", "--json", *more, **settings)
    assert (done.returncode, done.stderr) == (0, "")
    runs: list[dict[str, Any]] = json.loads(done.stdout)
    return runs


def test_each_run_is_a_line_with_what_it_brought_and_left(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/berita-2/"] = Answer(status=500)
    assert crawl.run(NOW="2026-03-01T20:30:00+00:00") == 0
    site.answers["/"] = Answer(status=403)
    assert crawl.run("-a", "deep=1", NOW="2026-03-02T01:00:00+00:00") == Status.FORBIDDEN
    done = run(crawl.archive, "runs")
    assert (done.returncode, done.stderr) == (0, "")
    head, first, second, why = done.stdout.splitlines()
    assert head.split() == [
        "run", "command", "started", "took", "status", "new", "requests", "failed",
    ], "nothing was changed, looked at again or left"  # fmt: skip
    number, command, day, clock, zone, took, *rest = first.split()
    assert (number, command, day, zone) == ("1", "crawl", "2026-03-02", "WIB")
    assert clock.startswith("03:3")
    assert took.startswith("0:00:0")
    asked = str(
        crawl.one("""SELECT stats ->> '$."downloader/request_count"' FROM runs WHERE id = 1""")
    )
    assert rest == ["0", "ok", "2", asked, "1"]
    assert " crawl deep=1 " in second
    assert " 77 forbidden " in second
    assert why == f"     {site.origin}/ answers 403: we are not let in"


def test_json_is_a_list_with_the_newest_last(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run() == 0
    site.numbers.append(4)
    site.answers["/berita-4/"] = Answer(status=404)
    assert crawl.run() == 0
    assert crawl.run("-a", "section=berita") == 0
    runs = told(crawl, "--last", "2")
    assert [each["number"] for each in runs] == [2, 3]
    second = runs[0]
    assert (second["command"], second["arguments"], second["word"]) == ("crawl", {}, "ok")
    assert (second["new"], second["pending"]) == (0, 1), "absent once: to be looked at again"
    assert runs[1]["arguments"] == {"section": "berita"}
    began = datetime.fromisoformat(second["started_at"])
    ended = datetime.fromisoformat(second["finished_at"])
    assert second["seconds"] == round((ended - began).total_seconds())


def test_a_run_that_is_going_on_is_shown_beside_one_that_was_killed(
    site: SmallSite, crawl: Crawl
) -> None:
    site.numbers = list(range(1, 21))

    def begin() -> tuple["subprocess.Popen[bytes]", Gate]:
        """A run that waits for an article in its middle."""
        site.answers["/berita-12/"] = gate = Gate(Answer(site.article(12)))
        asked = site.paths().count("/berita-12/")
        process = subprocess.Popen(crawl.argv(), cwd=ROOT)
        while site.paths().count("/berita-12/") == asked:
            time.sleep(0.02)
        return process, gate

    first, _ = begin()
    (going,) = told(crawl)
    assert (going["status"], going["word"]) == (None, "running")
    assert (going["finished_at"], going["reason"]) == (None, None)
    assert 0 < going["new"] < 20
    assert going["requests"] > going["new"]
    assert going["pending"] > 0
    first.send_signal(signal.SIGKILL)
    first.wait()
    (killed,) = told(crawl)
    assert (killed["word"], killed["seconds"], killed["pending"]) == ("killed", None, None)
    assert killed["new"] == going["new"]
    second, gate = begin()
    assert [each["word"] for each in told(crawl)] == ["killed", "running"]
    assert " running " in run(crawl.archive, "runs").stdout
    gate.open()
    assert second.wait(60) == 0, "the run beside it was not disturbed"
    assert [each["word"] for each in told(crawl)] == ["killed", "ok"]


def test_other_commands_are_runs_too(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run() == 0
    assert run(crawl.archive, "reparse", "--all").returncode == 0
    (_, reparse) = told(crawl)
    assert (reparse["command"], reparse["word"]) == ("reparse", "ok")
    assert (reparse["unchanged"], reparse["requests"], reparse["failed"]) == (None, None, None)
    assert run(crawl.archive, "runs").stdout.splitlines()[-1].split()[-4:] == [
        "0", "ok", "0", "–",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "status", "word"),
    [
        (["--last", "0"], Status.USAGE, "from 1 to"),
        (["--last", "x"], Status.USAGE, "invalid int"),
        (["--last", "99999999999999999999"], Status.USAGE, "from 1 to"),
        (["yesterday"], Status.USAGE, "yesterday"),
        ([], Status.NO_ARCHIVE, "run the crawl first"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_a_status(
    tmp_path: Path, more: list[str], status: Status, word: str
) -> None:
    done = run(tmp_path / "a.db", "runs", *more)
    assert (done.returncode, done.stdout) == (status, "")
    assert word in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_who_holds_the_lock_is_seen_without_holding_it(tmp_path: Path) -> None:
    path = tmp_path / "borneone.db"
    assert holder(path) is None
    assert list(tmp_path.iterdir()) == []
    lock = Lock(path)
    assert holder(path) == str(os.getpid())
    lock.release()
    assert holder(path) is None
    Lock(path).release()
