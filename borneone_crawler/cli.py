"""What our commands share: which archive is meant, what is read and written, how one ends."""

import argparse
import os
import signal
import sys
from abc import abstractmethod
from collections.abc import Iterator, Set
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NoReturn

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from borneone_crawler import __version__
from borneone_crawler.examples import WithExamples
from borneone_crawler.local import check_all, own_rules, own_words, place
from borneone_crawler.newsrooms import newsroom, newsrooms, placed, turn_to
from borneone_crawler.site import Site
from borneone_crawler.statuses import COMPLETE, Status, Stop, is_of_the_disk

if TYPE_CHECKING:
    from sqlite_utils import Database

    from borneone_crawler.archive.archive import Archive
    from borneone_crawler.desk.words import Words
    from borneone_crawler.reading import Reader

_NEEDS_NOBODY = frozenset({Status.OK, Status.BUSY, Status.INTERRUPTED, Status.TERMINATED})


class ArchiveCommand(WithExamples):
    """A command over an archive alone, without a crawler: `work` does it and tells the status."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar = {"LOG_ENABLED": False}

    takes_words: ClassVar[bool] = False
    """Whether it searches for words, and so for what has not a word: "-hoaks"."""

    _signalled: Stop | None = None

    @abstractmethod
    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Do it. Returns the exit status; raises Stop, which becomes one line and a status."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.error = lambda message: end(Status.USAGE, message)  # type: ignore[method-assign]
        parser.add_argument(
            "-n", "--newsroom", metavar="NAME", help="of which newsroom, as `scrapy list` names it"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        try:
            super().process_options(args, opts)
        except UsageError as error:
            end(Status.USAGE, str(error))
        # Scrapy takes an option it does not know for an argument.
        if unknown := [arg for arg in args if arg.startswith("-")]:
            hint = "-h shows those there are"
            if self.takes_words and not unknown[0].startswith("--"):
                hint = f"to do without a word put all in quotes: 'sungai {unknown[0]}'"
            end(Status.USAGE, f"there is no option {unknown[0]}; {hint}")
        assert self.settings is not None
        try:
            turn_to(
                self.settings, newsroom(self.settings, opts.newsroom or self.settings["NEWSROOM"])
            )
        except Stop as stop:
            end(stop.status, str(stop))

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from borneone_crawler.archive.sqlite.database import explained

        try:
            self.check_settings()
            with _full_disks_told():
                with explained(self.archive_path):
                    self.exitcode = self.work(args, opts)
                sys.stdout.flush()
        except Stop as stop:
            # What a signal raised within SQLite comes out of it as something else.
            stop = self._signalled or stop
            # Somebody typed it, and waits for what another run keeps from being done.
            end(stop.status, str(stop), silent=_NEEDS_NOBODY - {Status.BUSY})
        except BrokenPipeError:
            _give_up_stdout()
            self.exitcode = Status.UNREAD

    def check_settings(self) -> None:
        """Refuse to work with a wrong setting. Raises Stop MISCONFIGURED."""
        assert self.settings is not None
        check_all(self.settings)

    @property
    def archive_path(self) -> Path:
        """The archive that is meant: ARCHIVE_DB."""
        assert self.settings is not None
        return place(self.settings, "ARCHIVE_DB")

    @property
    def colour(self) -> bool:
        """Whether stdout is a terminal on which colours are wanted (https://no-color.org)."""
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR")

    def one_article(self, args: list[str]) -> str:
        """The one address or number that is given. Raises Stop USAGE."""
        if len(args) > 1:
            self.usage(f"one article at a time; {len(args)} were given")
        if not args:
            self.usage("which article? Its URL, or the number it has in the archive")
        return args[0]

    def add_language(self, parser: argparse.ArgumentParser) -> None:
        """For a page: the option in which language it is."""
        from borneone_crawler.desk.words import LANGUAGES

        parser.add_argument(
            "--lang", choices=LANGUAGES, help="Indonesian or English page; else as the locale"
        )

    def words(self, opts: argparse.Namespace) -> "Words":
        """The words of that language, or of the locale's."""
        from borneone_crawler.desk.words import language_of, words_of

        return words_of(opts.lang or language_of(os.environ))

    def words_to_search(self, *, is_exact: bool) -> Path | None:
        """The owner's file of words for a search. Says on stderr what it cannot find here, unless
        it is for words as they stand. Raises Stop MISCONFIGURED."""
        from borneone_crawler.archive.searching.stemming import lacking

        assert self.settings is not None
        if not is_exact and (said := lacking()):
            print(f"borneone_crawler: {said}", file=sys.stderr)
        return own_words(self.settings)

    def end_in_order(self, said: str) -> None:
        """Have a signal raise Stop from now on, wherever the work is; `said` is its line."""

        def stop(number: int, _frame: object) -> None:
            is_typed = number == signal.SIGINT
            self._signalled = Stop(Status.INTERRUPTED if is_typed else Status.TERMINATED, said)
            raise self._signalled

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)

    def usage(self, message: str) -> NoReturn:
        """Refuse the arguments. Raises Stop USAGE."""
        raise Stop(Status.USAGE, message)

    @contextmanager
    def reading(self, path: Path | None = None, *, older: bool = False) -> "Iterator[Database]":
        """The archive, or that at `path`, for reading alone; a crawl goes on beside it. Raises
        Stop NO_ARCHIVE, also for one of an older schema unless `older` ones will do."""
        from borneone_crawler.archive.sqlite.database import (
            SCHEMA_VERSION,
            lacks_views,
            open_readonly,
        )

        path = path or self.archive_path
        database = open_readonly(path)
        try:
            version = database.execute("PRAGMA user_version").fetchone()[0]
            was = f"{path} was written by an older version of this program"
            if version < SCHEMA_VERSION and not older:
                raise Stop(
                    Status.NO_ARCHIVE,
                    f"{was} (schema {version}, this one reads {SCHEMA_VERSION}): the next crawl "
                    "keeps a copy of it and brings it up to date",
                )
            if lacks_views(database) and not older:
                raise Stop(Status.NO_ARCHIVE, f"{was}: the next crawl brings its views up to date")
            yield database
        finally:
            database.close()

    def opened(self, path: Path) -> "Archive":
        """The archive at `path`, with the WARC files of the one that is meant, open for writing.
        Raises Stop."""
        from borneone_crawler.archive.archive import Archive
        from borneone_crawler.extensions.clock import clock_from

        assert self.settings is not None
        reader = self.reader(path)
        return Archive(
            path,
            place(self.settings, "WARC_DIR", default=self.archive_path.parent / "warc"),
            reader.site,
            clock=clock_from(self.settings),
            software=f"borneone_crawler/{__version__}",
            reader=reader,
        )

    def reader(self, path: Path | None = None) -> "Reader":
        """Today's reader of the newsroom that the archive, or that at `path`, is of. Raises Stop,
        also when the rules it reads by cannot be used."""
        from borneone_crawler.reading import Reader

        assert self.settings is not None
        site = newsroom_of(path or self.archive_path, self.settings)
        reader = Reader(site, own_rules(self.settings), self.settings.getfloat("READ_PATIENCE"))
        reader.check()
        return reader

    @contextmanager
    def writing(self, command: str, **arguments: str) -> Iterator["Archive"]:
        """The archive for writing, as one run of it: its row says how it ended. Raises Stop."""
        archive = self.opened(self.archive_path)
        status, reason = Status.BUG, "a fault of this program"
        try:
            archive.begin_run(command, arguments)
            with _full_disks_told():
                yield archive
            lacks = archive.lacks
            status, reason = (Status.FOUND, lacks) if lacks else (Status.OK, COMPLETE)
        except Stop as stop:
            status, reason = stop.status, str(stop)
            raise
        except BrokenPipeError:
            status, reason = Status.UNREAD, "who read the output stopped reading"
            raise
        except KeyboardInterrupt:
            status, reason = Status.INTERRUPTED, "stopped by a signal"
            raise Stop(status, "stopped; the same command goes on from here") from None
        finally:
            try:
                archive.end_run(status, reason, archive.stats)
            finally:
                archive.close()


