"""Reads captures again, of revisions and of pages that never became one; changes nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlite_utils import Database

from borneone_crawler.archive.articles.articles import Effect
from borneone_crawler.archive.articles.rereading import Again, Rereader
from borneone_crawler.archive.articles.revisions import Reader, Revisions
from borneone_crawler.archive.articles.worse import Held, reads_worse
from borneone_crawler.archive.captures.pages import CapturedPages
from borneone_crawler.archive.dumps.dumps import Dumps
from borneone_crawler.archive.reparsing.selection import UnreadPage
from borneone_crawler.items import Kind, Link, NotAnArticle, RawPage, Reading, State
from borneone_crawler.statuses import Stop
from borneone_crawler.urls import SiteUrls

_PARTS = """
SELECT u.url, u.state, u.capture_id, c.http_status
FROM urls AS u LEFT JOIN captures AS c ON c.id = u.capture_id
WHERE u.part_of = ?
"""


@dataclass(slots=True, kw_only=True)
class PageAgain:
    """What today's reader makes of a page that is part of no article yet."""

    page: UnreadPage
    reading: Reading | None = None
    captures: Sequence[int] = ()
    """What was read, in the order of the article's pages."""
    further: list[Link] = field(default_factory=list)
    """Further pages of the article that were never asked for."""
    refused: str | None = None
    lost: str | None = None
    fault: str | None = None
    effect: Effect | None = None
    """What storing it did."""


class Looking:
    """Today's reader over what is captured."""

    def __init__(
        self,
        database: Database,
        revisions: Revisions,
        reader: Reader,
        raw_pages: CapturedPages,
        urls: SiteUrls,
    ) -> None:
        self._db = database
        self._revisions = revisions
        self._reader = reader
        self._raw_pages = raw_pages
        self._rereader = Rereader(revisions, reader, raw_pages, Dumps(database, reader))
        self._urls = urls

    def revisions(self, revision_ids: Iterable[int]) -> Iterator[Again]:
        """Each revision, as it is held and as it is read today."""
        for revision_id in revision_ids:
            revision = self._revisions.one(revision_id)
            try:
                yield self._rereader.read(revision)
            except Exception as error:  # one page that we cannot read must not hide the others
                before = self._revisions.reading(revision.reading_id)
                yield Again(revision=revision, before=before, fault=said(error))

    def pages(self, pages: Iterable[UnreadPage]) -> Iterator[PageAgain]:
        """Each page, as it is read today."""
        for page in pages:
            again = PageAgain(page=page)
            try:
                self._read(again)
            except NotAnArticle as verdict:
                again.refused = f"not an article: {verdict.reason}"
            except Stop as stop:
                again.lost = str(stop)
            except Exception as error:
                again.fault = said(error)
            yield again

    def _read(self, again: PageAgain) -> None:
        pages, captures = self._raw_pages([again.page.capture_id]), [again.page.capture_id]
        reading = self._reader.read(pages)
        if further := [link for link in reading.links if link.kind is Kind.PART]:
            held = {row["url"]: row for row in self._db.query(_PARTS, [again.page.url_id])}
            named = [held.get(self._urls.canonical(link.url)) for link in further]
            if not any(named):
                again.further = further
                return
            for row in named:
                if row is None or row["http_status"] != 200 or row["state"] == State.PENDING:
                    again.refused = "its other pages are not all there"
                    return
                captures.append(row["capture_id"])
            pages = self._raw_pages(captures)
            if not all(self._is_part(page) for page in pages[1:]):
                again.refused = "its other pages are not all there"
                return
            reading = self._reader.read(pages)
        again.refused = self._worse(again.page, reading)
        if again.refused is None:
            again.reading, again.captures = reading, captures

    def _is_part(self, page: RawPage) -> bool:
        """Whether a page may be a further page of an article: a challenge in its place is none."""
        try:
            self._reader.read([page])
        except NotAnArticle as verdict:
            return verdict.reason == "part of another article"
        return True

    def _worse(self, page: UnreadPage, reading: Reading) -> str | None:
        if page.article_id is None:
            return None
        worse = reads_worse(reading, Held.of(self._db, page.article_id))
        return worse and f"reads worse: {worse}"


def said(error: Exception) -> str:
    """A fault in one line."""
    return f"{type(error).__name__}: {error}"
