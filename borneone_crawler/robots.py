"""What robots.txt allows, by RFC 9309; the parsing of its lines is Protego's."""

import math
import re
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
            # Other lines must not interfere (section 2.2.4); for Protego they end a group.
            lines = filter(_KNOWN.match, text.splitlines())
            return cls(Protego.parse("\n".join(lines)))
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
