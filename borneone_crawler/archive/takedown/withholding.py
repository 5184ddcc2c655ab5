"""Withholds an article that is taken down: out of every table people ask, and back again."""

import json
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from borneone_crawler.archive.articles.addresses import identity_digest
from borneone_crawler.archive.articles.current import CurrentState
from borneone_crawler.archive.articles.revisions import Revisions
from borneone_crawler.archive.articles.stored import canonical_json, digest
from borneone_crawler.archive.articles.traces import Traces
from borneone_crawler.archive.clock import Clock, stamp
from borneone_crawler.archive.duplicates.comparing import forget
from borneone_crawler.archive.frontier.frontier import TAKEN_DOWN
from borneone_crawler.archive.ledger import Event, Ledger
from borneone_crawler.archive.takedown.around import Around
from borneone_crawler.archive.takedown.wiping import overwrite_what_is_deleted
from borneone_crawler.items import State
from borneone_crawler.statuses import Status, Stop

# The readings that are meant come as a JSON array of their ids.
_WITHHOLD = (
    """INSERT INTO withheld (reading_id, article, sources, flags, removals)
       SELECT
           id, article, sources, flags,
           (SELECT json_group_array(json_object('rule', rule, 'text', text)) FROM (
               SELECT rule, text FROM removals WHERE reading_id = readings.id ORDER BY position))
       FROM readings WHERE id IN (SELECT value FROM json_each(:readings))""",
    """UPDATE readings SET article = '{}', sources = '{}', flags = '[]'
       WHERE id IN (SELECT value FROM json_each(:readings))""",
    "DELETE FROM removals WHERE reading_id IN (SELECT value FROM json_each(:readings))",
)
_RESTORE = (
    """UPDATE readings SET (article, sources, flags) = (
           SELECT article, sources, flags FROM withheld WHERE reading_id = readings.id)
       WHERE id IN (SELECT reading_id FROM withheld
                    WHERE reading_id IN (SELECT value FROM json_each(:readings)))""",
    """INSERT INTO removals (reading_id, position, rule, text)
       SELECT reading_id, cut.key + 1, cut.value ->> '$.rule', cut.value ->> '$.text'
       FROM withheld, json_each(withheld.removals) AS cut
       WHERE reading_id IN (SELECT value FROM json_each(:readings))""",
)
_FORGET = "DELETE FROM withheld WHERE reading_id IN (SELECT value FROM json_each(:readings))"

# The article that is meant comes as its number.
_WITHHOLD_DUMPS = "UPDATE dumps SET withheld = text, text = NULL WHERE article_id = ?"
_RESTORE_DUMPS = "UPDATE dumps SET text = withheld, withheld = NULL WHERE article_id = ?"

