"""Answers in place of a robots.txt that cannot be had."""

from collections.abc import Callable

from tests.hostile import wire
from tests.small_site import Answer

UNREACHABLE: dict[str, Answer | Callable[[int], Answer]] = {
    "500": Answer(status=500),
    "503": Answer(status=503),
    "429": Answer(status=429),
    "reset": wire.reset(),
    "time-out": wire.Silence(),
    "cut gzip": wire.cut_gzip("User-agent: *\nDisallow:\n" * 9, 4),
    "cut short": wire.bytes_then_close(
        wire.head(Content_Length=900) + b"User-agent: *\nDisallow:\n"
    ),
}
