"""Counts what a run reads, and tells at its end whether something is wrong with the site."""

import json
from collections import Counter, defaultdict
from datetime import timedelta
from typing import Self

from parsel import Selector
from scrapy.crawler import Crawler

from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.frontier.frontier import Due
from borneone_crawler.archive.frontier.row_set import RowSet
from borneone_crawler.discovery import rest
from borneone_crawler.items import Kind, Reading
from borneone_crawler.likeness import same_text
from borneone_crawler.upkeep import health
from borneone_crawler.upkeep.health import Alarm

SAMPLES = 3
"""Addresses that are named with an alarm."""
LEARNS_FROM = 60
"""Runs of the past that a run is compared with."""
BACK_DATED = 20
"""Articles dated long ago that turn up in one run, from which on they are no late posts."""
FEED_IS_LATE = timedelta(days=2)
FEED_MISSES = 3
"""Articles that the feed lacks, the newest by FEED_IS_LATE."""
COMPARED = 5
"""Articles whose text is compared with the REST API's."""


class HealthKeeper:
    """The counters go into the run's stats when it ends, and so into its row."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        # Scrapy's own take longer than the counting, and a page has dozens.
        self._counts: Counter[str] = Counter()
        self._samples: defaultdict[str, list[str]] = defaultdict(list)
        self._met = RowSet()
        self._asked = RowSet()
        self._failed = RowSet()
        self.named: set[str] = set()
        """Names of the alarms that were found."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        keeper = crawler.get_extension(cls)
        assert keeper is not None, "EXTENSIONS lacks HealthKeeper"
        return keeper

    def read(self, due: Due, reading: Reading) -> None:
        """An article's page was read, and reads as well as before."""
        self.met(due)
        self._count(health.READ, due.url)
        self._counts[health.WORDS] += reading.article.word_count
        for name in ("headline", "article_body", "date_published", "authors", "article_section"):
            if getattr(reading.article, name):
                self._count(health.HAS + name, due.url)
        for flag in reading.flags:
            self._count(health.FLAG + flag.partition(":")[0], due.url)
        removals = Counter(removal.rule for removal in reading.removals)
        for rule, number in removals.items():
            self._count(health.RULE + rule, due.url)
            self._counts[f"cleaning/{rule}"] += number

    def met(self, due: Due, *wrong: str) -> None:
        """A page answered that is an article in the archive, or may become one; `wrong`: the
        counters of what is wrong with it. A page counts once, however often it is tried."""
        if due.kind is Kind.ARTICLE and self._met.add(due.id):
            for name in (health.NEW if due.article_id is None else health.KNOWN, *wrong):
                self._count(name, due.url)

    def answered(self, due: Due, seconds: float | None) -> None:
        """The site answered, after so many seconds; None for an answer out of the captures."""
        if seconds is not None:
            self._asked_for(due)
            self._count(health.ANSWERS, due.url)
            self._counts[health.MILLISECONDS] += round(1_000 * seconds)

    def failed(self, due: Due) -> None:
        """The server answered with an error, or the network did not let it."""
        self._asked_for(due)
        if self._failed.add(due.id):
            self._count(health.FAILED, due.url)

    def _asked_for(self, due: Due) -> None:
        if self._asked.add(due.id):
            self._count(health.PAGES, due.url)

    def listing(self, url: str, *, emptied: bool) -> None:
        """The first page of a listing was read; `emptied`: it shows nothing, and once did."""
        for name in (health.LISTINGS, health.EMPTY_LISTINGS)[: 1 + emptied]:
            self._count(name, url)

    def texts_wanted(self, archive: Archive) -> str | None:
        """Path and query by which the REST API gives the texts of the newest articles of this
        run; None when it has none."""
        newest = archive.signs.newest_read(archive.run_id, COMPARED)
        if not newest:
            return None
        numbers = sorted(number for number, _, _ in newest)
        return rest.texts_path(numbers)

    def compare(self, archive: Archive, body: bytes) -> None:
        """Count which of them say the same."""
        texts = rest.read_texts(body)
        for number, url, ours in archive.signs.newest_read(archive.run_id, COMPARED):
            if number in texts:
                self._count(health.COMPARED, url)
                theirs = Selector(text=texts[number])
                for each in theirs.css("script, style"):
                    each.drop()
                if not same_text(ours, " ".join(theirs.xpath("//text()").getall())):
                    self._count(health.UNLIKE, url)

    def alarms(self, archive: Archive, *, first: bool) -> list[str]:
        """What is wrong, a line each with addresses to look at. `first`: no run has come to its
        end before, so that everything in the archive is new."""
        past = [json.loads(text) for text in archive.signs.past_counts(LEARNS_FROM)]
        found = health.judge(self._counts, past)
        if not first:
            found += self._signs(archive)
        if not found and self._counts[health.LISTINGS] and not archive.sources.show_any():
            says = "neither the lists nor any other source shows an article"
            found.append(Alarm("no article", says, health.LISTINGS))
        self.named = {alarm.name for alarm in found}
        return [
            ": ".join((alarm.says, ", ".join(self._samples[alarm.counter]))) for alarm in found
        ]

    def _signs(self, archive: Archive) -> list[Alarm]:
        found = []
        old = archive.signs.back_dated(archive.runs.began_at)
        if len(old) >= BACK_DATED:
            says = f"{len(old)} new articles are dated long ago: was the site hacked?"
            found.append(Alarm("back-dated articles", says, "back-dated"))
            self._samples["back-dated"] = old[:SAMPLES]
        if flood := archive.signs.flood(archive.runs.began_at):
            says = f"{flood.articles} articles are dated {flood.day:%A, %Y-%m-%d}, where "
            says += f"{flood.most} are the most: was the site hacked?"
            found.append(Alarm("too many articles", says, "flood"))
            self._samples["flood"] = flood.urls[:SAMPLES]
        missed = archive.signs.later_than_the_feed(FEED_IS_LATE)
        if len(missed) >= FEED_MISSES:
            says = f"the feed lacks the {len(missed)} newest articles"
            found.append(Alarm("silent feed", says, "feed"))
            self._samples["feed"] = missed[:SAMPLES]
        return found

    def note(self) -> None:
        """Put what was counted into the run's stats."""
        for name, number in self._counts.items():
            self._crawler.stats.set_value(name, number)

    def _count(self, name: str, url: str) -> None:
        self._counts[name] += 1
        if len(self._samples[name]) < SAMPLES:
            self._samples[name].append(url)
