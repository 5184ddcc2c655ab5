"""Where a merge is done: beside an archive, or for a rehearsal on a copy of it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.sqlite.database import (
    copy_checked,
    open_readonly,
    refuse_unreachable,
)
from borneone_crawler.statuses import Status, Stop


@contextmanager
def scratch(path: Path) -> Iterator[Path]:
    """A folder beside an archive for copies, on the same disk; what a kill left in it goes."""
    folder = path.with_name(path.name + ".merging")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(0o700)  # nobody reads there what he may not read in the other archive
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def rehearsal(path: Path, opened: Callable[[Path], Archive]) -> Iterator[Archive]:
    """A copy of the archive at `path`, `opened` for writing, on which a merge can be tried while
    the archive itself, which a crawl may be writing to, stays as it is."""
    with TemporaryDirectory(prefix=f"{path.name}.merging-", dir=path.parent) as folder:
        copy = Path(folder, path.name)
        with closing(open_readonly(path)) as database:
            copy_checked(database, copy)
        archive = opened(copy)
        try:
            # Its WARC files are those of the archive itself: nothing is mended there.
            archive.begin_run("merge", {}, mend=False)
            yield archive
        finally:
            archive.close()


def refuse_itself(path: Path, archive: Path) -> None:
    """Raises Stop USAGE where both are one file, NO_ARCHIVE where there is none."""
    for each in (path, archive):
        refuse_unreachable(each)
    if not path.is_file():
        raise Stop(Status.NO_ARCHIVE, f"there is no archive at {path}")
    if not archive.is_file():
        raise Stop(
            Status.NO_ARCHIVE,
            f"there is no archive at {archive} yet: a copy of {path} can be put there as it is",
        )
    if path.samefile(archive):
        raise Stop(Status.USAGE, f"{path} is this archive itself")
