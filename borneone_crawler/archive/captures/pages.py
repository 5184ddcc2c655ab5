"""The pages that an archive has captured, to be read again."""

from collections.abc import Sequence

from sqlite_utils import Database

from borneone_crawler.archive.captures.rows import CaptureRows
from borneone_crawler.archive.warc.folder import CaptureStore
from borneone_crawler.items import RawPage
from borneone_crawler.statuses import Status, Stop


class CapturedPages:
    """Reads pages back from their captures; changes nothing."""

    def __init__(self, database: Database, store: CaptureStore) -> None:
        self._rows = CaptureRows(database)
        self._store = store

    def __call__(self, captures: Sequence[int]) -> list[RawPage]:
        """The pages of these captures, in this order. Raises Stop NO_ARCHIVE when one of them
        cannot be had any more."""
        held = self._rows.with_payload(captures)
        if len(held) != len(captures):
            raise Stop(Status.NO_ARCHIVE, "a capture is in no file any more")
        return [self._store.read(capture) for capture in held]
