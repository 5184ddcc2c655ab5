"""`scrapy import-text FILE…`: the texts of pages that old scrapes left."""

import argparse
from pathlib import Path

from borneone_crawler.cli import ArchiveCommand
from borneone_crawler.statuses import Status


class Command(ArchiveCommand):
    examples = ("scraped.txt --url https://borneonetv.com/pasar-apung/", "old/*.txt")

    def syntax(self) -> str:
        return "[--url URL] [--json] FILE…"

    def short_desc(self) -> str:
        return "Take in the texts of pages that old scrapes left"

    def long_desc(self) -> str:
        return (
            "Keeps the text of an article's page, as a scrape left it, byte for byte. With --url "
            "it stands for the article at that address until a crawl brings the page; beside an "
            "article that is held it changes nothing. Without --url it finds its article by "
            "headline and first paragraph, now or when a crawl brings it. Nothing is asked of the "
            "site. Ends with 1 when a file is no such text; the others came in."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--url", metavar="URL", help="address of the article, for one FILE")
        parser.add_argument("--json", action="store_true", help="print JSON, and nothing else")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        from borneone_crawler.archive.dumps.files import text_files
        from borneone_crawler.archive.dumps.importing import Fate, Imported, TextImport
        from borneone_crawler.desk.imported_texts import text_json, text_lines
        from borneone_crawler.desk.plain import json_text

        if not args:
            self.usage("which files? scrapy import-text FILE…")
        if opts.url is not None and len(args) > 1:
            self.usage(f"--url is the address of one article; {len(args)} files were given")
        assert self.settings is not None
        self.reader()  # raises what is wrong with it, before any file is opened
        files, refused = text_files([Path(name) for name in args])
        names = ", ".join(file.name for file in files)
        done = [Imported(name=name, fate=Fate.REFUSED, why=why) for name, why in refused]
        with self.writing("import-text", files=names) as archive:
            texts = TextImport(archive, opts.url)
            texts.take_in(files)
            done += texts.done
            if lacking := [one.name for one in done if one.fate is Fate.REFUSED]:
                archive.lacks = f"not taken in: {', '.join(lacking)}"
        if opts.json:
            print(json_text(text_json(done)))
        else:
            print(*text_lines(done), sep="\n")
        return Status.FOUND if any(one.fate is Fate.REFUSED for one in done) else Status.OK
