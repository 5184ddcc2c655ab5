"""`scrapy coverage`: what the site shows and what is held, and each missing article's reason."""

import argparse

from borneone_crawler.cli import ArchiveCommand
from borneone_crawler.statuses import Status


class Command(ArchiveCommand):
    """Ends with 0 when all is accounted for, otherwise with 1."""

    examples = ("", "--all", "--json")

    def syntax(self) -> str:
        return "[--all] [--json]"

    def short_desc(self) -> str:
        return "Say what the site shows and what is held, and name what is missing and why"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--all", action="store_true", help="every month, and every page that is explained"
        )
        parser.add_argument("--json", action="store_true", help="tell it as JSON, times in UTC")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        from borneone_crawler.desk.coverage import coverage_of
        from borneone_crawler.desk.coverage_lines import lines_of
        from borneone_crawler.desk.plain import json_text

        if args:
            self.usage(f"coverage takes no {args[0]!r}; -s ARCHIVE_DB=… names another archive")
        with self.reading() as database:
            coverage = coverage_of(database)
            (archive,) = database.query("SELECT time_zone FROM archive")
        if opts.json:
            print(json_text(coverage.as_json()))
        else:
            print("\n".join(lines_of(coverage, archive["time_zone"], every_month=opts.all)))
        return Status.OK if coverage.is_whole else Status.FOUND
