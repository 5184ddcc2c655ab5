"""`scrapy show`: one article on the terminal, as it stands or as of a date."""

import argparse
import shutil
import sys

from borneone_crawler.cli import ArchiveCommand


class Command(ArchiveCommand):
    """Ends with 64 for an article that is not held, or was not yet known as of the date."""

    examples = (
        "https://borneonetv.com/pasar-apung/",
        "https://borneonetv.com/pasar-apung/ --as-of 2019-10-14",
        "12 --json",
    )

    def syntax(self) -> str:
        return "URL|ID [--as-of DATE] [--json]"

    def short_desc(self) -> str:
        return "Show one article: facts, text, history in short, neighbours"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--as-of",
            metavar="DATE",
            help="as it was known at the end of a year, month, day or minute (2019, 2019-10, "
            "2019-10-14, 2019-10-14T10:15), in the newsroom's time unless an offset says "
            "otherwise",
        )
        parser.add_argument("--json", action="store_true", help="tell it as JSON, times in UTC")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        from borneone_crawler.desk.lookup import find_article
        from borneone_crawler.desk.plain import json_text
        from borneone_crawler.desk.show.lines import lines_of
        from borneone_crawler.desk.show.sheet import sheet_of
        from borneone_crawler.desk.show.wrapping import MOST_COLUMNS
        from borneone_crawler.extensions.clock import clock_from

        assert self.settings is not None
        address = self.one_article(args)
        now = clock_from(self.settings)()
        with self.reading() as database:
            sheet = sheet_of(database, find_article(database, address), opts.as_of, now)
        if opts.json:
            print(json_text(sheet.as_json()))
            return 0
        columns = min(shutil.get_terminal_size().columns, MOST_COLUMNS)
        width = columns if sys.stdout.isatty() else None
        print("\n".join(lines_of(sheet, width=width, colour=self.colour)))
        return 0
