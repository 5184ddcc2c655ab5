"""Brings the states of one article that another archive saw among those that are held here."""

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, field

from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.articles.stored import content_digest, reading_from
from borneone_crawler.archive.ledger import Event
from borneone_crawler.archive.merging.captures import copy_captures
from borneone_crawler.archive.merging.chains import Seals
from borneone_crawler.archive.merging.dumps import dump_here
from borneone_crawler.archive.merging.report import Conflict, Merged
from borneone_crawler.archive.merging.states import ArticleState, Held, Likeness, states
from borneone_crawler.archive.sqlite.rows import copied


@dataclass(slots=True)
class Placed:
    """Where the states of one article went."""

    at: dict[int, int] = field(default_factory=dict)
    """Revision there -> revision here."""
    added: bool = False
    """There was one that was not held."""


class History:
    """Copies revisions and readings as they are, each with its time, its captures and what was
    cut. Transactions are the caller's."""

    def __init__(
        self,
        archive: Archive,
        likeness: Likeness,
        merged: Merged,
        seals: Seals,
    ) -> None:
        self._archive = archive
        self._db = archive.db
        self._likeness = likeness
        self._merged = merged
        self._seals = seals
        self._seal_all = False

    def sound(self, theirs: int, url: str) -> list[ArticleState]:
        """The states that the other archive can vouch for."""
        found = states(self._db, "other", theirs)
        for state in found:
            for reading in list(state.readings):
                if self._seals.vouched_for(reading.seal) and self._is_of_form(reading):
                    continue
                state.readings.remove(reading)
                self._merged.conflicts.append(
                    Conflict(
                        url,
                        f"a reading of {state.seen_at} there is not as an entry of its ledger "
                        "seals it: it was changed, and stays out",
                    )
                )
        return [state for state in found if state.readings]

    def _is_of_form(self, reading: Held) -> bool:
        """Whether somebody else's reading can be read back, and is the content that it says."""
        (row,) = self._db.query("SELECT * FROM other.readings WHERE id = ?", [reading.id])
        try:
            read = reading_from(row, [])
            if row["dump_id"] is not None and dump_here(self._db, reading.id) is None:
                return False
            return isinstance(read.flags, list) and (
                content_digest(read.article) == reading.content_digest
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return False

    def take_in(
        self,
        article_id: int,
        url: str,
        theirs: Sequence[ArticleState],
        *,
        seal: bool = False,
    ) -> Placed:
        """Add what is not held yet; with `seal` each reading gets an entry of our own chain,
        whatever other chains say of it."""
        self._seal_all = seal
        held = states(self._db, "main", article_id)
        ours, is_new = list(held), not held
        placed = Placed()
        for position, state in enumerate(theirs):
            same = self._exactly(ours, state)
            if same is not None:
                self._add_readings(same, state, url)
                self._count_later(same, state)
                placed.at[state.id] = same.id
                continue
            then = theirs[position + 1].seen_at if position + 1 < len(theirs) else None
            same = None if is_new else self._neighbour(held, ours, state, then)
            if same is not None:
                supersedes = same.is_dump and not state.is_dump
                self._add_readings(same, state, url)
                if supersedes:
                    self._count(same, same.like(state.counts), state.read_with)
                    placed.added = True
                placed.at[state.id] = same.id
                continue
            if any(one.seen_at == state.seen_at for one in ours):
                self._merged.conflicts.append(
                    Conflict(url, f"both saw different content at {state.seen_at}: both are kept")
                )
            new = self._add(article_id, state, url)
            insort(held, new, key=lambda one: (one.seen_at, one.n))
            placed.at[state.id] = new.id
            placed.added = True
        return placed

    def _exactly(self, ours: Sequence[ArticleState], state: ArticleState) -> ArticleState | None:
        """The very same revision, from a history that both share; that of a text dump is so
        whenever it was taken in."""
        for one in ours:
            at_once = one.seen_at == state.seen_at or state.is_dump
            if at_once and any(one.has(each) for each in state.readings):
                return one
        return None

    def _neighbour(
        self,
        held: Sequence[ArticleState],
        ours: Sequence[ArticleState],
        state: ArticleState,
        then: str | None,
    ) -> ArticleState | None:
        """The state of ours that this one is another sighting of: the one that was current then,
        or the one we saw next, unless it (`then`) changed once more before that."""
        until = [one for one in held if one.seen_at <= state.seen_at][-1:]
        after = [one for one in held if one.seen_at > state.seen_at][:1]
        if then is not None and after and then <= after[0].seen_at:
            after = []
        for one in (*until, *after):
            if one in ours and self._likeness.same(one, state):
                return one
        return None

    def _add(self, article_id: int, state: ArticleState, url: str) -> ArticleState:
        n = self._db.execute(
            "SELECT count(*) + 1 FROM revisions WHERE article_id = ?", [article_id]
        ).fetchone()[0]
        revision_id = copied(
            self._db, "revisions", state.id,
            article_id=article_id, n=n, run_id=self._archive.run_id, reading_id=None,
        )  # fmt: skip
        self._merged.revisions += 1
        copy = ArticleState(
            id=revision_id, n=n, seen_at=state.seen_at, read_with=state.read_with, counting=0
        )
        self._add_readings(copy, state, url)
        self._count(copy, copy.like(state.counts), state.read_with)
        return copy

    def _add_readings(self, ours: ArticleState, theirs: ArticleState, url: str) -> None:
        for reading in theirs.readings:
            if ours.has(reading):
                continue
            first = not ours.readings
            reading_id = self._copy(ours.id, reading)
            ours.readings.append(
                Held(
                    id=reading_id,
                    reader_version=reading.reader_version,
                    read_at=reading.read_at,
                    content_digest=reading.content_digest,
                    reading_digest=reading.reading_digest,
                    is_dump=reading.is_dump,
                )
            )
            self._merged.readings += 1
            # Taken for a reading of a state that we saw at another time: an entry says so.
            if (
                self._seal_all
                or ours.seen_at != theirs.seen_at
                or self._seals.missing(reading.seal, ours.seen_at)
            ):
                new = Event.NEW if ours.n == 1 else Event.REVISION
                self._archive.revisions.seal(new if first else Event.READING, reading_id, url)
                self._seals.here.add(reading.seal)

    def _copy(self, revision_id: int, reading: Held) -> int:
        reading_id = copied(
            self._db, "readings", reading.id,
            revision_id=revision_id, run_id=self._archive.run_id,
            dump_id=dump_here(self._db, reading.id),
        )  # fmt: skip
        self._db.execute(
            """INSERT INTO removals (reading_id, position, rule, text)
               SELECT ?, position, rule, text FROM other.removals WHERE reading_id = ?""",
            [reading_id, reading.id],
        )
        copy_captures(self._db, reading.id, reading_id)
        return reading_id

    def _count_later(self, ours: ArticleState, theirs: ArticleState) -> None:
        """Of one revision that both archives have read again, the later reading counts; that of a
        text dump never where there is one of a page."""
        if theirs.is_dump > ours.is_dump or theirs.counts.read_at <= ours.counts.read_at:
            return
        counts = ours.like(theirs.counts)
        if counts.id != ours.counting:
            self._count(ours, counts, theirs.read_with)
            self._merged.changes += 1

    def _count(self, state: ArticleState, reading: Held, read_with: str) -> None:
        self._db.execute(
            "UPDATE revisions SET reading_id = ?, read_with = ? WHERE id = ?",
            [reading.id, read_with, state.id],
        )
        state.counting, state.read_with = reading.id, read_with
