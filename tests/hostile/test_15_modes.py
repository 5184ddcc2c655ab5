"""Promise 15: archive and captures follow the folder's group; a copy is open to nobody else.

The umask is set on the way to each process, by `sh`: the tests' own stays as it is.
"""

import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from borneone_crawler.archive.merging.places import scratch
from tests.crawling import ROOT, Crawl
from tests.small_site import SmallSite
from tests.typed import argv

A_GROUP = 65_432
"""Of nobody; only root can give a folder to it."""


def typed(umask: str, *words: str | Path) -> None:
    """Run a command, to its end, with this umask."""
    line = ["sh", "-c", f'umask {umask} && exec "$@"', "sh", *map(str, words)]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def another_group() -> int:
    """A group that files made here do not have by themselves."""
    if os.geteuid() == 0:
        return A_GROUP
    others = set(os.getgroups()) - {os.getegid()}
    if not others:
        pytest.skip("only root, or who is in two groups, can give a folder to another group")
    return min(others)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder whose files are to be another group's."""
    folder = tmp_path / "shared"
    folder.mkdir()
    os.chown(folder, -1, another_group())
    folder.chmod(0o2770)
    return folder


class Watched:
    """What was seen in a folder while a crawl was held up in it: name -> mode and group."""

    def __init__(self, folder: Path) -> None:
        self.seen: dict[str, tuple[int, int]] = {}
        self._folder = folder

    def look(self) -> None:
        for path in self._folder.rglob("*"):
            status = path.stat()
            name = str(path.relative_to(self._folder))
            self.seen[name] = (stat.S_IMODE(status.st_mode), status.st_gid)


def everything(folder: Path, site: SmallSite, umask: str) -> dict[str, tuple[int, int]]:
    """Have every kind of file made in a folder; those of a crawl are looked at while it is at
    work, since some go with it."""
    watched, crawl = Watched(folder), Crawl(folder, site.origin)
    answer = site.answer("/berita-1/")

    def looking(_before: int) -> object:
        watched.look()
        return answer

    site.answers["/berita-1/"] = looking  # type: ignore[assignment]
    typed(umask, *crawl.argv())
    assert crawl.one("SELECT count(*) FROM articles") == 3
    for form in ("csv", "jsonl", "parquet", "text", "bag"):
        typed(umask, *argv(crawl.archive, "export", form, "-o", folder / f"out.{form}"))
    typed(umask, *argv(crawl.archive, "backup", folder / "backup.db"))
    typed(umask, *argv(crawl.archive, "report", folder / "report.html"))
    typed(umask, *argv(crawl.archive, "explain", "1", "--html", folder / "explained.html"))
    watched.look()
    return watched.seen


EXPECTED = (
    "borneone.db", "borneone.db-wal", "borneone.db-shm", "borneone.db.lock", "warc",
    "logs/borneonetv.log", "backup.db", "backup.db.sha256", "out.csv", "out.jsonl", "out.parquet",
    "out.text", "out.bag", "out.bag/manifest-sha256.txt", "report.html", "explained.html",
)  # fmt: skip


@pytest.mark.parametrize(
    ("umask", "files"),
    [("002", 0o664), ("027", 0o640), ("077", 0o600)],
    ids=["a group that writes", "a group that reads", "nobody"],
)
def test_what_is_made_has_the_folder_s_group_and_the_umask_s_mode(
    shared: Path, site: SmallSite, umask: str, files: int
) -> None:
    seen = everything(shared, site, umask)
    assert set(EXPECTED) <= set(seen)
    assert sum(name.endswith(".warc.gz") and name.startswith("warc/") for name in seen) == 1
    for name, (made, group) in seen.items():
        wanted = files | (files & 0o444) >> 2 | 0o2100 if (shared / name).is_dir() else files
        assert oct(made) == oct(wanted), name
        assert group == shared.stat().st_gid, name


@pytest.fixture
def closed(site: SmallSite, tmp_path: Path) -> Iterator[Crawl]:
    """An archive that its owner has closed to everybody else."""
    crawl = Crawl(tmp_path / "archive", site.origin)
    assert crawl.run() == 0
    crawl.archive.chmod(0o600)
    yield crawl
    assert mode(crawl.archive) == 0o600


def test_a_copy_is_open_to_nobody_to_whom_the_archive_is_not(
    closed: Crawl, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    typed("000", *argv(closed.archive, "backup", copy))
    assert mode(copy) == 0o600
    closed.archive.chmod(0o640)
    typed("000", *argv(closed.archive, "backup", tmp_path / "second.db"))
    assert mode(tmp_path / "second.db") == 0o640
    closed.archive.chmod(0o600)


def test_a_group_reads_no_copy_of_what_another_group_may_read(
    closed: Crawl, tmp_path: Path
) -> None:
    os.chown(closed.archive, -1, another_group())
    for wanted, expected in ((0o640, 0o600), (0o644, 0o644), (0o604, 0o600)):
        closed.archive.chmod(wanted)
        copy = tmp_path / f"{wanted:o}.db"
        typed("000", *argv(closed.archive, "backup", copy))
        assert oct(mode(copy)) == oct(expected)
    closed.archive.chmod(0o600)


def test_what_takes_a_file_s_place_is_as_open_as_that_was(closed: Crawl, tmp_path: Path) -> None:
    for name, words in {
        "copy.db": ["backup"],
        "all.csv": ["export", "csv", "--replace", "-o"],
        "all.parquet": ["export", "parquet", "--replace", "-o"],
        "report.html": ["report"],
    }.items():
        path = tmp_path / name
        command, *more = words
        typed("022", *argv(closed.archive, command, *more, path))
        replacing = ["--replace"] if command == "backup" else []
        for wanted in (0o600, 0o664):
            path.chmod(wanted)
            before = path.stat().st_ino
            typed("022", *argv(closed.archive, command, *more, *replacing, path))
            assert path.stat().st_ino != before, "another file"
            assert (name, oct(mode(path))) == (name, oct(wanted))


def test_captures_that_are_written_anew_stay_as_open_as_they_were(
    closed: Crawl, site: SmallSite
) -> None:
    (before,) = closed.warc_files()
    before.chmod(0o600)
    typed("000", *argv(closed.archive, "takedown", "1", "--erase", "--yes", "--reason", "x"))
    (after,) = closed.warc_files()
    assert after.name != before.name
    assert mode(after) == 0o600


def test_a_merge_works_where_nobody_else_may_look(tmp_path: Path) -> None:
    with scratch(tmp_path / "borneone.db") as folder:
        assert oct(mode(folder)) == oct(0o700)
