"""Reads the captures of a revision again with today's reader, or says why that cannot be."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from borneone_crawler.archive.revisions import Reader, Revision, Revisions
from borneone_crawler.items import ASKS_FOR_LOGIN, NotAnArticle, RawPage, Reading
from borneone_crawler.statuses import Stop

_WORDS_WORTH_KEEPING = 20
"""An article of at least so many words that now has none reads worse; a photo page does not."""

_LEFT_BY_A_WALL = 0.5
"""Share of its words that an article keeps at most when its page asks for a login instead."""


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
    ) -> None:
        self._revisions = revisions
        self._reader = reader
        self._raw_pages = raw_pages

    def read(self, revision: Revision) -> Again:
        """Read a revision again, from all its pages in order."""
        before = self._revisions.reading(revision.reading_id)
        captures = self._revisions.captures_of(revision.reading_id)
        if not captures:
            return Again(revision=revision, before=before, lost="it was read from no capture")
        try:
            after = self._reader.read(self._raw_pages(captures))
        except Stop as stop:
            return Again(revision=revision, before=before, lost=str(stop))
        except NotAnArticle as verdict:
            refused = f"not an article: {verdict.reason}"
            return Again(revision=revision, before=before, refused=refused)
        after.article.url = before.article.url  # an address is what it was, not what is read
        held = before.article
        if worse := reads_worse(after, held.word_count, held.headline, before.flags):
            return Again(revision=revision, before=before, refused=f"reads worse: {worse}")
        return Again(revision=revision, before=before, after=after)


def reads_worse(
    reading: Reading, words: int, headline: str | None, flags: Sequence[str]
) -> str | None:
    """Why a reading must not replace one of so many words, this headline and these flags: it has
    lost what no newsroom takes away on purpose. None when it may."""
    found = reading.article.word_count
    if words >= _WORDS_WORTH_KEEPING and not reading.article.article_body:
        return f"no text, where {words} words are held"
    if headline and not reading.article.headline:
        return "no headline, where one is held"
    asks = ASKS_FOR_LOGIN in reading.flags and ASKS_FOR_LOGIN not in flags
    if asks and found < _LEFT_BY_A_WALL * words:
        return f"{ASKS_FOR_LOGIN}, and has {found} words, where {words} are held"
    return None


def flags_of(column: str) -> list[str]:
    """The flags as a column of `articles` or `readings` holds them."""
    flags: list[str] = json.loads(column)
    return flags
