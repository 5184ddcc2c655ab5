"""`scrapy merge OTHER.db`: another archive of the same newsroom is taken in."""

import argparse
from pathlib import Path

from borneone_crawler.cli import ArchiveCommand
from borneone_crawler.statuses import Status


class Command(ArchiveCommand):
    """Takes an archive in with its captures and its chain of the ledger."""

    examples = ("/mnt/laptop/borneone.db --dry-run", "copy.db --warc /mnt/laptop/warc")

    def syntax(self) -> str:
        return "[options] OTHER.db"

    def short_desc(self) -> str:
        return "Take another archive of the newsroom in"

    def long_desc(self) -> str:
        return (
            "Takes another archive in: articles, revisions, raw captures, and its ledger. "
            "Ends with 1 when records of it are missing or damaged, or when the two do not agree "
            "about an article; each line says which. All else is taken in."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--warc", metavar="DIR", type=Path, help="its WARC files; default: warc/ beside it"
        )
        parser.add_argument("--dry-run", action="store_true", help="only tell what would come in")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        from borneone_crawler.archive.merging import merge, refuse_itself, rehearsal
        from borneone_crawler.desk.plain import json_text
        from borneone_crawler.progress import Progress
        from borneone_crawler.stopping import orderly

        if len(args) != 1:
            self.usage("which archive? .venv/bin/scrapy merge OTHER.db")
        if opts.warc and not opts.warc.is_dir():
            self.usage(f"there is no folder {opts.warc}")
        other = Path(args[0])
        refuse_itself(other, self.archive_path)
        at_work = (
            rehearsal(self.archive_path, self.opened)
            if opts.dry_run
            else self.writing("merge", other=str(other))
        )
        with at_work as archive, Progress() as line, orderly() as stopping:

            def watch(doing: str, share: float | None) -> None:
                stopping.check()
                line.share(doing, share)

            merged = merge(archive, other, opts.warc, dry=opts.dry_run, watch=watch)
            archive.lacks = (
                "" if merged.is_clean else "not all of it could be had, or it disagrees"
            )
        if opts.json:
            print(json_text(merged.as_json()))
        else:
            print(*merged.lines(would=opts.dry_run), sep="\n")
        return Status.OK if merged.is_clean else Status.FOUND
