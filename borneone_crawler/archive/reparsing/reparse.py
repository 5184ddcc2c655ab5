"""Stores what today's reader makes of captures that were read before, or could not be."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice, takewhile
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database

from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.articles.rereading import Again
from borneone_crawler.archive.articles.revisions import Reader, Revisions
from borneone_crawler.archive.captures.pages import CapturedPages
from borneone_crawler.archive.ledger import Ledger
from borneone_crawler.archive.reparsing.looking import Looking, PageAgain, said
from borneone_crawler.archive.reparsing.selection import Selection
from borneone_crawler.archive.warc.folder import CaptureStore
from borneone_crawler.items import Kind, Outcome, State
from borneone_crawler.site import Site
from borneone_crawler.statuses import Stop
from borneone_crawler.urls import SiteUrls

BATCH = 50
"""Revisions that are stored in one transaction: a kill costs the reading of so many."""

T = TypeVar("T")


class Reparse:
    """Reads a selection again; what it yields is stored already."""

    def __init__(self, looking: Looking, archive: Archive | None = None) -> None:
        self._looking = looking
        self._archive = archive

    @classmethod
    def into(cls, archive: Archive, reader: Reader, site: Site) -> "Reparse":
        """One that stores."""
        urls = SiteUrls(site.base_url, site.category_bases)
        looking = Looking(archive.db, archive.revisions, reader, archive.raw_pages, urls)
        return cls(looking, archive)

    @classmethod
    def over(cls, database: Database, warc_dir: Path, reader: Reader, site: Site) -> "Reparse":
        """One that only looks, at an archive that is open for reading alone."""
        (row,) = database.query("SELECT uuid FROM archive")
        store = CaptureStore(warc_dir, row["uuid"], "")
        revisions = Revisions(database, Ledger(database, row["uuid"], _no_clock), reader)
        urls = SiteUrls(site.base_url, site.category_bases)
        return cls(Looking(database, revisions, reader, CapturedPages(database, store), urls))

    def note(self, counts: dict[str, object]) -> None:
        """Have the run's row say what was counted; one that only looks has none."""
        if self._archive is not None:
            self._archive.stats = counts

    def run(
        self, selection: Selection, stopped: Callable[[], bool]
    ) -> Iterator[Again | PageAgain]:
        """All of the selection, or as much as was done until `stopped` says so."""
        revisions = takewhile(lambda _: not stopped(), iter(selection.revisions))
        for batch in _batches(self._looking.revisions(revisions)):
            yield from batch if self._archive is None else _stored(batch, self._archive)
        pages = takewhile(lambda _: not stopped(), iter(selection.pages))
        for several in _batches(self._looking.pages(pages)):
            if self._archive is not None:
                for one in several:
                    self._store(one, self._archive)
                tried = [
                    one.page.url_id for one in several if one.lost is None and not one.further
                ]
                self._archive.mark_tried(tried)
            yield from several

    def _store(self, again: PageAgain, archive: Archive) -> None:
        if again.reading is None and not again.further:
            return
        due = archive.frontier.row(again.page.url_id)
        captures = [*again.captures] or [again.page.capture_id]
        outcome = Outcome(
            url=due.url,
            kind=due.kind,
            state=State.STORED,
            http_status=200,
            capture=max(map(archive.capture_rows.of, captures), key=lambda one: one.fetched_at),
        )
        if again.reading is None:
            outcome.state, outcome.reason = State.PENDING, "waits for its other pages"
            outcome.links = again.further
        else:
            reading = outcome.reading = again.reading
            # The reading believes its page's canonical address exactly where we may.
            if reading.sources.get("url") != "address":
                outcome.canonical = reading.article.url
            outcome.links = [link for link in reading.links if link.kind is not Kind.PART]
        again.effect = archive.read_again(due, outcome, captures).effect


def _no_clock() -> datetime:
    raise AssertionError("what only looks writes nothing, and needs no time")


def _stored(batch: list[Again], archive: Archive) -> Iterator[Again]:
    """A batch, stored; where that fails one by one, so that one fault hides no other."""
    try:
        archive.reread([(one.revision, one.after) for one in batch if one.after is not None])
        yield from batch
    except Stop:
        raise
    except Exception:
        for one in batch:
            try:
                archive.reread([] if one.after is None else [(one.revision, one.after)])
                yield one
            except Stop:
                raise
            except Exception as error:
                yield replace(one, after=None, fault=said(error))


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch
