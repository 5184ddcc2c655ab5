"""What an import would bring an archive: it is made into a throw-away one, and compared."""

import json
from collections import Counter

from sqlite_utils import Database

from borneone_crawler.archive.articles.articles import Effect

_STATES = """
SELECT a.url, a.post_id, a.date_published, json_group_array(r.content_digest) AS digests
FROM articles AS a
JOIN revisions AS v ON v.article_id = a.id
JOIN readings AS r ON r.id = v.reading_id
GROUP BY a.id
"""

_SAME_ARTICLE = """
SELECT a.id FROM articles AS a
WHERE a.url = :url OR (a.post_id = :post_id AND a.date_published = :date_published)
UNION
SELECT article_id FROM urls WHERE url = :url AND article_id IS NOT NULL
LIMIT 1
"""

_DIGESTS_HELD = """
SELECT DISTINCT r.content_digest FROM readings AS r JOIN revisions AS v ON v.id = r.revision_id
WHERE v.article_id = ?
"""


def foreseen(rehearsed: Database, held: Database | None) -> Counter[str]:
    """How many states of articles would be new articles, further revisions, or nothing new
    (archive.articles.Effect); `held` is None where there is no archive yet."""
    effects: Counter[str] = Counter()
    for row in rehearsed.query(_STATES):
        states = set(json.loads(row.pop("digests")))
        same = held.execute(_SAME_ARTICLE, row).fetchone() if held is not None else None
        if held is None or same is None:
            effects[Effect.NEW] += 1
            effects[Effect.REVISED] += len(states) - 1
            continue
        known = {digest for (digest,) in held.execute(_DIGESTS_HELD, [same[0]]).fetchall()}
        effects[Effect.REVISED] += len(states - known)
        effects[Effect.UNCHANGED] += len(states & known)
    return effects
