"""The part of the Python Package Index that pip-audit asks, behind a proxy on this machine."""

import json
import re
import ssl
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

from tests.certificates import self_signed
from tests.supply.licences import TOOLS


def host() -> str:
    """The host that pip-audit asks, as its own source has it."""
    source = (TOOLS / "pip_audit/_service/pypi.py").read_text("utf-8")
    (found,) = re.findall(r"https://([^/]+)/pypi/\{", source)
    return str(found)


class Index:
    """Answers for every package that it has no hole, but for what `holes` and `unknown` say.

    A client that is given `environment` goes there for the address of the real one.
    """

    def __init__(self, folder: Path) -> None:
        self.holes: dict[str, Mapping[str, Any]] = {}
        """Package -> an advisory, as the index tells it."""
        self.unknown: set[str] = set()
        """Packages that are not found, as behind a mirror that has files alone."""
        self.asked: list[tuple[str, str]] = []
        """Package and version."""
        certificate = self_signed(folder, host())
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler(tls))
        self._server.daemon_threads = True
        self._server.block_on_close = False
        proxy = f"http://127.0.0.1:{self._server.server_port}"
        self.environment = {
            **dict.fromkeys(("HTTPS_PROXY", "https_proxy"), proxy),
            **dict.fromkeys(("NO_PROXY", "no_proxy"), ""),
            "REQUESTS_CA_BUNDLE": str(certificate),
        }

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(index, tls: ssl.SSLContext) -> type[BaseHTTPRequestHandler]:  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_CONNECT(self) -> None:
                """Be the index oneself, on the connection that leads to it."""
                assert self.path == f"{host()}:443"
                self.send_response(200)
                self.end_headers()
                self.connection = tls.wrap_socket(self.connection, server_side=True)
                self.rfile = self.connection.makefile("rb")
                self.wfile = self.connection.makefile("wb", 0)  # type: ignore[assignment]
                self.close_connection = False

            def do_GET(self) -> None:
                name, version = self.path.removeprefix("/pypi/").removesuffix("/json").split("/")
                index.asked.append((name, version))
                holes = [index.holes[name]] if name in index.holes else []
                body = json.dumps({"info": {}, "vulnerabilities": holes}).encode()
                self.send_response(404 if name in index.unknown else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def finish(self) -> None:
                super().finish()
                self.connection.close()  # the server knows only what TLS was put over

            def log_message(self, *_: object) -> None:
                pass

        return Handler
