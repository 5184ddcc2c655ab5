"""`scrapy crawl NEWSROOM`: Scrapy's own command, silent in cron and honest in its status."""

import argparse
import sys

from scrapy.commands.crawl import Command as CrawlCommand
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import UsageError

from borneone_crawler.cli import end
from borneone_crawler.examples import WithExamples
from borneone_crawler.local import check_all
from borneone_crawler.logs import log_to_file
from borneone_crawler.newsrooms import newsroom, turn_to
from borneone_crawler.statuses import Status, Stop


class Command(WithExamples, CrawlCommand):
    """Ends with a status of statuses.py. On a terminal it prints a summary; without one nothing,
    but for one line on stderr when the status needs a person."""

    examples = (
        "borneonetv",
        "borneonetv -a deep=1  # walks every listing again",
        "borneonetv -a url=https://borneonetv.com/pasar-apung/  # one page",
        "borneonetv -a section=olahraga  # looks through one section",
    )

    def short_desc(self) -> str:
        return "Bring the archive of a newsroom up to date"

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        try:
            super().process_options(args, opts)
        except UsageError as error:
            end(Status.USAGE, str(error) or ".venv/bin/scrapy crawl -h shows the options")
        assert self.settings is not None
        if len(args) != 1:
            end(Status.USAGE, "which newsroom? .venv/bin/scrapy crawl borneonetv")
        if opts.output or opts.overwrite_output:
            end(Status.USAGE, "articles go into the archive, not into a file: see README")
        try:
            turn_to(self.settings, newsroom(self.settings, args[0]))
            check_all(self.settings)
            if not self.settings["LOG_FILE"] and not opts.nolog:
                log_to_file(self.settings, args[0])
        except Stop as stop:
            end(stop.status, str(stop))

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from borneone_crawler.desk.summary import run_summary
        from borneone_crawler.extensions.archive import ArchiveKeeper
        from borneone_crawler.extensions.run import RunKeeper

        assert isinstance(self.crawler_process, AsyncCrawlerProcess)
        crawler = self.crawler_process.create_crawler(args[0])
        task = self.crawler_process.crawl(crawler, **opts.spargs)
        # RunKeeper listens to signals itself, so that the status can say which one it was.
        self.crawler_process.start(install_signal_handlers=False)
        if isinstance(error := task.exception(), Stop):
            end(error.status, str(error))
        elif error is not None:
            end(Status.BUG, f"{type(error).__name__}: {error}")
        keeper = ArchiveKeeper.of(crawler)
        if keeper.run_id is not None and sys.stdout.isatty():
            notes = RunKeeper.of(crawler).notes
            print(*run_summary(keeper.archive.path, keeper.run_id), *notes, sep="\n")
        if keeper.status is not Status.OK:
            end(keeper.status, keeper.reason, is_alarming=keeper.is_alarming)
