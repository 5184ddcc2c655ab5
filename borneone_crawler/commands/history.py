"""`scrapy history`: what happened to one article, or to all of them since a day."""

import argparse
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from borneone_crawler.cli import ArchiveCommand


class Command(ArchiveCommand):
    """Ends with 64 for an address that no article is held of."""

    examples = ("https://borneonetv.com/pasar-apung/", "--since 7d", "--since 2026-11-01 --json")

    def syntax(self) -> str:
        return "URL|ID [--json] | --since 7d|2026-11-01 [--json]"

    def short_desc(self) -> str:
        return "Tell what happened to one article, or since a day: edits, gone, back, moved"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--since", metavar="WHEN", help="days back (7d), or a day")
        parser.add_argument("--json", action="store_true", help="tell it as JSON, times in UTC")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        from borneone_crawler.desk.plain import json_text
        from borneone_crawler.extensions.clock import clock_from

        assert self.settings is not None
        if len(args) > 1:
            self.one_article(args)
        if len(args) + (opts.since is not None) != 1:
            self.usage("which article, or since when? scrapy history URL (or its number), --since")
        now = clock_from(self.settings)()
        said, lines = self._of_one(args[0]) if args else self._since(opts.since, now)
        print(json_text(said) if opts.json else "\n".join(lines))
        return 0

    def _of_one(self, address: str) -> tuple[dict[str, Any], list[str]]:
        from borneone_crawler.desk.history import story_of
        from borneone_crawler.desk.lookup import find_article
        from borneone_crawler.desk.telling import lines_of

        with self.reading() as database:
            story = story_of(database, find_article(database, address))
            (archive,) = database.query("SELECT time_zone FROM archive")
        return story.as_json(), list(lines_of(story, archive["time_zone"], colour=self.colour))

    def _since(self, text: str, now: datetime) -> tuple[dict[str, Any], list[str]]:
        from borneone_crawler.archive.clock import stamp
        from borneone_crawler.archive.runs import last_good
        from borneone_crawler.desk.lately import days_since, since_when
        from borneone_crawler.desk.lately_lines import lines_of

        with self.reading() as database:
            (archive,) = database.query("SELECT time_zone FROM archive")
            zone = ZoneInfo(archive["time_zone"])
            since = since_when(text, now, zone)
            days = days_since(database, since, zone)
            looked = last_good(database)
        said = {"since": stamp(since), "days": [day.as_json() for day in days]}
        return said, list(lines_of(days, zone, looked, colour=self.colour))
