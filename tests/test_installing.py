"""The units for systemd: right in its own eyes, and enough for a crawl."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from borneone_crawler.statuses import Status
from tests.crawling import ROOT, Crawl
from tests.small_site import SmallSite

UNITS = ROOT / "archive" / "systemd"
README = (ROOT / "README.md").read_text("utf-8")
SERVICE = (UNITS / "borneone-crawl@.service").read_text("utf-8")
HOME = "/srv/borneone_crawler"

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd is not installed here"
)


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The units as they are copied for this clone."""
    folder = tmp_path / "system"
    shutil.copytree(UNITS, folder)
    for path in folder.rglob("*"):
        if path.is_file():
            path.write_text(path.read_text("utf-8").replace(HOME, str(ROOT)), "utf-8")
    return folder


def verified(folder: Path) -> str:
    """What systemd has to say against the units."""
    units = sorted(path for path in folder.iterdir() if path.is_file())
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True
    )
    ours = [line for line in done.stderr.splitlines() if "borneone" in line]
    assert done.returncode == 0, done.stderr
    return "\n".join(ours)


@needs_systemd
def test_systemd_has_nothing_against_the_units(installed: Path) -> None:
    assert verified(installed) == ""
    with (installed / "borneone-crawl@.service").open("a") as file:
        file.write("NoSuchThing=yes\n")
    assert "NoSuchThing" in verified(installed), "it reads them"


@needs_systemd
@pytest.mark.parametrize("name", ["borneone-crawl@.service", "borneone-scrapyd.service"])
def test_the_services_can_do_little_else(installed: Path, name: str) -> None:
    argv = ["systemd-analyze", "security", "--offline=yes", "--threshold=20"]
    done = subprocess.run([*argv, installed / name], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout.splitlines()[-1]


def test_the_service_runs_what_the_line_for_cron_does() -> None:
    (in_cron,) = re.findall(r"&& (\.venv/bin/scrapy crawl .*)$", README, re.MULTILINE)
    (started,) = re.findall(r"^ExecStart=(.*)$", SERVICE, re.MULTILINE)
    (name,) = re.findall(r"enable --now borneone-crawl@(.*)\.timer$", README, re.MULTILINE)
    assert started.replace("%i", name) == f"{HOME}/{in_cron}"


def test_scrapyd_is_started_as_by_hand_and_can_do_no_more_than_a_crawl() -> None:
    scrapyd = (UNITS / "borneone-scrapyd.service").read_text("utf-8")
    (by_hand,) = re.findall(r"^(\.venv/bin/scrapyd --.*?)  +#", README, re.MULTILINE)
    assert re.findall(r"^ExecStart=(.*)$", scrapyd, re.MULTILINE) == [f"{HOME}/{by_hand}"]
    limits = re.compile(r"^(?:\w+=yes|Read|Restrict|System|Capab).*$", re.MULTILINE)
    assert limits.findall(scrapyd) == limits.findall(SERVICE)


def test_what_needs_nobody_is_no_failure() -> None:
    (statuses,) = re.findall(r"^SuccessExitStatus=(.*)$", SERVICE, re.MULTILINE)
    assert [int(each) for each in statuses.split()] == [Status.BUSY, Status.TERMINATED]


def test_a_crawl_writes_nowhere_but_beside_its_archive(
    site: SmallSite, crawl: Crawl, tmp_path: Path
) -> None:
    """As ProtectSystem=strict and PrivateTmp=yes have it: every other file is read-only."""
    locked = (
        "mount --make-rprivate / && mount --bind $0 $0 && mount -o remount,bind,ro / && "
        'mount -o remount,bind,rw $0 && exec "$@"'
    )
    away = ["unshare", "--mount", "sh", "-c", locked, str(tmp_path)]
    if os.geteuid() != 0 or subprocess.run([*away, "true"], capture_output=True).returncode:
        pytest.skip("only root can take the other files away")
    assert subprocess.run([*away, "touch", ROOT / "x"], capture_output=True).returncode == 1
    (tmp_path / "tmp").mkdir()
    environment = os.environ | {"TMPDIR": str(tmp_path / "tmp")}  # where SQLite sorts
    done = subprocess.run(
        [*away, *crawl.argv()], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert crawl.one("SELECT count(*) FROM articles") == 3
