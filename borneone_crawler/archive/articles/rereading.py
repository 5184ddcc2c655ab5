"""Reads the captures of a revision again with today's reader, or says why that cannot be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from borneone_crawler.archive.articles.revisions import Reader, Revision, Revisions
from borneone_crawler.archive.articles.worse import Held, reads_worse
from borneone_crawler.archive.dumps.dumps import Dumps
from borneone_crawler.items import NotAnArticle, RawPage, Reading
from borneone_crawler.statuses import Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A revision as it is held, and as today's reader reads it."""

    revision: Revision
    before: Reading
    after: Reading | None = None
    refused: str | None = None
    """Why today's reader must not have its way: it finds no article there, or less of one."""
    lost: str | None = None
    """Why its captures cannot be read."""
    fault: str | None = None
    """What went wrong through a fault of this program."""


class Rereader:
    """Reads revisions again; changes nothing."""

    def __init__(
        self,
        revisions: Revisions,
        reader: Reader,
        raw_pages: Callable[[Sequence[int]], list[RawPage]],
        dumps: Dumps,
    ) -> None:
        self._revisions = revisions
        self._dumps = dumps
        self._reader = reader
        self._raw_pages = raw_pages

    def read(self, revision: Revision) -> Again:
        """Read a revision again, from all its pages in order, or from its text dump."""
        before = self._revisions.reading(revision.reading_id)
        captures = self._revisions.captures_of(revision.reading_id)
        if not captures and revision.dump_id is None:
            return Again(revision=revision, before=before, lost="it was read from no capture")
        try:
            if revision.dump_id is not None:
                after = self._dumps.read_again(revision.dump_id)
            else:
                after = self._reader.read(self._raw_pages(captures))
        except Stop as stop:
            return Again(revision=revision, before=before, lost=str(stop))
        except NotAnArticle as verdict:
            refused = f"not an article: {verdict.reason}"
            return Again(revision=revision, before=before, refused=refused)
        after.article.url = before.article.url  # an address is what it was, not what is read
        if worse := reads_worse(after, Held.in_reading(before)):
            return Again(revision=revision, before=before, refused=f"reads worse: {worse}")
        return Again(revision=revision, before=before, after=after)
