"""Misbehaviour on the wire: what a server does with a connection instead of answering well."""

import gzip
import socket
import struct
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache

from tests.small_site import HTML, Answer

_BLOCK = 1 << 16


def head(status: int = 200, **headers: object) -> bytes:
    """Status line and headers; underscores in the names stand for hyphens."""
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Type: {headers.pop('content_type', HTML)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def answer(act: Callable[[socket.socket], None]) -> Answer:
    """An answer that is made on the wire."""
    return Answer(wire=act)


def bytes_then_close(data: bytes) -> Answer:
    return answer(lambda wire: wire.sendall(data))


def reset(data: bytes = b"") -> Answer:
    """So many bytes, then a TCP reset."""

    def act(wire: socket.socket) -> None:
        wire.sendall(data)
        # A reset throws away what the other side has not read yet.
        time.sleep(0.05)
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        wire.close()

    return answer(act)


class Endless:
    """Bodies that never end, without a length; how much of the greediest was taken is counted."""

    def __init__(self, block: bytes, **headers: object) -> None:
        self._start = head(Connection="close", **headers)
        self._block = block
        self.taken = 0
        """Bytes, those that wait in buffers of the system among them."""

    def __call__(self, _before: int) -> Answer:
        return answer(self._act)

    def _act(self, wire: socket.socket) -> None:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BLOCK)
        wire.sendall(self._start)
        taken = 0
        while True:
            wire.sendall(self._block)
            taken += len(self._block)
            self.taken = max(self.taken, taken)


def drip(data: bytes, pause: float) -> Answer:
    """A byte at a time, with so many seconds between them."""

    def act(wire: socket.socket) -> None:
        for byte in data:
            wire.sendall(bytes([byte]))
            time.sleep(pause)

    return answer(act)


class Silence:
    """Answers that never come, or stop in the middle, until the other side hangs up."""

    def __init__(self, start: bytes = b"") -> None:
        self._start = start
        self.held = 0
        self.closed_after = 0.0
        """Seconds that the most patient caller waited."""

    def __call__(self, _before: int) -> Answer:
        return answer(self._act)

    def _act(self, wire: socket.socket) -> None:
        self.held += 1
        began = time.monotonic()
        wire.sendall(self._start)
        with suppress(OSError):
            while wire.recv(1):
                pass
        self.closed_after = max(self.closed_after, time.monotonic() - began)


@cache
def bomb(gibibytes: int, text: bytes = b"") -> bytes:
    """A gzip member of `text` and so much white space, as small as can be. Its checksum is wrong,
    but nobody should come so far."""
    packing = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    start = packing.compress(text) + packing.flush(zlib.Z_FULL_FLUSH)
    # From a full flush on a block says the same wherever it stands.
    block = packing.compress(b" " * (1 << 20)) + packing.flush(zlib.Z_FULL_FLUSH)
    return start + block * (gibibytes * 1024) + packing.flush()


def coded(coding: str, body: bytes) -> Answer:
    """A body that is sent as it is, and called coded."""
    return Answer(body, headers={"Content-Encoding": coding}, length=len(body))


def cut_gzip(text: str, missing: int) -> Answer:
    """A gzip body that lacks its last bytes, framed as if it were whole."""
    return coded("gzip", gzip.compress(text.encode(), mtime=0)[:-missing])
