"""`scrapy doctor`: looks at machine, settings, archive and site, and says what to mend."""

import argparse

from borneone_crawler.cli import ArchiveCommand
from borneone_crawler.progress import Progress
from borneone_crawler.statuses import Status


class Command(ArchiveCommand):
    """Ends with 0 when there is nothing to mend, with 1 otherwise. Changes nothing."""

    examples = ("", "--offline")

    def syntax(self) -> str:
        return "[--offline] [--json]"

    def short_desc(self) -> str:
        return "Look whether crawls can go on by themselves here, and say what to mend"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--offline", action="store_true", help="ask nothing of the site")
        parser.add_argument("--json", action="store_true", help="tell it as JSON")

    def check_settings(self) -> None:
        """A wrong setting is something to be told here, not the end."""

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        from borneone_crawler.desk.plain import json_text
        from borneone_crawler.doctor.checks import as_json, is_well, lines_of
        from borneone_crawler.doctor.examination import examine

        assert self.settings is not None
        if args:
            self.usage(f"doctor takes no {args[0]!r}")
        checks = []
        with Progress() as progress:
            for check in examine(self.settings, offline=opts.offline):
                checks.append(check)
                progress.clear()
                if not opts.json:
                    print(*lines_of([check]), sep="\n", flush=True)
                progress.tell("looking …", at_once=True)
        if opts.json:
            print(json_text(as_json(checks)))
        return Status.OK if is_well(checks) else Status.FOUND
