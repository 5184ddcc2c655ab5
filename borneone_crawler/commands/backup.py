"""`scrapy backup PATH`: the archive in one file, taken while a crawl runs."""

import argparse
from pathlib import Path

from borneone_crawler.cli import ArchiveCommand
from borneone_crawler.local import place
from borneone_crawler.statuses import Status, Stop


class Command(ArchiveCommand):
    """Copies the archive into one checked file, with its SHA-256 beside it."""

    examples = (
        "/mnt/shared/",
        "borneone-2026.db --replace",
        "salinan.db --without-withheld  # for others",
    )

    def syntax(self) -> str:
        return "[options] PATH"

    def short_desc(self) -> str:
        return "Take the archive away in one checked file"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--replace", action="store_true", help="let the backup at PATH go")
        parser.add_argument(
            "--without-withheld",
            action="store_true",
            help="for others: without the texts that were taken down, and without the reasons",
        )
        parser.add_argument("--json", action="store_true", help="print what was made as JSON")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        from borneone_crawler.archive.sqlite.backup import take_backup
        from borneone_crawler.desk.backup import as_json, lines_of
        from borneone_crawler.desk.plain import json_text
        from borneone_crawler.extensions.clock import clock_from
        from borneone_crawler.progress import Progress

        assert self.settings is not None
        if len(args) != 1:
            self.usage("where to? .venv/bin/scrapy backup FOLDER, or a file's name")
        if args[0].endswith("/") and not Path(args[0]).is_dir():
            raise Stop(Status.CANNOT_CREATE, f"there is no folder {args[0]}: make it first")
        self.end_in_order("stopped; nothing was left of the copy")
        with Progress() as line:
            made = take_backup(
                self.archive_path,
                Path(args[0]),
                clock=clock_from(self.settings),
                replace=opts.replace,
                without_withheld=opts.without_withheld,
                watch=line.share,
            )
        warc = place(self.settings, "WARC_DIR", default=self.archive_path.parent / "warc")
        if opts.json:
            print(json_text(as_json(made, warc)))
        else:
            print(*lines_of(made, self.archive_path, warc), sep="\n")
        return Status.OK
