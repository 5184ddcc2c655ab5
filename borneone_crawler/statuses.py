"""Exit statuses: what a run tells cron, after sysexits.h where that file has a word for it."""

import errno
from enum import IntEnum

COMPLETE = "complete"
"""Reason of a run that did all there was to do: the next one does not go on with it, but begins
anew."""


_FULL_OR_FAILING = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


class Status(IntEnum):
    """How a command ended. Zero needs nobody; most of the others need a person."""

    OK = 0
    """Complete; also nothing new, or a budget used up with the rest pending."""
    FOUND = 1
    """Something is not as it should be, or is missing, or nothing was found: it is named."""
    USAGE = 64
    """Wrong arguments."""
    UNEXPECTED_PAGES = 65
    """Pages no longer look as expected; their captures are kept."""
    NO_ARCHIVE = 66
    """The file is not an archive, is newer than this program, or is damaged."""
    UNREACHABLE = 69
    """Network, 5xx, robots.txt unreachable, or Retry-After beyond the budget."""
    BUG = 70
    """An error of ours."""
    CANNOT_CREATE = 73
    """The archive cannot be created where it should be."""
    IO_ERROR = 74
    """Disk full or failing."""
    BUSY = 75
    """Another run holds the archive's lock."""
    FORBIDDEN = 77
    """robots.txt, 401, 403 or a challenge says no."""
    MISCONFIGURED = 78
    """A wrong setting, or the home page is not this newsroom's."""
    UNREAD = 141
    """Who read the output stopped reading, as `| head` does (SIGPIPE)."""
    INTERRUPTED = 130
    """Stopped by SIGINT after an orderly close."""
    TERMINATED = 143
    """Stopped by SIGTERM after an orderly close."""

    @property
    def word(self) -> str:
        """Its name for a person: "io error"."""
        return self.name.lower().replace("_", " ")


class Stop(Exception):  # noqa: N818 - not every stop is an error
    """The run cannot go on; raised by any room, turned into a status by the command.

    `status` is what the process exits with, `str(stop)` the one line a person reads.
    """

    def __init__(self, status: Status, message: str) -> None:
        super().__init__(message)
        self.status = status


def is_of_the_disk(error: OSError) -> bool:
    """Whether it is of a disk that is full or failing (IO_ERROR), and not of a place where nothing
    may be written."""
    return error.errno in _FULL_OR_FAILING
