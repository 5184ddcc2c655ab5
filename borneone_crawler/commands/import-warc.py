"""`scrapy import-warc FILE…`: articles and dated revisions out of WARC files that others made."""

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from borneone_crawler.cli import ArchiveCommand, newsroom_of
from borneone_crawler.progress import Progress
from borneone_crawler.statuses import Status


class Command(ArchiveCommand):
    examples = ("*.warc.gz --dry-run", "pages.wacz")

    def syntax(self) -> str:
        return "[--dry-run] [--json] FILE…"

    def short_desc(self) -> str:
        return "Take this newsroom's articles out of WARC files made by others"

    def long_desc(self) -> str:
        return (
            "Reads .warc, .warc.gz and .wacz files made by wget, the Internet Archive, Browsertrix"
            " and others, copies this newsroom's pages into the archive, and makes articles and "
            "dated revisions of them. Nothing is asked of the site. Ends with 1 when a file is "
            "damaged or no WARC; what could be read of it and of the others came in."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--dry-run", action="store_true", help="tell what would come in")
        parser.add_argument("--json", action="store_true", help="print JSON, and nothing else")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        from borneone_crawler.archive.foreign import import_files, warc_files
        from borneone_crawler.archive.foreign.rehearsal import foreseen
        from borneone_crawler.desk.imported import import_json, import_lines
        from borneone_crawler.desk.plain import json_text

        if not args:
            self.usage("which files? scrapy import-warc FILE…")
        self.reader()  # raises what is wrong with it, before any file is opened
        files, refused = warc_files([Path(name) for name in args])
        with ExitStack() as stack:
            held = stack.enter_context(self._rehearsing()) if opts.dry_run else None
            names = ", ".join(file.name for file in files)
            archive = stack.enter_context(self.writing("import-warc", files=names))
            tally = import_files(archive, files, stack.enter_context(Progress()))
            tally.refused = refused
            archive.lacks = "" if tally.is_whole else "not all of it could be had"
            if held is not None:
                there = stack.enter_context(self.reading(held)) if held.exists() else None
                tally.articles = foreseen(archive.db, there)
        if opts.json:
            print(json_text(import_json(tally, dry_run=opts.dry_run)))
        else:
            print(*import_lines(tally, dry_run=opts.dry_run), sep="\n")
        return Status.OK if tally.is_whole else Status.FOUND

    @contextmanager
    def _rehearsing(self) -> Iterator[Path]:
        """Have the work done on a throw-away archive of the same site. Gives the real one."""
        assert self.settings is not None
        held = self.archive_path
        site = newsroom_of(held, self.settings)
        with TemporaryDirectory() as folder:
            instead = {"ARCHIVE_DB": f"{folder}/new.db", "WARC_DIR": "", "BASE_URL": site.base_url}
            self.settings.setdict(instead, "cmdline")
            yield held
