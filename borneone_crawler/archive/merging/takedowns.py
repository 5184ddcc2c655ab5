"""Articles that were taken down, here or there: their texts stay where they are."""

import json

from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.articles.stored import canonical_json
from borneone_crawler.archive.merging.captures import copy_captures
from borneone_crawler.archive.merging.dumps import dump_here
from borneone_crawler.archive.merging.pairs import Pair
from borneone_crawler.archive.merging.report import Conflict, Merged
from borneone_crawler.archive.merging.states import states
from borneone_crawler.archive.sqlite.rows import copied

BARRED = """
INSERT INTO temp.barred (id)
WITH
picture (url, down) AS (
    SELECT picture.value ->> '$.url', p.down
    FROM temp.pairs AS p
    JOIN other.revisions AS v ON v.article_id = p.theirs
    JOIN other.readings AS r ON r.revision_id = v.id,
        json_each(r.article, '$.images') AS picture
    WHERE EXISTS (SELECT 1 FROM temp.pairs WHERE down) AND json_valid(r.article)
)
SELECT u.id FROM other.urls AS u JOIN temp.pairs AS p ON p.theirs = u.article_id WHERE p.down
UNION
SELECT u.id FROM other.urls AS u JOIN main.urls AS ours USING (url)
WHERE ours.reason = 'taken down'
UNION
SELECT u.id FROM other.urls AS u
WHERE u.kind = 'image' AND u.url IN (SELECT url FROM picture WHERE down)
    AND u.url NOT IN (SELECT url FROM picture WHERE NOT down)
"""
"""Rows of the other frontier that are of an article that was taken down here: its addresses, and
the pictures that only it shows."""


class TakedownMerge:
    """Keeps down what is down. Transactions are the caller's."""

    def __init__(self, archive: Archive, merged: Merged) -> None:
        self._archive = archive
        self._db = archive.db
        self._merged = merged

    def take_in(self, pair: Pair) -> int | None:
        """What a takedown on either side means for an article. Returns its id here."""
        (url,) = self._db.execute(
            "SELECT url FROM other.articles WHERE id = ?", [pair.theirs]
        ).fetchone()
        if pair.ours is None:
            return self._tombstone(pair.theirs)
        if pair.down_here:
            stays_out = self._keep_out(pair.ours, pair.theirs)
            if stays_out and not pair.down_there:
                reason = f"taken down here: {stays_out} readings of it stay out"
                self._merged.conflicts.append(Conflict(url, reason))
            if self._erased("other", pair.theirs) and not self._erased("main", pair.ours):
                reason = f"erased there, only withheld here: scrapy takedown {url} --erase"
                self._merged.conflicts.append(Conflict(url, reason))
        else:
            (reason,) = self._db.execute(
                "SELECT reason FROM other.takedowns WHERE article_id = ?", [pair.theirs]
            ).fetchone()
            self._merged.conflicts.append(
                Conflict(
                    url, f"taken down there ({reason}), still shown here: scrapy takedown {url}"
                )
            )
        return pair.ours

    def _erased(self, schema: str, article_id: int) -> bool:
        row = self._db.execute(
            f"SELECT erased_at FROM {schema}.takedowns WHERE article_id = ?",  # noqa: S608
            [article_id],
        ).fetchone()
        return row is not None and row[0] is not None

    def _keep_out(self, article_id: int, theirs: int) -> int:
        """Write the digests of what stays out to the tombstone: the chain that came in names
        them. Returns how many readings there are."""
        (text,) = self._db.execute(
            "SELECT digests FROM takedowns WHERE article_id = ?", [article_id]
        ).fetchone()
        digests = json.loads(text)
        known = {one["reading_digest"] for one in digests}
        rows = states(self._db, "other", theirs)
        held = [(state.n, reading) for state in rows for reading in state.readings]
        new = [
            {
                "n": n,
                "content_digest": reading.content_digest,
                "reading_digest": reading.reading_digest,
                "capture_digests": self._capture_digests(reading.id),
            }
            for n, reading in held
            if reading.reading_digest not in known and not self._is_withheld_there(reading.id)
        ]
        if new:
            self._db.execute(
                "UPDATE takedowns SET digests = ? WHERE article_id = ?",
                [canonical_json(digests + new), article_id],
            )
        return len(held)

    def _capture_digests(self, reading_id: int) -> list[str]:
        rows = self._db.execute(
            """SELECT c.digest FROM other.reading_captures AS x
               JOIN other.captures AS c ON c.id = x.capture_id
               WHERE x.reading_id = :id
               UNION ALL
               SELECT d.sha256 FROM other.readings AS r JOIN other.dumps AS d ON d.id = r.dump_id
               WHERE r.id = :id""",
            {"id": reading_id},
        )
        return [str(row[0]) for row in rows.fetchall()]

    def _is_withheld_there(self, reading_id: int) -> bool:
        row = self._db.execute("SELECT 1 FROM other.withheld WHERE reading_id = ?", [reading_id])
        return row.fetchone() is not None

    def _tombstone(self, theirs: int) -> int | None:
        """What was taken down there and is not known here comes in as it stands there: empty,
        its texts withheld or gone."""
        taken = self._db.execute(
            """SELECT 1 FROM articles WHERE url = (SELECT url FROM other.articles WHERE id = ?)""",
            [theirs],
        ).fetchone()
        if taken is not None:
            return None  # another article has its address: that conflict is told already
        article_id = copied(
            self._db, "articles", theirs, revision_id=None, reading_id=None, compared=None
        )
        shown = self._db.execute(
            "SELECT revision_id, reading_id FROM other.articles WHERE id = ?", [theirs]
        ).fetchone()
        for revision_id, counting in self._db.execute(
            "SELECT id, reading_id FROM other.revisions WHERE article_id = ? ORDER BY n", [theirs]
        ).fetchall():
            copy_id = copied(
                self._db, "revisions", revision_id,
                article_id=article_id, run_id=self._archive.run_id, reading_id=None,
            )  # fmt: skip
            self._readings(revision_id, copy_id, counting)
            if revision_id == shown[0]:
                self._db.execute(
                    """UPDATE articles SET revision_id = ?, reading_id = (
                           SELECT reading_id FROM revisions WHERE id = ?)
                       WHERE id = ?""",
                    [copy_id, copy_id, article_id],
                )
        self._db.execute(
            f"""INSERT INTO takedowns ({_TOMBSTONE}) SELECT {_TOMBSTONE.replace("article_id", "?")}
                FROM other.takedowns WHERE article_id = ?""",  # noqa: S608
            [article_id, theirs],
        )
        self._merged.takedowns += 1
        return article_id

    def _readings(self, revision_id: int, copy_id: int, counting: int | None) -> None:
        for (reading_id,) in self._db.execute(
            "SELECT id FROM other.readings WHERE revision_id = ? ORDER BY id", [revision_id]
        ).fetchall():
            new_id = copied(
                self._db, "readings", reading_id,
                revision_id=copy_id, run_id=self._archive.run_id,
                dump_id=dump_here(self._db, reading_id),
            )  # fmt: skip
            copy_captures(self._db, reading_id, new_id)
            self._db.execute(
                """INSERT INTO withheld (reading_id, article, sources, flags, removals, around)
                   SELECT ?, article, sources, flags, removals, around FROM other.withheld
                   WHERE reading_id = ?""",
                [new_id, reading_id],
            )
            if reading_id == counting:
                self._db.execute(
                    "UPDATE revisions SET reading_id = ? WHERE id = ?", [new_id, copy_id]
                )


_TOMBSTONE = "article_id, url, at, reason, identity, erased_at, digests"
