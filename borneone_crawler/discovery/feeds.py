"""What a feed lists: the newest posts (RSS 2.0, https://www.rssboard.org/rss-specification)."""

import re
from contextlib import suppress
from datetime import UTC
from email.utils import parsedate_to_datetime
from urllib.parse import SplitResult, parse_qs, urlsplit, urlunsplit

from parsel import Selector

from borneone_crawler.items import Kind, Link

PATH = "/feed/"
MOST_PAGES = 50
"""Pages that are walked back at the most."""
_SHORT = re.compile(r"[?&]p=([0-9]{1,18})(?:[&#]|$)")


def is_feed(split: SplitResult) -> bool:
    """Whether an address is one of the site's feed."""
    return split.path.rstrip("/") == PATH.rstrip("/")


def next_page(url: str) -> str | None:
    """The page of older posts after this one: WordPress answers 404 when there is none."""
    split = urlsplit(url)
    number = int(parse_qs(split.query).get("paged", ["1"])[0])
    return urlunsplit(split._replace(query=f"paged={number + 1}")) if number < MOST_PAGES else None


def read_feed(body: bytes) -> list[Link] | None:
    """The posts of one page of the feed, None when it is no feed. Entities are not resolved."""
    tree = Selector(body=body or b" ", type="xml")
    if not tree.xpath("/rss/channel"):
        return None
    return [
        Link(
            url=address,
            kind=Kind.ARTICLE,
            is_entry=True,
            post_id=_post_id(_text(item, "guid")),
            published=_utc(_text(item, "pubDate")),
        )
        for item in tree.xpath("/rss/channel/item")
        if (address := _text(item, "link"))
    ]


def _text(item: Selector, name: str) -> str:
    # Not string(): that would write entities out, as often as a hostile file nests them.
    return "".join(item.xpath(f"./{name}[1]/text()").getall()).strip()


def _post_id(guid: str) -> int | None:
    """WordPress's guid is the post's short address, https://…/?p=123."""
    match = _SHORT.search(guid)
    return int(match[1]) if match else None


def _utc(text: str) -> str | None:
    with suppress(ValueError, OverflowError):
        moment = parsedate_to_datetime(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return None
