"""Runs programs under strace(1), and tells whom they and their children spoke to.

What is told is the kernel's word: no library and no child process gets past it.
"""

import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.typed import PATIENCE

needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")

_CALLS = "connect,sendto,sendmsg,sendmmsg,bind,listen"

_INTERNET = re.compile(
    r"sa_family=AF_INET6?, sin6?_port=htons\((\d+)\), .*?"
    r'(?:inet_addr\(|inet_pton\(AF_INET6, )"([^"]+)"'
)
_UNIX = re.compile(r'sa_family=AF_UNIX, sun_path=@?"([^"]+)"')
_FAMILY = re.compile(r"sa_family=(\w+)")
_BINDS = re.compile(r"\bbind\((\d+), ")
_LISTENS = re.compile(r"\blisten\((\d+)")

_OF_THE_KERNEL = {"AF_NETLINK", "AF_UNSPEC"}
"""Families that lead to no other process: the resolver asks the kernel for this machine's own
addresses, and takes the peer off a socket."""

_OF_THE_MACHINE = {"/var/run/nscd/socket", "/run/nscd/socket", "/run/uuidd/request"}
"""Where the C library asks for the names that the machine knows, and uuid1() (for scrapyd's job
numbers) for a number that no other process has."""


@dataclass
class Contacts:
    """Who was spoken to, and whether anybody could have come in."""

    addresses: set[tuple[str, int]]
    """Address and port of every TCP and UDP peer."""
    others: set[str]
    """Peers of any other kind."""
    doors: set[tuple[str, int] | None]
    """Address and port of every socket on which connections were waited for; None where the system
    chose both."""


def contacts(trace: Path) -> Contacts:
    """What a trace says. Raises AssertionError for an address that this cannot read."""
    found = Contacts(set(), set(), set())
    bound: dict[str, tuple[str, int]] = {}
    for line in trace.read_text("utf-8", "replace").splitlines():
        if door := _LISTENS.search(line):
            found.doors.add(bound.get(door[1]))
        if socket := _BINDS.search(line):
            if peer := _INTERNET.search(line):
                bound[socket[1]] = peer[2], int(peer[1])
            continue
        for family in _FAMILY.findall(line):
            if family in ("AF_INET", "AF_INET6"):
                peer = _INTERNET.search(line)
                assert peer, line
                found.addresses.add((peer[2], int(peer[1])))
            elif family == "AF_UNIX":
                path = _UNIX.search(line)
                found.others.add(path[1] if path else line)
            elif family not in _OF_THE_KERNEL:
                found.others.add(line)
    found.others -= _OF_THE_MACHINE
    return found


def strace(trace: Path, *more: str) -> list[str]:
    """What to put before a command."""
    return [
        "strace",
        *more,
        "-f",
        "-qq",
        "--seccomp-bpf",
        "-e",
        f"trace={_CALLS}",
        "-o",
        str(trace),
    ]


def strace_beside(trace: Path) -> list[str]:
    """What to put before a command that is to have the process itself, and its signals. What it
    has done stands in the trace by the time that anybody else sees it."""
    return strace(trace, "-DD")


def traced(
    argv: Sequence[str | Path], trace: Path, *, cwd: Path, env: Mapping[str, str]
) -> tuple[subprocess.CompletedProcess[str], Contacts]:
    """Run a command to its end."""
    done = subprocess.run(
        [*strace(trace), *argv], cwd=cwd, env=env, capture_output=True, text=True, timeout=PATIENCE
    )
    return done, contacts(trace)
