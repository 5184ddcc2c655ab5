"""A real Datasette over a folder with an archive, as `datasette archive/` is typed."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlencode

from lxml.html import HtmlElement, fromstring

from tests.crawling import ROOT

DESK = ("metadata.yaml", "settings.json", "plugins", "static", "templates")
"""What stands beside the archive in archive/."""


def lay_out(folder: Path) -> Path:
    """Make a folder that Datasette can serve: ours, with an archive of the test's own."""
    folder.mkdir()
    for name in DESK:
        folder.joinpath(name).symlink_to(ROOT / "archive" / name)
    return folder


class Served:
    """The server, for as long as the context lasts; `before` stands before its command."""

    def __init__(self, folder: Path, before: Sequence[str] = ()) -> None:
        self._folder = folder
        self._before = before
        self._log = folder.with_name("datasette.log")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.origin = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "Served":
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                [*self._before, sys.executable, "-m", "datasette", str(self._folder),
                 "--port", str(self.port)],
                cwd=self._folder.parent, env={"LANG": "C.UTF-8", "PATH": os.environ["PATH"],
                     "HOME": str(self._folder.parent)},
                stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        for _ in range(300):
            assert self._process.poll() is None, self.log
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.1)
        raise AssertionError(self.log)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._process.terminate()
        self._process.wait(20)

    @property
    def log(self) -> str:
        return self._log.read_text("utf-8")

    def get(self, path: str, language: str = "id", **headers: str) -> tuple[HTTPResponse, str]:
        """The answer and its text."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path, headers={"Accept-Language": language} | headers)
            response = connection.getresponse()
            return response, response.read().decode()
        finally:
            connection.close()

    def page(self, path: str, language: str = "id", status: int = 200) -> HtmlElement:
        response, text = self.get(path, language)
        assert response.status == status, text
        return fromstring(text)

    def rows(self, sql: str, **values: str) -> list[dict[str, Any]]:
        """What SQL that anybody may type brings."""
        query = urlencode({"sql": sql, "_shape": "array"} | values)
        response, text = self.get(f"/borneone.json?{query}")
        assert response.status == 200, text
        found: list[dict[str, Any]] = json.loads(text)
        return found


def text_of(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())
