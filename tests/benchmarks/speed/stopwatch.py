"""Runs `scrapy` and tells where its processor time went.

`python -m tests.benchmarks.speed.stopwatch NOTE crawl borneonetv …` writes JSON into NOTE:
"seconds" of processor time by part of the work, each without what it has other parts do, and how
many "calls" began it.
"""

import functools
import json
import runpy
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import parsel.selector

from borneone_crawler.archive.archive import Archive
from borneone_crawler.extensions.archive import ArchiveKeeper
from borneone_crawler.middlewares.capture import CaptureRaw
from borneone_crawler.pages.page import Page
from borneone_crawler.pipelines import Step, StoreArticle
from borneone_crawler.reading import Reader
from borneone_crawler.spiders.answers import Answers
from borneone_crawler.spiders.newsroom import NewsroomSpider

FETCH = "fetch"
"""What no other part takes: Scrapy, and what of ours stands between it and the network."""

PARTS: tuple[tuple[str, Any, str], ...] = (
    ("parse", Page, "from_bytes"),
    ("parse by parsel", parsel.selector, "create_root_node"),
    ("read", Reader, "begin"),
    ("read", Answers, "_listing"),
    ("read", Answers, "_source"),
    ("read", StoreArticle, "process_item"),
    ("clean", Step, "process_item"),
    ("settle", ArchiveKeeper, "settle"),
    ("settle", Archive, "due_for"),
    ("settle", Archive, "claim"),
    ("capture", CaptureRaw, "process_response"),
    ("begin and end", Archive, "end_run"),
    ("begin and end", NewsroomSpider, "from_crawler"),
)
"""A part of the work, and a function in which it is done."""


class Stopwatch:
    """Counts processor seconds for the part that is at work now."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()
        self._at_work = [FETCH]
        self._since = 0.0  # of the process: what it took to begin is the fetching's

    def within(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def timed(*args: Any, **keywords: Any) -> Any:
            self._turn()
            self.calls[part] += 1
            self._at_work.append(part)
            try:
                return function(*args, **keywords)
            finally:
                self._turn()
                self._at_work.pop()

        return timed

    def _turn(self) -> None:
        now = process_time()
        self.seconds[self._at_work[-1]] += now - self._since
        self._since = now

    def write(self, note: Path) -> None:
        self._turn()
        note.write_text(json.dumps({"seconds": self.seconds, "calls": self.calls}), "utf-8")


def main() -> None:
    watch, note = Stopwatch(), Path(sys.argv.pop(1))
    for part, owner, name in PARTS:
        function = vars(owner)[name]
        is_class_method = isinstance(function, classmethod)
        timed = watch.within(part, function.__func__ if is_class_method else function)
        setattr(owner, name, classmethod(timed) if is_class_method else timed)
    try:
        runpy.run_module("scrapy", run_name="__main__", alter_sys=True)
    finally:
        watch.write(note)


if __name__ == "__main__":
    main()
