"""One writer at a time: an advisory lock beside the archive, gone with its process."""

import fcntl
import os
from pathlib import Path
from time import sleep

from borneone_crawler.statuses import Status, Stop

A_GLANCE = 0.1
"""Seconds after which `holder` has surely let go again."""


class Lock:
    """Holds `<archive>.lock` from construction until `release`, or until the process ends.

    Raises Stop: BUSY when another process holds it, CANNOT_CREATE when the file cannot be made.
    """

    def __init__(self, archive: Path) -> None:
        self.path = archive.with_name(archive.name + ".lock")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        except OSError as error:
            raise Stop(
                Status.CANNOT_CREATE, f"cannot write {self.path}: {error.strerror}"
            ) from error
        if not _locked(self._file, fcntl.LOCK_EX):
            sleep(A_GLANCE)  # it may only have been looked at
            if not _locked(self._file, fcntl.LOCK_EX):
                name = _name_in(self._file)
                os.close(self._file)
                raise Stop(Status.BUSY, f"another run (process {name}) is writing to {archive}")
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, str(os.getpid()).encode("ascii"), 0)

    def release(self, *, remove: bool = False) -> None:
        """Let others write; with `remove` the lock file goes too (for an archive taken back)."""
        if remove:
            self.path.unlink(missing_ok=True)
        os.close(self._file)


def holder(archive: Path) -> str | None:
    """The process that is writing to an archive, by its number or as "unknown"; None when nobody
    is. Changes nothing, and makes nobody who is about to write wait for longer than A_GLANCE."""
    try:
        file = os.open(archive.with_name(archive.name + ".lock"), os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        return None if _locked(file, fcntl.LOCK_SH) else _name_in(file)
    finally:
        os.close(file)


def kept_from_writers(archive: Path) -> int | None:
    """A file descriptor: until it is closed nobody begins to write to the archive, other than by
    another program. None where there is no lock: then nobody writes there.

    Raises Stop: BUSY when somebody is writing, NO_ARCHIVE where that cannot be told.
    """
    path = archive.with_name(archive.name + ".lock")
    try:
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Stop(
            Status.NO_ARCHIVE,
            f"cannot read {archive} in a folder that cannot be written: whether a run writes to "
            f"it is not to be seen from {path.name} ({error.strerror})",
        ) from error
    if not _locked(file, fcntl.LOCK_SH):
        os.close(file)
        raise Stop(Status.BUSY, f"a run has just begun to write to {archive}: try again")
    return file


def _locked(file: int, kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _name_in(file: int) -> str:
    return os.pread(file, 20, 0).decode("ascii", "replace").strip() or "unknown"
