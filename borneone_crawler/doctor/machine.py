"""The machine: versions, places that must be written to, and room on the disk."""

import errno
import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement

from borneone_crawler.archive.sqlite.soundness import OLDEST_SQLITE, sqlite_version
from borneone_crawler.doctor.checks import Check, mend, ok

PACKAGE = "borneone-crawler"

AN_ARTICLE = 25_000
"""Bytes that an article takes, its raw captures with it; README says how that was measured."""

LEAST_ROOM = 200_000_000
"""Bytes that must be free beside a whole copy of the archive: 8,000 articles."""


def versions() -> Check:
    """Python, Scrapy, SQLite, and whether all that is asked for is there and new enough."""
    try:
        wanted = [Requirement(line) for line in requires(PACKAGE) or []]
        lacking = [each for each in wanted if not _is_there(each)]
    except PackageNotFoundError:
        return mend("versions", f"{PACKAGE} is not installed here", "make .venv/installed")
    scrapy, sqlite = version("scrapy"), ".".join(map(str, sqlite_version()))
    said = f"Python {platform.python_version()}, Scrapy {scrapy}, SQLite {sqlite}"
    if lacking:
        names = ", ".join(f"{each.name}{each.specifier}" for each in lacking)
        return mend("versions", f"{said}, but not {names}", "make clean .venv/installed")
    if sqlite_version() < OLDEST_SQLITE:
        oldest = ".".join(map(str, OLDEST_SQLITE))
        return mend(
            "versions", f"{said}; SQLite {oldest} is needed", "Use the Python of a newer system"
        )
    return ok("versions", said)


def _is_there(wanted: Requirement) -> bool:
    if wanted.marker is not None and not wanted.marker.evaluate({"extra": ""}):
        return True
    try:
        return wanted.specifier.contains(version(wanted.name), prereleases=True)
    except PackageNotFoundError:
        return False


def places(archive: Path, warc: Path, log: Path) -> Iterator[Check]:
    """Whether the archive, its raw captures and the log can be written, and the disks' room."""
    for name, folder, files in (
        ("archive", archive.parent, [archive]),
        ("captures", warc, []),
        ("log", log.parent, [log]),
    ):
        if problem := _unwritable(folder, files):
            yield mend(f"{name}-place", *problem)
        else:
            yield ok(f"{name}-place", f"{folder} can be written")
    size = archive.stat().st_size if _is_seen(archive) else 0
    disks = {each.stat().st_dev: each for each in map(_existing, (warc, archive.parent))}
    for folder in disks.values():
        yield _room(folder, size)


_MENDS = {
    errno.ENOSPC: "Make room",
    errno.EDQUOT: "Make room, or have the quota raised",
    errno.EROFS: "Mount it so that it can be written, or set another place in archive/local.toml",
}
_ANOTHER = "Give that place to the user who runs the crawl, or set another in archive/local.toml"


def _unwritable(folder: Path, files: list[Path]) -> tuple[str, str] | None:
    """Why nothing can be written there and what to do, or None. Tried out with a file that has no
    name."""
    for file in files:
        if _is_seen(file) and not os.access(file, os.W_OK):
            return f"{file} cannot be written", _ANOTHER
    try:
        with tempfile.TemporaryFile(dir=_existing(folder)) as trial:
            trial.write(b"\0")
            trial.flush()
    except OSError as error:
        return f"{folder}: {error.strerror}", _MENDS.get(error.errno or 0, _ANOTHER)
    return None


def _room(folder: Path, archive_size: int) -> Check:
    free = shutil.disk_usage(folder).free
    articles = free // AN_ARTICLE // 1_000 * 1_000
    said = f"{_bytes(free)} free in {folder}, room for over {articles:,} articles"
    needed = LEAST_ROOM + archive_size
    if free < needed:
        return mend("disk", said, f"Make room: {_bytes(needed)} should be free")
    return ok("disk", said)


def _existing(folder: Path) -> Path:
    """The folder, or the nearest above it that is there: a run makes the rest."""
    return next(each for each in (folder, *folder.absolute().parents) if _is_seen(each))


def _is_seen(path: Path) -> bool:
    """Whether it is there, as far as the user may look."""
    try:
        return path.exists()
    except PermissionError:
        return False


def _bytes(number: int) -> str:
    return f"{number / 1e9:.1f} GB" if number >= 1e9 else f"{number / 1e6:.0f} MB"
