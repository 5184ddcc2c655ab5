"""`scrapy doctor`: says of what is well that it is, and of what is not what to do."""

import json
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import Response

from borneone_crawler.doctor.visit import Visit
from borneone_crawler.site import BORNEONETV
from borneone_crawler.statuses import Status
from tests.crawling import ROOT, Crawl
from tests.small_site import Answer, Gate, SmallSite
from tests.test_faults import SmallDisk, disk  # noqa: F401 - a fixture
from tests.typed import run

CONTACT = "redaksi@example.org"
LATER = (datetime.now(UTC) + timedelta(days=3)).isoformat()


def doctor(crawl: Crawl, *more: str, **settings: Any) -> "subprocess.CompletedProcess[str]":
    given = {"BASE_URL": crawl.origin, "CONTACT": CONTACT, "DOWNLOAD_DELAY": 0} | settings
    done = run(crawl.archive, "doctor", *more, **given)
    assert done.stderr == ""
    return done


def mended(crawl: Crawl, *more: str, **settings: Any) -> dict[str, dict[str, str]]:
    """What is to be mended, by name; everything else was well."""
    done = doctor(crawl, "--json", *more, **settings)
    told = json.loads(done.stdout)
    found = {check["name"]: check for check in told["checks"] if check["verdict"] == "mend"}
    assert (done.returncode, told["well"]) == ((1, False) if found else (0, True))
    assert all(check["mend"] for check in found.values())
    return found


def kept(crawl: Crawl) -> dict[Path, tuple[int, int]]:
    """Every file with its size and when it was changed, but for those of SQLite's own."""
    files = [path for path in crawl.archive.parent.rglob("*") if path.is_file()]
    own = {crawl.archive.with_name(f"{crawl.archive.name}-{end}") for end in ("wal", "shm")}
    return {
        path: (path.stat().st_size, path.stat().st_mtime_ns) for path in files if path not in own
    }


def test_what_is_well_is_one_line_each_and_two_requests(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run() == 0
    before = kept(crawl)
    site.asked.clear()
    done = doctor(crawl)
    assert done.returncode == 0
    names = [line.split()[1] for line in done.stdout.splitlines()]
    assert {line.split()[0] for line in done.stdout.splitlines()} == {"ok"}
    assert names == [
        "versions:", "settings:", "contact:", "rules:", "words:", "archive-place:",
        "captures-place:", "log-place:",
        "disk:", "archive:", "lock:", "runs:", "site:", "allowed:", "outlet:", "clock:",
    ]  # fmt: skip
    assert "3 articles" in done.stdout
    assert site.paths() == ["/robots.txt", "/"]
    assert all(each.headers["User-Agent"].endswith(CONTACT) for each in site.asked)
    assert kept(crawl) == before


def test_before_the_first_crawl_nothing_is_made(site: SmallSite, crawl: Crawl) -> None:
    done = doctor(crawl, CONTACT="")
    assert done.returncode == Status.FOUND
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("mend")]
    assert "contact:" in line
    assert line.endswith("Set contact in archive/local.toml")
    assert f"none yet; the first crawl makes {crawl.archive}" in done.stdout
    assert list(crawl.archive.parent.iterdir()) == []
    assert mended(crawl, "--offline") == {}


@pytest.mark.parametrize(
    ("path", "answer", "name", "said"),
    [
        ("/robots.txt", Answer(status=503), "site", "answers 503"),
        ("/robots.txt", Answer("User-agent: *\nDisallow: /\n"), "allowed", "robots.txt forbids"),
        ("/", Answer(status=500), "site", "answers 500"),
        ("/", Answer(status=403), "allowed", "we are not let in"),
        ("/", Answer("<html><title>Dijual</title></html>"), "outlet", "titled 'Dijual'"),
        (
            "/robots.txt",
            Answer(status=301, headers={"Location": "https://lain.example/"}),
            "outlet",
            "not on the site",
        ),
    ],
)
def test_what_is_wrong_with_the_site_is_named(
    site: SmallSite, crawl: Crawl, path: str, answer: Answer, name: str, said: str
) -> None:
    site.answers[path] = answer
    found = mended(crawl)
    assert list(found) == [name]
    assert said in found[name]["said"]
    assert len(site.asked) <= 4
    assert list(crawl.archive.parent.iterdir()) == []


def test_a_site_that_does_not_answer_is_named(site: SmallSite, crawl: Crawl) -> None:
    found = mended(crawl, BASE_URL="http://127.0.0.1:1")
    assert list(found) == ["site"]
    assert "cannot reach 127.0.0.1:1" in found["site"]["said"]


def test_a_mistake_in_the_settings_is_told_and_the_site_not_asked(
    site: SmallSite, crawl: Crawl
) -> None:
    for wrong in (
        {"LOCAL_ERROR": "local.toml: there is no setting 'contcat'; perhaps 'contact' is meant"},
        {"BASE_URL": "borneonetv.com"},
        {"CAPTURE_IMAGES": "some"},
    ):
        found = mended(crawl, **wrong)
        assert list(found) == ["settings"]
        assert "archive/local.example.toml" in found["settings"]["mend"]
    assert site.asked == []


