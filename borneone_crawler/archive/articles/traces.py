"""Finds what of the archive is one article's: its addresses, its pictures, its raw captures."""

import json
from collections.abc import Collection, Iterable
from urllib.parse import unquote

from sqlite_utils import Database

from borneone_crawler.archive.frontier.frontier import TAKEN_DOWN
from borneone_crawler.items import Kind, State
from borneone_crawler.urls import SiteUrls

_PAGES = """
WITH RECURSIVE own (id) AS (
    SELECT id FROM urls WHERE article_id = :article
    UNION
    SELECT u.id FROM urls AS u JOIN articles AS a ON a.url = u.url
    WHERE a.id = :article AND coalesce(u.article_id, :article) = :article
    UNION
    SELECT u.id FROM urls AS u JOIN own ON u.same_as = own.id
    WHERE coalesce(u.article_id, :article) = :article
    UNION
    SELECT u.id FROM urls AS u JOIN own ON u.part_of = own.id
    WHERE coalesce(u.article_id, :article) = :article
)
SELECT id FROM urls WHERE id IN own AND kind IN ('article', 'part') ORDER BY id
"""

_PICTURES = """
SELECT picture.value ->> '$.url'
FROM revisions AS v JOIN readings AS r ON r.revision_id = v.id,
    json_each(r.article, '$.images') AS picture
WHERE v.article_id {is_own} :article
UNION
SELECT picture.value ->> '$.url'
FROM revisions AS v JOIN readings AS r ON r.revision_id = v.id
JOIN withheld AS w ON w.reading_id = r.id,
    json_each(w.article, '$.images') AS picture
WHERE :withheld AND v.article_id {is_own} :article
"""

# A capture belongs to the article that was read from its address last before it: a slug that was
# used again has captures of two articles.
_OWN = """
WITH
own_reading (capture_id) AS (
    SELECT x.capture_id FROM reading_captures AS x
    JOIN readings AS r ON r.id = x.reading_id
    JOIN revisions AS v ON v.id = r.revision_id
    WHERE v.article_id = :article
),
place (id) AS (
    SELECT value FROM json_each(:rows)
    UNION
    SELECT id FROM urls WHERE article_id = :article AND kind = 'image'
    UNION
    SELECT url_id FROM captures WHERE id IN own_reading AND url_id IS NOT NULL
),
known (url_id, fetched_at, article_id) AS MATERIALIZED ({known}),
own (id) AS (
    SELECT capture_id FROM own_reading
    UNION
    SELECT c.id FROM captures AS c
    WHERE c.url_id IN place AND :article = coalesce(
        (SELECT article_id FROM known
         WHERE url_id = c.url_id AND fetched_at <= c.fetched_at ORDER BY fetched_at DESC LIMIT 1),
        (SELECT article_id FROM known WHERE url_id = c.url_id ORDER BY fetched_at LIMIT 1),
        :article)
)
"""
_KNOWN = """
SELECT c.url_id, c.fetched_at, v.article_id
FROM reading_captures AS x
JOIN captures AS c ON c.id = x.capture_id
JOIN readings AS r ON r.id = x.reading_id
JOIN revisions AS v ON v.id = r.revision_id
WHERE c.url_id IN place
"""
_CAPTURES = f"""{_OWN.format(known=_KNOWN)}
SELECT id FROM captures WHERE id IN own OR refers_to IN own ORDER BY id
"""  # noqa: S608 - our own words

# Which article was read from a capture: asked for one article after another, that takes an index.
_READ_FROM = """
CREATE TEMP TABLE IF NOT EXISTS read_from (
    capture_id INTEGER NOT NULL, article_id INTEGER NOT NULL, PRIMARY KEY (capture_id, article_id)
) WITHOUT ROWID
"""
_FILL_READ_FROM = """
INSERT OR IGNORE INTO temp.read_from
SELECT x.capture_id, v.article_id
FROM reading_captures AS x
JOIN readings AS r ON r.id = x.reading_id
JOIN revisions AS v ON v.id = r.revision_id
"""
_KNOWN_AT_ONCE = """
SELECT c.url_id, c.fetched_at, x.article_id
FROM captures AS c CROSS JOIN temp.read_from AS x ON x.capture_id = c.id
WHERE c.url_id IN place
"""

# Of pages and pictures, with what a revisit among them refers to; never what an article was read
# from that is taken down.
_EVIDENCE = f"""{_OWN.format(known=_KNOWN_AT_ONCE)},
shown (id) AS (
    SELECT id FROM own
    UNION SELECT id FROM captures WHERE url_id IN (SELECT value FROM json_each(:pictures))
),
proof (id) AS (
    SELECT id FROM shown
    UNION SELECT c.refers_to FROM shown JOIN captures AS c ON c.id = shown.id
    WHERE c.refers_to IS NOT NULL
)
SELECT id FROM proof
WHERE NOT EXISTS (
    SELECT 1 FROM temp.read_from AS x JOIN takedowns AS t ON t.article_id = x.article_id
    WHERE x.capture_id = proof.id)
ORDER BY id
"""  # noqa: S608 - our own words


