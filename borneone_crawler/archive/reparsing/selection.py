"""Which captures are to be read again: of which revisions, and of which pages without any."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

# What was taken down is not read: its texts are withheld.
_REVISIONS = """
SELECT v.id FROM revisions AS v
WHERE (
        EXISTS (SELECT 1 FROM reading_captures WHERE reading_id = v.reading_id)
        OR EXISTS (SELECT 1 FROM readings WHERE id = v.reading_id AND dump_id IS NOT NULL)
    )
    AND v.article_id NOT IN (SELECT article_id FROM takedowns)
    AND (:again OR v.read_with IS NOT :version)
    AND (:since IS NULL OR v.seen_at >= :since)
    AND (:article IS NULL OR v.article_id = :article)
ORDER BY v.id
"""

# The newest page of HTML that was captured of a URL and that never became part of an article: it
# was none to the reader of that day, or read worse than what was held, or the program failed.
_PAGES = """
SELECT * FROM (
    SELECT u.id AS url_id, u.url, u.article_id, u.read_with, a.last_seen_at, c.id AS capture_id,
        c.fetched_at
    FROM urls AS u
    LEFT JOIN articles AS a ON a.id = u.article_id
    JOIN captures AS c ON c.id = (
        SELECT id FROM captures
        WHERE url_id = u.id AND http_status = 200 AND dropped IS NULL
            AND (content_type IS NULL OR content_type LIKE '%html%')
        ORDER BY fetched_at DESC, id DESC LIMIT 1
    )
    WHERE u.kind = 'article' AND u.same_as IS NULL
        AND (:article IS NULL OR u.article_id = :article)
        AND (:url_id IS NULL OR u.id = :url_id)
)
WHERE (last_seen_at IS NULL OR last_seen_at < fetched_at)
    AND (article_id IS NULL OR article_id NOT IN (SELECT article_id FROM takedowns))
    AND (:again OR read_with IS NOT :version)
    AND (:since IS NULL OR fetched_at >= :since)
ORDER BY url_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadPage:
    """A captured page that is part of no article yet."""

    url_id: int
    url: str
    article_id: int | None
    """The article that its address stands for: what is held of it reads better, or read so."""
    capture_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is to be read again."""

    revisions: Sequence[int]
    pages: Sequence[UnreadPage]

    def __len__(self) -> int:
        return len(self.revisions) + len(self.pages)


def select(
    database: Database,
    version: str,
    *,
    since: str | None = None,
    article: int | None = None,
    url_id: int | None = None,
) -> Selection:
    """What this version of the reader has not read yet, all or `since` a time (UTC) at which it
    was fetched; of one article or one URL everything, whoever has read it."""
    values = {
        "again": article is not None or url_id is not None,
        "version": version,
        "since": since,
        "article": article,
        "url_id": url_id,
    }
    revisions = [] if url_id is not None else database.execute(_REVISIONS, values).fetchall()
    columns = ("url_id", "url", "article_id", "capture_id")
    return Selection(
        revisions=[row[0] for row in revisions],
        pages=[
            UnreadPage(**{name: row[name] for name in columns})
            for row in database.query(_PAGES, values)
        ],
    )