_DIGESTS = """
SELECT v.n, r.id, r.content_digest, r.article
FROM readings AS r JOIN revisions AS v ON v.id = r.revision_id
WHERE v.article_id = ? ORDER BY r.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """What was taken down, in numbers."""

    revisions: int
    readings: int
    addresses: int
    pictures: int


class Takedowns:
    """Each method is one transaction of its own."""

    def __init__(
        self,
        database: Database,
        current: CurrentState,
        around: Around,
        revisions: Revisions,
        ledger: Ledger,
        traces: Traces,
        clock: Clock,
    ) -> None:
        self._db = database
        self._current = current
        self._around = around
        self._revisions = revisions
        self._ledger = ledger
        self._traces = traces
        self._clock = clock

    def withhold(self, article_id: int, reason: str) -> Withheld:
        """Move all text and fields of an article into the table `withheld`, and have none of its
        addresses and pictures asked for again. It must not be withheld yet."""
        overwrite_what_is_deleted(self._db)
        with self._db.atomic():
            article = self._article(article_id)
            digests = self._digests(article_id)
            pages = self._traces.pages(article_id)
            pictures = self._traces.pictures(article_id)
            for statement in _WITHHOLD:
                self._db.execute(statement, {"readings": self._readings(article_id)})
            self._db.execute(_WITHHOLD_DUMPS, [article_id])
            forget(self._db, article_id)
            around = self._around.take(article_id, [*pages, *pictures])
            self._db.execute(
                "UPDATE withheld SET around = ? WHERE reading_id = ?",
                [around, article["reading_id"]],
            )
            self._traces.shut([*pages, *pictures])
            self._db.table("takedowns").insert(
                {
                    "article_id": article_id,
                    "url": article["url"],
                    "at": stamp(self._clock()),
                    "reason": reason,
                    "identity": identity_digest(article["post_id"], article["date_published"]),
                    "digests": canonical_json(digests),
                }
            )
            self._ledger.append(Event.TAKEDOWN, article["url"])
            # The words of deleted texts stay in the index until its segments are merged.
            self._db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('optimize')")
        return Withheld(
            revisions=len({each["n"] for each in digests}),
            readings=len(digests),
            addresses=len(pages),
            pictures=len(pictures),
        )

    def restore(self, article_id: int) -> None:
        """Put everything back as it was. Raises Stop USAGE when it is erased, or half so,
        or not in this copy."""
        self._refuse_what_is_erased(article_id)
        self._refuse_what_was_left_out(article_id)
        overwrite_what_is_deleted(self._db)
        with self._db.atomic():
            article = self._article(article_id)
            readings = {"readings": self._readings(article_id)}
            for statement in _RESTORE:
                self._db.execute(statement, readings)
            self._db.execute(_RESTORE_DUMPS, [article_id])
            self._show_again(article_id, article)
            self._ask_again(article_id)
            self._db.execute(_FORGET, readings)
            self._db.execute("DELETE FROM takedowns WHERE article_id = ?", [article_id])
            self._ledger.append(Event.RESTORED, article["url"])

    def _show_again(self, article_id: int, article: dict[str, Any]) -> None:
        packed = self._db.execute(
            "SELECT around FROM withheld WHERE reading_id = ?", [article["reading_id"]]
        ).fetchone()
        if packed is not None and packed[0] is not None:
            self._around.put_back(article_id, packed[0])
            return
        # A takedown that came with another archive: what the reading says is all there is.
        reading = self._revisions.reading(article["reading_id"])
        reading.article.url = article["url"]
        self._current.show(article_id, reading)

    def _ask_again(self, article_id: int) -> None:
        """What was met of it since the takedown: from now on these rows are candidates."""
        rows = [*self._traces.pages(article_id), *self._traces.pictures(article_id)]
        self._db.execute(
            """UPDATE urls SET
                   state = iif(same_as IS NULL, :pending, :skipped),
                   reason = iif(same_as IS NULL, NULL, 'another spelling'),
                   next_at = iif(same_as IS NULL, :now, NULL)
               WHERE id IN (SELECT value FROM json_each(:rows)) AND reason = :taken_down""",
            {
                "pending": State.PENDING,
                "skipped": State.SKIPPED,
                "now": stamp(self._clock()),
                "rows": json.dumps(rows),
                "taken_down": TAKEN_DOWN,
            },
        )

    def _refuse_what_is_erased(self, article_id: int) -> None:
        erased = self._db.execute(
            """SELECT 1 FROM takedowns WHERE article_id = :article AND erased_at IS NOT NULL
               UNION ALL
               SELECT 1 FROM reading_captures AS x JOIN captures AS c ON c.id = x.capture_id
               WHERE c.dropped = 'erased'
                   AND x.reading_id IN (SELECT value FROM json_each(:readings))""",
            {"article": article_id, "readings": self._readings(article_id)},
        ).fetchone()
        if erased is not None:
            raise Stop(Status.USAGE, "it has been erased, or partly so, and cannot be put back")

    def _refuse_what_was_left_out(self, article_id: int) -> None:
        """Of a copy for others, or what was merged from one."""
        lacking = self._db.execute(
            """SELECT 1 FROM json_each(?) AS r
               WHERE r.value NOT IN (SELECT reading_id FROM withheld)""",
            [self._readings(article_id)],
        ).fetchone()
        if lacking is not None:
            raise Stop(
                Status.USAGE,
                "its text was left out of the copy that this archive comes from: it cannot be put "
                "back here",
            )

    def _article(self, article_id: int) -> dict[str, Any]:
        (row,) = self._db.query(
            "SELECT url, post_id, date_published, reading_id FROM articles WHERE id = ?",
            [article_id],
        )
        return dict(row)

    def _readings(self, article_id: int) -> str:
        ids = self._db.execute(
            """SELECT r.id FROM readings AS r JOIN revisions AS v ON v.id = r.revision_id
               WHERE v.article_id = ?""",
            [article_id],
        )
        return json.dumps([row[0] for row in ids.fetchall()])

    def _digests(self, article_id: int) -> list[dict[str, object]]:
        """What proves each reading without its text."""
        return [
            {
                "n": row["n"],
                "content_digest": row["content_digest"],
                "reading_digest": digest(row["article"]),
                "capture_digests": self._revisions.made_from(row["id"]),
            }
            for row in self._db.query(_DIGESTS, [article_id])
        ]
