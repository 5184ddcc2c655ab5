"""pywb, in its own virtual environment: a collection of WARC files, served on loopback."""

import os
import re
import subprocess
import time
from collections.abc import Iterable
from http.client import HTTPMessage
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

ROOT = Path(__file__).parents[2]
VENV = ROOT / ".venv-replay"
RULES = ROOT / "archive" / "replay-rules.yaml"

_DIRECT = build_opener(ProxyHandler({}))
"""Asks loopback itself, whatever proxy the machine has."""


class Wayback:
    """Serves WARC files from `start` until the end of the block. Rules are the archive's own, for
    the site at `origin`."""

    def __init__(self, folder: Path, warcs: Iterable[Path], origin: str, port: int) -> None:
        self.folder = folder
        self.log = folder / "wayback.log"
        self.at = f"http://127.0.0.1:{port}"
        self._port = port
        self._manage("init", "desk")
        self._manage("add", "desk", *map(str, warcs))
        host = ",".join(reversed(origin.partition("://")[2].partition(":")[0].split(".")))
        port_of_site = origin.rpartition(":")[2]
        rules = RULES.read_text("utf-8").replace("com,borneonetv", f"{host}:{port_of_site}")
        (folder / "rules.yaml").write_text(rules, "utf-8")
        (folder / "config.yaml").write_text("rules_file: rules.yaml\n", "utf-8")

    def __enter__(self) -> Self:
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [VENV / "bin" / "wayback", "-b", "127.0.0.1", "-p", str(self._port)],
                cwd=self.folder, stdout=log, stderr=log,
            )  # fmt: skip
        for _ in range(300):
            try:
                _DIRECT.open(self.at, timeout=5).close()
                return self
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        self.__exit__(None, None, None)
        raise AssertionError(self.log.read_text("utf-8"))

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(timeout=30)

    def address(self, url: str, at: str, form: str = "mp_") -> str:
        """Where a capture is replayed. `at` is its time, ISO 8601; `form` is pywb's: "mp_" for the
        page itself, "im_" for a picture, "" for the page in pywb's frame."""
        moment = re.sub(r"\D", "", at)[:14]
        return f"{self.at}/desk/{moment}{form}/{url}"

    def get(self, url: str, at: str, form: str = "mp_") -> tuple[int, HTTPMessage, bytes]:
        """Status, headers and body of a replayed capture."""
        try:
            answer = _DIRECT.open(self.address(url, at, form), timeout=30)
        except HTTPError as error:
            answer = error
        with answer:
            return answer.status, answer.headers, answer.read()

    def asked(self) -> dict[str, int]:
        """Status by address of everything that was asked of the replayed site so far."""
        lines = self.log.read_text("utf-8", "replace")
        found = re.findall(r'"GET /desk/\d+[a-z_]*/(http\S+) HTTP/[\d.]+" (\d+)', lines)
        return {url: int(status) for url, status in found}

    def _manage(self, *arguments: str) -> None:
        done = subprocess.run(
            [VENV / "bin" / "wb-manager", *arguments],
            cwd=self.folder, capture_output=True, text=True, timeout=120, env=os.environ,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