def newsroom_of(path: Path, settings: BaseSettings) -> Site:
    """The newsroom an archive is of, at the address it was made with; for a file that is still
    to be made, the one that is meant, at the address of the settings. Raises Stop NO_ARCHIVE or
    MISCONFIGURED."""
    from borneone_crawler.archive.sqlite.database import NotMadeYet, open_readonly

    try:
        database = open_readonly(path)
    except NotMadeYet:
        return placed(newsroom(settings, settings["NEWSROOM"]), settings["BASE_URL"])
    try:
        rows = list(database.query("SELECT newsroom, base_url FROM archive"))
    finally:
        database.close()
    known = newsrooms(settings)
    if not rows or rows[0]["newsroom"] not in known:
        raise Stop(Status.NO_ARCHIVE, f"{path} is the archive of no newsroom known here")
    return placed(known[rows[0]["newsroom"]], rows[0]["base_url"])


@contextmanager
def _full_disks_told() -> Iterator[None]:
    """Turn what a full or failing disk raised, mostly that behind stdout, into a Stop."""
    try:
        yield
    except OSError as error:
        if not is_of_the_disk(error):
            raise
        _give_up_stdout()
        raise Stop(
            Status.IO_ERROR, f"the disk is full or failing: {error.strerror or error}"
        ) from error


def _give_up_stdout() -> None:
    """Write what can be written: for the rest Python would try again when it ends, and complain
    of it."""
    with suppress(OSError):
        sys.stdout.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def end(
    status: Status,
    message: str,
    *,
    is_alarming: bool = True,
    silent: Set[Status] = _NEEDS_NOBODY,
) -> NoReturn:
    """Exit; the line goes to stderr when a person must act or is watching, so that cron mails
    exactly then."""
    if (is_alarming and status not in silent) or sys.stderr.isatty():
        print(f"borneone_crawler: {message}", file=sys.stderr)
    sys.exit(int(status))
