"""`scrapy verify`: proves that the archive is what was once written, and goes on from a head."""

import argparse
import re

from borneone_crawler.cli import ArchiveCommand
from borneone_crawler.local import place
from borneone_crawler.progress import Progress
from borneone_crawler.statuses import Status


class Command(ArchiveCommand):
    """One line a finding, then what was looked at. Ends with 0, or with 1 for findings."""

    examples = ("", "--against 5f3c…  # the 64 digits noted earlier", "--no-captures")

    def syntax(self) -> str:
        return "[--against DIGEST] [--no-captures] [--json]"

    def short_desc(self) -> str:
        return "Prove that nothing in the archive was changed, lost or slipped in"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--against", metavar="DIGEST", help="an earlier head of the ledger, to be gone on from"
        )
        parser.add_argument(
            "--no-captures", action="store_true", help="leave the raw captures in warc/ out"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object, not lines")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        from borneone_crawler.archive.verification import Verification
        from borneone_crawler.desk.plain import json_text
        from borneone_crawler.desk.verdict import as_json, summary

        assert self.settings is not None
        against = opts.against and opts.against.lower()
        if args:
            self.usage(f"verify takes no {args[0]!r}; -s ARCHIVE_DB=… names another archive")
        if against:
            # As it is printed, with the number of the entry before it, too.
            noted = re.fullmatch(r"(?:head: )?(?:\d+ )?([0-9a-f]{64})", against.strip())
            if noted is None:
                self.usage(
                    "--against wants a digest of 64 hexadecimal digits, as verify prints it"
                )
            against = noted[1]
        path, progress = self.archive_path, Progress()
        folder = place(self.settings, "WARC_DIR", default=path.parent / "warc")
        proof = Verification(path, None if opts.no_captures else folder, against)
        found = []
        for finding in proof.findings(progress):
            found.append(finding)
            if not opts.json:
                progress.clear()
                print(finding, flush=True)
        progress.clear()
        if opts.json:
            print(json_text(as_json(proof, found)))
        else:
            print("\n".join(summary(proof, found)))
        return Status.FOUND if any(finding.is_fault for finding in found) else Status.OK
