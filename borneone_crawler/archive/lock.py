"""One writer at a time: an advisory lock beside the archive, gone with its process."""

import fcntl
import os
from pathlib import Path

from borneone_crawler.statuses import Status, Stop


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
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(self._file, 20, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(self._file)
            raise Stop(
                Status.BUSY, f"another run (process {holder}) is writing to {archive}"
            ) from error
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, str(os.getpid()).encode("ascii"), 0)

    def release(self, *, remove: bool = False) -> None:
        """Let others write; with `remove` the lock file goes too (for an archive taken back)."""
        if remove:
            self.path.unlink(missing_ok=True)
        os.close(self._file)
