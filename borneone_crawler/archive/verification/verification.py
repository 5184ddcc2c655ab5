"""The whole proof of one archive, in order: file, ledger, articles, search index, captures."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from borneone_crawler.archive.ledger import FIRST, Head
from borneone_crawler.archive.verification.articles import Articles
from borneone_crawler.archive.verification.chains import Chains, Extension
from borneone_crawler.archive.verification.dumps import dumps
from borneone_crawler.archive.verification.findings import Checked, Finding, Kind, Progress
from borneone_crawler.archive.verification.members import Members
from borneone_crawler.archive.verification.search_index import search_index
from borneone_crawler.archive.verification.snapshot import snapshot
from borneone_crawler.archive.verification.structure import guards, pages, references
from borneone_crawler.statuses import Status, Stop


def silent(_what: str, _done: int, _total: int) -> None:
    """Nobody watches."""


class Verification:
    """Verifies an archive against itself, and against a head that was noted elsewhere.

    `folder` holds its WARC files; None leaves the captures out. `against` is the digest of an
    earlier head, 64 hexadecimal digits. The archive is only read; a crawl may go on beside it.
    """

    def __init__(self, path: Path, folder: Path | None, against: str | None = None) -> None:
        self._path = path
        self._folder = folder
        self._against = against
        self.checked = Checked()
        """How many articles, revisions, readings, entries, captures … were looked at."""
        self.chain = ""
        """The archive's own chain, by its uuid."""
        self.head = Head(0, FIRST)
        self.extension: Extension | None = None
        """Where the earlier head stands; None when none was given, or it proves nothing."""

    def findings(self, progress: Progress = silent) -> Iterator[Finding]:
        """What is found, as it is found. Raises Stop NO_ARCHIVE when the file is none, or too
        damaged to go on; IO_ERROR when there is no room for a copy of the search index."""
        with snapshot(self._path) as db:
            self.chain, is_named = _chain(db, self._path)
            if not is_named:
                what = "the row of archive, which names the newsroom and the ledger"
                yield Finding(Kind.MISSING, what)
            progress("pages of the file", 0, 0)
            yield from pages(db)
            yield from guards(db)
            yield from references(db)
            progress("the ledger", 0, 0)
            chains = Chains(db, self.chain)
            yield from chains.findings(self.checked)
            self.head = chains.head
            if self._against is not None:
                extension = chains.extension(self._against)
                if isinstance(extension, Finding):
                    yield extension
                else:
                    self.extension = extension
            yield from Articles(db, self.chain, self.checked).findings(progress)
            yield from dumps(db, self.checked)
            progress("the search index", 0, 0)
            yield from search_index(db)
            if self._folder is not None:
                members = Members(db, self.chain, self._path, self._folder, self.checked)
                yield from members.findings(progress)


def _chain(db: sqlite3.Connection, path: Path) -> tuple[str, bool]:
    """The archive's own chain, and whether it is named; else it is the one written last."""
    if row := db.execute("SELECT uuid FROM archive").fetchone():
        return str(row[0]), True
    if row := db.execute("SELECT chain FROM ledger ORDER BY id DESC LIMIT 1").fetchone():
        return str(row[0]), False
    raise Stop(Status.NO_ARCHIVE, f"{path} is the archive of no newsroom")
