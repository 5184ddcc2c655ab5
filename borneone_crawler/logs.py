"""Where the log of a run goes, and that it does not grow for ever."""

import logging
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

from scrapy.settings import BaseSettings

from borneone_crawler.archive.sqlite.lock import holder
from borneone_crawler.local import place
from borneone_crawler.statuses import Status, Stop

LARGEST = 5 * 1024 * 1024
"""Bytes from which on a log is put away: a run with nothing new writes 5 KB."""

KEPT = 4
"""Logs that were put away and are kept, as NAME.1, the youngest, to NAME.4."""


def log_path(settings: BaseSettings, newsroom: str) -> Path:
    """The newsroom's log in LOG_DIR, or in logs/ beside the archive."""
    beside = place(settings, "ARCHIVE_DB").parent / "logs"
    return Path(place(settings, "LOG_DIR", default=beside), f"{newsroom}.log")


def log_to_file(settings: BaseSettings, newsroom: str) -> None:
    """Set LOG_FILE to the newsroom's log, which begins anew where it has become too large.

    Raises Stop CANNOT_CREATE when it cannot be written.
    """
    path = log_path(settings, newsroom)
    # A disk that fills up is told once, by the status; not by a traceback for each line.
    logging.raiseExceptions = False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("a").close()
        # Only between two runs: one that is at work goes on writing to the file that it has open,
        # under whatever name. So nothing is lost, and what belongs together stays together.
        if path.stat().st_size >= LARGEST and holder(place(settings, "ARCHIVE_DB")) is None:
            put_away(path)
    except OSError as error:
        raise Stop(
            Status.CANNOT_CREATE, f"cannot write the log {path}: {error.strerror}"
        ) from error
    settings.set("LOG_FILE", str(path), priority="cmdline")


def put_away(path: Path) -> None:
    """Rename a log to NAME.1, NAME.1 to NAME.2 and so on; the one that was NAME.4 goes. Raises
    OSError."""
    names = RotatingFileHandler(path, backupCount=KEPT, delay=True)
    with suppress(FileNotFoundError):  # another run that begins just now has done it
        names.doRollover()
    names.close()