def test_a_clock_that_goes_wrong_is_seen_by_the_site_s_and_by_the_last_run(
    site: SmallSite, crawl: Crawl
) -> None:
    assert list(mended(crawl, NOW=LATER)) == ["clock"]
    assert crawl.run() == 0
    found = mended(crawl, "--offline", NOW="2019-01-01T00:00:00+00:00")
    assert list(found) == ["runs"]
    assert "it is 2019-01-01 00:00 UTC here" in found["runs"]["said"]
    assert "timedatectl" in found["runs"]["mend"]
    earlier = datetime.now(UTC) - timedelta(minutes=1)
    assert mended(crawl, "--offline", NOW=earlier) == {}, "as when a clock is set right"


def test_a_date_out_of_a_cache_is_as_old_as_the_cache_says() -> None:
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    seen = Visit(BORNEONETV)
    for headers in (
        {"Date": format_datetime(now - timedelta(hours=2), usegmt=True), "Age": "7190"},
        {"Date": "yesterday"},
        {"Date": "Sun, 01 Mar 2026 12:00:00"},
        {},
    ):
        seen.note(Response("https://borneonetv.com/", headers=headers), lambda: now)
    assert seen.ahead == [timedelta(seconds=10)]
    assert [check.said for check in seen.checks()][-1] == "10 s ahead of the site's"


def test_an_archive_that_no_crawl_keeps_up_to_date_is_told(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run() == 0
    assert mended(crawl, "--offline") == {}
    found = mended(crawl, "--offline", NOW=LATER)
    assert list(found) == ["runs"]
    assert "the last good crawl ended 3 days ago" in found["runs"]["said"]
    site.answers["/robots.txt"] = Answer(status=503)
    assert crawl.run(NOW=LATER) == Status.UNREACHABLE
    found = mended(crawl, "--offline", NOW=LATER)
    assert "run 2, the last one: unreachable (" in found["runs"]["said"]
    assert "503" in found["runs"]["said"]
    assert "started" not in found["runs"]["mend"]
    far = mended(crawl, "--offline", NOW=datetime.now(UTC) + timedelta(days=40))
    assert "Is it still started?" in far["runs"]["mend"]


def test_one_page_or_section_is_no_crawl_of_the_newsroom(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run() == 0
    site.answers["/robots.txt"] = Answer(status=503)
    assert crawl.run(NOW=LATER) == Status.UNREACHABLE
    assert "503" in crawl.stderr
    del site.answers["/robots.txt"]
    for narrowed in (f"url={site.origin}/berita-1/", "section=berita"):
        assert crawl.run("-a", narrowed, NOW=LATER) == 0
    assert list(mended(crawl, "--offline", NOW=LATER)) == ["runs"]


def test_a_damaged_archive_is_told(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run() == 0
    with closing(sqlite3.connect(crawl.archive)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with crawl.archive.open("r+b") as file:
        file.seek(4096 * 8)
        file.write(b"\xff" * 4096 * 12)
    found = mended(crawl, "--offline")
    assert "damaged" in found["archive"]["said"]
    crawl.archive.write_text("catatan penting")
    assert "is not an archive" in mended(crawl)["archive"]["said"]
    assert crawl.archive.read_text() == "catatan penting"


def test_an_archive_of_another_site_is_told(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run() == 0
    with SmallSite() as other:
        found = mended(crawl, BASE_URL=other.origin)
    assert list(found) == ["archive"]
    assert site.origin in found["archive"]["said"]


def test_beside_a_crawl_the_site_is_not_asked(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/"] = gate = Gate(Answer(site.home()))
    with subprocess.Popen(crawl.argv(), cwd=ROOT) as first:
        while "/" not in site.paths():
            time.sleep(0.05)
        done = doctor(crawl)
        gate.open()
        assert first.wait() == 0
    assert (
        "ok    runs:            no crawl has come to a good end yet; run 1, the last one: running"
        in (done.stdout)
    )
    assert f"ok    lock:            process {first.pid} is writing" in done.stdout
    assert f"left  site:            not asked: process {first.pid} is asking" in done.stdout
    assert site.paths().count("/robots.txt") == 1


def test_a_site_that_wants_to_be_left_alone_is(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run() == 0
    with closing(sqlite3.connect(crawl.archive)) as connection:
        connection.execute("UPDATE archive SET quiet_until = '2099-01-01T00:00:00.000+00:00'")
        connection.commit()
    site.asked.clear()
    done = doctor(crawl)
    assert done.returncode == 0
    assert "it wants to be left alone until 2099-01-01 00:00 UTC" in done.stdout
    assert site.asked == []


def test_a_full_disk_and_one_that_cannot_be_written_are_told(
    site: SmallSite,
    crawl: Crawl,
    disk: SmallDisk,  # noqa: F811
) -> None:
    assert crawl.run() == 0
    disk.remount("size=20M")
    shutil.copy(crawl.archive, disk.folder)
    crawl.archive = disk.folder / "borneone.db"
    found = mended(crawl, "--offline")
    assert list(found) == ["disk"]
    assert "should be free" in found["disk"]["mend"]
    disk.remount("ro")
    found = mended(crawl, "--offline")
    assert set(found) == {"disk", "archive-place", "captures-place", "log-place"}
    assert "can be written" in found["log-place"]["mend"]


@pytest.mark.parametrize(
    ("more", "word"), [(["borneonetv"], "borneonetv"), (["--fix"], "no option --fix")]
)
def test_wrong_arguments_are_told(tmp_path: Path, more: list[str], word: str) -> None:
    done = run(tmp_path / "a.db", "doctor", *more)
    assert (done.returncode, done.stdout) == (Status.USAGE, "")
    assert word in done.stderr
