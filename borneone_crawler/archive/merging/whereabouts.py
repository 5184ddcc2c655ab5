"""Whether an article is there, gone or redirected, by whichever of two archives looked last."""

from typing import Any

from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.ledger import Event

_LAST_EVENT = """
SELECT kind FROM ledger
WHERE kind IN ('gone', 'redirected', 'back') AND (
    url = :url OR url IN (SELECT url FROM urls WHERE article_id = :id))
ORDER BY at DESC, id DESC LIMIT 1
"""


def set_gone(
    archive: Archive, article_id: int, ours: dict[str, Any], theirs: dict[str, Any]
) -> bool:
    """Have an article be as the other archive, which looked later, found it. False if it is."""
    now = theirs["gone_at"], theirs["redirected_to"]
    if now == (ours["gone_at"], ours["redirected_to"]):
        return False
    archive.db.execute(
        "UPDATE articles SET gone_at = ?, redirected_to = ? WHERE id = ?", [*now, article_id]
    )
    _say(archive, article_id)
    return True


def set_gone_since(archive: Archive, article_id: int, url: str, looked_at: str) -> None:
    """Have an article that came in be gone, if we found its address gone after the other archive
    `looked_at` it."""
    gone = archive.db.execute(
        "SELECT checked_at FROM urls WHERE url = ? AND state = 'gone' AND checked_at > ?",
        [url, looked_at],
    ).fetchone()
    if gone is not None:
        archive.db.execute(
            "UPDATE articles SET gone_at = ?, redirected_to = NULL WHERE id = ?",
            [gone[0], article_id],
        )
    _say(archive, article_id)


def _say(archive: Archive, article_id: int) -> None:
    """An entry of our own, where those that came in do not say it already."""
    (row,) = archive.db.query(
        "SELECT id, url, gone_at, redirected_to FROM articles WHERE id = ?", [article_id]
    )
    last = archive.db.execute(_LAST_EVENT, {"id": article_id, "url": row["url"]}).fetchone()
    said = last[0] if last else Event.BACK
    event, detail = Event.BACK, None
    if row["gone_at"] is not None:
        event = Event.GONE
    elif row["redirected_to"] is not None:
        event, detail = Event.REDIRECTED, row["redirected_to"]
    if said != event:
        archive.ledger.append(event, row["url"], detail=detail)
