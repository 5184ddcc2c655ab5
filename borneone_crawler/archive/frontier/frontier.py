"""Which URLs are candidates, and which are due: the frontier is the archive's table `urls`."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlite_utils import Database

from borneone_crawler.archive.captures.rows import CaptureRows
from borneone_crawler.archive.clock import Clock, stamp
from borneone_crawler.archive.sqlite.rows import fetch
from borneone_crawler.items import CaptureRef, Kind, Link, Role, State
from borneone_crawler.urls import MAX_LENGTH, TRAPS, Form, SiteUrls

SAMPLES_KEPT = 5
"""Addresses kept as examples of each rule that turns links away."""

STILL_FRESH = timedelta(hours=6)
"""How long a run that goes on after a kill relies on the listings that were read before."""

ALIASES_KEPT = 20
"""Other spellings kept of one URL; a trap that invents spellings without end stops here."""

TAKEN_DOWN = "taken down"
"""Reason of rows that are never asked for again: their article was taken down here."""

A_TRAP = "a trap"
"""How the reason of rows begins that look like those of a trap, and were never asked for."""

FAULT = "a fault of this program"
"""How the reason of rows begins that failed for nothing the site did."""

_ROW = """
SELECT
    id, url, kind, ask_as, attempts, absences, absent_since, article_id, part_of, part_number,
    etag, last_modified, capture_id
FROM urls
"""

# Listings first, since they bring the rest; then the parts that complete a waiting article.
# Pictures come last: the text of the whole newsroom is worth more than they are.
_FIRST = """
ORDER BY
    CASE kind WHEN 'listing' THEN 0 WHEN 'part' THEN 1 WHEN 'image' THEN 3 ELSE 2 END, next_at, id
LIMIT :limit
"""

# Of each kind the first by the index, however many are due: a first crawl has hundreds of
# thousands.
_FIRST_OF_EACH = """
SELECT due.id FROM json_each(:kinds) AS wanted JOIN urls AS due ON due.id IN (
    SELECT id FROM urls WHERE kind = wanted.value AND next_at <= :now
    ORDER BY next_at, id LIMIT :limit)
"""

_CLAIM = f"{_ROW} WHERE id IN ({_FIRST_OF_EACH}) {_FIRST}"

_CLAIM_ONLY = f"""{_ROW}
WHERE id IN (SELECT value FROM json_each(:only)) AND next_at <= :now
    AND kind IN (SELECT value FROM json_each(:kinds))
{_FIRST}
"""  # noqa: S608

_FAULTS = f"""
SELECT u.id, u.kind, u.capture_id
FROM urls AS u
LEFT JOIN captures AS c ON c.id = u.capture_id
LEFT JOIN runs AS r ON r.id = c.run_id
WHERE u.state = 'failed' AND u.next_at IS NULL AND u.reason GLOB '{FAULT}*'
    AND coalesce(u.read_with, r.reader_version, '') <> :version
"""  # noqa: S608


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A row of the frontier that a run has claimed and is to ask for."""

    id: int
    url: str
    kind: Kind
    ask_as: str | None = None
    attempts: int = 0
    absences: int = 0
    absent_since: str | None = None
    article_id: int | None = None
    part_of: int | None = None
    part_number: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    prior: CaptureRef | None = None
    """The newest capture that holds a payload: what a revisit record would refer to."""
    waiting: CaptureRef | None = None
    """A capture found after a crash, to be read in place of asking."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a link: its row, and whether it was not known before."""

    row_id: int
    is_new: bool


