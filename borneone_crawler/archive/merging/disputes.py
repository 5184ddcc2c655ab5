"""Where one archive saw its state again after the other saw a newer one: which is there now."""

from dataclasses import dataclass

from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.articles.sighting import Sighting
from borneone_crawler.archive.merging.report import Conflict, Merged
from borneone_crawler.archive.merging.states import RawPages
from borneone_crawler.items import NotAnArticle
from borneone_crawler.statuses import Stop

# Pages only: what stands on several is not read from one capture.
_LAST_LOOK = """
SELECT c.id, c.fetched_at
FROM captures AS c JOIN urls AS u ON u.id = c.url_id
WHERE u.url = :url AND c.http_status IN (200, 304) AND c.fetched_at > :after
    AND NOT EXISTS (SELECT 1 FROM urls AS part WHERE part.part_of = u.id)
ORDER BY c.fetched_at DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Dispute:
    """An article whose newest state is not what was seen last."""

    article_id: int
    seen_at: str
    """When its newest state was first seen."""
    seen_again_at: str
    """When another one was seen again."""


def settle(archive: Archive, dispute: Dispute, pages: RawPages, merged: Merged) -> bool:
    """Let the capture of that last look decide: what it shows is a state of its own. False, and
    a conflict, where there is none that can be read. Transactions are the caller's."""
    (url,) = archive.db.execute(
        "SELECT url FROM articles WHERE id = ?", [dispute.article_id]
    ).fetchone()
    look = archive.db.execute(_LAST_LOOK, {"url": url, "after": dispute.seen_at}).fetchone()
    try:
        reading = archive.reader.read(pages([look[0]])) if look else None
    except (NotAnArticle, Stop):
        reading = None
    if reading is None or archive.articles.reads_worse(dispute.article_id, reading):
        merged.conflicts.append(
            Conflict(
                url,
                f"an older state was seen again at {dispute.seen_again_at} than that of "
                f"{dispute.seen_at}, which it shows now: the next crawl asks for it",
            )
        )
        return False
    sighting = Sighting(
        asked=url,
        known_as=dispute.article_id,
        claim=None,
        captures=[look[0]],
        seen_at=look[1],
        run_id=archive.run_id,
        now=archive.now,
        is_live=False,
    )
    links = reading.links
    archive.articles.store(reading, sighting)
    newest = archive.revisions.of(dispute.article_id)[-1]
    archive.articles.show_state(dispute.article_id, newest, links)
    return True
