"""A machine with a clone and a scrapyd of its own, as the README's lines set it up."""

import base64
import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

from tests.crawling import ROOT

README = (ROOT / "README.md").read_text("utf-8")
MANY = README[README.index("\n## Many newsrooms\n") :].split("\n## ", 2)[1]
PATIENCE = 60
"""Seconds."""


def until(happened: Callable[[], object], what: str) -> None:
    """Wait for it. Raises TimeoutError."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        time.sleep(0.05)


def spider(name: str, outlet: str) -> str:
    """The README's spider of another newsroom, under these names."""
    (text,) = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    changed = text.replace("MahakamPos", outlet.replace(" ", ""))
    return changed.replace("mahakampos", name).replace("Mahakam Pos", outlet)


class Machine:
    """A folder with the program, spiders for `outlets` and the owner's files; scrapyd when it is
    up. What it crawls is at `origins`."""

    def __init__(
        self, folder: Path, outlets: Mapping[str, str], origins: Mapping[str, str]
    ) -> None:
        self.folder = folder
        self.archives = folder / "archive"
        shutil.copytree(ROOT / "borneone_crawler", folder / "borneone_crawler")
        for name, outlet in outlets.items():
            (folder / f"borneone_crawler/spiders/{name}.py").write_text(spider(name, outlet))
        self.archives.mkdir()
        for each in ("scrapy.cfg", "archive/scrapyd.example.conf"):
            shutil.copy(ROOT / each, folder / each)
        tables = [f'[{name}]\nbase_url = "{origin}"\n' for name, origin in origins.items()]
        (self.archives / "local.toml").write_text("delay = 0\n" + "".join(tables))
        (folder / ".venv").symlink_to(sys.prefix)
        # A clone's own environment imports the clone.
        self._environment = os.environ | {"HOME": str(folder), "PYTHONPATH": str(folder)}
        self.port = _free_port()
        self._set_up()
        self._scrapyd: subprocess.Popen[bytes] | None = None

    def _set_up(self) -> None:
        """Type the README's lines for the password; another port, and no long waits."""
        (lines,) = re.findall(r"^\(umask.*?netrc\)$", MANY, re.MULTILINE | re.DOTALL)
        subprocess.run(["bash", "-euc", lines], cwd=self.folder, env=self._environment, check=True)
        conf = self.folder / "scrapyd.conf"
        text = conf.read_text().replace("# http_port = 6800", f"http_port = {self.port}")
        conf.write_text(text.replace("# poll_interval = 5", "poll_interval = 0.1"))

    def start(self, before: Sequence[str] = ()) -> None:
        """Bring scrapyd up, as the README has it, with `before` before its command."""
        (line,) = re.findall(r"^\.venv/bin/scrapyd --.*?(?=\s*(?:#.*)?$)", MANY, re.MULTILINE)
        with (self.folder / "scrapyd.log").open("ab") as log:
            self._scrapyd = subprocess.Popen(
                [*before, *shlex.split(line)],
                cwd=self.folder,
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until(self._answers, "scrapyd came up")

    def kill(self) -> None:
        """As when the power fails: scrapyd and its crawls are gone at once."""
        if self._scrapyd is not None:
            os.killpg(self._scrapyd.pid, signal.SIGKILL)
            self._scrapyd.wait()
            self._scrapyd = None

    @property
    def log(self) -> str:
        return (self.folder / "scrapyd.log").read_text("utf-8")

    def schedule(self, name: str) -> str:
        """What the README's line with curl asks for, of this newsroom. Returns the job."""
        line = re.findall(r"^curl .*/schedule\.json .*$", MANY, re.MULTILINE)[0]
        words = shlex.split(line, comments=True)
        (url,) = (word for word in words if word.startswith("http"))
        given = dict(b.split("=") for a, b in pairwise(words) if a == "-d")
        answer = self.ask(urlsplit(url).path, **given | {"spider": name})
        assert answer["status"] == "ok", answer
        return str(answer["jobid"])

    def ask(self, path: str, /, *, password: str | None = None, **given: str) -> dict[str, Any]:
        """One question to scrapyd. Raises HTTPError."""
        (secret,) = re.findall(r"^password = (\S+)$", (self.folder / "scrapyd.conf").read_text(),
                               re.MULTILINE)  # fmt: skip
        token = base64.b64encode(f"borneone:{password or secret}".encode()).decode()
        request = Request(
            f"http://127.0.0.1:{self.port}{path}",
            urlencode(given).encode() if given else None,
            {"Authorization": f"Basic {token}"},
        )
        with closing(urlopen(request, timeout=PATIENCE)) as answer:
            return dict(json.load(answer))

    def is_idle(self) -> bool:
        status = self.ask("/daemonstatus.json")
        return status["pending"] == status["running"] == 0

    def scrapy(self, *words: str | Path, status: int = 0) -> str:
        """A command of the clone, to its end. Returns what it printed."""
        done = subprocess.run(
            [".venv/bin/scrapy", *words],
            cwd=self.folder,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert (done.returncode, done.stderr) == (status, ""), done.stdout + done.stderr
        return done.stdout

    def _answers(self) -> bool:
        assert self._scrapyd is not None
        assert self._scrapyd.poll() is None, self.log
        try:
            return bool(self.ask("/daemonstatus.json"))
        except HTTPError:
            raise
        except OSError:
            return False


def _free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
