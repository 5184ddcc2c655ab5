"""`scrapy history`: what happened to one article, from the day it was first seen."""

import argparse
import json

from borneone_crawler.cli import ArchiveCommand


class Command(ArchiveCommand):
    """Ends with 64 for an address that no article is held of."""

    def syntax(self) -> str:
        return "URL|ID [--json]"

    def short_desc(self) -> str:
        return "Tell what happened to one article: edits with their words, gone, back, moved"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="tell it as JSON, times in UTC")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        from borneone_crawler.desk.history import story_of
        from borneone_crawler.desk.lookup import find_article
        from borneone_crawler.desk.telling import lines_of

        if len(args) != 1:
            self.usage("which article? scrapy history URL, or the number it has in the archive")
        with self.reading() as database:
            story = story_of(database, find_article(database, args[0]))
            (archive,) = database.query("SELECT time_zone FROM archive")
        if opts.json:
            print(json.dumps(story.as_json(), indent=1, ensure_ascii=False))
        else:
            print("\n".join(lines_of(story, archive["time_zone"], colour=self.colour)))
        return 0
