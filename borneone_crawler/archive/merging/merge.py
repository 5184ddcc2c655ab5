"""The order in which an archive is taken in, so that a kill at any point leaves both whole."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.ledger import Event
from borneone_crawler.archive.merging import captures, chains, disputes
from borneone_crawler.archive.merging.articles import ArticleMerge
from borneone_crawler.archive.merging.dumps import DumpMerge
from borneone_crawler.archive.merging.frontier import FrontierMerge
from borneone_crawler.archive.merging.history import History
from borneone_crawler.archive.merging.other import Other, taken_beside
from borneone_crawler.archive.merging.pairs import Pair, pairs
from borneone_crawler.archive.merging.places import refuse_itself, scratch
from borneone_crawler.archive.merging.report import Merged
from borneone_crawler.archive.merging.states import Likeness
from borneone_crawler.archive.merging.takedowns import BARRED, TakedownMerge
from borneone_crawler.archive.merging.turned_away import take_in_turned_away
from borneone_crawler.archive.sqlite.database import explained
from borneone_crawler.items import RawPage
from borneone_crawler.statuses import Status, Stop

Watch = Callable[[str, float | None], None]


def merge(
    archive: Archive,
    path: Path,
    warc_dir: Path | None = None,
    *,
    dry: bool = False,
    watch: Watch = lambda _doing, _share: None,
) -> Merged:
    """Take the archive at `path` in, as part of the run that is at work. Its WARC files are in
    `warc_dir`, or in warc/ beside it.

    `dry` copies no records: for a rehearsal on a copy. `watch` is told over and over what is
    being done; what it raises ends it, and the next merge goes on from there. Raises Stop: USAGE
    for our own file, MISCONFIGURED for another newsroom's archive, NO_ARCHIVE for what is none,
    damaged or changed, IO_ERROR when the disk fails.
    """
    refuse_itself(path, archive.path)
    with explained(archive.path), scratch(archive.path) as folder:
        watch("copying the other archive", None)
        try:
            with taken_beside(archive, path, warc_dir, folder) as other:
                return _Merge(archive, other, watch).run(dry=dry)
        except (sqlite3.IntegrityError, UnicodeError) as error:
            raise _unlike_its_schema(path, error) from error
        except sqlite3.OperationalError as error:
            if "decode" in str(error):
                raise _unlike_its_schema(path, error) from error
            raise


def _unlike_its_schema(path: Path, error: Exception) -> Stop:
    """For a file whose pages are sound and whose rows are not: a foreign hand was in it."""
    return Stop(Status.NO_ARCHIVE, f"{path} is not what its schema says: {error}")


class _Merge:
    def __init__(self, archive: Archive, other: Other, watch: Watch) -> None:
        self._archive = archive
        self._db = archive.db
        self._other = other
        self._watch = watch
        self._merged = Merged(chain=other.uuid, head=other.head)

    def run(self, *, dry: bool) -> Merged:
        merged = self._merged
        self._watch("checking its ledger", None)
        chains.check(self._db)
        merged.forks = chains.forks(self._db)
        if chains.goes_on(self._db, self._archive.ledger.chain):
            # Somebody else writes under our uuid: from here on we go by another.
            self._archive.begin_chain()
        decided = pairs(self._db, merged.conflicts)
        with self._listed(decided):
            captures.take_rows(self._archive, self._other, merged)
            captures.copy_records(self._archive, self._other, merged, dry=dry, watch=self._watch)
            # All or nothing from here on: nobody ever sees half of it.
            with self._db.atomic():
                self._take_in(decided)
        self._archive.stats = {f"merge/{name}": n for name, n in merged.counts().items()}
        return merged

    def _take_in(self, decided: Sequence[Pair]) -> None:
        merged = self._merged
        merged.entries = chains.append(self._db, merged.forks)
        for name, url in self._db.execute(
            "SELECT name, url FROM other.sections WHERE slug IS NOT NULL ORDER BY id"
        ).fetchall():
            self._archive.sections.know(name, url)
        dumps = DumpMerge(self._archive, merged)
        dumps.take_in()
        likeness = Likeness(self._db, self._archive.reader, self._pages, self._other.raw_pages)
        history = History(self._archive, likeness, merged, chains.Seals.of(self._db))
        articles = ArticleMerge(self._archive, history, merged)
        takedowns = TakedownMerge(self._archive, merged)
        for number, pair in enumerate(decided):
            self._watch("articles", number / len(decided))
            down = pair.down_here or pair.down_there
            ours = takedowns.take_in(pair) if down else articles.take_in(pair)
            self._db.execute(
                "UPDATE temp.pairs SET ours = ? WHERE theirs = ?", [ours, pair.theirs]
            )
        dumps.link()
        self._watch("addresses", None)
        frontier = FrontierMerge(self._archive, self._other, merged)
        frontier.take_in(articles.displaced)
        take_in_turned_away(self._archive, merged)
        for dispute in articles.disputed:
            if not disputes.settle(self._archive, dispute, self._pages, merged):
                frontier.ask_again(dispute.article_id)
        if merged.is_news:
            self._enter()

    def _pages(self, ids: Sequence[int]) -> list[RawPage]:
        """Captured pages by ids of our own; those that are not copied (yet) from the other's
        files. Raises Stop NO_ARCHIVE."""
        try:
            return self._archive.raw_pages(ids)
        except Stop:
            theirs = [
                row[0]
                for each in ids
                for row in self._db.execute(
                    """SELECT o.id FROM other.captures AS o
                       JOIN main.captures AS c USING (record_id) WHERE c.id = ?""",
                    [each],
                ).fetchall()
            ]
            if len(theirs) != len(ids):
                raise
            return self._other.raw_pages(theirs)

    def _enter(self) -> None:
        """One entry of our own chain seals all that came in: it names the head of the other. Of
        a chain that parts from ours it names the last entry that came in, and then the head."""
        (site,) = self._db.execute("SELECT base_url FROM main.archive").fetchone()
        chain, head = self._other.uuid, self._other.head
        detail = f"{chain} {head.n} {head.digest}"
        for fork in self._merged.forks:
            if fork.chain == chain:
                detail = f"{chain} {fork.n} {fork.common} {head.n} {head.digest}"
        self._archive.ledger.append(Event.MERGE, site, detail=detail)

    @contextmanager
    def _listed(self, decided: Sequence[Pair]) -> Iterator[None]:
        """The pairs as tables, while SQL asks for them."""
        self._db.execute(
            "CREATE TEMP TABLE pairs (theirs INTEGER PRIMARY KEY, ours INTEGER, down INTEGER)"
        )
        self._db.execute("CREATE TEMP TABLE barred (id INTEGER PRIMARY KEY)")
        try:
            with self._db.atomic():
                self._db.conn.executemany(
                    "INSERT INTO temp.pairs VALUES (?, ?, ?)",
                    [(pair.theirs, pair.ours, pair.down_here) for pair in decided],
                )
                self._db.execute(BARRED)
            yield
        finally:
            # Where an error left a statement unfinished, they go with the connection.
            with suppress(sqlite3.OperationalError):
                self._db.execute("DROP TABLE temp.barred")
                self._db.execute("DROP TABLE temp.pairs")
