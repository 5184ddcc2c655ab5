"""`scrapy search`: the articles in which words stand, also in their other forms."""

import argparse
import shutil
import sys

from borneone_crawler.cli import ArchiveCommand
from borneone_crawler.statuses import Status

_SHOWN = 20
"""Articles on a terminal; who reads from a pipe gets all."""


class Command(ArchiveCommand):
    """Ends with 1 when nothing is found, as grep does."""

    takes_words = True
    examples = ("banjir rob", "'\"media sosial\" -hoaks' --section Lifestyle --from 2019-10")

    def syntax(self) -> str:
        return "WORDS [--section NAME] [--author NAME] [--from DATE] [--until DATE] [--json]"

    def short_desc(self) -> str:
        return "Find articles by their words, in all forms, by sections, authors and days"

    def long_desc(self) -> str:
        return (
            'Words that must all be there; "exact phrases", beginnings*, OR, NOT (or -) and '
            "parentheses, the whole best in quotes."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        from borneone_crawler.archive.searching import ORDERS
        from borneone_crawler.desk.search.question import add_options

        super().add_options(parser)
        add_options(parser)
        parser.add_argument(
            "--sort", choices=ORDERS, default=ORDERS[0], help="default: %(default)s; date: newest"
        )
        parser.add_argument(
            "--limit", metavar="N", type=int, help=f"default: {_SHOWN} on a terminal, else all"
        )
        parser.add_argument("--json", action="store_true", help="tell it as JSON, with marks")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        from borneone_crawler.desk.plain import json_text
        from borneone_crawler.desk.search import answer, lines, question

        assert self.settings is not None
        if opts.limit is not None and opts.limit < 1:
            self.usage("--limit is a number from 1")
        is_seen = sys.stdout.isatty() and not opts.json
        limit = opts.limit or (_SHOWN if is_seen else None)
        asked = question.question_of(" ".join(args), opts)
        own = self.words_to_search(is_exact=asked.is_exact)
        with (
            self.reading() as database,
            answer.answered(database, asked, opts.sort, limit, own) as told,
        ):
            if opts.json:
                print(json_text(told.as_json()))
            elif is_seen:
                width = shutil.get_terminal_size().columns
                print(*lines.lines_of(told, width=width, colour=self.colour), sep="\n")
            else:
                for article in told.articles():
                    print(lines.row_of(article))
            return Status.OK if told.hits.total else Status.FOUND
