"""The candidate URLs of another archive: those not known here, and what is newer of the others."""

import json

from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.frontier.frontier import TAKEN_DOWN
from borneone_crawler.archive.merging.other import Other
from borneone_crawler.archive.merging.report import Merged
from borneone_crawler.urls import SiteUrls

# temp.pairs (theirs, ours, down): articles; temp.rows (theirs, ours): rows of urls; temp.barred:
# rows of theirs that are of an article that was taken down here.

# A listing is one row by its key, whatever its address; what stands for an article that was taken
# down here is not asked for.
_NEW = """
INSERT INTO main.urls (
    url, kind, state, reason, role, listing_key, listed, ask_as, part_number, found_on, found_in,
    found_at, next_at, attempts, absences, absent_since, http_status, checked_at, etag,
    last_modified, read_with)
SELECT
    o.url, o.kind,
    CASE WHEN b.id IS NOT NULL OR k.id IS NOT NULL THEN 'skipped' ELSE o.state END,
    CASE WHEN b.id IS NOT NULL THEN :taken_down WHEN k.id IS NOT NULL THEN 'another spelling'
        ELSE o.reason END,
    o.role, CASE WHEN k.id IS NULL THEN o.listing_key END, o.listed, o.ask_as, o.part_number,
    o.found_on, :run, o.found_at, CASE WHEN k.id IS NULL AND b.id IS NULL THEN o.next_at END,
    o.attempts, o.absences, o.absent_since, o.http_status, o.checked_at, o.etag,
    o.last_modified, o.read_with
FROM other.urls AS o
LEFT JOIN main.urls AS k ON k.listing_key = o.listing_key
LEFT JOIN temp.barred AS b ON b.id = o.id
WHERE NOT EXISTS (SELECT 1 FROM main.urls AS u WHERE u.url = o.url) AND on_site(o.url)
ORDER BY o.id
"""

_ROWS = """
INSERT INTO temp.rows (theirs, ours)
SELECT o.id, coalesce(k.id, u.same_as, u.id)
FROM other.urls AS o
JOIN main.urls AS u ON u.url = o.url
LEFT JOIN main.urls AS k ON k.listing_key = o.listing_key
"""

_REFERENCES = """
UPDATE main.urls SET
    same_as = nullif(coalesce(k.id, s.ours), main.urls.id),
    part_of = f.ours, article_id = a.ours, capture_id = c.id
FROM other.urls AS o
LEFT JOIN main.urls AS k ON k.listing_key = o.listing_key AND k.url <> o.url
LEFT JOIN temp.rows AS s ON s.theirs = o.same_as
LEFT JOIN temp.rows AS f ON f.theirs = o.part_of
LEFT JOIN temp.pairs AS a ON a.theirs = o.article_id
LEFT JOIN other.captures AS t ON t.id = o.capture_id
LEFT JOIN main.captures AS c ON c.record_id = t.record_id
WHERE main.urls.url = o.url AND main.urls.id > :newest
"""

# Whoever asked last knows best; what is an article here stays one, whatever its page says now.
_NEWER = """
UPDATE main.urls SET
    kind = o.kind, role = coalesce(o.role, main.urls.role),
    state = CASE WHEN coalesce(a.ours, main.urls.article_id) IS NOT NULL AND o.state <> 'gone'
        THEN 'stored' ELSE o.state END,
    reason = o.reason, article_id = coalesce(a.ours, main.urls.article_id), part_of = f.ours,
    part_number = o.part_number, listed = o.listed, ask_as = o.ask_as, next_at = o.next_at,
    attempts = o.attempts, absences = o.absences, absent_since = o.absent_since,
    http_status = o.http_status, checked_at = o.checked_at, etag = o.etag,
    last_modified = o.last_modified, read_with = o.read_with,
    capture_id = coalesce(c.id, main.urls.capture_id)
FROM other.urls AS o
LEFT JOIN temp.rows AS f ON f.theirs = o.part_of
LEFT JOIN temp.pairs AS a ON a.theirs = o.article_id
LEFT JOIN other.captures AS t ON t.id = o.capture_id
LEFT JOIN main.captures AS c ON c.record_id = t.record_id
WHERE main.urls.url = o.url AND main.urls.same_as IS NULL AND o.same_as IS NULL
    AND o.checked_at > coalesce(main.urls.checked_at, '')
    AND main.urls.reason IS NOT :taken_down AND o.id NOT IN (SELECT id FROM temp.barred)
    AND NOT EXISTS (SELECT 1 FROM takedowns AS d WHERE d.article_id = main.urls.article_id)
"""

_ARTICLES = """
UPDATE main.urls SET
    article_id = a.ours, role = coalesce(main.urls.role, o.role),
    state = CASE WHEN main.urls.state IN ('failed', 'skipped') AND main.urls.same_as IS NULL
        THEN 'stored' ELSE main.urls.state END
FROM other.urls AS o JOIN temp.pairs AS a ON a.theirs = o.article_id
WHERE main.urls.url = o.url AND main.urls.article_id IS NULL
    AND a.ours IS NOT NULL AND NOT a.down
"""

# An article has a row at its own address, and one at the address by which the other archive's
# entries know it.
_OWN = """
UPDATE main.urls SET article_id = a.id, role = 'canonical',
    state = CASE WHEN state = 'gone' THEN state ELSE 'stored' END
FROM main.articles AS a
WHERE a.id IN (
        SELECT ours FROM temp.pairs WHERE NOT down
        UNION SELECT value FROM json_each(:moved))
    AND main.urls.url = a.url AND main.urls.article_id IS NOT a.id
"""

