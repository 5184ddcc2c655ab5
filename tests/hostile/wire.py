"""Misbehaviour on the wire: what a server does with a connection instead of answering well."""

import gzip
import socket
import struct
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
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


def chunked(body: Iterable[bytes]) -> Iterator[bytes]:
    """A body in chunks (RFC 9112 section 7.1), with the one that ends it."""
    for part in body:
        yield b"%x\r\n%s\r\n" % (len(part), part)
    yield b"0\r\n\r\n"


def stream(start: bytes, body: Iterable[bytes]) -> Answer:
    """Headers, then a body for as long as anybody takes it."""

    def act(wire: socket.socket) -> None:
        wire.sendall(start)
        for part in body:
            wire.sendall(part)

    return answer(act)


def endless(block: bytes, **headers: object) -> Callable[[int], Answer]:
    """A body that never ends, without Content-Length. Anew for each request."""

    def parts() -> Iterator[bytes]:
        while True:
            yield block

    return lambda _: stream(head(Connection="close", **headers), parts())


def drip(data: bytes, pause: float) -> Answer:
    """A byte at a time, with so many seconds between them."""

    def act(wire: socket.socket) -> None:
        for byte in data:
            wire.sendall(bytes([byte]))
            time.sleep(pause)

    return answer(act)


class Silence:
    """Answers that never come; they end when the other side hangs up, which is counted."""

    def __init__(self, start: bytes = b"") -> None:
        self._start = start
        self.held = 0
        self.closed = 0

    def __call__(self, _before: int) -> Answer:
        return answer(self._act)

    def _act(self, wire: socket.socket) -> None:
        self.held += 1
        wire.sendall(self._start)
        with suppress(OSError):
            while wire.recv(1):
                pass
        self.closed += 1


@cache
def bomb(gibibytes: int) -> bytes:
    """A gzip member that is so much white space after an opening tag, and as small as can be."""
    packing = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    block = b" " * (1 << 20)
    packed = [packing.compress(b"<p>")]
    packed += [packing.compress(block) for _ in range(gibibytes * 1024)]
    packed.append(packing.flush())
    return b"".join(packed)


def gzipped(body: bytes) -> Answer:
    """A body that is sent as the gzip member it is."""
    return Answer(body, headers={"Content-Encoding": "gzip"}, length=len(body))


def cut_gzip(text: str, missing: int) -> Answer:
    """A gzip body that lacks its last bytes, framed as if it were whole."""
    return gzipped(gzip.compress(text.encode(), mtime=0)[:-missing])
