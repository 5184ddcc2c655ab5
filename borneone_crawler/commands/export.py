"""`scrapy export`: articles, or the answer to a question, as files for other programs."""

import argparse
import sys
from functools import partial
from pathlib import Path

from borneone_crawler import __version__
from borneone_crawler.cli import ArchiveCommand
from borneone_crawler.local import place
from borneone_crawler.statuses import Status


class Command(ArchiveCommand):
    """Ends with 1 when a bag lacks raw captures, which stderr names, or a search finds nothing."""

    takes_words = True
    examples = ("csv -o artikel.csv", "bag 12 -o bukti", "text -o teks --search banjir")

    def syntax(self) -> str:
        return "csv|jsonl|parquet|text|bag [URL|ID … | --sql SELECT | --search WORDS] [-o PLACE]"

    def short_desc(self) -> str:
        return "Export articles: CSV, JSON Lines, Parquet, text files, an evidence pack"

    def long_desc(self) -> str:
        return (
            "All articles, those named by address or number, what a SELECT brings (text, bag: the "
            "articles in its column article_id or id), or what a search finds. Undated and gone "
            "articles are among them, with date_published empty or gone_at filled; what was taken "
            "down here is not."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        from borneone_crawler.desk.export.choosing import add_options

        super().add_options(parser)
        add_options(parser)
        where = "file, or for text and bag a new folder; csv and jsonl go to stdout without it"
        ledger = "bag: with every entry of the ledger; they name all articles"
        parser.add_argument("-o", "--output", type=Path, metavar="PLACE", help=where)
        parser.add_argument("--replace", action="store_true", help="let the file at PLACE go")
        semicolon = "csv: for Excel where it takes commas for decimals, as in Indonesia"
        parser.add_argument("--semicolon", action="store_true", help=semicolon)
        parser.add_argument("--whole-ledger", action="store_true", help=ledger)

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        from borneone_crawler.desk.export.choosing import ids_of
        from borneone_crawler.desk.export.export import Form, Order, Origin, export, unwatched
        from borneone_crawler.extensions.clock import clock_from
        from borneone_crawler.progress import counted

        assert self.settings is not None
        if not args or args[0] not in list(Form):
            self.usage(f"in which form? {'|'.join(Form)}; -h tells the rest")
        self.end_in_order("stopped; nothing is left of the export")
        warc = place(self.settings, "WARC_DIR", default=self.archive_path.parent / "warc")
        own = self.words_to_search(is_exact=opts.exact or opts.search is None)
        now, software = clock_from(self.settings)(), f"borneone_crawler/{__version__}"
        with self.reading() as database:
            order = Order(
                Form(args[0]), opts.output, ids_of(database, args[1:], opts, own), opts.sql,
                opts.replace, opts.whole_ledger, ";" if opts.semicolon else ",",
            )  # fmt: skip
            origin = Origin(warc, now, software)
            is_seen = opts.output is None and sys.stdout.isatty()
            watch = unwatched if is_seen else partial(counted, what="export")
            done = export(database, order, origin, watch)
        sys.stderr.writelines(done.notes())
        if opts.output:
            print(f"{opts.output}: {done}")
        return Status.FOUND if done.lacking else Status.OK