class Frontier:
    """Adds candidates and claims those that are due. Transactions are the caller's."""

    def __init__(self, database: Database, urls: SiteUrls, clock: Clock) -> None:
        self._db = database
        self._urls = urls
        self._clock = clock
        self._captures = CaptureRows(database)
        self.claimed: set[int] = set()
        """Rows handed out and not settled yet."""
        self._turned_away: dict[str, list[str]] = {}
        self._met: set[str] = set()
        """Rules of urls.TRAPS that this run has met, from the first time on."""

    def add(self, link: Link, found_on: str, run_id: int) -> Added | None:
        """Make a link a candidate, due at once. None when a rule says it is never asked for."""
        url = self._urls.canonical(link.url)
        if (kind := self._kind_of(link, url)) is None:
            return None
        spelling = link.url.partition("#")[0]
        if spelling != url and (same_as := self._spelled(spelling)) is not None:
            return Added(same_as, False)
        known = self._find(url)
        if known is not None and spelling == url:
            return Added(known, False)
        key = self._urls.listing_key(url) if kind is Kind.LISTING else None
        if known is None and key is not None:
            known = self._listed_as(key)
        row_id = known or self._insert(url, kind, found_on, run_id, key=key)
        # The spelling met, and for a listing its canonical form too: another address of the same
        # list may have come first. What is the row's own address already stays as it is.
        for each in dict.fromkeys((spelling, url)):
            if each != url or key is not None:
                self._add_alias(each, row_id, found_on, run_id)
        return Added(row_id, known is None)

    def add_part(self, link: Link, first_page: int, found_on: str, run_id: int) -> int | None:
        """Make a further page of a multi-page article due, again if it is known. Returns its
        row; None when it is not on the site."""
        url = self._urls.canonical(link.url)
        if not self._urls.on_site(url) or link.part_number is None:
            self.turn_away("off the site", link.url)
            return None
        row_id = self._find(url)
        if row_id is None:
            row_id = self._insert(url, Kind.PART, found_on, run_id)
        self._db.execute(
            """UPDATE urls SET kind = 'part', role = 'part', part_of = ?, part_number = ?,
                   state = 'pending', next_at = ?, attempts = 0, reason = NULL
               WHERE id = ? AND reason IS NOT ?""",
            [first_page, link.part_number, stamp(self._clock()), row_id, TAKEN_DOWN],
        )
        return row_id

    def claim(
        self, limit: int, only: set[int] | None = None, kind: Kind | None = None
    ) -> list[Due]:
        """Up to `limit` due rows that are not claimed yet; `only` narrows to these rows, `kind`
        to this kind."""
        kinds = list(Kind) if kind is None else [kind]
        # Claimed rows are still due in the table: a kill leaves nothing to be undone.
        rows = self._db.query(
            _CLAIM if only is None else _CLAIM_ONLY,
            {
                "now": stamp(self._clock()),
                "limit": limit + len(self.claimed),
                "only": json.dumps(sorted(only or ())),
                "kinds": json.dumps(kinds),
            },
        )
        free = [row for row in rows if row["id"] not in self.claimed]
        due = self._due(free[:limit])
        self.claimed.update(row.id for row in due)
        return due

    def row(self, url_id: int) -> Due:
        """A row as it stands, due or not, and not claimed."""
        (due,) = self._due(fetch(self._db, f"{_ROW} WHERE id = ?", [url_id]))
        return due

    def _due(self, rows: Sequence[dict[str, Any]]) -> list[Due]:
        waiting = self._captures.waiting_for([row["id"] for row in rows])
        priors = self._captures.payloads([row["capture_id"] for row in rows])
        return [
            Due(
                prior=priors.get(row.pop("capture_id")),
                waiting=waiting.get(row["id"]),
                kind=Kind(row.pop("kind")),
                **row,
            )
            for row in rows
        ]

    def mark(self, row_id: int, state: State, reason: str) -> None:
        """Give a row a state and the reason for it."""
        self._db.execute(
            "UPDATE urls SET state = ?, reason = ? WHERE id = ?", [state, reason, row_id]
        )

    def make_due(self, url_ids: Sequence[int]) -> None:
        """Have known rows asked for again in this run, but for what was taken down."""
        now = stamp(self._clock())
        for url_id in url_ids:
            self._db.execute(
                "UPDATE urls SET next_at = ? WHERE id = ? AND reason IS NOT ?",
                [now, url_id, TAKEN_DOWN],
            )

    def renew(self, row_id: int, link: Link) -> bool:
        """Have a known row asked for again if its link says that it changed since it answered
        last, or that it is there though it was gone. Returns whether it will be."""
        if not (link.renew or link.modified or link.is_entry):
            return False  # as most links of a page
        now = self._clock()
        changed = self._db.execute(
            """UPDATE urls SET next_at = :now
               WHERE id = :row AND next_at IS NULL AND reason IS NOT :taken_down
                   AND (:renew OR (:modified > checked_at AND :modified <= :now)
                        OR (state = 'gone' AND :shown AND checked_at < :yesterday))""",
            {
                "row": row_id,
                "now": stamp(now),
                "renew": link.renew,
                "modified": link.modified,
                "shown": link.is_entry,
                "yesterday": stamp(now - timedelta(days=1)),
                "taken_down": TAKEN_DOWN,
            },
        ).rowcount
        return bool(changed)

    def make_one_listing_due(self, since: str | None) -> None:
        """Have the first page of the listing asked for again that was not for longest, unless one
        was `since` then, if it is said."""
        self._db.execute(
            """UPDATE urls SET next_at = :now
               WHERE id = (
                   SELECT id FROM urls
                   WHERE kind = 'listing' AND same_as IS NULL AND state <> 'gone'
                       AND listing_key LIKE '%#1'
                   ORDER BY checked_at, id LIMIT 1)
                   AND (:since IS NULL OR NOT EXISTS (
                       SELECT 1 FROM urls
                       WHERE kind = 'listing' AND listing_key LIKE '%#1'
                           AND checked_at >= :since))""",
            {"now": stamp(self._clock()), "since": since},
        )

    def make_listings_due(self, slug: str | None, since: str | None) -> None:
        """Have the first page of every listing (or of one section's) asked for again, but for
        those that are gone, and those that answered or failed `since` then, if it is said."""
        now = stamp(self._clock())
        which = "listing_key LIKE '%#1'" if slug is None else "listing_key = :slug || '#1'"
        self._db.execute(
            f"""UPDATE urls SET next_at = :now
               WHERE kind = 'listing' AND same_as IS NULL AND state <> 'gone'
                   AND (:since IS NULL OR coalesce(checked_at, '') < :since) AND {which}""",  # noqa: S608
            {"now": now, "slug": slug, "since": since},
        )

    def revive(self, since: str | None) -> None:
        """Have what was given up (in traps too), gone or forbidden tried again from the start, but
        for what was tried `since` then, if it is said."""
        self._db.execute(
            """UPDATE urls SET state = 'pending', attempts = 0, next_at = :now
               WHERE same_as IS NULL AND (:since IS NULL OR coalesce(checked_at, '') < :since)
                   AND (state IN ('failed', 'gone')
                        OR (state = 'skipped'
                            AND (reason = 'robots.txt' OR instr(reason, :trap) = 1)))""",
            {"now": stamp(self._clock()), "since": since, "trap": A_TRAP},
        )

    def try_faults_again(self, version: str) -> None:
        """Have what failed through a fault of ours tried again with another version of the
        reader: the page of an article from its capture, a list, which must be new, by asking."""
        values = {"version": version, "now": stamp(self._clock())}
        rows = self._db.execute(_FAULTS, values).fetchall()
        for row_id, kind, capture_id in rows:
            self._db.execute(
                "UPDATE urls SET next_at = ?, read_with = ? WHERE id = ?",
                [values["now"], version, row_id],
            )
            if kind in (Kind.ARTICLE, Kind.PART):
                self._captures.wait_again(capture_id)

    def earliest(self, only: set[int] | None = None) -> str | None:
        """When the next row falls due, or None; `only` narrows to these rows."""
        rows = self._db.execute(
            "SELECT id, next_at FROM urls WHERE next_at IS NOT NULL ORDER BY next_at"
        )
        return next((str(at) for row_id, at in rows if only is None or row_id in only), None)

    def note_turned_away(self) -> list[str]:
        """Write down which rules of urls.py turned links away since this was done last. Returns
        the traps among them that this run had not met before, in words."""
        if not self._turned_away:
            return []
        now = stamp(self._clock())
        new = [rule for rule in self._turned_away if rule in TRAPS and rule not in self._met]
        traps = [f"{rule}, as in {self._turned_away[rule][0]}" for rule in new]
        self._met.update(new)
        for rule, links in self._turned_away.items():
            self._db.execute(
                """INSERT INTO never_asked (rule, links, samples, last_met_at)
                   VALUES (:rule, 0, '[]', :now) ON CONFLICT DO NOTHING""",
                {"rule": rule, "now": now},
            )
            held = self._db.execute(
                "SELECT samples FROM never_asked WHERE rule = ?", [rule]
            ).fetchone()[0]
            samples = list(dict.fromkeys(json.loads(held) + links))[:SAMPLES_KEPT]
            self._db.execute(
                """UPDATE never_asked SET links = links + ?, samples = ?, last_met_at = ?
                   WHERE rule = ?""",
                [len(links), json.dumps(samples), now, rule],
            )
        self._turned_away.clear()
        return traps

    def turn_away(self, rule: str, url: str) -> None:
        """Count a link that is never asked for, and the rule by which it is not."""
        self._turned_away.setdefault(rule, []).append(url[:MAX_LENGTH])

    def _kind_of(self, link: Link, url: str) -> Kind | None:
        if link.kind in (Kind.SOURCE, Kind.IMAGE) and self._urls.on_site(url):
            return link.kind
        verdict = self._urls.form(url)
        if verdict.form in (Form.NEVER, Form.HOME):
            self.turn_away(verdict.rule or "home page", link.url)
            return None
        # A page may call something a section that has not the form of one: it knows better.
        if verdict.form is Form.LISTING or link.kind is Kind.LISTING:
            return Kind.LISTING
        return Kind.ARTICLE

    def _find(self, url: str) -> int | None:
        return self._row_id("SELECT coalesce(same_as, id) FROM urls WHERE url = ?", url)

    def _spelled(self, url: str) -> int | None:
        return self._row_id("SELECT same_as FROM urls WHERE url = ?", url)

    def _listed_as(self, key: str) -> int | None:
        return self._row_id("SELECT id FROM urls WHERE listing_key = ?", key)

    def _row_id(self, sql: str, value: str) -> int | None:
        row = self._db.execute(sql, [value]).fetchone()
        return int(row[0]) if row is not None and row[0] is not None else None

    def _insert(
        self, url: str, kind: Kind, found_on: str, run_id: int, key: str | None = None
    ) -> int:
        now = stamp(self._clock())
        cursor = self._db.execute(
            """INSERT INTO urls
                   (url, kind, state, listing_key, found_on, found_in, found_at, next_at)
               VALUES (?, ?, 'pending', ?, ?, ?, ?, ?)""",
            [url, kind, key, found_on, run_id, now, now],
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def _add_alias(self, url: str, row_id: int, found_on: str, run_id: int) -> None:
        self._db.execute(
            """INSERT INTO urls (url, kind, state, reason, role, article_id, same_as,
                                 found_on, found_in, found_at)
               SELECT :url, kind, :state, 'another spelling', :role, article_id, id,
                      :found_on, :run_id, :now
               FROM urls
               WHERE id = :row_id
                   AND (SELECT count(*) FROM urls WHERE same_as = :row_id) < :most
               ON CONFLICT (url) DO NOTHING""",
            {
                "url": url,
                "state": State.SKIPPED,
                "role": role_of(url),
                "row_id": row_id,
                "found_on": found_on,
                "run_id": run_id,
                "now": stamp(self._clock()),
                "most": ALIASES_KEPT,
            },
        )


def role_of(url: str) -> Role:
    """How a spelling stands for its article, from its form."""
    path, _, query = url.partition("#")[0].partition("?")
    names = {pair.partition("=")[0] for pair in query.split("&")}
    if "p" in names:
        return Role.SHORTLINK
    if "amp" in names or path.rstrip("/").endswith("/amp"):
        return Role.AMP
    return Role.ALIAS
