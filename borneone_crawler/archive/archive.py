"""The archive as the other rooms see it: it gives out work, and is told what became of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from borneone_crawler.archive.articles.addresses import Addresses
from borneone_crawler.archive.articles.articles import Articles, Effect
from borneone_crawler.archive.articles.current import CurrentState
from borneone_crawler.archive.articles.edits import Edits
from borneone_crawler.archive.articles.revisions import Reader, Revision, Revisions
from borneone_crawler.archive.articles.sections import Sections
from borneone_crawler.archive.articles.traces import Traces
from borneone_crawler.archive.captures.pages import CapturedPages
from borneone_crawler.archive.captures.recovery import Recovery
from borneone_crawler.archive.captures.rows import CaptureRows
from borneone_crawler.archive.clock import Clock, stamp
from borneone_crawler.archive.dumps.dumps import Dumps
from borneone_crawler.archive.duplicates.comparing import Comparing
from borneone_crawler.archive.frontier.frontier import Due, Frontier
from borneone_crawler.archive.frontier.sources import Sources
from borneone_crawler.archive.frontier.visits import Plan, Visits
from borneone_crawler.archive.ledger import Head, Ledger
from borneone_crawler.archive.lineage import begin_chain, own_chain
from borneone_crawler.archive.runs import Runs
from borneone_crawler.archive.settle import Settlement
from borneone_crawler.archive.settled import Settled
from borneone_crawler.archive.signs import Signs
from borneone_crawler.archive.sqlite.database import explained, open_database, told
from borneone_crawler.archive.sqlite.lock import Lock
from borneone_crawler.archive.takedown.around import Around
from borneone_crawler.archive.takedown.erasure import Erased, Erasure
from borneone_crawler.archive.takedown.wiping import wipe
from borneone_crawler.archive.takedown.withholding import Takedowns, Withheld
from borneone_crawler.archive.warc.folder import CaptureStore
from borneone_crawler.archive.warc.rewriting import Rewriting
from borneone_crawler.archive.warc.thinning import Thinning
from borneone_crawler.items import CaptureRef, Kind, Link, Outcome, Reading, State
from borneone_crawler.site import Site
from borneone_crawler.statuses import Status, Stop
from borneone_crawler.urls import SiteUrls

CHECKPOINT_AFTER = 5_000
"""Rows changed after which the write-ahead log is moved into the file itself: 90 new articles, or
a thousand pages that said nothing new, 30 to 50 MB either way. Pages of the file that many of them
have written to are then moved once."""


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
        self._sections_before = 0
        self.stats: dict[str, object] = {}
        """Counters named room/what, for the run's row; the caller's to fill."""
        self.lacks = ""
        """What the run could not do, in words; "" where there is nothing. The caller's too."""
        self._checkpointed = 0
        """Rows that had been changed when the log was moved last."""
        self._lock = Lock(path)
        try:
            self.db = open_database(path)
            self._identify(site)
        except BaseException:
            self._lock.release(remove=self.is_new and not path.exists())
            raise
        with explained(path):
            uuid = own_chain(self.db, clock)
        self._urls = urls = SiteUrls(site.base_url, site.category_bases)
        self.frontier = Frontier(self.db, urls, clock)
        self.ledger = Ledger(self.db, uuid, clock)
        self.captures = CaptureStore(warc_dir, uuid, software)
        self.capture_rows = CaptureRows(self.db)
        self.raw_pages = CapturedPages(self.db, self.captures)
        self.revisions = Revisions(self.db, self.ledger, reader)
        self.sections = Sections(self.db, urls)
        current = CurrentState(self.db, self.sections)
        self.addresses = Addresses(self.db, self.ledger)
        self.dumps = Dumps(self.db, reader)
        self.articles = Articles(
            self.db, current, self.addresses, self.revisions, self.ledger, reader, self.raw_pages,
            self.dumps,
        )  # fmt: skip
        self.runs = Runs(self.db, clock)
        self.sources = Sources(self.db, clock)
        self.signs = Signs(self.db)
        self._visits = Visits(self.db)
        self._edits = Edits(self.db)
        self._comparing = Comparing(self.db)
        self._settlement = Settlement(
            self.db, self.frontier, self.articles, self.sources, self.capture_rows, urls, clock
        )
        self._recovery = Recovery(self.db, self.captures, urls, clock)
        traces = Traces(self.db, urls)
        rewriting = Rewriting(self.db, self.captures)
        around = Around(self.db, current, self.sections)
        self._takedowns = Takedowns(
            self.db, current, around, self.revisions, self.ledger, traces, clock
        )
        self._erasure = Erasure(self.db, self.captures, rewriting, self.ledger, traces, clock)
        self._thinning = Thinning(self.db, self.captures, rewriting)
        with explained(path):
            self.revisions.seal_unsealed()

    @property
    def now(self) -> str:
        """The run's clock, as the archive writes it."""
        return stamp(self._clock())

    @told
    def begin_run(self, command: str, arguments: Mapping[str, str], *, mend: bool = True) -> int:
        """Open the run's row, and mend what the last one left broken. Returns the row's id."""
        self._run_id = self.runs.begin(command, arguments, self._software, self._reader.version)
        if mend:
            self._recovery.run(self._run_id)
        self._edits.weigh()
        self._sections_before = self.dumps.known_sections()
        return self._run_id

    @told
    def end_run(self, status: Status, reason: str, stats: Mapping[str, object]) -> None:
        """Write how the run ended into its row, and how much it leaves to the next one. Raises
        Stop IO_ERROR when it cannot be."""
        self._edits.weigh()
        if status not in (Status.INTERRUPTED, Status.TERMINATED):  # what is left is the next run's
            self._comparing.compare_new()
            with self.db.atomic():
                self.dumps.read_waiting_again(known=self._sections_before)
        self.runs.end(status, reason, {**stats, "frontier/pending": self.pending}, self.head)

    @property
    def run_id(self) -> int:
        """The row of the run that is going on."""
        return self._run_id

    @property
    def clock(self) -> Clock:
        """What tells this archive the time."""
        return self._clock

    @property
    def reader(self) -> Reader:
        """Today's reader."""
        return self._reader

    @property
    def urls(self) -> SiteUrls:
        """The addresses of the archive's site."""
        return self._urls

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
    def want_source(self, url: str) -> None:
        """Have a machine's list of what exists asked for; not again by a run that goes on with
        those before it."""
        with self.db.atomic():
            added = self.frontier.add(Link(url=url, kind=Kind.SOURCE), "", self._run_id)
            since = self.runs.unfinished_since()
            if added is not None and not self._asked_since(added.row_id, since):
                self.frontier.make_due([added.row_id])

    def _asked_since(self, row_id: int, since: str | None) -> bool:
        row = self.db.execute(
            "SELECT 1 FROM urls WHERE id = ? AND checked_at >= ?", [row_id, since]
        ).fetchone()
        return row is not None

    @told
    def knows_listing(self, slug: str) -> bool:
        """Whether a section of this slug was ever met."""
        row = self.db.execute(
            "SELECT 1 FROM urls WHERE listing_key = ? || '#1'", [slug]
        ).fetchone()
        return row is not None

    @told
    def refresh_listings(self, section: str = "") -> None:
        """Have this run walk every listing from its first page, or only that of one section.
        What runs that did not come to their end have read just now is not asked for again."""
        with self.db.atomic():
            self.frontier.make_listings_due(section or None, self.runs.unfinished_since())

    @told
    def refresh_one_listing(self) -> None:
        """Have this run look at the listing that was not looked at for longest."""
        with self.db.atomic():
            self.frontier.make_one_listing_due(self.runs.unfinished_since())

    @told
    def revive(self) -> None:
        """Have this run try again what was given up, gone or forbidden before."""
        with self.db.atomic():
            self.frontier.revive(self.runs.unfinished_since())

    @told
    def try_faults_again(self) -> None:
        """Have this run try what failed through a fault of this program, pages from their
        captures, unless the reader that failed is still today's."""
        with self.db.atomic():
            self.frontier.try_faults_again(self._reader.version)

    @told
    def plan_visits(self, ages: Sequence[float], plan: Plan) -> None:
        """Plan when each article is looked at again, as far as that is not planned yet by these
        ages (Visits.plan)."""
        self._visits.plan(ages, plan)

    @told
    def due_visits(self, after: float, most: int) -> list[tuple[int, str]]:
        """At most so many of the pages whose interval of so many seconds is over (Visits.due)."""
        return self._visits.due(after, self._clock(), most)

    @told
    def make_due(self, row_ids: Sequence[int]) -> None:
        """Have rows asked for in this run."""
        with self.db.atomic():
            self.frontier.make_due(row_ids)

    @property
    def pending(self) -> int:
        """How many rows are due now or later."""
        return int(
            self.db.execute("SELECT count(*) FROM urls WHERE next_at IS NOT NULL").fetchone()[0]
        )

    @property
    def quiet_until(self) -> datetime | None:
        """Until when the site asked to be left alone; None when that is over."""
        text = self.db.execute("SELECT quiet_until FROM archive").fetchone()[0]
        until = datetime.fromisoformat(text) if text else None
        return until if until is not None and until > self._clock() else None

    @told
    def keep_quiet(self, until: datetime) -> None:
        """Remember that the site asked to be left alone until then."""
        with self.db.atomic():
            self.db.execute(
                "UPDATE archive SET quiet_until = max(?, coalesce(quiet_until, ''))",
                [stamp(until)],
            )

    def good_copy(self, url: str, age: timedelta) -> bytes | None:
        """What an identity answered with 200 last, if that is not older than this."""
        row = self.db.execute(
            """SELECT c.id FROM captures AS c JOIN urls AS u ON u.id = c.url_id
               WHERE u.url = ? AND c.http_status = 200 AND c.fetched_at >= ? AND c.dropped IS NULL
               ORDER BY c.fetched_at DESC LIMIT 1""",
            [url, stamp(self._clock() - age)],
        ).fetchone()
        return self.raw_pages([row[0]])[0].body if row else None

    @property
    def holds_articles(self) -> bool:
        """Whether there is an article in here already."""
        return bool(self.db.execute("SELECT EXISTS (SELECT 1 FROM articles)").fetchone()[0])

    @told
    def was_good_since(self, moment: datetime) -> bool:
        """Whether a crawl ended well since then."""
        return self.runs.was_good_since(moment)

    @told
    def claim(
        self, limit: int, only: set[int] | None = None, kind: Kind | None = None
    ) -> list[Due]:
        """Up to `limit` due rows; each must be settled."""
        return self.frontier.claim(limit, only, kind)

    @told
    def due_now(self) -> dict[Kind, int]:
        """How many rows are due or claimed, by kind."""
        rows = self.db.execute(
            "SELECT kind, count(*) FROM urls WHERE next_at <= ? GROUP BY kind", [self.now]
        )
        return {Kind(kind): count for kind, count in rows.fetchall()}

    @told
    def became(self, rows: Collection[int]) -> list[str]:
        """What became of rows of the frontier, in a few words each."""
        marks = ", ".join("?" * len(rows))
        found = self.db.execute(
            f"SELECT state, reason FROM urls WHERE id IN ({marks}) ORDER BY id",  # noqa: S608
            list(rows),
        )
        return [f"{state}: {reason}" if reason else state for state, reason in found.fetchall()]

    @told
    def settle(
        self, due: Due, outcome: Outcome, captures: Sequence[int | None] = (None,)
    ) -> Settled:
        """Write what became of a claimed row: one transaction.

        `captures` are those the outcome's reading was made from, in order of the article's
        pages; None stands for the outcome's own. Raises Stop IO_ERROR when the disk fails, with
        nothing of the outcome written.
        """
        settled = self._settlement.settle(
            due,
            outcome,
            self._run_id,
            captures,
            goes_on_from=self.runs.goes_on_from,
            began=self.runs.began_at,
        )
        if settled.effect is Effect.REVISED:
            self._edits.weigh()
        self.checkpoint()
        return settled

    @told
    def read_again(self, due: Due, outcome: Outcome, captures: Sequence[int]) -> Settled:
        """Take in a page that was captured and is read only now (Settlement.read_again)."""
        settled = self._settlement.read_again(due, outcome, self._run_id, captures)
        self.checkpoint()
        return settled

    @told
    def reread(self, readings: Sequence[tuple[Revision, Reading]]) -> None:
        """Take what today's reader makes of revisions, all of them in one transaction."""
        now = stamp(self._clock())
        with self.db.atomic():
            for revision, reading in readings:
                self.articles.reread(revision, reading, now=now, run_id=self._run_id)
        self.checkpoint()

    @told
    def mark_tried(self, url_ids: Sequence[int]) -> None:
        """Remember that today's reader has tried the captures of these rows."""
        with self.db.atomic():
            for url_id in url_ids:
                self.db.execute(
                    "UPDATE urls SET read_with = ? WHERE id = ?", [self._reader.version, url_id]
                )

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
    def reads_worse(self, due: Due, reading: Reading) -> str | None:
        """Why a page must not replace what is held of its article, or None (Articles)."""
        if due.article_id is None:
            return None
        return self.articles.reads_worse(due.article_id, reading) or self.articles.is_teaser(
            due.article_id, reading
        )

    @told
    def prior(self, url: str) -> CaptureRef | None:
        """The newest capture of an identity that holds a payload."""
        row = self.db.execute("SELECT capture_id FROM urls WHERE url = ?", [url]).fetchone()
        held = self.capture_rows.with_payload([row[0]]) if row and row[0] is not None else []
        return held[0] if held else None

    @told
    def take_down(self, article_id: int, reason: str) -> Withheld:
        """Withhold an article that is not withheld yet (Takedowns). `wipe` makes it final."""
        return self._takedowns.withhold(article_id, reason)

    @told
    def put_back(self, article_id: int) -> None:
        """Undo `take_down`. Raises Stop USAGE when it is erased."""
        self._takedowns.restore(article_id)

    @told
    def erase(self, article_id: int) -> Erased:
        """Destroy a withheld article (Erasure). `wipe` makes it final."""
        return self._erasure.erase(article_id)

    def wipe(self) -> str | None:
        """Leave nothing of what was deleted in the file; a line says what had to be left
        (`wiping`). Raises Stop IO_ERROR."""
        return wipe(self.db, self.path)

    @told
    def thin(self) -> int:
        """What a run does last with the WARC files: destroy what came in of erased articles, and
        take pages out that said nothing new (Thinning). Returns how many captures went."""
        return self._erasure.erase_late() + self._thinning.run()

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file now and then; to be called after every outcome.
        What its rows say of WARC files must be on the disk before: hence not by SQLite itself."""
        changes = self.db.conn.total_changes
        if changes - self._checkpointed >= CHECKPOINT_AFTER:
            self._checkpointed = changes
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

    def _holds_anything(self) -> bool:
        return bool(self.db.table("captures").count or self.db.table("ledger").count)

    def _identify(self, site: Site) -> None:
        """Write down which site a new archive is of; refuse a run against another.

        As long as it holds nothing an archive may still change its site: the first address that
        was tried may have been a wrong one. Its uuid it keeps: a run that was killed may have
        left captures under that name.
        """
        origin = SiteUrls(site.base_url).origin
        said = {"newsroom": site.name, "base_url": origin, "time_zone": site.time_zone}
        row = self.db.execute("SELECT newsroom, base_url FROM archive").fetchone()
        if row is None:
            named = {"id": 1, "uuid": str(uuid4()), "created_at": stamp(self._clock())}
            self.db.table("archive").insert(named | said)
        elif row == (site.name, origin):
            return
        elif not self._holds_anything():
            self.db.table("archive").update(1, said)
        elif row[0] != site.name:
            raise Stop(
                Status.MISCONFIGURED,
                f"{self.path} is the archive of {row[0]}, not of {site.name}: each newsroom has "
                "a file of its own, `archive` in archive/local.toml or -s ARCHIVE_DB=…",
            )
        else:
            raise Stop(
                Status.MISCONFIGURED,
                f"{self.path} is the archive of {row[1]}, not of {site.base_url}: set base_url "
                "in archive/local.toml back, or name another file with -s ARCHIVE_DB=…",
            )
