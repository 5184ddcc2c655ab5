"""`scrapy reparse`: read what was captured again with today's code, offline."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from borneone_crawler.cli import ArchiveCommand
from borneone_crawler.local import place
from borneone_crawler.progress import counted
from borneone_crawler.stopping import orderly


class Command(ArchiveCommand):
    """Ends with 0 also where single captures are lost; 66 when none could be read."""

    examples = ("--all --dry-run", "--since 2026-11-01", "https://borneonetv.com/pasar-apung/")

    def syntax(self) -> str:
        return "[URL | --since DATE | --all] [--dry-run] [--json]"

    def short_desc(self) -> str:
        return "Read captured pages again with today's readers and rules, offline"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--all", action="store_true", help="all that this reader has not read")
        parser.add_argument("--since", metavar="DATE", help="of that, what was fetched since then")
        parser.add_argument("--dry-run", action="store_true", help="change nothing, only tell")
        parser.add_argument("--json", action="store_true", help="tell it as JSON")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        from borneone_crawler.desk.plain import json_text
        from borneone_crawler.desk.reparsed import Report
        from borneone_crawler.desk.wanted import Wanted

        wanted = Wanted.of(args, opts.since, opts.all)
        with self.reading(older=True) as database:  # where none is, none is to be made
            wanted.check(database)
        reader = self.reader()
        report = Report(reader_version=reader.version, dry_run=opts.dry_run)
        with orderly() as stopping, self._reparse(reader, opts, wanted.arguments) as (db, reparse):
            selection = wanted.select(db, reader.version)
            for again in counted(reparse.run(selection, stopping), len(selection), "read again"):
                report.add(again)
            reparse.note(report.counts())
            said = report.as_json() | {"stopped": stopping()}
            lines = [json_text(said)] if opts.json else None
            print("\n".join(lines or report.lines(colour=self.colour)))
            stopping.check()
            report.check()
        return 0

    @contextmanager
    def _reparse(
        self, reader: Any, opts: argparse.Namespace, args: dict[str, str]
    ) -> Iterator[Any]:
        from borneone_crawler.archive.reparsing.reparse import Reparse

        assert self.settings is not None
        if opts.dry_run:
            warc = place(self.settings, "WARC_DIR", default=self.archive_path.parent / "warc")
            with self.reading() as database:
                yield database, Reparse.over(database, warc, reader, reader.site)
            return
        with self.writing("reparse", **args) as archive:
            yield archive.db, Reparse.into(archive, reader, reader.site)
