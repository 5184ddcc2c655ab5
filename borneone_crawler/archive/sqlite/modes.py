"""Who may open a file that is made as a copy of another, or to take its place.

A new file of any other kind is what the umask and its folder make it.
"""

import os
import stat
from pathlib import Path

_ITS_OWNER = stat.S_IRUSR | stat.S_IWUSR
_NOBODY_RUNS_IT = 0o666


def make_copy_of(model: Path, path: Path) -> None:
    """Make an empty file at `path`, for a copy: nobody may read it who may not read `model`, from
    its first byte on. Raises OSError, also where a file is."""
    path.touch(_mode_of(model), exist_ok=False)
    if path.stat().st_gid != model.stat().st_gid:
        path.chmod(_whatever_the_group(_mode_of(path)))


def make_successor_of(model: Path, path: Path) -> None:
    """Make an empty file at `path` that exactly those may open who may open `model`, as its owner
    has set it, whatever the umask is. Raises OSError, also where a file is."""
    path.touch(_ITS_OWNER, exist_ok=False)
    open_like(model, path)


def open_like(model: Path, path: Path) -> None:
    """Have those open `path` who may open `model`, but for its group where who does this is not
    in it. Raises OSError."""
    path.chmod(_ITS_OWNER)
    try:
        os.chown(path, -1, model.stat().st_gid)
    except PermissionError:
        path.chmod(_whatever_the_group(_mode_of(model)))
    else:
        path.chmod(_mode_of(model))


def _whatever_the_group(mode: int) -> int:
    """The mode where the group is another: what group and others both may, for both."""
    both = mode >> 3 & mode & stat.S_IRWXO
    return mode & stat.S_IRWXU | both << 3 | both


def _mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode) & _NOBODY_RUNS_IT | _ITS_OWNER
