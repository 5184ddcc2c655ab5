"""What a page leads to: its links, the next page of its listing, the parts of its article."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator

from sqlite_utils import Database

from borneone_crawler.archive.articles.traces import Traces
from borneone_crawler.archive.frontier.frontier import A_TRAP, Due, Frontier
from borneone_crawler.archive.frontier.row_set import RowSet
from borneone_crawler.archive.frontier.sources import Sources
from borneone_crawler.archive.frontier.traps import MOST_LINKS, Traps
from borneone_crawler.archive.settled import Settled
from borneone_crawler.items import Kind, Link, Outcome, Source, SourceState, State
from borneone_crawler.urls import CROWDED, SiteUrls

MOST_IDLE = 5
"""Pages of a listing in a row that show nothing which the pages before them have not shown, until
its walk ends: some plug-ins make paginations without end, in another order every time."""


class Leads:
    """Takes what a page leads to into the frontier. Transactions are the caller's."""

    def __init__(
        self,
        database: Database,
        frontier: Frontier,
        sources: Sources,
        traces: Traces,
        traps: Traps,
        urls: SiteUrls,
    ) -> None:
        self._db = database
        self._frontier = frontier
        self._sources = sources
        self._traces = traces
        self._traps = traps
        self._urls = urls
        self._walked: defaultdict[str, RowSet] = defaultdict(RowSet)
        """By listing that is being walked, the rows its pages have shown."""
        self._idle: Counter[str] = Counter()

    def add(
        self, due: Due, outcome: Outcome, run_id: int, goes_on_from: int, settled: Settled
    ) -> int | None:
        """Take the links of a page into the frontier. Returns the article that was taken down and
        that one of them is a page of, if there is one."""
        withheld = None
        entries: set[int] = set()
        for link in self._reasonable(due, outcome):
            if link.kind is Kind.PART:
                part = self._frontier.add_part(link, due.id, due.url, run_id)
                settled.followed.extend([part] if part is not None else [])
                withheld = withheld or self._traces.taken_down(part)
                continue
            added = self._frontier.add(link, due.url, run_id)
            if added is None:
                continue
            settled.new_links += added.is_new
            if link.kind in (Kind.IMAGE, Kind.SOURCE) and added.is_new:
                settled.followed.append(added.row_id)
            elif not added.is_new and self._frontier.renew(added.row_id, link):
                settled.renewed += 1
            if link.is_entry:
                entries.add(added.row_id)
                if outcome.source is not None:
                    self._sources.show(added.row_id, link, outcome.source, self._place(due))
                if outcome.source is Source.LISTING and self._sources.is_shown_whole(added.row_id):
                    continue  # the walk need not go on for what is found without it
                found_in, is_pending = self._db.execute(
                    "SELECT found_in, state = 'pending' FROM urls WHERE id = ?", [added.row_id]
                ).fetchone()
                settled.new_entries += (found_in or 0) >= goes_on_from or bool(is_pending)
                settled.found_now += found_in == run_id
        if outcome.next_page is not None:
            if due.kind is Kind.SOURCE:
                self._read_on(due, outcome, run_id, settled)
            else:
                self._walk_on(due, outcome, run_id, goes_on_from, settled, entries)
        return withheld

    def _reasonable(self, due: Due, outcome: Outcome) -> Iterator[Link]:
        """The links of a page that are no trap. A list of the site's own is taken whole."""
        if due.kind is Kind.SOURCE:
            yield from outcome.links
            return
        for link in outcome.links[:MOST_LINKS]:
            if self._traps.is_in_one(self._urls.canonical(link.url)):
                self._frontier.turn_away(A_TRAP, link.url)
            else:
                yield link
        for link in outcome.links[MOST_LINKS:]:
            self._frontier.turn_away(CROWDED, link.url)

    def note_source(self, outcome: Outcome, since: str) -> None:
        """How the machine's list does that this is an answer of; `since`: when the run began that
        reads it. What it showed before and shows no more is looked for."""
        assert outcome.source is not None
        assert outcome.source_state is not None
        self._sources.note(outcome.source, outcome.source_state, outcome.total)
        is_end = outcome.walk_on and outcome.next_page is None
        if outcome.source_state is SourceState.WORKS and outcome.source is Source.REST and is_end:
            self._frontier.make_due(self._sources.complete(Source.REST, since))

    def _place(self, due: Due) -> str:
        if due.kind is not Kind.LISTING:
            return ""
        return self._urls.listing_key(due.url).rpartition("#")[0]

    def _read_on(self, due: Due, outcome: Outcome, run_id: int, settled: Settled) -> None:
        """The next page of a machine's list: while pages bring something new, or all of them."""
        assert outcome.next_page is not None
        if not (outcome.walk_on or settled.new_links or settled.renewed):
            return
        link = Link(url=outcome.next_page, kind=Kind.SOURCE)
        added = self._frontier.add(link, due.url, run_id)
        if added is not None and added.row_id != due.id:
            self._frontier.make_due([added.row_id])
            settled.followed.append(added.row_id)

    def _walk_on(
        self,
        due: Due,
        outcome: Outcome,
        run_id: int,
        goes_on_from: int,
        settled: Settled,
        entries: set[int],
    ) -> None:
        """The next page of a listing: while pages bring something new, or all of them."""
        assert outcome.next_page is not None
        if self._repeats_another(due, outcome, run_id):
            self._frontier.mark(due.id, State.STORED, "repeats another page of its listing")
            settled.traps.append(f"{due.url} repeats another page of its listing")
            return
        if self._goes_in_circles(due, entries):
            reason = f"the {MOST_IDLE} pages up to this one of its listing show nothing else"
            self._frontier.mark(due.id, State.STORED, reason)
            settled.traps.append(f"{due.url}: {reason}")
            return
        if not (outcome.walk_on or settled.new_entries):
            return
        link = Link(url=outcome.next_page, kind=Kind.LISTING)
        added = self._frontier.add(link, due.url, run_id)
        if added is None or added.row_id == due.id:
            return
        if not added.is_new:
            # Not twice in one run: a listing that points back at itself would never end. Nor
            # what the runs before a kill have read, unless something has come since.
            asked = self._db.execute(
                "SELECT 1 FROM captures WHERE url_id = ? AND run_id >= ?",
                [added.row_id, run_id if settled.found_now else goes_on_from],
            ).fetchone()
            if asked is None:
                self._frontier.make_due([added.row_id])
        settled.followed.append(added.row_id)

    def _goes_in_circles(self, due: Due, entries: set[int]) -> bool:
        place = self._place(due)
        new = sum(self._walked[place].add(row_id) for row_id in entries)
        self._idle[place] = 0 if new else self._idle[place] + 1
        return self._idle[place] >= MOST_IDLE

    def _repeats_another(self, due: Due, outcome: Outcome, run_id: int) -> bool:
        """Whether another page of the same listing shows just the same articles: a pagination
        without end, which some plug-ins make, is not walked. One that was read by an earlier run
        says nothing: its articles may have moved on to this page since."""
        shown = sorted({self._urls.canonical(link.url) for link in outcome.links if link.is_entry})
        digest = hashlib.sha256("\n".join(shown).encode()).hexdigest()
        listing = self._urls.listing_key(due.url).rpartition("#")[0]
        self._db.execute("UPDATE urls SET listed = ? WHERE id = ?", [digest, due.id])
        others = self._db.execute(
            """SELECT url FROM urls WHERE listed = ? AND id <> ? AND EXISTS (
                   SELECT 1 FROM captures WHERE url_id = urls.id AND run_id = ?)""",
            [digest, due.id, run_id],
        ).fetchall()
        return any(self._urls.listing_key(url).rpartition("#")[0] == listing for (url,) in others)

    def let_go_of_parts(self, first_page: Due, outcome: Outcome) -> None:
        """Pages that the first one no longer names are no part of the article any more."""
        named = [
            self._urls.canonical(link.url) for link in outcome.links if link.kind is Kind.PART
        ]
        if outcome.reading is None and not named:
            return  # this page says nothing of parts: it failed, or is no article
        parts = self._db.execute("SELECT 1 FROM urls WHERE part_of = ?", [first_page.id])
        if parts.fetchone() is None:
            return
        self._db.execute(
            """UPDATE urls SET part_of = NULL, part_number = NULL, next_at = NULL,
                   state = 'skipped', reason = 'no longer a page of its article'
               WHERE part_of = ? AND url NOT IN (SELECT value FROM json_each(?))""",
            [first_page.id, json.dumps(named)],
        )

    def weigh_part(self, part: Due) -> None:
        """An article whose part is given up is not stored short: it has failed, and says why."""
        row = self._db.execute(
            "SELECT state, reason, part_number FROM urls WHERE id = ?", [part.id]
        ).fetchone()
        if row[0] in (State.FAILED, State.GONE, State.SKIPPED):
            self._db.execute(
                "UPDATE urls SET state = 'failed', reason = ? WHERE id = ?",
                [f"page {row[2]} is missing: {row[1]}", part.part_of],
            )
