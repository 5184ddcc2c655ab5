"""`scrapy runs`: the archive's runs in a table, the newest last."""

import argparse

from borneone_crawler.cli import ArchiveCommand

_MOST = 1_000_000


class Command(ArchiveCommand):
    """Reads only, also beside a crawl."""

    examples = ("", "--last 5", "-n borneonetv --json")

    def syntax(self) -> str:
        return "[--last N] [--json]"

    def short_desc(self) -> str:
        return "Show the last runs: when, how long, how they ended, what each brought"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--last", metavar="N", type=int, default=20, help="how many (default: 20)"
        )
        parser.add_argument("--json", action="store_true", help="tell it as JSON, times in UTC")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        from borneone_crawler.archive.sqlite.lock import holder
        from borneone_crawler.desk.plain import json_text
        from borneone_crawler.desk.runs import as_json, last_runs, lines_of
        from borneone_crawler.extensions.clock import clock_from

        assert self.settings is not None
        if args:
            self.usage(f"runs takes no {args[0]!r}; -s ARCHIVE_DB=… names another archive")
        if not 1 <= opts.last <= _MOST:
            self.usage(f"--last {opts.last}: how many runs, from 1 to {_MOST:,}")
        now = clock_from(self.settings)()
        path = self.archive_path
        with self.reading() as database:
            runs = last_runs(
                database, opts.last, at_work=lambda: holder(path) is not None, now=now
            )
            (archive,) = database.query("SELECT time_zone FROM archive")
        if opts.json:
            print(json_text(as_json(runs)))
        else:
            print("\n".join(lines_of(runs, archive["time_zone"])))
        return 0
