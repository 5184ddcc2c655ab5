"""Finds an article by any of its addresses, also one that was taken down."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from sqlite_utils import Database

from borneone_crawler.site import Site
from borneone_crawler.statuses import Status, Stop
from borneone_crawler.urls import SiteUrls

_FIND = """
WITH found (id) AS (
    SELECT :number
    UNION
    SELECT id FROM articles WHERE url IN (:given, :canonical) OR post_id = :post_id
    UNION
    SELECT coalesce(u.article_id, target.article_id)
    FROM urls AS u LEFT JOIN urls AS target ON target.id = u.same_as
    WHERE u.url IN (:given, :canonical)
)
SELECT a.id, a.url, t.at AS taken_down_at, t.reason, t.erased_at
FROM articles AS a LEFT JOIN takedowns AS t ON t.article_id = a.id
WHERE a.id IN found ORDER BY a.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article, and whether it was taken down here."""

    id: int
    url: str
    taken_down_at: str | None
    reason: str | None
    erased_at: str | None


def find_article(database: Database, site: Site, address: str) -> Found:
    """The article at an address as somebody may have it, or of a number as `articles.id` has it.

    Raises Stop USAGE when there is none, or when two have had that address.
    """
    urls = SiteUrls(site.base_url, site.category_bases)
    canonical = urls.canonical(address)
    split = urlsplit(canonical if urls.on_site(canonical) else "")
    number = parse_qs(split.query).get("p", [""])[0] if split.path == "/" else ""
    rows = database.query(
        _FIND,
        {
            "number": _whole(address),
            "given": address,
            "canonical": canonical,
            "post_id": _whole(number) if urls.on_site(canonical) else None,
        },
    )
    found = [Found(**row) for row in rows]
    if not found:
        raise Stop(Status.USAGE, f"no article here has the address or number {address}")
    if len(found) > 1:
        several = ", ".join(f"{one.id} ({one.url})" for one in found)
        raise Stop(Status.USAGE, f"{address} leads to several articles; say which: {several}")
    return found[0]


def _whole(text: str) -> int | None:
    """A number as SQLite can hold one, or None."""
    return int(text) if text.isdecimal() and len(text) < 19 else None
