"""An HTTP server on 127.0.0.1 whose every answer comes from one method."""

import gzip
import socket
import sys
import threading
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

_KEPT_BODIES = 2_048


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One response, before compression."""

    status: int
    headers: dict[str, str]
    body: bytes = b""
    key: str | None = None
    """Under which the compressed body is kept."""


class LoopbackServer(ABC):
    """Serves while the `with` block lasts; within it, it can go down and come back."""

    def __init__(self, *, port: int = 0) -> None:
        self._gzipped: dict[str, bytes] = {}
        self._listen(port)
        self._port: int = self._http.server_address[1]

    @abstractmethod
    def answer(self, method: str, target: str, headers: dict[str, str]) -> Answer:
        """What is answered to a request; header names of the request in lower case."""

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._thread.is_alive():
            self.go_down()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def clock(self) -> float:
        """Seconds since 1970, as the answers' Date tells them."""
        return time.time()

    def go_down(self) -> None:
        """Hang up on everybody and refuse connections from here on."""
        self._http.shutdown()
        self._http.server_close()
        self._http.hang_up()
        self._thread.join()

    def come_back(self) -> None:
        """Listen again, at the same address as before."""
        self._listen(self._port)
        self._thread.start()

    def gzipped(self, answer: Answer) -> bytes:
        """The answer's body compressed, the same bytes every time."""
        if answer.key is None:
            return gzip.compress(answer.body, 1, mtime=0)
        packed = self._gzipped.get(answer.key)
        if packed is None:
            packed = gzip.compress(answer.body, 1, mtime=0)
            if len(self._gzipped) < _KEPT_BODIES:
                self._gzipped[answer.key] = packed
        return packed

    def _listen(self, port: int) -> None:
        self._http = _Server(("127.0.0.1", port), _Handler)
        self._http.site = self
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    site: LoopbackServer

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
        site = self.server.site
        if length := int(self.headers.get("Content-Length") or 0):
            self.rfile.read(min(length, 1 << 20))
        asked = {name.lower(): value for name, value in self.headers.items()}
        answer = site.answer(self.command, self.path, asked)
        body = answer.body
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if body and not answer.headers.get("Content-Type", "").startswith("image/"):
            self.send_header("Vary", "Accept-Encoding")
            if "gzip" in asked.get("accept-encoding", ""):
                body = site.gzipped(answer)
                self.send_header("Content-Encoding", "gzip")
        if answer.status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.wfile.flush()

    def date_time_string(self, timestamp: float | None = None) -> str:
        return super().date_time_string(timestamp or self.server.site.clock())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  http.server's name
        """Silent: the site keeps its own log."""
