"""`scrapy takedown URL --reason TEXT`: withholds an article, puts it back, or destroys it."""

import argparse
import sys
from typing import TYPE_CHECKING

from borneone_crawler.cli import ArchiveCommand, newsroom_of
from borneone_crawler.statuses import Status, Stop

if TYPE_CHECKING:
    from borneone_crawler.archive.articles.finding import Found


class Command(ArchiveCommand):
    """The same again does no harm: it wipes what a reader of the archive held on to, and erases
    what has been captured since."""

    examples = ("https://borneonetv.com/pasar-apung/ --reason 'permintaan keluarga'", "12 --undo")

    def syntax(self) -> str:
        return "URL|ID --reason TEXT [--erase] | URL|ID --undo"

    def short_desc(self) -> str:
        return "Take an article down: withhold it, put it back (--undo), destroy it (--erase)"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--reason", default="", help="why; it is kept beside the digests")
        parser.add_argument("--undo", action="store_true", help="put it back as it was")
        parser.add_argument("--erase", action="store_true", help="destroy text and raw captures")
        parser.add_argument("--yes", action="store_true", help="erase without asking")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        from borneone_crawler.archive.articles.finding import find_article
        from borneone_crawler.desk import takedown as desk

        address = self.one_article(args)
        assert self.settings is not None
        site = newsroom_of(self.archive_path, self.settings)
        with self.reading() as database:
            article = find_article(database, site, address)
            others = desk.elsewhere(database, article.id)
        if refusal := desk.refusal(article, opts.reason, undo=opts.undo, erase=opts.erase):
            self.usage(refusal)
        if opts.erase and not opts.yes:
            self._confirm(article)
        with self.writing("takedown", url=article.url) as archive:
            if opts.undo:
                archive.put_back(article.id)
                print(f"put back: {article.url}", desk.told(archive.head), sep="\n")
                return Status.OK
            is_new = article.taken_down_at is None
            withheld = archive.take_down(article.id, opts.reason) if is_new else None
            erased = archive.erase(article.id) if opts.erase else None
            lines = desk.report(article, opts.reason, withheld, erased, others, archive.head)
            print(*lines, sep="\n")
            if left := archive.wipe():
                print(left)
                return Status.BUSY
            return Status.NO_ARCHIVE if erased and erased.missing else Status.OK

    def _confirm(self, article: "Found") -> None:
        if not sys.stdin.isatty():
            self.usage("--erase cannot be undone: add --yes where nobody can be asked")
        try:
            typed = input(f"Type {article.url} to destroy it for good: ")
        except (EOFError, KeyboardInterrupt):
            raise Stop(Status.INTERRUPTED, "nothing was erased") from None
        if typed.strip() != article.url:
            self.usage("nothing was erased: that is another address")
