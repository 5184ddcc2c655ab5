"""`scrapy explain`: how a page was read, what was cut and by which rule."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from borneone_crawler.cli import ArchiveCommand
from borneone_crawler.local import place
from borneone_crawler.site import Site

if TYPE_CHECKING:
    from borneone_crawler.desk.explain.material import Material


class Command(ArchiveCommand):
    """Ends with 0 for a page that is no article too: that is explained."""

    examples = ("12", "12 --revision 1", "saved.html --html why.html --lang en")

    def syntax(self) -> str:
        return "URL|ID|FILE… [--html FILE [--lang id|en] | --json] [--revision N] [--url URL]"

    def short_desc(self) -> str:
        return "Show how a page was read: what was cut and why, where each field came from"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--html", metavar="FILE", help="write it as a page for a browser")
        self.add_language(parser)
        parser.add_argument("--json", action="store_true", help="tell it as JSON, all of it")
        parser.add_argument(
            "--revision", metavar="N", type=int, help="an earlier state of the article"
        )
        parser.add_argument("--url", help="the address of a FILE, if it does not say so itself")
        parser.add_argument(
            "--sections", metavar="NAMES", help="of a .txt: section names, apart by commas"
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        from borneone_crawler.desk.explain.lines import lines_of
        from borneone_crawler.desk.plain import json_text

        assert self.settings is not None
        if opts.html and opts.json:
            self.usage("--html or --json, one of them")
        if opts.lang and not opts.html:
            self.usage("--lang is for the page: add --html FILE")
        reader = self.reader()
        said = self._material(args, opts, reader.site).explain(reader)
        if opts.html:
            from borneone_crawler.desk.explain.html import write_html

            write_html(said, self.words(opts), Path(opts.html), args)
        elif opts.json:
            print(json_text(said.as_json()))
        else:
            print("\n".join(lines_of(said, colour=self.colour)))
        return 0

    def _material(self, args: list[str], opts: argparse.Namespace, site: Site) -> "Material":
        from borneone_crawler.desk.explain import material

        assert self.settings is not None
        if files := material.files_of(args):
            names = opts.sections.split(",") if opts.sections else []
            if not names and self.archive_path.exists():
                with self.reading() as database:
                    names = material.sections_of(database)
            return material.of_files(files, site, url=opts.url, sections=names)
        address = self.one_article(args)
        warc = place(self.settings, "WARC_DIR", default=self.archive_path.parent / "warc")
        with self.reading() as database:
            return material.of_archive(database, warc, address, opts.revision)
