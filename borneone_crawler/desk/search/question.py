"""What somebody asks the search: the words, and which articles they are looked for in."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from borneone_crawler.archive.searching import Filters, named
from borneone_crawler.desk.moments import after, begin_of
from borneone_crawler.statuses import Status, Stop

if TYPE_CHECKING:  # it takes a command a tenth of its start
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """As it is typed."""

    text: str
    is_exact: bool = False
    sections: Sequence[str] = ()
    authors: Sequence[str] = ()
    since: str | None = None
    until: str | None = None

    def filters(self, database: "Database") -> Filters:
        """The same as the archive knows it. Raises Stop USAGE for what it does not know."""
        (archive,) = database.query("SELECT time_zone FROM archive")
        zone = ZoneInfo(archive["time_zone"])
        since = begin_of(self.since, "--from", zone) if self.since is not None else None
        before = after(self.until, "--until", zone) if self.until is not None else None
        if since and before and since >= before:
            raise Stop(Status.USAGE, f"--until {self.until} is before --from {self.since}")
        return Filters(
            sections=named(database, "section", self.sections),
            authors=named(database, "author", self.authors),
            since=since,
            before=before,
        )


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options that a question has at the command line."""
    parser.add_argument(
        "--section",
        metavar="NAME",
        action="append",
        default=[],
        help="only of this section and those below it; several times: of any of them",
    )
    parser.add_argument(
        "--author",
        metavar="NAME",
        action="append",
        default=[],
        help="only by this author, or with these initials; several times: by any of them",
    )
    parser.add_argument(
        "--from",
        dest="since",
        metavar="DATE",
        help="published since a year, month, day or minute (2019, 2019-10, 2019-10-14, "
        "2019-10-14T10:15), in the newsroom's time; what has no date is left out",
    )
    parser.add_argument("--until", metavar="DATE", help="published until the end of such a one")
    parser.add_argument(
        "--exact",
        action="store_true",
        help="the words as they stand, without their other forms and synonyms",
    )


def question_of(text: str, opts: argparse.Namespace) -> Question:
    """The question that was typed."""
    return Question(
        text=text,
        is_exact=opts.exact,
        sections=opts.section,
        authors=opts.author,
        since=opts.since,
        until=opts.until,
    )
