"""The inventory of posts that WordPress's REST API gives.

https://developer.wordpress.org/rest-api/reference/posts/#list-posts
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit, urlunsplit

from borneone_crawler.items import Kind, Link

POSTS = "/wp-json/wp/v2/posts"
TEXTS = f"{POSTS}?_fields=content"
"""What the texts of some posts are known by in the frontier, whichever they are."""
PER_PAGE = 100
"""Posts a request: the most that WordPress gives."""
MOST_PAGES = 2_000
"""Pages of one inventory that are walked."""

_FIELDS = "id,link,date_gmt,modified_gmt"


@dataclass(frozen=True, slots=True)
class Inventory:
    """One page of the inventory."""

    posts: list[Link]
    total: int | None
    """Posts on all pages (X-WP-Total)."""
    pages: int | None
    """How many pages there are (X-WP-TotalPages)."""


def inventory_url(origin: str, *, whole: bool) -> str:
    """First page of the inventory: `whole` in an order that stands still while it is walked,
    otherwise what was changed last comes first."""
    order = ("id", "asc") if whole else ("modified", "desc")
    query = {"_fields": _FIELDS, "orderby": order[0], "order": order[1], "per_page": PER_PAGE}
    return f"{origin}{POSTS}?{urlencode(query | {'page': 1}, safe=',')}"


def texts_path(numbers: Sequence[int]) -> str:
    """Path and query by which the texts of posts are given, by their numbers."""
    query = {"_fields": "id,content", "include": ",".join(map(str, numbers))}
    return f"{POSTS}?{urlencode(query, safe=',')}"


def is_inventory(split: SplitResult) -> bool:
    """Whether an address is one of the inventory's."""
    return split.path.rstrip("/") == POSTS


def is_whole(split: SplitResult) -> bool:
    """Whether it is of an inventory in the order that stands still."""
    return parse_qs(split.query).get("orderby") == ["id"]


def next_page(url: str, pages: int | None) -> str | None:
    """The page after one of the inventory, if there is one."""
    split = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(split.query).items()}
    number = int(query.get("page", "1"))
    if pages is None or number >= min(pages, MOST_PAGES):
        return None
    query["page"] = str(number + 1)
    return urlunsplit(split._replace(query=urlencode(query, safe=",")))


def read_inventory(body: bytes, headers: dict[str, str]) -> Inventory | None:
    """The posts of one answer, None when it is no list. `headers`: names in lower case. A post
    without an address is left out; what is no number or no date is None."""
    items = _said(body)
    if not isinstance(items, list):
        return None
    posts = [_post(item) for item in items if isinstance(item, dict) and _address(item)]
    return Inventory(posts, _number(headers, "x-wp-total"), _number(headers, "x-wp-totalpages"))


def read_texts(body: bytes) -> dict[int, str]:
    """Number and text (HTML) of each post of an answer that has `content`. A text that a password
    protects is left out, and an empty one: some sites give none away."""
    items, found = _said(body), {}
    for item in items if isinstance(items, list) else ():
        content = item.get("content") if isinstance(item, dict) else None
        if isinstance(content, dict) and not content.get("protected"):
            number, text = item.get("id"), content.get("rendered")
            if isinstance(number, int) and isinstance(text, str) and text.strip():
                found[number] = text
    return found


def _said(body: bytes) -> Any:
    """What an answer says, None when it is no JSON. Half characters, which escapes can make and
    nothing could store, are replaced."""
    with suppress(ValueError, RecursionError):
        said = json.loads(body)
        if b"\\ud" in body.lower():
            said = json.loads(json.dumps(said, ensure_ascii=False).encode("utf-8", "replace"))
        return said
    return None


def _post(item: dict[str, Any]) -> Link:
    number = item.get("id")
    return Link(
        url=item["link"],
        kind=Kind.ARTICLE,
        is_entry=True,
        post_id=number if isinstance(number, int) and 0 < number < 2**63 else None,
        published=_utc(item.get("date_gmt")),
        modified=_utc(item.get("modified_gmt")),
    )


def _address(item: dict[str, Any]) -> bool:
    return isinstance(item.get("link"), str)


def _utc(text: object) -> str | None:
    """WordPress's GMT times have no offset; ours say it."""
    with suppress(ValueError, TypeError):
        moment = datetime.fromisoformat(text)  # type: ignore[arg-type]
        return moment.replace(tzinfo=UTC).isoformat(timespec="milliseconds")
    return None


def _number(headers: dict[str, str], name: str) -> int | None:
    text = headers.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
