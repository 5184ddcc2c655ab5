"""Which article of the other archive is which of ours."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from borneone_crawler.archive.articles.addresses import identity_digest, spare_address
from borneone_crawler.archive.merging.report import Conflict

# What may be the same article, the surest first: the same rules by which a crawl knows an article
# again (Articles), with all addresses of the other archive's article in place of the one asked.
_CANDIDATES = """
WITH
address (url) AS (
    SELECT :url
    UNION
    SELECT url FROM other.urls
    WHERE article_id = :id AND kind = 'article' AND role IS NOT 'redirect'
),
known (article_id, sureness) AS (
    SELECT id, 1 FROM main.articles WHERE url = :url
    UNION ALL
    SELECT id, 2 FROM main.articles WHERE post_id = :post_id AND date_published = :date_published
    UNION ALL
    SELECT article_id, 3 FROM main.takedowns
    WHERE identity = :identity OR EXISTS (
        SELECT 1 FROM other.revisions AS v
        CROSS JOIN other.readings AS r CROSS JOIN json_each(digests) AS sealed
        WHERE v.article_id = :id AND r.revision_id = v.id
            AND r.content_digest = sealed.value ->> '$.content_digest')
    UNION ALL
    SELECT id, 4 FROM main.articles
    WHERE url = :shortlink
        AND coalesce(date_published = :date_published, 1)
    UNION ALL
    SELECT a.id, 5 FROM main.articles AS a JOIN address USING (url)
    UNION ALL
    SELECT u.article_id, 6 FROM main.urls AS u JOIN address USING (url)
    WHERE u.article_id IS NOT NULL AND u.kind = 'article' AND u.role IS NOT 'redirect'
)
SELECT min(k.sureness) AS sureness, a.id AS ours
FROM known AS k JOIN main.articles AS a ON a.id = k.article_id
WHERE a.post_id IS NULL OR :post_id IS NULL OR a.post_id = :post_id
GROUP BY a.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One article of the other archive, and ours."""

    theirs: int
    ours: int | None
    """None: it is not here."""
    down_here: bool
    """It was taken down here, withheld or erased."""
    down_there: bool


def pairs(database: Database, conflicts: list[Conflict]) -> list[Pair]:
    """Every article of the other archive with ours, in the other's order; none of ours twice.
    Adds to `conflicts` where one looks like another of ours and is not taken for it."""
    rows = list(database.query("SELECT id, url, post_id, date_published FROM other.articles"))
    candidates = [
        (found["sureness"], row["id"], found["ours"])
        for row in rows
        for found in database.query(_CANDIDATES, _asked(row))
    ]
    ours: dict[int, int] = {}
    taken: set[int] = set()
    for _, theirs_id, ours_id in sorted(candidates):
        if theirs_id not in ours and ours_id not in taken:
            ours[theirs_id] = ours_id
            taken.add(ours_id)
    return list(_decided(database, rows, ours, candidates, conflicts))


def _asked(row: dict[str, Any]) -> dict[str, Any]:
    post_id, date = row["post_id"], row["date_published"]
    shortlink = None if post_id is None else spare_address(row["url"], post_id, 0)
    return row | {"identity": identity_digest(post_id, date), "shortlink": shortlink}


def _decided(
    database: Database,
    rows: list[dict[str, Any]],
    ours: dict[int, int],
    candidates: list[tuple[int, int, int]],
    conflicts: list[Conflict],
) -> Iterator[Pair]:
    down_here = {row[0] for row in database.execute("SELECT article_id FROM main.takedowns")}
    down_there = {row[0] for row in database.execute("SELECT article_id FROM other.takedowns")}
    contested = {theirs for _, theirs, _ in candidates}
    for row in sorted(rows, key=lambda one: int(one["id"])):
        ours_id = ours.get(row["id"])
        if ours_id is None:
            if row["id"] in contested:
                conflicts.append(
                    Conflict(row["url"], "two articles there are one here: it is kept apart")
                )
            conflicts.extend(_alike(database, row))
        yield Pair(
            theirs=row["id"],
            ours=ours_id,
            down_here=ours_id in down_here,
            down_there=row["id"] in down_there,
        )


def _alike(database: Database, row: dict[str, Any]) -> Iterator[Conflict]:
    """Articles of ours that share something with one that is none of them."""
    found = database.query(
        """SELECT url, post_id, date_published FROM main.articles
           WHERE url = :url OR post_id = :post_id""",
        row,
    )
    for ours in found:
        if ours["url"] == row["url"]:
            reason = f"another post has this address here: {ours['post_id']}, not {row['post_id']}"
        else:
            reason = (
                f"post {row['post_id']} is {ours['url']} here, of {ours['date_published']}, not "
                f"of {row['date_published']}: both are kept"
            )
        yield Conflict(row["url"], reason)
