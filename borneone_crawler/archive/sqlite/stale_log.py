"""Keeps the write-ahead log of a file that was replaced away from the file that replaced it."""

import fcntl
import logging
import os
import sys
from contextlib import suppress
from functools import cache
from itertools import count
from pathlib import Path

from borneone_crawler.statuses import Status, Stop

logger = logging.getLogger(__name__)

_VERSIONS = slice(18, 20)
"""Where the header says how the file is written and read: 1 with a rollback journal, 2 with a
write-ahead log (https://www.sqlite.org/fileformat2.html)."""


# Once in a process, before SQLite has the file open in it: whoever closes a file takes away all
# locks that his process holds on it.
@cache
def put_stale_log_aside(path: Path) -> None:
    """Rename a log that lies beside the database at `path` (resolved) and cannot be its own.

    A kill leaves a log behind. Where a backup is then put in the place of the database, SQLite
    would read its pages through that log, and write them over it: it looks for a log by its name
    alone, and nothing in the log says which file it belongs to. But a file is marked as written
    with a log before it has one, and its log is gone before the mark is taken off. So to a file
    without the mark, as every backup is, no log belongs.

    Raises Stop NO_ARCHIVE when it cannot be renamed, with nothing touched.
    """
    log = path.with_name(path.name + "-wal")
    with suppress(OSError), log.open("rb") as file:
        # One process at a time, and the log looked for before the mark: another may just have put
        # the stale one aside and begun a new one.
        fcntl.flock(file, fcntl.LOCK_EX)
        is_there = os.path.samestat(log.stat(), os.fstat(file.fileno()))
        if not file.read(1) or not is_there or not _is_without_log(path):
            return
        aside = _free_name(log)
        try:
            log.rename(aside)
        except OSError as error:
            raise Stop(
                Status.NO_ARCHIVE,
                f"{log} is of another file than {path}, which it would destroy, and cannot be "
                f"renamed ({error.strerror}): move it away",
            ) from error
        line = f"{path} was put in the place of another file, whose log is kept as {aside.name}"
        logger.info("%s", line)
        sys.stderr.write(f"borneone_crawler: {line}\n")


def _is_without_log(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(20)[_VERSIONS] == b"\x01\x01"


def _free_name(log: Path) -> Path:
    names = (log.with_name(f"{log.name}.stale{n or ''}") for n in count())
    return next(name for name in names if not name.exists())
