"""The archive as the other rooms see it: it gives out work, and is told what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from borneone_crawler.archive.articles import Articles, canonical_json
from borneone_crawler.archive.captures import CaptureStore
from borneone_crawler.archive.clock import Clock, stamp
from borneone_crawler.archive.database import explained, open_database
from borneone_crawler.archive.frontier import Due, Frontier
from borneone_crawler.archive.lock import Lock
from borneone_crawler.archive.rows import insert
from borneone_crawler.archive.sections import Sections
from borneone_crawler.archive.settle import Settled, Settlement
from borneone_crawler.items import CaptureRef, Kind, Link, Outcome, State
from borneone_crawler.site import Site
from borneone_crawler.statuses import Status, Stop
from borneone_crawler.urls import SiteUrls


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One page of a multi-page article: where it stands, and its newest capture."""

    row_id: int
    url: str
    state: State
    capture_id: int | None
    capture: CaptureRef | None


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
        reader_version: str,
    ) -> None:
        self.path = path
        self.is_new = not path.exists()
        self._clock = clock
        self._software = software
        self._reader_version = reader_version
        self._run_id = 0
        self._lock = Lock(path)
        try:
            self.db = open_database(path)
            self._identify(site)
        except BaseException:
            self._lock.release(remove=self.is_new and not path.exists())
            raise
        urls = SiteUrls(site.base_url, site.category_bases)
        self.frontier = Frontier(self.db, urls, clock)
        articles = Articles(self.db, Sections(self.db, urls), reader_version)
        self._settlement = Settlement(self.db, self.frontier, articles, urls, clock)
        uuid = self.db.execute("SELECT uuid FROM archive").fetchone()[0]
        self.captures = CaptureStore(warc_dir, uuid, software)

    def begin_run(self, command: str, arguments: Mapping[str, str]) -> int:
        """Open the run's row. Returns its id."""
        row = {
            "command": command,
            "arguments": canonical_json(dict(arguments)),
            "program_version": self._software,
            "reader_version": self._reader_version,
            "started_at": stamp(self._clock()),
        }
        self._run_id = insert(self.db, "runs", row)
        return self._run_id

    def end_run(self, status: Status, reason: str, stats: Mapping[str, object]) -> None:
        """Write how the run ended into its row."""
        self.db.table("runs").update(
            self._run_id,
            {
                "finished_at": stamp(self._clock()),
                "status": int(status),
                "reason": reason,
                "stats": canonical_json(dict(stats)),
            },
        )

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

    def want(self, url: str) -> int | None:
        """Have one URL asked for in this run. Returns its row, None when urls.py says never."""
        with self.db.atomic():
            added = self.frontier.add(Link(url=url, kind=Kind.ARTICLE), "", self._run_id)
            if added is None:
                return None
            self.frontier.make_due([added.row_id])
            return added.row_id

    def want_source(self, url: str, *, again: bool) -> None:
        """Have a machine's list of what exists asked for: once, or `again` if it is known."""
        with self.db.atomic():
            added = self.frontier.add(Link(url=url, kind=Kind.SOURCE), "", self._run_id)
            if added is not None and again:
                self.frontier.make_due([added.row_id])

    def knows_listing(self, slug: str) -> bool:
        """Whether a section of this slug was ever met."""
        row = self.db.execute(
            "SELECT 1 FROM urls WHERE listing_key = ? || '#1'", [slug]
        ).fetchone()
        return row is not None

    def refresh_listings(self, section: str = "", *, deep: bool = False) -> None:
        """Have this run walk every listing from its first page, or only that of one section;
        `deep` also tries again what was given up, gone or forbidden before."""
        with self.db.atomic():
            self.frontier.make_listings_due(section or None)
            if deep:
                self.frontier.revive()

    def claim(self, limit: int, only: set[int] | None = None) -> list[Due]:
        """Up to `limit` due rows; each must be settled."""
        with explained(self.path):
            return self.frontier.claim(limit, only)

    def settle(
        self, due: Due, outcome: Outcome, captures: Sequence[int | None] = (None,)
    ) -> Settled:
        """Write what became of a claimed row: one transaction.

        `captures` are those the outcome's reading was made from, in order of the article's
        pages; None stands for the outcome's own. Raises Stop IO_ERROR when the disk fails, with
        nothing of the outcome written.
        """
        with explained(self.path):
            return self._settlement.settle(due, outcome, self._run_id, captures)

    def parts(self, first_page: int) -> list[Part]:
        """The pages of a multi-page article as they stand, the first one included, in order."""
        rows = self.db.query(
            """SELECT u.id AS row_id, u.url, u.state, c.id AS capture_id, c.warc_file AS file,
                   c.warc_offset AS offset, c.warc_length AS length, c.digest, c.record_id,
                   c.url AS asked, c.http_status AS status, c.content_type, c.fetched_at
               FROM urls AS u LEFT JOIN captures AS c ON c.id = u.capture_id
               WHERE u.id = :id OR u.part_of = :id
               ORDER BY coalesce(u.part_number, 1)""",
            {"id": first_page},
        )
        return [_part(row) for row in rows]

    def close(self) -> None:
        self.captures.close()
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


def _part(row: dict[str, Any]) -> Part:
    row_id, url, state = row.pop("row_id"), row.pop("url"), State(row.pop("state"))
    capture_id, asked = row.pop("capture_id"), row.pop("asked")
    capture = CaptureRef(url=asked, **row) if capture_id is not None else None
    return Part(row_id=row_id, url=url, state=state, capture_id=capture_id, capture=capture)
