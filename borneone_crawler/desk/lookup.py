"""Which article somebody means by an address, however it is spelled, or by its number."""

import difflib
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from borneone_crawler.statuses import Status, Stop
from borneone_crawler.urls import SiteUrls

if TYPE_CHECKING:  # it takes a command a tenth of its start
    from sqlite_utils import Database

_FOUND = """
SELECT id FROM articles WHERE url = :identity
UNION ALL
SELECT coalesce(u.article_id, target.article_id)
FROM urls AS u LEFT JOIN urls AS target ON target.id = u.same_as
WHERE u.url IN (:identity, :spelled) AND coalesce(u.article_id, target.article_id) IS NOT NULL
UNION ALL
SELECT id FROM articles WHERE post_id = :post_id
LIMIT 1
"""

_MOST_CANDIDATES, _MOST_WORDS = 200, 12

_NEAR = 0.75
"""How much of two paths must be alike for one to be taken for a slip of the other, from 0 to 1."""


def find_article(database: "Database", address: str) -> int:
    """The number of the article that an address or a number means.

    Raises Stop USAGE, with the nearest address there is, when it means none.
    """
    found = seek_article(database, address)
    if found is None:
        if page := _known(database, address):
            raise Stop(Status.USAGE, f"{address!r} is known, but no article is held of it: {page}")
        near = _nearest(database, address)
        hint = f"; perhaps {near} is meant" if near else ""
        raise Stop(Status.USAGE, f"the archive has no article {address!r}{hint}")
    return found


def seek_article(database: "Database", address: str) -> int | None:
    """The same; None when it means none."""
    if re.fullmatch(r"[0-9]{1,18}", address):
        row = database.execute("SELECT id FROM articles WHERE id = ?", [int(address)]).fetchone()
        return int(row[0]) if row else None
    identity = identity_of(database, address)
    post_id = re.search(r"/\?p=(\d{1,18})$", identity)
    values = {
        "identity": identity,
        "spelled": address.strip().partition("#")[0],
        "post_id": int(post_id[1]) if post_id else None,
    }
    row = database.execute(_FOUND, values).fetchone()
    return int(row[0]) if row else None


def seek_page(database: "Database", address: str) -> int | None:
    """The row in `urls` of a page that is no article, or None."""
    row = database.execute(
        "SELECT coalesce(same_as, id) FROM urls WHERE url = ?", [identity_of(database, address)]
    ).fetchone()
    return int(row[0]) if row else None


def _known(database: "Database", address: str) -> str | None:
    """What is known of an address that no article is held of: its state, and why."""
    row = seek_page(database, address)
    if row is None:
        return None
    state, reason = database.execute(
        "SELECT state, reason FROM urls WHERE id = ?", [row]
    ).fetchone()
    return f"{state}: {reason}" if reason else str(state)


def identity_of(database: "Database", address: str) -> str:
    """The identity of an address, as the archive knows it; a path counts from its site."""
    urls = SiteUrls(database.execute("SELECT base_url FROM archive").fetchone()[0])
    address = address.strip()
    host = urls.origin.partition("://")[2].removeprefix("www.")
    bare = re.sub(r"^(https?://)?(www\.)?", "", address, flags=re.IGNORECASE)
    if bare.lower().startswith(f"{host}/"):
        address = f"{urls.origin}/{bare.partition('/')[2]}"
    elif "://" not in address:
        address = f"{urls.origin}/{address.lstrip('/')}"
    try:
        address.encode()
        _ = urlsplit(address).port
    except ValueError as error:
        raise Stop(Status.USAGE, f"{address!r} is no address: {error}") from error
    return urls.canonical(address)


def _nearest(database: "Database", address: str) -> str | None:
    """The address of an article that shares words with this one and looks most like it."""
    words = list(dict.fromkeys(re.findall(r"[a-z0-9]{2,}", address.lower())))[-_MOST_WORDS:]
    if not words:
        return None
    shared = " + ".join(["(instr(url, ?) > 0)"] * len(words))
    query = f"SELECT url FROM articles ORDER BY {shared} DESC LIMIT {_MOST_CANDIDATES}"  # noqa: S608
    candidates = [row[0] for row in database.execute(query, words).fetchall()]
    # By what tells one from another: all have the site in common.
    paths = {urlsplit(url).path.strip("/"): url for url in reversed(candidates)}
    meant = urlsplit(address if "://" in address else f"//site/{address}").path.strip("/")
    near = difflib.get_close_matches(meant, paths, n=1, cutoff=_NEAR)
    return paths[near[0]] if near else None
