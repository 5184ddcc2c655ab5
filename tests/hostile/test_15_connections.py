"""Promise 15: no network beyond the site, neither by us nor by what we stand on.

Promise 6 asks another server whether anybody came; here the kernel is asked where each process, a
dependency of ours within it included, tried to go.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from borneone_crawler import commands
from tests import typed
from tests.crawling import ROOT, Crawl
from tests.desk.reading_room.served import Served, lay_out
from tests.hostile.traced import Contacts, contacts, needs_strace, strace_beside, traced
from tests.shards.machine import Machine, until
from tests.small_site import SmallSite

pytestmark = needs_strace

ASKS_THE_SITE = {"crawl", "doctor"}
"""README: none but these asks anything of the site."""

TYPED: dict[str, list[str]] = {
    "backup": ["{out}/copy.db"],
    "cite": ["1"],
    "coverage": [],
    "crawl": ["borneonetv", "-s", "CONTACT=a@example.org"],
    "doctor": ["-s", "CONTACT=a@example.org"],
    "explain": ["1", "--html", "{out}/explained.html"],
    "export": ["parquet", "-o", "{out}/all.parquet"],
    "history": ["--since", "9d"],
    "import-text": ["{dump}", "--url", "{origin}/berita-1/"],
    "import-warc": ["{warc}"],
    "merge": ["{other}"],
    "reparse": ["--all"],
    "report": ["{out}/report.html"],
    "rules": [],
    "runs": [],
    "savefixture": ["1"],
    "search": ["pohon"],
    "show": ["1"],
    "takedown": ["2", "--reason", "permintaan"],
    "verify": [],
}
"""What is typed after each command."""


def origin_of(site: SmallSite) -> tuple[str, int]:
    at = urlsplit(site.origin)
    assert at.hostname is not None
    assert at.port is not None
    return at.hostname, at.port


@pytest.fixture(scope="module")
def site() -> Iterator[SmallSite]:
    with SmallSite() as site:
        yield site


@pytest.fixture(scope="module")
def held(site: SmallSite, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    crawl = Crawl(tmp_path_factory.mktemp("held"), site.origin)
    assert crawl.run() == 0
    return crawl


@pytest.fixture
def project(held: Crawl, tmp_path: Path) -> Path:
    """A project's folder with a copy of the archive in it."""
    shutil.copytree(held.archive.parent, tmp_path / "archive")
    shutil.copy(ROOT / "scrapy.cfg", tmp_path)
    (tmp_path / "fixtures/captured_page").mkdir(parents=True)
    (tmp_path / "out").mkdir()
    return tmp_path


def fresh(home: Path) -> dict[str, str]:
    """An environment in which no library finds what it fetched and kept another time."""
    kept = {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    return os.environ | kept


def test_every_command_is_looked_at() -> None:
    there = {path.stem for path in Path(*commands.__path__).glob("[!_]*.py")}
    assert there == set(TYPED)


@pytest.mark.parametrize("command", TYPED)
def test_a_command_speaks_to_the_site_alone(
    command: str, project: Path, held: Crawl, site: SmallSite
) -> None:
    (warc,) = held.warc_files()
    places = {
        "out": project / "out",
        "warc": warc,
        "other": held.archive,
        "dump": next(ROOT.glob("fixtures/text_dump/*/input.txt")),
        "origin": site.origin,
    }
    words = [word.format_map(places) for word in TYPED[command]]
    settings = {"BASE_URL": site.origin, "DOWNLOAD_DELAY": 0}
    done, found = traced(
        typed.argv(project / "archive/borneone.db", command, *words, **settings),
        project / "trace",
        cwd=project,
        env=fresh(project),
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert found.addresses == ({origin_of(site)} if command in ASKS_THE_SITE else set())
    assert found.others == set()
    assert found.doors == set()


def test_a_first_crawl_speaks_to_the_site_alone(site: SmallSite, tmp_path: Path) -> None:
    crawl = Crawl(tmp_path / "archive", site.origin)
    done, found = traced(crawl.argv(), tmp_path / "trace", cwd=ROOT, env=fresh(tmp_path))
    assert done.returncode == 0, done.stderr
    assert crawl.one("SELECT count(*) FROM articles") == 3
    assert found == Contacts({origin_of(site)}, set(), set())


def test_the_reading_room_speaks_to_nobody(held: Crawl, tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "archive")
    shutil.copy(held.archive, folder)
    trace = tmp_path / "trace"
    with Served(folder, strace_beside(trace)) as served:
        for path in ("/", "/-/article/borneone/1", "/-/dashboards/borneone", "/borneone/stories"):
            served.page(path)
        found = contacts(trace)
    assert found == Contacts(set(), set(), {("127.0.0.1", served.port)})


def test_scrapyd_and_its_crawls_speak_to_the_site_alone(site: SmallSite, tmp_path: Path) -> None:
    machine = Machine(tmp_path / "machine", {}, {"borneonetv": site.origin})
    trace = tmp_path / "trace"
    try:
        machine.start(strace_beside(trace))
        machine.schedule("borneonetv")
        until(machine.is_idle, "it was crawled")
        found = contacts(trace)
    finally:
        machine.kill()
    assert "Process finished: " in machine.log
    assert found == Contacts({origin_of(site)}, set(), {("127.0.0.1", machine.port)})


def test_the_trace_tells_of_what_goes_elsewhere(tmp_path: Path) -> None:
    """Of a child's child, by TCP and UDP, by either family, and by a socket in a folder."""
    goes = """
import os, socket, sys
if os.fork() == 0:
    for family, address in ((socket.AF_INET, "127.0.0.2"), (socket.AF_INET6, "::1")):
        with socket.socket(family, socket.SOCK_STREAM) as tcp:
            tcp.connect_ex((address, 9))
        with socket.socket(family, socket.SOCK_DGRAM) as udp:
            try: udp.sendto(b"x", (address, 53))
            except OSError: pass
    with socket.socket(socket.AF_UNIX) as unix:
        unix.connect_ex("/nowhere/socket")
    for at in (None, ("0.0.0.0", 0), ("127.0.0.3", 0)):
        with socket.socket() as door:
            if at: door.bind(at)
            door.listen()
else:
    os.wait()
"""
    done, found = traced(
        ["sh", "-c", '"$0" -c "$1"; true', sys.executable, goes],
        tmp_path / "trace", cwd=tmp_path, env=fresh(tmp_path),
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert {("127.0.0.2", 9), ("127.0.0.2", 53), ("::1", 9), ("::1", 53)} == found.addresses
    assert found.others == {"/nowhere/socket"}
    assert found.doors == {None, ("0.0.0.0", 0), ("127.0.0.3", 0)}
