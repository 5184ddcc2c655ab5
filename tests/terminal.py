"""Runs a command in a real pseudo-terminal, and keeps what its screen was told."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from collections.abc import Callable, Sequence

from tests.crawling import ROOT


class Terminal:
    """A terminal of so many columns, before which somebody sits."""

    def __init__(self, columns: int = 80, **environment: str) -> None:
        self.columns = columns
        self.environment = os.environ | {"TERM": "xterm"} | environment
        self.text = ""
        """All that was written to it."""

    def run(
        self,
        argv: Sequence[str],
        seen: Callable[["subprocess.Popen[bytes]", str], None] = lambda *_: None,
    ) -> int:
        """Run it to its end; `seen` is told of the process and of all that was written so far.
        Returns the exit status."""
        leader, follower = pty.openpty()
        size = struct.pack("HHHH", 24, self.columns, 0, 0)
        fcntl.ioctl(follower, termios.TIOCSWINSZ, size)
        with subprocess.Popen(
            argv, cwd=ROOT, stdin=follower, stdout=follower, stderr=follower,
            env=self.environment,
        ) as process:  # fmt: skip
            os.close(follower)
            raw = b""
            # On Linux a terminal that nobody has open any more fails instead of ending.
            while chunk := _read(leader):
                raw += chunk
                self.text = raw.decode("utf-8", "replace")
                seen(process, self.text)
            os.close(leader)
            return process.wait(20)

    @property
    def shown(self) -> list[str]:
        """Each text of the line that was written over."""
        return re.findall(r"\r\x1b\[K([^\r\n\x1b]+)(?=\r\x1b)", self.text)

    @property
    def left(self) -> list[str]:
        """The lines that are on the screen in the end."""
        lines = self.text.replace("\r\n", "\n").split("\n")
        return [line.rpartition("\r\x1b[K")[2] for line in lines if line]


def _read(leader: int) -> bytes:
    try:
        return os.read(leader, 65536)
    except OSError:
        return b""
