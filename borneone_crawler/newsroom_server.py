"""Serves a folder of fixtures on loopback as WordPress would serve the newsroom."""

import gzip
import json
import re
import socket
import sys
import threading
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import lru_cache
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

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
_CACHED_BODIES = 2_048


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the server answers at one path."""

    file: str | None = None
    """Below the folder; None for a redirect."""
    content_type: str = _HTML
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    redirect: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One response, before compression."""

    status: int
    headers: dict[str, str]
    body: bytes = b""
    key: str | None = None
    """Under which the compressed body is kept."""


class NewsroomServer:
    """The newsroom of a fixtures folder on 127.0.0.1, while the `with` block lasts.

    `https://borneonetv.com` in every text becomes the server's own origin. Requests are listed
    in `requests` as (method, path with query).
    """

    def __init__(self, folder: Path, *, port: int = 0, disabled: Collection[str] = ()) -> None:
        if unknown := set(disabled) - SWITCHES:
            raise ValueError(f"cannot be switched off: {', '.join(sorted(unknown))}")
        self._folder = folder
        self._disabled = frozenset(disabled)
        self._lock = threading.Lock()
        self._requests: list[tuple[str, str]] = []
        self._pages: dict[str, list[tuple[frozenset[tuple[str, str]], Page]]] = {}
        self._post_ids: dict[str, str] = {}
        self._uploads: dict[str, str] = {}
        self._load()
        self._text = lru_cache(_CACHED_BODIES)(self._read_text)
        self._collection = lru_cache(None)(self._read_collection)
        self._gzipped: dict[str, bytes] = {}
        self._http = _Server(("127.0.0.1", port), _Handler)
        self._http.newsroom = self
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._http.hang_up()
        self._thread.join()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    @property
    def requests(self) -> list[tuple[str, str]]:
        """What was asked so far, in order: (method, path with query)."""
        with self._lock:
            return list(self._requests)

    # -- the folder -----------------------------------------------------------------------------

    def _load(self) -> None:
        for route in json.loads((self._folder / "newsroom/routes.json").read_text("utf-8")):
            path = route.pop("path")
            self._add(path, Page(**route))
            if path.startswith("/?p="):
                self._post_ids[unquote(route["redirect"])] = path.removeprefix("/?p=")
        for room in ("article_page", "not_an_article"):
            for file in sorted((self._folder / room).glob("*/input.json")):
                self._load_case(room, file)
        for pages in self._pages.values():
            # The route that asks for most parameters is tried first.
            pages.sort(key=lambda one: -len(one[0]))
        uploads = self._folder / "images/images.json"
        if uploads.exists():
            for url, name in json.loads(uploads.read_text("utf-8")).items():
                self._uploads[unquote(urlsplit(url).path)] = name

    def _load_case(self, room: str, file: Path) -> None:
        case = json.loads(file.read_text("utf-8"))
        here = f"{room}/{file.parent.name}"
        parts = case.get("parts", ())
        for part in ({"url": case["url"], "file": "input.html"}, *parts):
            split = urlsplit(part["url"])
            page = Page(
                file=f"{here}/{part['file']}",
                status=case.get("status", 200),
                headers=case.get("headers", {}),
            )
            self._add(split.path + (f"?{split.query}" if split.query else ""), page)

    def _add(self, target: str, page: Page) -> None:
        split = urlsplit(target)
        wanted = frozenset(parse_qsl(split.query, keep_blank_values=True))
        self._pages.setdefault(unquote(split.path), []).append((wanted, page))

    # -- answering ------------------------------------------------------------------------------

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
        page = self._find(path, query)
        if page is None:
            return self._elsewhere(path, query, split.query) or self._not_found()
        if page.redirect is not None:
            return self._redirect(page.redirect, page.status)
        return self._page(page, path, headers)

    def _find(self, path: str, query: list[tuple[str, str]]) -> Page | None:
        """The page of a path whose parameters are asked for; unknown parameters are idle."""
        asked = set(query)
        for wanted, page in self._pages.get(path, ()):
            if wanted <= asked:
                unmet = {name for name, _ in asked - wanted - _FIRST_PAGE}
                return None if unmet & _TELLING.get(path, _PAGED) else page
        return None

    def _elsewhere(self, path: str, query: list[tuple[str, str]], asked: str) -> Answer | None:
        """Where WordPress redirects an address that is nearly one it knows."""
        if path not in self._pages:
            if not path.endswith("/") and f"{path}/" in self._pages:
                return self._redirect(f"{path}/", 301, asked)
            if path.endswith("/amp/") and path.removesuffix("amp/") in self._pages:
                return self._redirect(path.removesuffix("amp/"), 301, "amp=1")
            match = _NUMBERED.fullmatch(path)
            if match and "/page/" not in path and match["path"] in self._pages:
                return self._redirect(match["path"], 301)
            # WordPress guesses: the beginning of a slug leads to some post that has it.
            start = path.rstrip("/")
            guess = next((post for post in self._post_ids if post.startswith(start)), None)
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
            ("rest" in self._disabled and path.startswith("/wp-json"))
            or ("sitemap" in self._disabled and "sitemap" in path and path.endswith(".xml"))
            or ("feed" in self._disabled and re.search(r"/feed(/|$)", path) is not None)
        )

    def _page(self, page: Page, path: str, headers: dict[str, str]) -> Answer:
        assert page.file is not None
        own = {"Content-Type": page.content_type, **page.headers}
        if page.content_type == _HTML and "rest" not in self._disabled:
            own["Link"] = self._links(path)
        if "ETag" in own and _is_current(own, headers):
            return Answer(status=304, headers=own)
        body = self._text(page.file)
        if path == "/robots.txt" and "sitemap" in self._disabled:
            body = re.sub(rb"(?m)^Sitemap:.*\n?", b"", body)
            return Answer(status=page.status, headers=own, body=body)
        return Answer(status=page.status, headers=own, body=body, key=page.file)

    def _links(self, path: str) -> str:
        links = f'<{self.origin}/wp-json/>; rel="https://api.w.org/"'
        if number := self._post_ids.get(path):
            links += (
                f', <{self.origin}/wp-json/wp/v2/posts/{number}>; rel="alternate";'
                f' type="application/json", <{self.origin}/?p={number}>; rel=shortlink'
            )
        return links

    def _not_found(self) -> Answer:
        page = self._find("*", [])
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
        name = self._uploads.get(path) or self._uploads.get(_SIZE.sub("", path))
        if name is None:
            return self._not_found()
        body = (self._folder / "images" / name).read_bytes()
        own = {
            "Content-Type": _IMAGE_TYPES.get(name.rpartition(".")[2], "application/octet-stream"),
            "ETag": f'"{md5(body, usedforsecurity=False).hexdigest()[:16]}"',
        }
        if _is_current(own, headers):
            return Answer(status=304, headers=own)
        return Answer(status=200, headers=own, body=body)

    # -- the REST API ---------------------------------------------------------------------------

    def _api(self, path: str, query: dict[str, str]) -> Answer:
        page = (
            self._find(path, []) or self._find(path.rstrip("/"), []) or self._find(path + "/", [])
        )
        if page is None or page.file is None:
            return _json(404, {"code": "rest_no_route", "message": "Rute tidak ditemukan."})
        value = self._collection(page.file)
        if not isinstance(value, list):
            return _json(200, value)
        try:
            number, size = int(query.get("page", "1")), int(query.get("per_page", "10"))
        except ValueError:
            number = size = 0
        if number < 1 or not 1 <= size <= 100:
            return _json(400, {"code": "rest_invalid_param", "message": "Parameter tidak valid."})
        items = _chosen(value, query)
        pages = -(-len(items) // size)
        if number > max(pages, 1):
            return _json(
                400, {"code": "rest_post_invalid_page_number", "message": "Laman tidak ada."}
            )
        shown = items[(number - 1) * size : number * size]
        if names := query.get("_fields"):
            kept = set(names.split(","))
            shown = [{k: v for k, v in item.items() if k in kept} for item in shown]
        headers = {"X-WP-Total": str(len(items)), "X-WP-TotalPages": str(pages)}
        links = []
        for rel, other in (("prev", number - 1), ("next", number + 1)):
            if 1 <= other <= pages:
                target = urlencode(query | {"page": str(other)})
                links.append(f'<{self.origin}{path}?{target}>; rel="{rel}"')
        if links:
            headers["Link"] = ", ".join(links)
        return _json(200, shown, headers)

    # -- bodies ---------------------------------------------------------------------------------

    def _read_text(self, file: str) -> bytes:
        return self._swapped((self._folder / file).read_bytes())

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

    def gzipped(self, answer: Answer) -> bytes:
        """The answer's body compressed, the same bytes every time."""
        if answer.key is None:
            return gzip.compress(answer.body, 1, mtime=0)
        packed = self._gzipped.get(answer.key)
        if packed is None:
            packed = gzip.compress(answer.body, 1, mtime=0)
            if len(self._gzipped) < _CACHED_BODIES:
                self._gzipped[answer.key] = packed
        return packed


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    newsroom: NewsroomServer

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._open: set[Any] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End the connections that callers keep alive."""
        for request in list(self._open):
            with suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    server_version = "nginx"
    sys_version = ""
    # Headers and body leave in one segment; without it Nagle holds the body back.
    wbufsize = -1
    disable_nagle_algorithm = True
    timeout = 60

    def do_GET(self) -> None:
        self._respond()

    do_HEAD = do_POST = do_GET  # noqa: N815

    def _respond(self) -> None:
        newsroom = self.server.newsroom
        if length := int(self.headers.get("Content-Length") or 0):
            self.rfile.read(min(length, 1 << 20))
        asked = {name.lower(): value for name, value in self.headers.items()}
        answer = newsroom.answer(self.command, self.path, asked)
        body = answer.body
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if body and not answer.headers.get("Content-Type", "").startswith("image/"):
            self.send_header("Vary", "Accept-Encoding")
            if "gzip" in asked.get("accept-encoding", ""):
                body = newsroom.gzipped(answer)
                self.send_header("Content-Encoding", "gzip")
        if answer.status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  http.server's name
        """Silent: `NewsroomServer.requests` is the log."""


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


def _chosen(items: list[dict[str, Any]], query: dict[str, str]) -> list[dict[str, Any]]:
    """The items of a collection that the query asks for, in its order; newest first by default."""
    for name, key, later in (
        ("after", "date", True),
        ("before", "date", False),
        ("modified_after", "modified", True),
        ("modified_before", "modified", False),
    ):
        if bound := query.get(name, "")[:19]:
            items = [
                i for i in items if key not in i or (i[key] > bound if later else i[key] < bound)
            ]
    if "categories" in query:
        wanted = {int(n) for n in query["categories"].split(",") if n.isdigit()}
        items = [i for i in items if wanted.intersection(i.get("categories", ()))]
    if "slug" in query:
        items = [i for i in items if i.get("slug") == query["slug"]]
    order = query.get("orderby", "date")
    if items and order in items[0]:
        items = sorted(items, key=itemgetter(order), reverse=query.get("order", "desc") == "desc")
    return items


def _json(status: int, value: Any, headers: dict[str, str] | None = None) -> Answer:
    body = json.dumps(value, ensure_ascii=False).encode()
    own = {"Content-Type": "application/json; charset=UTF-8", **(headers or {})}
    return Answer(status=status, headers=own, body=body)
