"""What each source shows, and how the machines' lists do: tables `shown` and `sources`."""

from dataclasses import dataclass

from sqlite_utils import Database

from borneone_crawler.archive.clock import Clock, stamp
from borneone_crawler.items import Link, Source, SourceState

MOST_LOST = 20
"""Articles that a source may show no more at once, and MOST_LOST_SHARE of all; of more the source
is the reason, not the newsroom."""
MOST_LOST_SHARE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a machine's list does."""

    state: SourceState
    checked_at: str
    complete_at: str | None
    """When it was read from end to end last; times are UTC."""


class Sources:
    """Notes what sources show and how they do. Transactions are the caller's."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._db = database
        self._clock = clock

    def show(self, row_id: int, link: Link, source: Source, place: str) -> None:
        """An address is shown by a source. `place`: the slug of the category whose listing it
        is, '' for other sources."""
        self._db.execute(
            """INSERT INTO shown
                   (url_id, source, place, post_id, published_at, modified_at, first_at, last_at)
               VALUES (:row, :source, :place, :post_id, :published, :modified, :now, :now)
               ON CONFLICT DO UPDATE SET
                   post_id = coalesce(excluded.post_id, post_id),
                   published_at = coalesce(excluded.published_at, published_at),
                   modified_at = coalesce(excluded.modified_at, modified_at),
                   last_at = excluded.last_at, until_at = NULL""",
            {
                "row": row_id,
                "source": source,
                "place": place,
                "post_id": link.post_id,
                "published": link.published,
                "modified": link.modified,
                "now": stamp(self._clock()),
            },
        )

    def is_shown_whole(self, row_id: int) -> bool:
        """Whether a source that names every article shows this address."""
        row = self._db.execute(
            """SELECT 1 FROM shown WHERE url_id = ? AND +source IN ('rest', 'sitemap')
               AND until_at IS NULL""",  # +: the few rows of an address are looked through
            [row_id],
        ).fetchone()
        return row is not None

    def is_shown(self, row_id: int) -> bool:
        """Whether any source, listings included, shows this address as that of an article."""
        row = self._db.execute(
            "SELECT 1 FROM shown WHERE url_id = ? AND until_at IS NULL", [row_id]
        ).fetchone()
        return row is not None

    def show_any(self) -> bool:
        """Whether any source has ever shown an article."""
        return bool(self._db.execute("SELECT EXISTS (SELECT 1 FROM shown)").fetchone()[0])

    def has_listed(self, place: str) -> bool:
        """Whether the listing of a category, by its slug, has ever shown an article."""
        row = self._db.execute(
            "SELECT 1 FROM shown WHERE source = 'listing' AND place = ? LIMIT 1", [place]
        ).fetchone()
        return row is not None

    def note(self, source: Source, state: SourceState, total: int | None = None) -> None:
        """How a machine's list did when it was asked now."""
        self._db.execute(
            """INSERT INTO sources (source, state, checked_at, worked_at, total)
               VALUES (:source, :state, :now, iif(:state = 'works', :now, NULL), :total)
               ON CONFLICT DO UPDATE SET
                   state = excluded.state, checked_at = excluded.checked_at,
                   worked_at = coalesce(excluded.worked_at, worked_at),
                   total = coalesce(excluded.total, total)""",
            {"source": source, "state": state, "total": total, "now": stamp(self._clock())},
        )

    def complete(self, source: Source, since: str) -> list[int]:
        """A source was read from end to end, `since` then. Returns the rows that it showed
        before and shows no more; none when they are too many to be believed."""
        now = stamp(self._clock())
        held, lost = self._db.execute(
            """SELECT count(*), coalesce(sum(last_at < :since), 0) FROM shown
               WHERE source = :source AND until_at IS NULL""",
            {"source": source, "since": since},
        ).fetchone()
        believed = lost <= max(MOST_LOST, held * MOST_LOST_SHARE)
        rows = self._db.execute(
            """UPDATE shown SET until_at = :now
               WHERE :believed AND source = :source AND until_at IS NULL AND last_at < :since
               RETURNING url_id""",
            {"now": now, "believed": believed, "source": source, "since": since},
        ).fetchall()
        surplus = f"total - {_SHOWN}" if believed else "surplus"
        self._db.execute(
            f"UPDATE sources SET complete_at = ?, surplus = {surplus} WHERE source = ?",  # noqa: S608
            [now, source],
        )
        return [row[0] for row in rows]

    def standing(self, source: Source) -> Standing | None:
        """How a machine's list does; None when it was never asked."""
        row = self._db.execute(
            "SELECT state, checked_at, complete_at FROM sources WHERE source = ?", [source]
        ).fetchone()
        if row is None:
            return None
        return Standing(state=SourceState(row[0]), checked_at=row[1], complete_at=row[2])

    def works(self, source: Source) -> bool:
        """Whether a machine's list worked when it was asked last."""
        held = self.standing(source)
        return held is not None and held.state is SourceState.WORKS

    def miscounts(self, source: Source) -> bool:
        """Whether a source must have changed where it was not looked through: it says another
        number of articles than it has shown, or since it was read whole another source has begun
        to show one that it has not."""
        row = self._db.execute(
            f"""SELECT total - surplus <> {_SHOWN} OR EXISTS (
                    SELECT 1 FROM shown AS other
                    WHERE other.source <> sources.source AND other.first_at > sources.complete_at
                        AND NOT EXISTS (
                            SELECT 1 FROM shown AS own
                            WHERE own.url_id = other.url_id AND own.source = sources.source
                                AND own.until_at IS NULL))
                FROM sources WHERE source = ?""",  # noqa: S608
            [source],
        ).fetchone()
        return bool(row and row[0])

    def disagree(self, since: str) -> list[str]:
        """Addresses that listings or the feed have shown `since` then and that no source which
        should name every article does."""
        rows = self._db.execute(
            """SELECT url FROM urls
               WHERE id IN (
                       SELECT url_id FROM shown
                       WHERE source IN ('listing', 'feed') AND last_at >= :since)
                   AND NOT EXISTS (
                       SELECT 1 FROM shown WHERE url_id = urls.id
                       AND source IN ('rest', 'sitemap') AND until_at IS NULL)
                   AND state IN ('pending', 'stored')
               ORDER BY id""",
            {"since": since},
        )
        return [row[0] for row in rows.fetchall()]


_SHOWN = """(
    SELECT count(*) FROM shown WHERE shown.source = sources.source AND until_at IS NULL
)"""
