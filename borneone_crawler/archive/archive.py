"""The archive as the other rooms see it: it gives out work, and is told what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from borneone_crawler.archive.articles import Articles
from borneone_crawler.archive.capture_rows import CaptureRows
from borneone_crawler.archive.captures import CaptureStore
from borneone_crawler.archive.clock import Clock, stamp
from borneone_crawler.archive.current import CurrentState
from borneone_crawler.archive.database import explained, open_database, told
from borneone_crawler.archive.frontier import Due, Frontier
from borneone_crawler.archive.ledger import Head, Ledger
from borneone_crawler.archive.lineage import begin_chain, own_chain
from borneone_crawler.archive.lock import Lock
from borneone_crawler.archive.recovery import Recovery
from borneone_crawler.archive.revisions import Reader, Revisions
from borneone_crawler.archive.rows import insert
from borneone_crawler.archive.sections import Sections
from borneone_crawler.archive.settle import Settled, Settlement
from borneone_crawler.archive.stored import canonical_json
from borneone_crawler.items import CaptureRef, Kind, Link, Outcome, RawPage, Reading, State
from borneone_crawler.site import Site
from borneone_crawler.statuses import Status, Stop
from borneone_crawler.urls import SiteUrls

CHECKPOINT_AFTER = 32
"""Outcomes after which the write-ahead log is moved into the file itself: about a thousand pages,
as SQLite would do by itself."""


STILL_FRESH = timedelta(hours=6)
"""How long a run that goes on after a kill relies on the listings that were read before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One page of a multi-page article: where it stands, and its newest capture."""

    row_id: int
    url: str
    state: State
    capture_id: int | None


class Archive:
    """One archive, open for writing and locked against other writers.

    Raises Stop on opening: BUSY, NO_ARCHIVE, CANNOT_CREATE, IO_ERROR, and MISCONFIGURED when the
    archive is of another site.
    """

    def __init__(
        self,
        path: Path,
        warc_dir: Path,
        site: Site,
        *,
        clock: Clock,
        software: str,
        reader: Reader,
    ) -> None:
        self.path = path
        self.is_new = not path.exists()
        self._clock = clock
        self._software = software
        self._reader = reader
        self._run_id = 0
        self._since_checkpoint = 0
        self._lock = Lock(path)
        try:
            self.db = open_database(path)
            self._identify(site)
        except BaseException:
            self._lock.release(remove=self.is_new and not path.exists())
            raise
        with explained(path):
            uuid = own_chain(self.db, clock)
        urls = SiteUrls(site.base_url, site.category_bases)
        self.frontier = Frontier(self.db, urls, clock)
        self.ledger = Ledger(self.db, uuid, clock)
        self.captures = CaptureStore(warc_dir, uuid, software)
        self.capture_rows = CaptureRows(self.db)
        self.revisions = Revisions(self.db, self.ledger, reader)
        self.sections = Sections(self.db, urls)
        current = CurrentState(self.db, self.sections)
        self.articles = Articles(
            self.db, current, self.revisions, self.ledger, reader, self.raw_pages
        )
        self._settlement = Settlement(
            self.db, self.frontier, self.articles, self.capture_rows, urls, clock
        )
        self._recovery = Recovery(self.db, self.captures, urls, clock)
        with explained(path):
            self.revisions.seal_unsealed()

    @property
    def run_id(self) -> int:
        """The row of the run that is at work."""
        return self._run_id

    @property
    def reader(self) -> Reader:
        """Today's reader."""
        return self._reader

    @property
    def now(self) -> str:
        """The run's clock, as the archive writes it."""
        return stamp(self._clock())

    @told
    def begin_run(self, command: str, arguments: Mapping[str, str], *, mend: bool = True) -> int:
        """Open the run's row, and mend what the last one left broken. Returns the row's id."""
        row = {
            "command": command,
            "arguments": canonical_json(dict(arguments)),
            "program_version": self._software,
            "reader_version": self._reader.version,
            "started_at": stamp(self._clock()),
        }
        self._run_id = insert(self.db, "runs", row)
        if mend:
            self._recovery.run(self._run_id)
        return self._run_id

    @told
    def end_run(self, status: Status, reason: str, stats: Mapping[str, object]) -> None:
        """Write how the run ended into its row. Raises Stop IO_ERROR when it cannot be."""
        self.db.table("runs").update(
            self._run_id,
            {
                "finished_at": stamp(self._clock()),
                "status": int(status),
                "reason": reason,
                "stats": canonical_json(dict(stats)),
                "ledger_head": self.head.digest,
            },
        )

    @property
    def head(self) -> Head:
        """The ledger's newest entry: kept elsewhere, it proves all that is here today."""
        return self.ledger.head

    @told
    def begin_chain(self) -> None:
        """Go on under a uuid of its own: another file writes under the one it had."""
        self.ledger.chain = begin_chain(self.db, self._clock)
        self.captures.go_by(self.ledger.chain)

    @told
    def due_for(self, url: str, kind: Kind) -> Due:
        """The row of a URL that every run asks for itself (home page, robots.txt), claimed."""
        with self.db.atomic():
            self.db.execute(
                """INSERT INTO urls (url, kind, state, found_in, found_at)
                   VALUES (?, ?, 'pending', ?, ?) ON CONFLICT (url) DO NOTHING""",
                [url, kind, self._run_id, stamp(self._clock())],
            )
        row = self.db.execute(
            "SELECT id, attempts, etag, last_modified FROM urls WHERE url = ?", [url]
        ).fetchone()
        self.frontier.claimed.add(row[0])
        return Due(
            id=row[0], url=url, kind=kind, attempts=row[1], etag=row[2], last_modified=row[3]
        )

    @told
    def want(self, url: str) -> int | None:
        """Have one URL asked for in this run. Returns its row, None when urls.py says never."""
        with self.db.atomic():
            added = self.frontier.add(Link(url=url, kind=Kind.ARTICLE), "", self._run_id)
            if added is None:
                return None
            self.frontier.make_due([added.row_id])
            return added.row_id

    @told
    def want_source(self, url: str, *, again: bool) -> None:
        """Have a machine's list of what exists asked for: once, or `again` if it is known."""
        with self.db.atomic():
            added = self.frontier.add(Link(url=url, kind=Kind.SOURCE), "", self._run_id)
            if added is not None and again:
                self.frontier.make_due([added.row_id])

    @told
    def knows_listing(self, slug: str) -> bool:
        """Whether a section of this slug was ever met."""
        row = self.db.execute(
            "SELECT 1 FROM urls WHERE listing_key = ? || '#1'", [slug]
        ).fetchone()
        return row is not None

    @told
    def refresh_listings(self, section: str = "", *, deep: bool = False) -> None:
        """Have this run walk every listing from its first page, or only that of one section;
        `deep` also tries again what was given up, gone or forbidden before. What runs that did
        not come to their end have read just now is not asked for again."""
        with self.db.atomic():
            since = self._unfinished_since()
            self.frontier.make_listings_due(section or None, since)
            if deep:
                self.frontier.revive(since)

    def _unfinished_since(self) -> str:
        """When the runs before this one, as many as broke off in a row, began: those of the same
        arguments, and not older than STILL_FRESH. Now, if the last one came to its end."""
        now = self._clock()
        since = stamp(now)
        runs = self.db.execute(
            """SELECT status, started_at FROM runs
               WHERE id < :run AND command = 'crawl' AND started_at >= :fresh
                   AND arguments = (SELECT arguments FROM runs WHERE id = :run)
               ORDER BY id DESC""",
            {"run": self._run_id, "fresh": stamp(now - STILL_FRESH)},
        )
        for status, started_at in runs.fetchall():
            if status == Status.OK:
                break
            since = started_at
        return since

    @told
    def claim(self, limit: int, only: set[int] | None = None) -> list[Due]:
        """Up to `limit` due rows; each must be settled."""
        return self.frontier.claim(limit, only)

    @told
    def settle(
        self, due: Due, outcome: Outcome, captures: Sequence[int | None] = (None,)
    ) -> Settled:
        """Write what became of a claimed row: one transaction.

        `captures` are those the outcome's reading was made from, in order of the article's
        pages; None stands for the outcome's own. Raises Stop IO_ERROR when the disk fails, with
        nothing of the outcome written.
        """
        settled = self._settlement.settle(due, outcome, self._run_id, captures)
        self._checkpoint()
        return settled

    @told
    def parts(self, first_page: int) -> list[Part]:
        """The pages of a multi-page article as they stand, the first one included, in order."""
        rows = self.db.query(
            """SELECT id AS row_id, url, state, capture_id FROM urls
               WHERE id = :id OR part_of = :id ORDER BY coalesce(part_number, 1)""",
            {"id": first_page},
        )
        return [Part(**(row | {"state": State(row["state"])})) for row in rows]

    @told
    def raw_pages(self, captures: Sequence[int]) -> list[RawPage]:
        """The pages that were captured, in this order. Raises Stop NO_ARCHIVE when one of them
        cannot be had any more."""
        held = self.capture_rows.with_payload(captures)
        if len(held) != len(captures):
            raise Stop(Status.NO_ARCHIVE, "a capture is in no file any more")
        return [self.captures.read(capture) for capture in held]

    @told
    def reads_worse(self, due: Due, reading: Reading) -> str | None:
        """Why a page must not replace what is held of its article, or None (Articles)."""
        if due.article_id is None:
            return None
        return self.articles.reads_worse(due.article_id, reading)

    @told
    def prior(self, url: str) -> CaptureRef | None:
        """The newest capture of an identity that holds a payload."""
        row = self.db.execute("SELECT capture_id FROM urls WHERE url = ?", [url]).fetchone()
        held = self.capture_rows.with_payload([row[0]]) if row and row[0] is not None else []
        return held[0] if held else None

    def _checkpoint(self) -> None:
        """Move the write-ahead log into the file now and then. What its rows say of WARC files
        must be on the disk before: hence not by SQLite itself."""
        self._since_checkpoint += 1
        if self._since_checkpoint >= CHECKPOINT_AFTER:
            self._since_checkpoint = 0
            self.captures.sync()
            self.db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    @told
    def close(self) -> None:
        """Close in order: the captures first, so that nothing in the database runs ahead."""
        try:
            self.captures.close()
        finally:
            self.db.close()
            self._lock.release()

    def take_back(self) -> None:
        """Undo the making of this archive: for a first run that found it had no business here."""
        assert self.is_new
        self.captures.close()
        self.db.close()
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        self._lock.release(remove=True)

    def _identify(self, site: Site) -> None:
        """Write down which site a new archive is of; refuse a run against another.

        As long as it holds nothing an archive may still change its site: the first address that
        was tried may have been a wrong one.
        """
        if self.db.table("captures").count == 0:
            self.db.execute("DELETE FROM archive")
        row = self.db.execute("SELECT base_url FROM archive").fetchone()
        if row is None:
            self.db.table("archive").insert(
                {
                    "id": 1,
                    "uuid": str(uuid4()),
                    "newsroom": site.name,
                    "base_url": SiteUrls(site.base_url).origin,
                    "time_zone": site.time_zone,
                    "created_at": stamp(self._clock()),
                }
            )
        elif row[0] != SiteUrls(site.base_url).origin:
            raise Stop(
                Status.MISCONFIGURED,
                f"{self.path} is the archive of {row[0]}, not of {site.base_url}: set base_url "
                "in archive/local.toml back, or name another file with -s ARCHIVE_DB=…",
            )
