"""`scrapy cite`: one article as it is cited, in a line or as CSL-JSON."""

import argparse

from borneone_crawler.cli import ArchiveCommand, newsroom_of


class Command(ArchiveCommand):
    """Ends with 64 for an article that is not held, or was not yet known as of the date."""

    examples = (
        "https://borneonetv.com/pasar-apung/",
        "https://borneonetv.com/pasar-apung/ --as-of 2019-10-14 --lang en",
        "12 --json > source.json",
    )

    def syntax(self) -> str:
        return "URL|ID [--as-of DATE] [--lang id|en | --json]"

    def short_desc(self) -> str:
        return "Cite one article: a line in Indonesian or English, or CSL-JSON"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        from borneone_crawler.desk.words import LANGUAGES

        super().add_options(parser)
        parser.add_argument(
            "--as-of",
            metavar="DATE",
            help="as it was known at the end of a year, month, day or minute; see show -h",
        )
        parser.add_argument(
            "--lang",
            choices=LANGUAGES,
            default=LANGUAGES[0],
            help="language of the line (default: %(default)s)",
        )
        parser.add_argument("--json", action="store_true", help="as CSL-JSON, with all digests")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        from borneone_crawler.desk.cite.citation import citation_of
        from borneone_crawler.desk.cite.csl import items_of
        from borneone_crawler.desk.cite.line import line_of
        from borneone_crawler.desk.lookup import find_article
        from borneone_crawler.desk.plain import json_text
        from borneone_crawler.desk.words import words_of
        from borneone_crawler.extensions.clock import clock_from

        assert self.settings is not None
        address = self.one_article(args)
        now = clock_from(self.settings)()
        site = newsroom_of(self.archive_path, self.settings)
        with self.reading() as database:
            article = find_article(database, address)
            citation = citation_of(database, article, opts.as_of, now, site.outlet_names)
        if opts.json:
            print(json_text(items_of(citation)))
        else:
            print(line_of(citation, words_of(opts.lang)))
        return 0
