"""`scrapy rules`: what every boilerplate rule took, and which lines may need one."""

import argparse
from zoneinfo import ZoneInfo

from borneone_crawler.cli import ArchiveCommand


class Command(ArchiveCommand):
    """Ends with 78 when the rules cannot be used."""

    examples = ("", "--since 30d", "--candidates > new-rules.toml")

    def syntax(self) -> str:
        return "[--since 30d|2026-11-01] [--candidates | --json]"

    def short_desc(self) -> str:
        return "Say what each rule of what is cut has taken, and which lines may need one"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--since", metavar="WHEN", help="only articles published since: days back, or a day"
        )
        parser.add_argument(
            "--candidates",
            action="store_true",
            help="write what may need a rule as rules",
        )
        parser.add_argument("--json", action="store_true", help="tell it as JSON, times in UTC")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        from borneone_crawler.desk.candidates import candidates_of
        from borneone_crawler.desk.lately import since_when
        from borneone_crawler.desk.plain import json_text
        from borneone_crawler.desk.rule_lines import lines_of
        from borneone_crawler.desk.rule_use import rule_use
        from borneone_crawler.desk.suggested import as_rules
        from borneone_crawler.extensions.clock import clock_from

        assert self.settings is not None
        if args:
            self.usage(f"rules takes no {args[0]!r}; -s ARCHIVE_DB=… names another archive")
        if opts.candidates and opts.json:
            self.usage("--candidates or --json, not both; the candidates are in the JSON too")
        reader, now = self.reader(), clock_from(self.settings)()
        since, zone = None, ZoneInfo(reader.site.time_zone)
        with self.reading() as database:
            if opts.since:
                since = since_when(opts.since, now, zone).astimezone(zone).date().isoformat()
            found = candidates_of(database, reader.rules, since)
            use = rule_use(database, reader.rules, reader.version, since)
        if opts.json:
            said = use.as_json() | {"candidates": [one.as_json() for one in found]}
            print(json_text(said))
        elif opts.candidates:
            print(
                "\n".join(as_rules(found, reader.rules)) or "# no line recurs that may need a rule"
            )
        else:
            print("\n".join(lines_of(use, found, since, zone)))
        return 0
