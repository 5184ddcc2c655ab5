"""The one way anything enters the archive: one Outcome, one transaction."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlite_utils import Database

from borneone_crawler.archive.articles.articles import Articles, Effect
from borneone_crawler.archive.articles.sighting import Sighting
from borneone_crawler.archive.articles.traces import Traces
from borneone_crawler.archive.captures.rows import CaptureRows
from borneone_crawler.archive.clock import Clock, stamp
from borneone_crawler.archive.frontier.frontier import Due, Frontier, role_of
from borneone_crawler.archive.frontier.leads import Leads
from borneone_crawler.archive.frontier.sources import Sources
from borneone_crawler.archive.frontier.traps import Traps
from borneone_crawler.archive.settled import Settled
from borneone_crawler.items import Kind, Link, Outcome, Role, State
from borneone_crawler.urls import Form, SiteUrls

MOST_SPELLINGS = 3
"""Spellings of one address that a server may send us to, one after another."""


class Settlement:
    """Settles outcomes for one run."""

    def __init__(
        self,
        database: Database,
        frontier: Frontier,
        articles: Articles,
        sources: Sources,
        captures: CaptureRows,
        urls: SiteUrls,
        clock: Clock,
    ) -> None:
        self._db = database
        self._captures = captures
        self._frontier = frontier
        self._articles = articles
        self._urls = urls
        self._clock = clock
        self._traces = Traces(database, urls)
        self._traps = Traps(database)
        self._leads = Leads(database, frontier, sources, self._traces, self._traps, urls)

    def settle(
        self,
        due: Due,
        outcome: Outcome,
        run_id: int,
        captures: Sequence[int | None] = (None,),
        *,
        goes_on_from: int | None = None,
        began: str | None = None,
    ) -> Settled:
        """Write everything an outcome says, or nothing of it. `captures`: those its reading was
        made from, None for the outcome's own. `goes_on_from`: the first of the runs that broke
        off before this one, where it goes on with what they began; `began`: when it started."""
        settled = Settled()
        with self._db.atomic():
            capture_id = None
            if outcome.capture is not None:
                capture_id = self._captures.keep(outcome.capture, due.id, run_id)
            if due.waiting is not None:
                self._captures.wait_no_more(due.id)
            self._write_state(due, outcome, capture_id)
            if outcome.redirect_to is not None and outcome.state is State.STORED:
                self._follow_redirect(due, outcome.redirect_to, run_id, settled)
            if outcome.state is State.GONE and due.article_id is not None:
                self._articles.gone(due.article_id, due.url, stamp(self._clock()))
            if outcome.http_status == 304 and due.article_id is not None:
                self._articles.unmodified(due.article_id, stamp(self._clock()))
            if outcome.reading is not None:
                made_from = [capture_id if given is None else given for given in captures]
                read = [capture for capture in made_from if capture is not None]
                self._store_article(due, outcome, read, run_id, settled)
            if settled.effect is not Effect.WITHHELD:
                self._add_leads(due, outcome, run_id, goes_on_from or run_id, settled)
                if due.kind is Kind.ARTICLE and outcome.state is not State.FAILED:
                    self._leads.let_go_of_parts(due, outcome)
                if due.part_of is not None:
                    self._leads.weigh_part(due)
            if outcome.source_state is not None:
                self._leads.note_source(outcome, began or stamp(self._clock()))
            self._traps.weigh(due, outcome, settled)
            settled.traps += self._frontier.note_turned_away()
        self._frontier.claimed.discard(due.id)
        return settled

    def read_again(
        self, due: Due, outcome: Outcome, run_id: int, captures: Sequence[int]
    ) -> Settled:
        """Take in what today's reader finds in a page that was captured and could not be read
        when it came. What the site has said since then, such as a 404, goes on to hold.

        `captures`: the article's pages in order; `outcome.capture`: the last of them to be
        fetched. Without a reading the outcome brings the addresses of pages to be asked for first.
        """
        settled = Settled()
        with self._db.atomic():
            held = next(self._db.query("SELECT * FROM urls WHERE id = ?", [due.id]))
            answer = (held["http_status"], held["capture_id"])
            is_newest = answer == (outcome.http_status, captures[0])
            if outcome.reading is None:
                self._frontier.mark(due.id, State.PENDING, outcome.reason or "")
            else:
                self._store_article(due, outcome, captures, run_id, settled, is_live=is_newest)
                if settled.effect is not Effect.WITHHELD:
                    self._keep_standing(due, held, settled, is_newest=is_newest)
            self._add_leads(due, outcome, run_id, run_id, settled)
            self._frontier.note_turned_away()
        return settled

    def _keep_standing(
        self, due: Due, held: dict[str, Any], settled: Settled, *, is_newest: bool
    ) -> None:
        """What a row says of its page's last answer, once its page has been read after all."""
        if is_newest:
            self._db.execute("UPDATE urls SET attempts = 0, next_at = NULL WHERE id = ?", [due.id])
        elif held["state"] == State.GONE:
            assert settled.article_id is not None
            self._frontier.mark(due.id, State.GONE, held["reason"])
            self._articles.gone(settled.article_id, due.url, held["checked_at"])
        else:
            self._frontier.mark(due.id, State.STORED, held["reason"])

    def _write_state(self, due: Due, outcome: Outcome, capture_id: int | None) -> None:
        now = self._clock()
        # A capture may be older than now: it waited for its run, or is read again.
        answered = outcome.capture.fetched_at if outcome.capture else stamp(now)
        again = outcome.retry_after
        failing = again is not None or outcome.state is State.FAILED
        absences, absent_since = due.absences, due.absent_since
        if outcome.absent:
            # It answered: what is counted as an absence is no failed try.
            absences, absent_since, failing = absences + 1, absent_since or answered, False
        elif not failing and outcome.http_status is not None and outcome.http_status < 400:
            # It is there. What fails, or shuts us out for good, says neither.
            absences, absent_since = 0, None
        self._db.execute(
            """UPDATE urls SET state = :state, reason = :reason, http_status = :http_status,
                   attempts = :attempts, next_at = :next_at, checked_at = :answered, etag = :etag,
                   last_modified = :last_modified, capture_id = coalesce(:capture, capture_id),
                   absences = :absences, absent_since = :absent_since,
                   read_with = CASE WHEN coalesce(:capture, capture_id) IS capture_id
                                    THEN read_with END
               WHERE id = :id""",
            {
                "id": due.id,
                "state": outcome.state,
                "reason": outcome.reason,
                "http_status": outcome.http_status,
                "attempts": due.attempts + 1 if failing else 0,
                "next_at": None if again is None else stamp(now + timedelta(seconds=again)),
                "answered": answered,
                "etag": outcome.etag,
                "last_modified": outcome.last_modified,
                "capture": capture_id,
                "absences": absences,
                "absent_since": absent_since,
            },
        )

    def _follow_redirect(self, due: Due, target: str, run_id: int, settled: Settled) -> None:
        """Join the URL to where the server sends for it, or say why it leads nowhere."""
        identity = self._urls.canonical(target)
        form = self._urls.form(identity).form
        if identity == due.url:
            # The server wants the same page spelled otherwise (with www, without a slash).
            if target == due.ask_as or due.attempts >= MOST_SPELLINGS:
                self._frontier.mark(due.id, State.FAILED, "redirects in a circle")
                return
            self._db.execute(
                """UPDATE urls SET ask_as = ?, state = 'pending', next_at = ?, attempts = ?
                   WHERE id = ?""",
                [target, stamp(self._clock()), due.attempts + 1, due.id],
            )
            settled.followed = [due.id]
            return
        if due.kind is Kind.PART:
            self._frontier.mark(due.id, State.FAILED, f"redirects to {identity}")
            return
        kind = Kind.ARTICLE if due.kind is Kind.HOME else due.kind
        added = None
        if kind in (Kind.SOURCE, Kind.IMAGE) or form not in (Form.NEVER, Form.HOME):
            added = self._frontier.add(Link(url=target, kind=kind), due.url, run_id)
        if due.article_id is not None:
            # It already stands for an article of its own: WordPress guesses where a dead URL
            # may have meant to go, and may guess a stranger's address.
            self._frontier.mark(due.id, State.STORED, f"redirected to {identity}")
            self._articles.redirected(due.article_id, due.url, identity)
            if added is not None and added.is_new:
                settled.followed = [added.row_id]
            return
        if added is None or added.row_id == due.id:
            self._frontier.mark(due.id, State.SKIPPED, f"redirects to {target}")
            return
        role = role_of(due.url)
        self._db.execute(
            """UPDATE urls SET state = 'stored', reason = ?, same_as = ?, role = ?,
                   listing_key = NULL,
                   article_id = (SELECT article_id FROM urls WHERE id = ?)
               WHERE id = ?""",
            [
                f"redirects to {identity}",
                added.row_id,
                Role.REDIRECT if role is Role.ALIAS else role,
                added.row_id,
                due.id,
            ],
        )
        settled.followed = [added.row_id]

    def _store_article(
        self,
        due: Due,
        outcome: Outcome,
        captures: Sequence[int],
        run_id: int,
        settled: Settled,
        *,
        is_live: bool = True,
    ) -> None:
        assert outcome.reading is not None
        first = self._first_page(due)
        claim = self._believable(outcome.canonical)
        now = stamp(self._clock())
        sighting = Sighting(
            asked=first.url,
            known_as=first.article_id,
            claim=claim,
            captures=captures,
            seen_at=outcome.capture.fetched_at if outcome.capture else now,
            run_id=run_id,
            now=now,
            is_live=is_live,
        )
        stored = self._articles.store(outcome.reading, sighting)
        settled.article_id, settled.effect = stored.article_id, stored.effect
        if stored.effect is Effect.WITHHELD:
            self._withhold(stored.article_id, first)
            return
        if stored.effect is Effect.UNCHANGED:
            for capture in captures:
                self._db.execute("UPDATE captures SET repeats = 1 WHERE id = ?", [capture])
        own_url = outcome.reading.article.url
        self._db.execute(
            """UPDATE urls SET state = 'stored', reason = NULL, article_id = :article, role = :role
               WHERE id = :id AND (state <> 'stored' OR reason IS NOT NULL
                   OR article_id IS NOT :article OR role IS NOT :role)""",
            {
                "article": stored.article_id,
                "role": Role.CANONICAL if first.url == own_url else role_of(first.url),
                "id": first.id,
            },
        )
        if claim is not None and claim != first.url:
            link = Link(url=claim, kind=Kind.ARTICLE)
            added = self._frontier.add(link, first.url, run_id)
            if added is not None:
                settled.followed.append(added.row_id)
        is_as_before = stored.effect is Effect.UNCHANGED and first.article_id == stored.article_id
        if not is_as_before or due.part_of is not None or claim not in (None, first.url):
            self._point_at_article(stored.article_id, first.id, own_url)

    def _add_leads(
        self, due: Due, outcome: Outcome, run_id: int, goes_on_from: int, settled: Settled
    ) -> None:
        withheld = self._leads.add(due, outcome, run_id, goes_on_from, settled)
        if withheld is not None:
            self._withhold(withheld, due)

    def _withhold(self, article_id: int, page: Due) -> None:
        """Another address of an article that was taken down: not to be asked for again. Its
        captures are the article's, for the time when it is erased."""
        self._point_at_article(article_id, page.id, page.url)
        self._traces.shut(self._traces.pages(article_id))

    def _first_page(self, due: Due) -> Due:
        """The row an article is known by: of a part, that of the article's first page."""
        if due.part_of is None:
            return due
        row = self._db.execute(
            "SELECT id, url, article_id FROM urls WHERE id = ?", [due.part_of]
        ).fetchone()
        return Due(id=row[0], url=row[1], kind=Kind.ARTICLE, article_id=row[2])

    def _believable(self, claim: str | None) -> str | None:
        """A page's rel=canonical is a claim: believed only if it may be an article of the site."""
        if claim is None or not self._urls.on_site(claim):
            return None
        identity = self._urls.canonical(claim)
        return identity if self._urls.form(identity).form is Form.ARTICLE else None

    def _point_at_article(self, article_id: int, row_id: int, own_url: str) -> None:
        """Let every address of an article find it: its other spellings, redirects and parts."""
        self._db.execute(
            """WITH RECURSIVE same (id) AS (
                   VALUES (:row)
                   UNION SELECT id FROM urls WHERE url = :own
                   UNION SELECT u.id FROM urls AS u JOIN same ON u.same_as = same.id
                   UNION SELECT u.id FROM urls AS u JOIN same ON u.part_of = same.id
               )
               UPDATE urls SET article_id = :article
               WHERE id IN (SELECT id FROM same) AND article_id IS NOT :article""",
            {"row": row_id, "own": own_url, "article": article_id},
        )
