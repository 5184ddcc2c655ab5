"""Two crawlers that can be set on the same site: ours, and an ordinary Scrapy spider."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from tests import typed
from tests.benchmarks.measuring import MEASURED, peak_mib
from tests.crawling import ROOT, Crawl
from tests.small_site import SmallSite

ORDINARY = Path(__file__).parent / "ordinary"
DELAY = 0.02
"""Seconds between requests: a fiftieth of what the template of Scrapy and our settings say."""
_PATIENCE = 400
"""Seconds after which a crawl that has not ended fails the benchmark."""


@dataclass(frozen=True)
class Article:
    """What was stored of one."""

    url: str
    headline: str
    text: str
    date: str | None
    """ISO 8601."""


@dataclass(frozen=True)
class Result:
    """What a crawl left."""

    status: int
    """The exit status of its process."""
    reason: str
    """How it ended, in its own words."""
    articles: list[Article]
    megabytes: float
    """Resident at most, of 10^6 bytes."""
    csv: Callable[[], str]
    """The articles as a table for spreadsheets, exported by its own means."""

    def of(self, number: int) -> list[Article]:
        """What is stored under the address of an article of SmallSite."""
        return [one for one in self.articles if one.url.endswith(f"/berita-{number}/")]


@dataclass(frozen=True)
class How:
    """How a crawler is to go about it."""

    delay: float = DELAY
    """Seconds between requests."""
    timeout: float | None = None
    """Seconds that an answer may take; None: as many as the crawler likes."""
    budget: int = 0
    """Requests; 0: as many as it likes."""
    patience: float = 0
    """For how many seconds one that can wait for a site that is down does so."""


AS_EVER = How()

Crawler = Callable[[SmallSite, How], Result]
"""Crawls a site from nothing, in a folder of its own and a process of its own."""


class Ours:
    """`scrapy crawl borneonetv`, with short waits before what failed is tried again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, site: SmallSite, how: How) -> Result:
        crawl = Crawl(Path(mkdtemp(dir=self._folder)), site.origin)
        settings: dict[str, object] = {
            "DOWNLOAD_DELAY": how.delay, "MAX_REQUESTS": how.budget,
        }  # fmt: skip
        if how.timeout:
            settings["DOWNLOAD_TIMEOUT"] = how.timeout
        if how.patience:
            settings |= {"OUTAGE_PATIENCE": how.patience, "RETRY_DELAYS": "1,5,10"}
        words = crawl.argv(**settings)[3:]
        status, megabytes, said = _run(words, ROOT, crawl.archive.parent)
        if not crawl.archive.exists():
            return Result(status, said, [], megabytes, str)
        return Result(
            status,
            crawl.one("SELECT reason FROM runs ORDER BY id DESC LIMIT 1"),
            [
                Article(*row)
                for row in crawl.rows(
                    "SELECT url, headline, article_body, date_published FROM articles"
                )
            ],
            megabytes,
            lambda: typed.run(crawl.archive, "export", "csv").stdout,
        )


class Ordinary:
    """`scrapy crawl` in the project in `ordinary/`, its items exported by Scrapy's feeds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, site: SmallSite, how: How) -> Result:
        folder = Path(mkdtemp(dir=self._folder))
        items, table = folder / "articles.jsonl", folder / "articles.csv"
        settings: dict[str, object] = {
            "DOWNLOAD_DELAY": how.delay, "CLOSESPIDER_PAGECOUNT": how.budget,
            # Doors for the person at the machine, which change nothing here.
            "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False,
        }  # fmt: skip
        if how.timeout:
            settings["DOWNLOAD_TIMEOUT"] = how.timeout
        pairs = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
        words = ["crawl", "borneonetv", "-a", f"origin={site.origin}", *pairs]
        words += ["-O", str(items), "-O", str(table)]
        status, megabytes, log = _run(words, ORDINARY, folder)
        # One that is killed or does not start leaves no reason, and that is a fault of ours here.
        (reason,) = re.findall(r"'finish_reason': '([^']+)'", log)
        lines = items.read_text("utf-8").splitlines()
        articles = [Article(**json.loads(line)) for line in lines]
        return Result(status, reason, articles, megabytes, lambda: table.read_text("utf-8"))


def _run(words: list[str], cwd: Path, folder: Path) -> tuple[int, float, str]:
    """`scrapy …`. Returns its exit status, most memory in MB, and what it said on stderr."""
    note = folder / "status"
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, note, *words],
        cwd=cwd, capture_output=True, text=True, timeout=_PATIENCE,
    )  # fmt: skip
    return done.returncode, peak_mib(note) * 1024 * 1024 / 1e6, done.stderr
