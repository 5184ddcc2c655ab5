"""`scrapy report`: the newsroom and its archive on one page."""

import argparse
from pathlib import Path

from borneone_crawler.cli import ArchiveCommand

_RUNS = 14
"""Crawls that the page tells of."""


class Command(ArchiveCommand):
    """Writes one file that opens in a browser from disk, and says where it is."""

    examples = ("", "laporan.html --lang id")

    def syntax(self) -> str:
        return "[FILE] [--lang id|en]"

    def short_desc(self) -> str:
        return "Write the newsroom and its archive on one page: months, sections, names, gaps"

    def long_desc(self) -> str:
        return (
            "Write report.html, or FILE: articles a month, sections, bylines, hours, places, "
            "tags, edits, what vanished, what is missing, the last crawls"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        self.add_language(parser)

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        from borneone_crawler.archive.sqlite.lock import holder
        from borneone_crawler.desk.browser import write_page
        from borneone_crawler.desk.report.figures import figures_of
        from borneone_crawler.desk.report.html import html_of
        from borneone_crawler.desk.runs import last_runs
        from borneone_crawler.extensions.clock import clock_from

        assert self.settings is not None
        if len(args) > 1:
            self.usage(f"one file; {len(args)} were given")
        target, path = Path(args[0] if args else "report.html"), self.archive_path
        words = self.words(opts).of("report")
        outlet = self.reader().site.outlet_names[0]
        now = clock_from(self.settings)()
        with self.reading() as database:
            runs = last_runs(database, _RUNS, at_work=lambda: holder(path) is not None, now=now)
            page = html_of(figures_of(database, runs, now=now), words, outlet=outlet)
        write_page(target, page)
        print(target)
        return 0
