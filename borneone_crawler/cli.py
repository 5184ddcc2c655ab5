"""What our commands share: where the log goes, and how a command ends."""

import sys
from pathlib import Path
from typing import NoReturn

from scrapy.settings import BaseSettings

from borneone_crawler.local import place
from borneone_crawler.statuses import Status, Stop

_NEEDS_NOBODY = {Status.OK, Status.BUSY, Status.INTERRUPTED, Status.TERMINATED}


def end(status: Status, message: str) -> NoReturn:
    """Exit; the line goes to stderr when a person must act or is watching, so that cron mails
    exactly then."""
    if status not in _NEEDS_NOBODY or sys.stderr.isatty():
        print(f"borneone_crawler: {message}", file=sys.stderr)
    sys.exit(int(status))


def log_to_file(settings: BaseSettings, newsroom: str) -> None:
    """Set LOG_FILE to the newsroom's log in LOG_DIR, or in logs/ beside the archive.

    Raises Stop CANNOT_CREATE when it cannot be written.
    """
    beside = place(settings, "ARCHIVE_DB").parent / "logs"
    path = Path(place(settings, "LOG_DIR", default=beside), f"{newsroom}.log")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("a").close()
    except OSError as error:
        raise Stop(
            Status.CANNOT_CREATE, f"cannot write the log {path}: {error.strerror}"
        ) from error
    settings.set("LOG_FILE", str(path), priority="cmdline")
