"""The machines' lists of what exists: how each is asked for, and what it says."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from borneone_crawler.discovery import feeds, rest, sitemaps
from borneone_crawler.items import Link, Source
from borneone_crawler.urls import SiteUrls


class UnreadableError(Exception):
    """The answer is not what the source should say; the message names what it is."""


@dataclass(slots=True, kw_only=True)
class Answered:
    """What one answer of a source brings."""

    links: list[Link] = field(default_factory=list)
    """Articles (`is_entry`), and the listings and further files that it names."""
    next_page: str | None = None
    """Where the list goes on."""
    total: int | None = None
    """How many articles the source says there are."""


def source_of(url: str) -> Source:
    """Which source a URL of Kind.SOURCE belongs to."""
    split = urlsplit(url)
    if rest.is_inventory(split):
        return Source.REST
    return Source.FEED if feeds.is_feed(split) else Source.SITEMAP


def is_whole(url: str) -> bool:
    """Whether an address is one of a list that is read from end to end."""
    return source_of(url) is Source.REST and rest.is_whole(urlsplit(url))


def read_source(
    url: str, body: bytes, headers: dict[str, str], urls: SiteUrls, *, whole: bool
) -> Answered:
    """Read one answer of a source. `headers`: those of the response, names in lower case.
    `whole`: have every file of a sitemap asked for, not the newest alone. Raises UnreadableError.
    """
    match source_of(url):
        case Source.REST:
            inventory = rest.read_inventory(body, headers)
            if inventory is None:
                raise UnreadableError("not a list of posts")
            return Answered(
                links=inventory.posts,
                next_page=rest.next_page(url, inventory.pages),
                total=inventory.total,
            )
        case Source.FEED:
            items = feeds.read_feed(body)
            if items is None:
                raise UnreadableError("not a feed")
            return Answered(links=items, next_page=feeds.next_page(url) if items else None)
        case _:
            sitemap = sitemaps.read_sitemap(body)
            if sitemap is None:
                raise UnreadableError("not a sitemap")
            return Answered(links=sitemaps.links_of(sitemap, url, urls, whole=whole))
