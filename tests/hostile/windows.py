"""A site that for some seconds answers otherwise."""

import time

from tests.small_site import Answer, SmallSite


class Window:
    """From its first request for an article after `begins` on, a site answers otherwise for so
    many seconds."""

    def __init__(self, site: SmallSite, otherwise: Answer, seconds: float, begins: int) -> None:
        self._site = site
        self._otherwise = otherwise
        self._seconds = seconds
        self._begins = begins
        self.opened: float | None = None

    def __call__(self, path: str) -> Answer | None:
        asked = sum("/berita-" in each for each in self._site.paths())
        if self.opened is None and asked > self._begins:
            self.opened = time.monotonic()
        if self.opened is None or time.monotonic() > self.opened + self._seconds:
            return None
        return self._otherwise
