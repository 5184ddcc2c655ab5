"""Where a file for somebody goes: under its name only once it is whole, over nothing unasked."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from borneone_crawler.archive.sqlite.modes import make_successor_of
from borneone_crawler.statuses import Status, Stop, is_of_the_disk


@contextmanager
def placed_file(target: Path, ending: str, *, replace: bool = False) -> Iterator[Path]:
    """A path beside `target` to write a file to, which gets that name in the end. `replace` lets a
    file go whose name has this ending; nobody loses an archive by a slip.

    Raises Stop CANNOT_CREATE where something is, or where nothing can be written, and IO_ERROR
    when the disk is full; then nothing has changed.
    """
    if target.is_dir():
        raise _refused(f"{target} is a folder: name a file in it")
    if target.exists() and not replace:
        raise _refused(f"{target} is there: name another file, or say --replace")
    if target.exists() and target.suffix != ending:
        raise _refused(f"{target} is there, and --replace lets only {ending} files go")
    with replaced_file(target) as partial:
        yield partial


@contextmanager
def replaced_file(target: Path) -> Iterator[Path]:
    """The same, also over whatever file is there: it is then as open as that was."""
    with _beside(target) as partial:
        if target.exists():
            make_successor_of(target, partial)
        yield partial
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.replace(target)


@contextmanager
def placed_folder(target: Path) -> Iterator[Path]:
    """A new folder beside `target` to write into, which gets that name in the end. No folder with
    something in it is ever replaced. Raises Stop like `placed_file`."""
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise _refused(f"{target} is there: name another folder")
    with _beside(target) as partial:
        partial.mkdir()
        yield partial
        partial.replace(target)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A free name in the same folder; what still has it in the end is removed. What a killed
    command left there goes first."""
    if not target.parent.is_dir():
        raise _refused(f"there is no folder {target.parent}: make it first")
    partial = target.with_name(f"{target.name}.partial")
    try:
        _remove(partial)
        yield partial
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        status = Status.IO_ERROR if is_of_the_disk(error) else Status.CANNOT_CREATE
        raise Stop(status, f"cannot write {target}: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            _remove(partial)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _refused(why: str) -> Stop:
    return Stop(Status.CANNOT_CREATE, why)