class Traces:
    """Transactions are the caller's."""

    def __init__(self, database: Database, urls: SiteUrls) -> None:
        self._db = database
        self._urls = urls

    def pages(self, article_id: int) -> list[int]:
        """Rows of `urls` that are its addresses: every spelling, redirect and part."""
        return self._ids(_PAGES, article=article_id)

    def pictures(self, article_id: int, *, even_of_withheld: bool = False) -> list[int]:
        """Rows of `urls` that are pictures of its own, shown by no other article in any state;
        one that was taken down counts as another only with `even_of_withheld`."""
        own = self._rows_of_pictures(self._shown(article_id, own=True, withheld=True))
        if not own:
            return []
        spellings = self._db.execute(
            "SELECT url FROM urls WHERE coalesce(same_as, id) IN (SELECT value FROM json_each(?))",
            [json.dumps(sorted(own))],
        )
        files = {_file_name(url) for (url,) in spellings.fetchall()}
        others = self._shown(article_id, own=False, withheld=even_of_withheld)
        # A canonical form takes long to find, and an archive has many pictures.
        alike = [url for url in others if _file_name(url) in files]
        return sorted(own - self._rows_of_pictures(alike))

    def captures(self, article_id: int) -> list[int]:
        """Rows of `captures` of its pages and pictures, and what refers to them; also those
        whose record is in no file any more."""
        pages = self.pages(article_id)
        rows = [*pages, *self.pictures(article_id, even_of_withheld=True)]
        found = self._ids(_CAPTURES, article=article_id, rows=json.dumps(rows))
        return sorted({*found, *self._captures_without_row(pages)})

    def prepare_evidence(self) -> None:
        """Have `evidence` take as long in an archive of any size: once for a connection, which may
        be one for reading alone."""
        self._db.execute(_READ_FROM)
        self._db.execute(_FILL_READ_FROM)

    def evidence(self, article_id: int) -> list[int]:
        """Rows of `captures` that show it: of its pages, of the pictures in them, and what a
        revisit among these refers to; also those whose record is in no file any more."""
        pictures = self._rows_of_pictures(self._shown(article_id, own=True, withheld=False))
        return self._ids(
            _EVIDENCE,
            article=article_id,
            rows=json.dumps(self.pages(article_id)),
            pictures=json.dumps(sorted(pictures)),
        )

    def taken_down(self, row_id: int | None) -> int | None:
        """The article of a row that is not asked for because it was taken down, if it is one."""
        row = self._db.execute(
            "SELECT article_id FROM urls WHERE id = ? AND reason = ?", [row_id, TAKEN_DOWN]
        ).fetchone()
        return int(row[0]) if row is not None and row[0] is not None else None

    def keep_pictures(self, article_id: int) -> None:
        """Write down which pictures were its own, before the readings that say so are gone."""
        self._db.execute(
            "UPDATE urls SET article_id = ? WHERE id IN (SELECT value FROM json_each(?))",
            [article_id, json.dumps(self.pictures(article_id, even_of_withheld=True))],
        )

    def shut(self, rows: Collection[int]) -> None:
        """Have these rows of `urls` never asked for again."""
        self._db.execute(
            """UPDATE urls SET state = ?, reason = ?, next_at = NULL
               WHERE id IN (SELECT value FROM json_each(?))""",
            [State.SKIPPED, TAKEN_DOWN, json.dumps(list(rows))],
        )

    def _shown(self, article_id: int, *, own: bool, withheld: bool) -> set[str]:
        """Addresses of the pictures in every reading of the article, or of all the others."""
        sql = _PICTURES.format(is_own="=" if own else "<>")
        rows = self._db.execute(sql, {"article": article_id, "withheld": withheld})
        return {url for (url,) in rows.fetchall()}

    def _rows_of_pictures(self, addresses: Iterable[str]) -> set[int]:
        """The rows of these pictures, and of those their addresses redirect to."""
        identities = [self._urls.canonical(url) for url in addresses]
        return set(
            self._ids(
                """WITH RECURSIVE picture (id) AS (
                       SELECT id FROM urls WHERE url IN (SELECT value FROM json_each(:addresses))
                       UNION
                       SELECT u.same_as FROM urls AS u JOIN picture ON u.id = picture.id
                       WHERE u.same_as IS NOT NULL
                   )
                   SELECT id FROM urls WHERE id IN picture AND kind = :kind""",
                addresses=json.dumps(identities),
                kind=Kind.IMAGE,
            )
        )

    def _captures_without_row(self, pages: Collection[int]) -> list[int]:
        """Captures of these addresses that were taken in before the address had a row."""
        own = self._db.execute(
            "SELECT url FROM urls WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps(list(pages))],
        )
        addresses = {url for (url,) in own.fetchall()}
        rows = self._db.execute("SELECT id, url FROM captures WHERE url_id IS NULL")
        return [row_id for row_id, url in rows if self._urls.canonical(url) in addresses]

    def _ids(self, sql: str, **values: object) -> list[int]:
        return [int(row[0]) for row in self._db.execute(sql, values).fetchall()]


def _file_name(url: str) -> str:
    """The last piece of an address, which all spellings of it have in common."""
    return unquote(url.partition("#")[0].partition("?")[0].rstrip("/").rpartition("/")[2])
