"""Scrapy item pipelines: one line a step of reading.STEPS, then the one that stores."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from borneone_crawler import reading
from borneone_crawler.archive.frontier.frontier import Due
from borneone_crawler.discovery.pictures import picture_links
from borneone_crawler.extensions.archive import ArchiveKeeper
from borneone_crawler.extensions.health import HealthKeeper
from borneone_crawler.items import Kind, Outcome, State
from borneone_crawler.patience import patience
from borneone_crawler.reading import steps
from borneone_crawler.upkeep import health


@dataclass(slots=True, kw_only=True, repr=False)
class Story:
    """The item: an article on its way from the spider to the archive."""

    due: Due
    outcome: Outcome
    draft: reading.Draft
    captures: Sequence[int | None] = (None,)
    """Captures it was read from, in order of its pages; None for the outcome's own."""

    def __repr__(self) -> str:
        return f"Story({self.due.url})"


class Step:
    """Runs one step of the reading on the item's draft."""

    step: ClassVar["staticmethod[[reading.Draft], None]"]  # not subscriptable when it runs

    def __init__(self, crawler: Crawler, most: float = 0) -> None:
        """`most`: seconds of a processor that it may take; 0: as many as it likes."""
        self._crawler = crawler
        self._most = most

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler, ArchiveKeeper.of(crawler).reader.patience)

    def process_item(self, item: Story) -> Story:
        adapter = ItemAdapter(item)
        try:
            with patience(self._most, self.step.__name__):
                self.step(adapter["draft"])
        except reading.NotAnArticle as verdict:
            keeper = ArchiveKeeper.of(self._crawler)
            keeper.turn_down(adapter["due"], adapter["outcome"], verdict.reason)
            raise DropItem(verdict.reason, log_level="INFO") from verdict
        return item


class LiftFields(Step):
    step = staticmethod(steps.lift_fields_from_boilerplate)


class RemoveElements(Step):
    step = staticmethod(steps.remove_elements)


class NarrowToContent(Step):
    step = staticmethod(steps.narrow_to_content)


class LiftMedia(Step):
    step = staticmethod(steps.lift_media)


class RemoveLines(Step):
    step = staticmethod(steps.remove_lines)


class ReadOutlinks(Step):
    step = staticmethod(steps.read_outlinks)


class WriteBody(Step):
    step = staticmethod(steps.write_body)


class ReadSignature(Step):
    step = staticmethod(steps.read_signature)


class Check(Step):
    step = staticmethod(steps.check)


class StoreArticle:
    """Ends the line: everything known of the article goes into the archive at once."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Story) -> Story:
        adapter = ItemAdapter(item)
        due, outcome = adapter["due"], adapter["outcome"]
        read = reading.finish(adapter["draft"])
        keeper = ArchiveKeeper.of(self._crawler)
        if worse := keeper.archive.reads_worse(due, read):
            HealthKeeper.of(self._crawler).met(due, health.WORSE)
            keeper.put_off(due, outcome, f"reads worse: {worse}", end=State.STORED)
            raise DropItem(worse, log_level="WARNING")
        HealthKeeper.of(self._crawler).read(due, read)
        outcome.reading = read
        # An article that has parts is stored when all of them have been asked for.
        outcome.links = [link for link in read.links if link.kind is not Kind.PART]
        outcome.links += picture_links(read.article, self._crawler.settings["CAPTURE_IMAGES"])
        keeper.settle(due, outcome, adapter["captures"])
        return item