_OWN_NEW = """
INSERT INTO main.urls (url, kind, state, role, article_id, found_in, found_at)
SELECT a.url, 'article', 'stored', 'canonical', a.id, :run, :now
FROM main.articles AS a
WHERE a.id IN (
        SELECT ours FROM temp.pairs WHERE NOT down
        UNION SELECT value FROM json_each(:moved))
    AND NOT EXISTS (SELECT 1 FROM main.urls AS u WHERE u.url = a.url)
"""

_THEIRS_NEW = """
INSERT INTO main.urls (url, kind, state, reason, role, article_id, found_in, found_at)
SELECT o.url, 'article', 'skipped', 'another address', 'alias', p.ours, :run, :now
FROM other.articles AS o JOIN temp.pairs AS p ON p.theirs = o.id AND p.ours IS NOT NULL
WHERE NOT EXISTS (SELECT 1 FROM main.urls AS u WHERE u.url = o.url)
"""

# A page is asked for again as a whole where the capture that its validators are of did not come.
_VALIDATORS = """
UPDATE main.urls SET etag = NULL, last_modified = NULL
WHERE coalesce(etag, last_modified) IS NOT NULL
    AND capture_id IN (SELECT id FROM main.captures WHERE dropped = 'lost' AND origin = :origin)
"""

_CAPTURES = """
UPDATE main.captures SET url_id = r.ours
FROM other.captures AS o JOIN temp.rows AS r ON r.theirs = o.url_id
WHERE main.captures.record_id = o.record_id AND main.captures.url_id IS NULL
"""

# A response that the other archive had not read yet is read by our next run, in place of asking;
# one of an import, by our next import.
_WAITING = """
UPDATE main.captures SET waiting = 1
FROM other.captures AS o JOIN main.urls AS u
WHERE o.waiting = 1 AND main.captures.record_id = o.record_id AND main.captures.dropped IS NULL
    AND main.captures.waiting = 0 AND u.id = main.captures.url_id AND u.next_at IS NOT NULL
    AND coalesce(u.checked_at, '') <= o.fetched_at
    AND NOT EXISTS (SELECT 1 FROM main.captures AS w WHERE w.url_id = u.id AND w.waiting = 1)
"""

_WAITING_COPIES = """
UPDATE main.captures SET waiting = 1
FROM other.captures AS o
WHERE o.waiting = 1 AND o.origin NOT LIKE 'merge %' AND main.captures.record_id = o.record_id
    AND main.captures.run_id = :run AND main.captures.dropped IS NULL
"""

# The address of an article was found gone after whoever had the article saw it there.
_GONE = """
SELECT a.id, a.url, u.checked_at
FROM main.articles AS a JOIN main.urls AS u USING (url)
WHERE u.state = 'gone' AND u.checked_at > a.last_seen_at AND a.gone_at IS NULL AND (
    a.id IN (SELECT ours FROM temp.pairs WHERE NOT down)
    OR a.url IN (SELECT url FROM other.urls WHERE state = 'gone'))
"""


class FrontierMerge:
    """Merges `urls` and `never_asked`, when the articles are in. Transactions are the caller's."""

    def __init__(self, archive: Archive, other: Other, merged: Merged) -> None:
        self._archive = archive
        self._db = archive.db
        self._merged = merged
        self._names: dict[str, object] = {
            "run": archive.run_id, "now": archive.now, "taken_down": TAKEN_DOWN,
        }  # fmt: skip
        self._origin = other.origin

    def take_in(self, displaced: set[int]) -> None:
        """Every row, its references, and what they say of articles and captures; `displaced`:
        articles of ours that have another address by now."""
        self._names["moved"] = json.dumps(sorted(displaced))
        (site,) = self._db.execute("SELECT base_url FROM main.archive").fetchone()
        # What another program wrote into its frontier is never asked for if it is elsewhere.
        self._db.conn.create_function("on_site", 1, SiteUrls(site).on_site, deterministic=True)
        (newest,) = self._db.execute("SELECT coalesce(max(id), 0) FROM urls").fetchone()
        self._count(_NEW)
        self._db.execute("CREATE TEMP TABLE rows (theirs INTEGER PRIMARY KEY, ours INTEGER)")
        self._db.execute(_ROWS)
        self._db.execute(_REFERENCES, {"newest": newest})
        for statement in (_NEWER, _ARTICLES, _OWN, _OWN_NEW, _THEIRS_NEW):
            self._count(statement)
        self._db.execute(_VALIDATORS, {"origin": self._origin})
        self._db.execute(_CAPTURES)
        self._db.execute(_WAITING)
        self._db.execute(_WAITING_COPIES, self._names)
        self._db.execute("DROP TABLE temp.rows")
        for article_id, url, at in self._db.execute(_GONE).fetchall():
            self._archive.articles.gone(article_id, url, at)
            self._merged.changes += 1

    def ask_again(self, article_id: int) -> None:
        """Have the site itself say what an article is now."""
        self._db.execute(
            """UPDATE urls SET next_at = ?, etag = NULL, last_modified = NULL
               WHERE same_as IS NULL AND url = (SELECT url FROM articles WHERE id = ?)""",
            [self._names["now"], article_id],
        )

    def _count(self, statement: str) -> None:
        self._merged.addresses += self._db.execute(statement, self._names).rowcount
