"""An archive that grows as a crawl makes it grow, but for the WARC files; it times itself."""

import gc
import itertools
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.articles.articles import Effect
from borneone_crawler.archive.articles.revisions import Reader
from borneone_crawler.archive.clock import stamp
from borneone_crawler.archive.settled import Settled
from borneone_crawler.archive.warc.records import record_id
from borneone_crawler.items import CaptureRef, Kind, Link, Outcome, Reading, State
from borneone_crawler.site import Site

BATCH = 100
"""Articles that are claimed at once, as in a crawl."""


class Newsroom(Protocol):
    """What is read of its pages."""

    def url(self, number: int) -> str:
        """The address of an article."""
        ...

    def reading(self, number: int, edition: int = 0) -> Reading:
        """What is read of its page, with all its links; another text in another edition."""
        ...


class Growing:
    """It begins empty; its clock goes on by a millisecond whenever it is asked."""

    def __init__(
        self, folder: Path, newsroom: Newsroom, site: Site, reader: Reader, begun: datetime
    ) -> None:
        self.newsroom = newsroom
        self.held = 0
        self._editions: Counter[int] = Counter()
        self._begun = begun
        self._moments = itertools.count()
        self.archive = Archive(
            folder / "borneone.db", folder / "warc", site, clock=self._now, software="tests",
            reader=reader,
        )  # fmt: skip
        self.archive.begin_run("crawl", {})

    def _now(self) -> datetime:
        return self._begun + timedelta(milliseconds=next(self._moments))

    def capture(self, url: str) -> CaptureRef:
        """What the middleware hands on for a page that it has written."""
        number = next(self._moments)
        return CaptureRef(
            file="borneone.warc.gz", offset=number, length=13_000, digest=f"{number:064x}",
            record_id=record_id(self._now()), url=url, status=200,
            content_type="text/html; charset=UTF-8", fetched_at=stamp(self._now()),
            payload_digest=f"sha1:{number:032}",
        )  # fmt: skip

    def grow(self, articles: int) -> None:
        """Store articles until so many are held."""
        while self.held < articles:
            self.store(min(BATCH, articles - self.held))

    def store(self, articles: int = BATCH) -> float:
        """Store new ones. Returns the milliseconds of the processor for each."""
        numbers = range(self.held + 1, self.held + articles + 1)
        self._name(numbers)
        outcomes = self._outcomes(numbers)
        self.held += articles
        return self._settle(outcomes, Effect.NEW)

    def revisit(self, numbers: range) -> float:
        """Settle the same pages again, captured anew. Returns milliseconds for each."""
        outcomes = self._outcomes(numbers)
        self._make_due(numbers)
        return self._settle(outcomes, Effect.UNCHANGED)

    def revise(self, numbers: range) -> float:
        """Settle other texts under the same addresses. Returns milliseconds for each."""
        self._editions.update(numbers)
        outcomes = self._outcomes(numbers)
        self._make_due(numbers)
        return self._settle(outcomes, Effect.REVISED)

    def unmodified(self, numbers: range) -> float:
        """Settle answers 304. Returns milliseconds for each."""
        outcomes = {
            url: replace(outcome, http_status=304, reading=None, canonical=None, links=[])
            for url, outcome in self._outcomes(numbers).items()
        }
        self._make_due(numbers)
        return self._settle(outcomes, None)

    def know(self, numbers: Sequence[int]) -> float:
        """Add links to articles that are known. Returns milliseconds for each."""
        links = [Link(url=self.newsroom.url(number), kind=Kind.ARTICLE) for number in numbers]
        with self.archive.db.atomic(), timed(len(links)) as took:
            added = [self.archive.frontier.add(link, "", 1) for link in links]
        assert not any(each is None or each.is_new for each in added)
        return took[0]

    def claim(self) -> float:
        """Claim what is due, and give it back: a picture of each article waits. Returns
        milliseconds for each row."""
        with timed(BATCH) as took:
            claimed = self.archive.claim(BATCH)
        assert len(claimed) == BATCH
        self.archive.frontier.claimed.difference_update(row.id for row in claimed)
        return took[0]

    def _name(self, numbers: range) -> None:
        """A list of the site names them, as a crawl would have it."""
        for number in numbers:
            self.archive.want(self.newsroom.url(number))

    def _outcomes(self, numbers: range) -> dict[str, Outcome]:
        outcomes = {self.newsroom.url(number): self._outcome(number) for number in numbers}
        for outcome in outcomes.values():
            # As the reading of the page has done: what a page's addresses are is its cost.
            for address in (outcome.url, *(link.url for link in outcome.links)):
                self.archive.urls.form(self.archive.urls.canonical(address))
        return outcomes

    def _outcome(self, number: int) -> Outcome:
        url = self.newsroom.url(number)
        reading = self.newsroom.reading(number, self._editions[number])
        return Outcome(
            url=url,
            kind=Kind.ARTICLE,
            state=State.STORED,
            http_status=200,
            capture=self.capture(url),
            canonical=url,
            reading=reading,
            links=reading.links,
        )

    def _make_due(self, numbers: range) -> None:
        rows = self.archive.db.execute(
            "SELECT id FROM urls WHERE url IN (SELECT value FROM json_each(?))",
            [json.dumps([self.newsroom.url(number) for number in numbers])],
        )
        self.archive.make_due([row_id for (row_id,) in rows.fetchall()])

    def _settle(self, outcomes: dict[str, Outcome], effect: Effect | None) -> float:
        """As a crawl does: claim so many at once, settle them one by one."""
        settled: list[Settled] = []
        with timed(len(outcomes)) as took:
            while claimed := self.archive.claim(BATCH, kind=Kind.ARTICLE):
                settled += [self.archive.settle(due, outcomes[due.url]) for due in claimed]
        assert [each.effect for each in settled] == [effect] * len(outcomes)
        return took[0]


@contextmanager
def timed(count: int) -> Iterator[list[float]]:
    """Milliseconds of the processor for each of so many: waiting for a busy machine, or for its
    disk, does not count."""
    took: list[float] = []
    gc.collect()
    gc.freeze()  # what was made for the test is not looked through meanwhile
    begun = time.process_time()
    yield took
    took.append((time.process_time() - begun) * 1000 / count)
    gc.unfreeze()
