"""A small newsroom on loopback whose every answer a test can change, with a request log."""

import gzip
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from operator import itemgetter
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

HTML = "text/html; charset=UTF-8"


@dataclass
class Answer:
    """One response, written byte by byte as told; `length` may lie about the body."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str | None = HTML
    length: int | None = None
    wire: Callable[[socket.socket], None] | None = None
    """What is done with the connection instead of an answer (tests/hostile/wire.py)."""

    def sent(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


class Gate:
    """An answer that is held back until the test opens the gate."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._open = threading.Event()

    def __call__(self, _before: int) -> Answer:
        self._open.wait(50)
        return self._answer

    def open(self) -> None:
        self._open.set()


@dataclass(frozen=True)
class Asked:
    path: str
    at: float
    headers: dict[str, str]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64  # of more than that at once some would wait a second for a second try


class SmallSite:
    """Serves `articles` posts in one category, ten a page, and whatever `answers` says instead.

    `answers` maps a path to an Answer or to a function from the number of times it was asked
    before (0, 1, …) to an Answer.
    """

    outlet = "BorneOneTV"

    def __init__(
        self,
        articles: int = 3,
        tls: ssl.SSLContext | None = None,
        outlet: str = outlet,
        host: str = "127.0.0.1",
    ) -> None:
        self.outlet = outlet
        self.numbers = list(range(1, articles + 1))
        self.modified: dict[int, str] = {}
        """Of posts that were changed: when, UTC, as the REST API writes it."""
        self.has_rest = False
        self.answers: dict[str, Answer | Callable[[int], Answer]] = {}
        self.invented: Callable[[str], Answer | None] = lambda _path: None
        """What is said under addresses that a rule makes up, where `answers` says nothing."""
        self.asked: list[Asked] = []
        self.in_flight = 0
        self.most_in_flight = 0
        self._lock = threading.Lock()
        self._server = _Server((host, 0), self._handler())
        self.origin = f"http://{host}:{self._server.server_port}"
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
            self.origin = f"https://localhost:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def answer(self, path: str) -> Answer:
        """What the site says when nothing is wrong."""
        if path == "/robots.txt":
            return Answer("User-agent: *\nDisallow: /wp-admin/\n", content_type="text/plain")
        if path == "/":
            return Answer(self.home())
        if path.startswith("/category/berita/"):
            page = int(path.rstrip("/").rsplit("/", 1)[1]) if "/page/" in path else 1
            return Answer(self.listing(page))
        if path.startswith("/wp-json/wp/v2/posts") and self.has_rest:
            return self.rest(dict(parse_qsl(urlsplit(path).query)))
        if path.endswith(".xml"):
            return Answer(status=404, content_type="application/xml")
        number = path.strip("/").removeprefix("berita-")
        if number.isdigit() and int(number) in self.numbers:
            return Answer(self.article(int(number)))
        return Answer(self.html("Ups! Halaman itu tidak dapat ditemukan.", "error404"), status=404)

    def post(self, number: int) -> dict[str, Any]:
        """What the REST inventory says of a post."""
        published = f"2019-10-{number % 28 + 1:02d}T03:15:00"
        return {
            "id": number,
            "link": f"{self.origin}/berita-{number}/",
            "date_gmt": published,
            "modified_gmt": self.modified.get(number, published),
        }

    def rest(self, query: dict[str, str]) -> Answer:
        """A page of the REST inventory."""
        posts = [self.post(number) for number in self.numbers]
        if "include" in query:
            posts = [
                {"id": int(number), "content": {"rendered": self.text(int(number))}}
                for number in query["include"].split(",")
            ]
        posts.sort(
            key=itemgetter("modified_gmt" if query.get("orderby") == "modified" else "id"),
            reverse=query.get("order") == "desc",
        )
        size, page = int(query.get("per_page", "10")), int(query.get("page", "1"))
        return Answer(
            json.dumps(posts[size * (page - 1) : size * page]),
            headers={
                "X-WP-Total": str(len(posts)),
                "X-WP-TotalPages": str(-(-len(posts) // size)),
            },
            content_type="application/json; charset=UTF-8",
        )

    def home(self) -> str:
        menu = f'<nav><a href="{self.origin}/category/berita/">Berita</a></nav>'
        return self.html(self.outlet, "home blog", menu + self.entries(self.numbers[-3:]))

    def listing(self, page: int) -> str:
        newest = sorted(self.numbers, reverse=True)
        body = '<h1 class="page-title">Berita</h1>' + self.entries(
            newest[page * 10 - 10 : page * 10]
        )
        if len(newest) > page * 10:
            body += (
                f'<nav class="pagination"><a class="next page-numbers" '
                f'href="{self.origin}/category/berita/page/{page + 1}/">Berikutnya</a></nav>'
            )
        return self.html("Berita", "archive category category-berita", body)

    def entries(self, numbers: Iterable[int]) -> str:
        return "".join(
            f'<article class="post hentry"><h2 class="entry-title"><a rel="bookmark" '
            f'href="{self.origin}/berita-{n}/">Berita nomor {n}</a></h2></article>'
            for n in numbers
        )

    def article(self, number: int, body: str | None = None, extra: str = "") -> str:
        body = body or self.text(number)
        return self.html(
            f"Berita nomor {number}",
            f"post-template-default single single-post postid-{number}",
            f'<article id="post-{number}" class="post type-post hentry"><header '
            f'class="entry-header"><h1 class="entry-title">Berita nomor {number}</h1>'
            f'<span class="cat-links-content"><a href="{self.origin}/category/berita/" '
            f'rel="category tag">Berita</a></span><span class="posted-on"><time '
            f'class="entry-date published updated" datetime="2019-10-{number % 28 + 1:02d}'
            f'T10:15:00+07:00">Oktober 2019</time></span></header><div class="entry-content">'
            f"{body}</div>{extra}</article>",
        )

    def text(self, number: int) -> str:
        """The text of an article, as the REST API has it too."""
        return (
            f"<p>Pontianak, {self.outlet} &#8211; Warga nomor {number} menanam pohon di "
            "tepi sungai.</p>"
            "<p>Kegiatan itu diikuti puluhan pelajar. [Lay]</p>"
        )

    def html(self, title: str, classes: str, body: str = "") -> str:
        return (
            f'<!DOCTYPE html><html lang="id"><head><title>{title} &#8211; {self.outlet}</title>'
            "</head>"
            f'<body class="{classes}"><main>{body}</main></body></html>'
        )

    def _handler(site) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - `self` is the handler's
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Head and body are two writes: the second would wait 40 ms for word of the first.
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                with site._lock:
                    before = site.paths().count(self.path)
                    site.asked.append(Asked(self.path, time.monotonic(), dict(self.headers)))
                    site.in_flight += 1
                    site.most_in_flight = max(site.most_in_flight, site.in_flight)
                try:
                    given = site.answers.get(self.path) or site.invented(self.path)
                    given = given or site.answer(self.path)
                    self._send(given(before) if callable(given) else given)
                finally:
                    with site._lock:
                        site.in_flight -= 1

            def _send(self, answer: Answer) -> None:
                if answer.wire is not None:
                    self.close_connection = True
                    with suppress(OSError):
                        answer.wire(self.connection)
                    return
                body, headers = answer.sent(), dict(answer.headers)
                if answer.length is None and "Content-Encoding" not in headers:
                    body = gzip.compress(body, mtime=0)  # as nginx does
                    headers["Content-Encoding"] = "gzip"
                self.send_response(answer.status)
                if answer.content_type:
                    self.send_header("Content-Type", answer.content_type)
                for name, value in headers.items():
                    self.send_header(name, value)
                length = len(body) if answer.length is None else answer.length
                self.send_header("Content-Length", str(length))
                self.end_headers()
                self.wfile.write(body)
                if length != len(body):
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        return Handler
