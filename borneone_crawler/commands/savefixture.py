"""`scrapy savefixture URL|NUMBER`: an article's newest captured page as a case for the tests."""

import argparse
import re
from pathlib import Path

from borneone_crawler.cli import ArchiveCommand
from borneone_crawler.local import place


class Command(ArchiveCommand):
    examples = ("https://borneonetv.com/pasar-apung/ --name floating-market",)

    def syntax(self) -> str:
        return "URL|NUMBER [--name NAME]"

    def short_desc(self) -> str:
        return "Write an article's newest captured page as a case for the tests"

    def long_desc(self) -> str:
        return (
            "Writes fixtures/captured_page/NAME/ with the page as it was captured (input.html), "
            "where it is from (input.json) and what is read of it today (output.json). Correct "
            "output.json by hand until it says what should be read, and say in input.json why: "
            "tests/test_reading.py then fails until the reader does. Never overwrites anything."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--name", metavar="NAME", help="of the case: letters, digits, hyphens")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        from borneone_crawler.desk.lookup import find_article
        from borneone_crawler.desk.saved_fixture import FOLDER, SavedFixture

        assert self.settings is not None
        address = self.one_article(args)
        if opts.name is not None and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", opts.name):
            self.usage(f"a name is of small letters, digits and hyphens between: {opts.name!r}")
        reader = self.reader()
        warc = place(self.settings, "WARC_DIR", default=self.archive_path.parent / "warc")
        with self.reading() as database:
            fixture = SavedFixture.of(database, warc, reader, find_article(database, address))
        folder = FOLDER / (opts.name or fixture.name)
        fixture.write(Path(self.settings["PROJECT_DIR"], folder))
        print(f"{folder}/: correct output.json, and say why in input.json")
        return 0
