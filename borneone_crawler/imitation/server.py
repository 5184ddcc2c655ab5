"""Answers as WordPress does from a table of routes: redirects, refusals, validators, uploads."""

import json
import re
import threading
from abc import abstractmethod
from bisect import insort
from collections.abc import Collection
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import lru_cache
from hashlib import md5
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from borneone_crawler.imitation.api import collection, json_answer
from borneone_crawler.imitation.loopback import Answer, LoopbackServer

LIVE_ORIGIN = "https://borneonetv.com"
SWITCHES = frozenset({"rest", "sitemap", "feed"})
"""What `disabled` may name: each then answers 404, as a site without it does."""

_HTML = "text/html; charset=UTF-8"
_IMAGE_TYPES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif"}
_SIZE = re.compile(r"-\d+x\d+(?=\.\w+$)")
_NUMBERED = re.compile(r"(?P<path>/.+/)\d+/")
_FIRST_PAGE = {("paged", "0"), ("paged", "1")}
_PAGED = frozenset({"paged"})
# Parameters that are never idle: where nothing answers to them, WordPress says 404.
_TELLING = {"/": frozenset({"p", "page_id", "attachment_id", "cat", "author", "paged"})}
_WORDPRESS = {"X-Redirect-By": "WordPress"}
_CACHED_BODIES, _CACHED_COLLECTIONS = 2_048, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the server answers at one path."""

    file: str | None = None
    """The name by which its text is read; None for a redirect."""
    content_type: str = _HTML
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    redirect: str | None = None


@dataclass(slots=True)
class Routes:
    """What there is at which path (and query), and which upload stands for which."""

    pages: dict[str, list[tuple[frozenset[tuple[str, str]], Page]]] = field(default_factory=dict)
    post_ids: dict[str, str] = field(default_factory=dict)
    """The id of the post at a path."""
    uploads: dict[str, str] = field(default_factory=dict)
    """The name of the picture at a path."""

    def add(self, target: str, page: Page) -> None:
        split = urlsplit(target)
        wanted = frozenset(parse_qsl(split.query, keep_blank_values=True))
        pages = self.pages.setdefault(unquote(split.path), [])
        # The route that asks for most parameters is tried first.
        insort(pages, (wanted, page), key=lambda one: -len(one[0]))
        if page.redirect is not None and target.startswith("/?p="):
            self.post_ids[unquote(page.redirect)] = target.removeprefix("/?p=")

    def find(self, path: str, query: list[tuple[str, str]]) -> Page | None:
        """The page of a path whose parameters are asked for; unknown parameters are idle."""
        asked = set(query)
        for wanted, page in self.pages.get(path, ()):
            if wanted <= asked:
                unmet = {name for name, _ in asked - wanted - _FIRST_PAGE}
                return None if unmet & _TELLING.get(path, _PAGED) else page
        return None


class WordPressServer(LoopbackServer):
    """A WordPress whose routes and texts a subclass provides.

    `https://borneonetv.com` in every text becomes the server's own origin. Requests are listed
    in `requests` as (method, path with query).
    """

    routes: Routes

    def __init__(self, *, port: int = 0, disabled: Collection[str] = ()) -> None:
        if unknown := set(disabled) - SWITCHES:
            raise ValueError(f"cannot be switched off: {', '.join(sorted(unknown))}")
        self.disabled = frozenset(disabled)
        self._lock = threading.Lock()
        self._requests: list[tuple[str, str]] = []
        self._text = lru_cache(_CACHED_BODIES)(self._read_text)
        self._collection = lru_cache(_CACHED_COLLECTIONS)(self._read_collection)
        super().__init__(port=port)

    @abstractmethod
    def read(self, file: str) -> bytes:
        """The text that a page names as its file. The same name always means the same text."""

    @abstractmethod
    def read_picture(self, name: str) -> bytes:
        """The bytes of a picture that `routes.uploads` names."""

    @property
    def requests(self) -> list[tuple[str, str]]:
        """What was asked so far, in order: (method, path with query)."""
        with self._lock:
            return list(self._requests)

    def answer(self, method: str, target: str, headers: dict[str, str]) -> Answer:
        """What WordPress would answer; header names of the request in lower case."""
        with self._lock:
            self._requests.append((method, target))
        split = urlsplit(target)
        path = unquote(split.path) or "/"
        if path.endswith("/feed"):
            path += "/"
        query = parse_qsl(split.query, keep_blank_values=True)
        if method not in {"GET", "HEAD"}:
            return Answer(status=405, headers={"Allow": "GET, HEAD", "Content-Type": "text/plain"})
        if self._is_disabled(path):
            return self._not_found()
        if path.startswith("/wp-content/uploads/"):
            return self._upload(path, headers)
        if path.startswith("/wp-json"):
            return self._api(path, dict(query))
        page = self.routes.find(path, query)
        if page is None:
            return self._elsewhere(path, query, split.query) or self._not_found()
        if page.redirect is not None:
            return self._redirect(page.redirect, page.status)
        return self._page(page, path, headers)

    def _elsewhere(self, path: str, query: list[tuple[str, str]], asked: str) -> Answer | None:
        """Where WordPress redirects an address that is nearly one it knows."""
        pages = self.routes.pages
        if path not in pages:
            if not path.endswith("/") and f"{path}/" in pages:
                return self._redirect(f"{path}/", 301, asked)
            if path.endswith("/amp/") and path.removesuffix("amp/") in pages:
                return self._redirect(path.removesuffix("amp/"), 301, "amp=1")
            match = _NUMBERED.fullmatch(path)
            if match and "/page/" not in path and match["path"] in pages:
                return self._redirect(match["path"], 301)
            # WordPress guesses: the beginning of a slug leads to some post that has it.
            start = path.rstrip("/")
            guess = next((post for post in self.routes.post_ids if post.startswith(start)), None)
            return self._redirect(guess, 301) if guess and len(start) > 1 else None
        number = dict(query).get("paged", "")
        if path.endswith("/feed/"):
            # WordPress: 404, but still called a feed.
            return Answer(
                status=404, headers={"Content-Type": "application/rss+xml; charset=UTF-8"}
            )
        if number.isdigit():
            return self._redirect(f"{path}page/{number}/", 301)
        return None

    def _is_disabled(self, path: str) -> bool:
        return (
            ("rest" in self.disabled and path.startswith("/wp-json"))
            or ("sitemap" in self.disabled and "sitemap" in path and path.endswith(".xml"))
            or ("feed" in self.disabled and re.search(r"/feed(/|$)", path) is not None)
        )

    def _page(self, page: Page, path: str, headers: dict[str, str]) -> Answer:
        assert page.file is not None
        own = {"Content-Type": page.content_type, **page.headers}
        if page.content_type == _HTML and "rest" not in self.disabled:
            own["Link"] = self._links(path)
        if "ETag" in own and _is_current(own, headers):
            return Answer(status=304, headers=own)
        body = self._text(page.file)
        if path == "/robots.txt" and "sitemap" in self.disabled:
            body = re.sub(rb"(?m)^Sitemap:.*\n?", b"", body)
            return Answer(status=page.status, headers=own, body=body)
        return Answer(status=page.status, headers=own, body=body, key=page.file)

    def _links(self, path: str) -> str:
        links = f'<{self.origin}/wp-json/>; rel="https://api.w.org/"'
        if number := self.routes.post_ids.get(path):
            links += (
                f', <{self.origin}/wp-json/wp/v2/posts/{number}>; rel="alternate";'
                f' type="application/json", <{self.origin}/?p={number}>; rel=shortlink'
            )
        return links

    def _not_found(self) -> Answer:
        page = self.routes.find("*", [])
        if page is None:
            return Answer(status=404, headers={"Content-Type": "text/plain"}, body=b"Not Found\n")
        return self._page(page, "*", {})

    def _redirect(self, target: str, status: int, query: str = "") -> Answer:
        path, _, own = target.partition("?")
        location = self.origin + quote(unquote(path), safe="/~!$&'()*+,;=:@")
        if rest := "&".join(filter(None, (own, query))):
            location += "?" + rest
        return Answer(
            status=status, headers={"Location": location, "Content-Type": _HTML, **_WORDPRESS}
        )

    def _upload(self, path: str, headers: dict[str, str]) -> Answer:
        uploads = self.routes.uploads
        name = uploads.get(path) or uploads.get(_SIZE.sub("", path))
        if name is None:
            return self._not_found()
        body = self.read_picture(name)
        own = {
            "Content-Type": _IMAGE_TYPES.get(name.rpartition(".")[2], "application/octet-stream"),
            "ETag": f'"{md5(body, usedforsecurity=False).hexdigest()[:16]}"',
        }
        if _is_current(own, headers):
            return Answer(status=304, headers=own)
        return Answer(status=200, headers=own, body=body)

    def _api(self, path: str, query: dict[str, str]) -> Answer:
        stem = path.rstrip("/")
        page = self.routes.find(stem, []) or self.routes.find(f"{stem}/", [])
        if page is None or page.file is None:
            return json_answer(404, {"code": "rest_no_route", "message": "Rute tidak ditemukan."})
        value = self._collection(page.file)
        if not isinstance(value, list):
            return json_answer(200, value)
        return collection(value, query, self.origin + path)

    def _read_text(self, file: str) -> bytes:
        return self._swapped(self.read(file))

    def _read_collection(self, file: str) -> Any:
        return json.loads(self._text(file))

    def _swapped(self, body: bytes) -> bytes:
        """The live origin replaced in its three spellings: plain, in JSON, in a query."""
        for old, new in (
            (LIVE_ORIGIN, self.origin),
            (LIVE_ORIGIN.replace("/", "\\/"), self.origin.replace("/", "\\/")),
            (quote(LIVE_ORIGIN, safe=""), quote(self.origin, safe="")),
        ):
            body = body.replace(old.encode(), new.encode())
        return body


def _is_current(own: dict[str, str], asked: dict[str, str]) -> bool:
    """Whether the caller's copy is the current one (RFC 9110, 13.2.2)."""
    if tags := asked.get("if-none-match"):
        mine = own.get("ETag", "").removeprefix("W/")
        return any(tag.strip().removeprefix("W/") in {mine, "*"} for tag in tags.split(","))
    since, changed = asked.get("if-modified-since"), own.get("Last-Modified")
    if since and changed:
        try:
            return parsedate_to_datetime(since) >= parsedate_to_datetime(changed)
        except ValueError:
            return False
    return False
