"""Which articles somebody wants: all, those that are named, or those that a search finds."""

import argparse
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from borneone_crawler.desk.lookup import find_article
from borneone_crawler.desk.search import question
from borneone_crawler.desk.search.answer import answered
from borneone_crawler.statuses import Status, Stop

if TYPE_CHECKING:  # it takes a command a tenth of its start
    from sqlite_utils import Database

_FILTERS = {"section": "--section", "author": "--author", "since": "--from", "until": "--until"}


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options by which articles are chosen at the command line."""
    parser.add_argument("--sql", metavar="SELECT", help="a question, for reading alone")
    parser.add_argument(
        "--search",
        metavar="WORDS",
        help="what `scrapy search` finds, in its order; the next five are for it",
    )
    question.add_options(parser)


def ids_of(
    database: "Database", addresses: Sequence[str], opts: argparse.Namespace, own: Path | None
) -> Sequence[int] | None:
    """The articles, by number and in order; None for all, or where a question in SQL says which.
    `own` is the owner's file of words.

    Raises Stop: USAGE for what cannot be or is not there, and FOUND when a search finds nothing.
    """
    ways = [bool(addresses), opts.sql is not None, opts.search is not None]
    if sum(ways) > 1:
        raise Stop(Status.USAGE, "either addresses and numbers of articles, or --sql, or --search")
    if opts.search is None:
        if idle := [option for name, option in _FILTERS.items() if getattr(opts, name)]:
            raise Stop(Status.USAGE, f"{idle[0]} is for --search; in SQL it is a WHERE")
        found = [find_article(database, address) for address in dict.fromkeys(addresses)]
        return list(dict.fromkeys(found)) or None
    asked = question.question_of(opts.search, opts)
    with answered(database, asked, "relevance", None, own) as answer:
        ids = array("q", answer.hits.ids)
    if not ids:
        raise Stop(Status.FOUND, "nothing is found, and nothing was written")
    return ids
