"""What robots.txt allows, by RFC 9309; the parsing of its lines is Protego's."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from protego import Protego

MAX_BYTES = 512 * 1024
"""How much of the file is read; the RFC asks for at least 500 KiB (section 2.5)."""

MAX_REDIRECTS = 5
"""Redirects of /robots.txt that are followed (section 2.3.1.2)."""

MAX_AGE = timedelta(hours=24)
"""How long a copy may stand in for a file that cannot be read (section 2.4)."""

MAX_SITEMAPS = 10
"""Sitemaps that are taken from one file."""

PRODUCT_TOKEN = "borneone_crawler"
"""The name a robots.txt may address us by (section 2.2.1)."""

# How lines begin that say anything to us, in every spelling that Protego reads.
_KNOWN = re.compile(r"\s*(?:user|allow|dis|dia|crawl|site)", re.IGNORECASE)
_AGENT = re.compile(r"\s*user[- ]?agent(?:\s*:|\s)\s*(?P<name>[^#\s][^#]*)", re.IGNORECASE)
_SOMEBODY = "somebody-else"


@dataclass(frozen=True, slots=True)
class Robots:
    """The policy of one host for us."""

    _rules: Protego | None

    @classmethod
    def from_answer(cls, status: int, body: bytes) -> "Robots | None":
        """The policy an answer to /robots.txt stands for; None = unreachable, ask nothing.

        2xx: its rules; 4xx except 429: there is none, everything is allowed (2.3.1.3); anything
        else, 429 and 5xx above all, is a complete disallow (2.3.1.4).
        """
        if 200 <= status < 300:
            text = body[:MAX_BYTES].decode("utf-8-sig", errors="replace")
            return cls(Protego.parse("\n".join(_to_us(text))))
        if 400 <= status < 500 and status != 429:
            return cls(None)
        return None

    def allows(self, url: str) -> bool:
        """Whether we may ask for this URL; /robots.txt itself always (section 2.2.2)."""
        if self._rules is None or urlsplit(url).path == "/robots.txt":
            return True
        return bool(self._rules.can_fetch(url, PRODUCT_TOKEN))

    @property
    def sitemaps(self) -> list[str]:
        """Addresses of the sitemaps the file names, as it spells them."""
        return list(self._rules.sitemaps)[:MAX_SITEMAPS] if self._rules else []

    @property
    def crawl_delay(self) -> float:
        """Seconds between requests the file asks for; 0 if it names none.

        Not part of the RFC, but widely written, and harmless to obey.
        """
        delay = self._rules.crawl_delay(PRODUCT_TOKEN) if self._rules else None
        seconds = float(delay or 0)
        return seconds if math.isfinite(seconds) and seconds > 0 else 0.0


def _to_us(text: str) -> Iterator[str]:
    """The lines of a file that say anything to us. Others must not interfere (section 2.2.4): for
    Protego they would end a group. And names of others are one name: it keeps each rule of a
    group once for each of its names, 20 GB for half a megabyte of both."""
    for line in text.splitlines():
        if match := _AGENT.match(line):
            name = match["name"].strip().lower()
            name = name if name == "*" else name.replace("*", "")
            is_for_us = name in {"*", PRODUCT_TOKEN.lower()}
            yield f"User-agent: {name if is_for_us else _SOMEBODY}"
        elif _KNOWN.match(line):
            yield line
