"""What the tests of the living newsroom ask of it, and read in its answers."""

import json
import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from tests.life.newsroom import BEGIN
from tests.life.server import LifeServer
from tests.newsroom.asking import ask
from tests.newsroom.model import Post

DAYS = 40
END = BEGIN + timedelta(days=DAYS)
NOON = BEGIN + timedelta(days=20, hours=12)
CATEGORY = "/category/berita/"
POSTS = "/wp-json/wp/v2/posts"

_LISTED = r'(?:<loc>|<link>|<h2 class="entry-title"><a href=")'


def page(site: LifeServer, path: str) -> str:
    """The text at a path at which all is well."""
    response, body = ask(site, path)
    assert response.status == 200, path
    return body.decode()


def rest(site: LifeServer, query: str) -> list[dict[str, Any]]:
    """The posts that the REST API gives to a query."""
    found = json.loads(page(site, f"{POSTS}?{query}"))
    assert isinstance(found, list)
    return found


def links(site: LifeServer, path: str) -> list[str]:
    """The paths that a sitemap, a feed, or a listing below its headlines names, in order."""
    return re.findall(rf'{_LISTED}{site.origin}(/[^<"]+)', page(site, path))


def paths(posts: Iterable[Post]) -> list[str]:
    return [post.path for post in posts]
