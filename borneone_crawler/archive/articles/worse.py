"""Whether a page says less than what is held of its article: a wall, a fault, a new design."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from borneone_crawler.archive.articles.stored import flags_of
from borneone_crawler.items import ASKS_FOR_LOGIN, GARBLED, Reading

_WORDS_WORTH_KEEPING = 20
"""An article of at least so many words that now has none reads worse; a photo page does not."""

_LEFT_BY_A_WALL = 0.5
"""Share of its words that an article keeps at most when its page asks for a login instead."""

_INVITATION = 0.75
"""Words that stand where a text was cut to its beginning, as a share of those that are gone, at
most: what invites people to pay is shorter, what a newsroom writes anew is not."""

_BLOCKS_OF_A_STORY = 3
"""Blocks from which on a text can be cut to its beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is held of an article."""

    words: int
    headline: str | None
    date_published: str | None
    body: str
    flags: Sequence[str]

    @classmethod
    def in_reading(cls, reading: Reading) -> "Held":
        """As a reading of it says."""
        article = reading.article
        return cls(
            words=article.word_count,
            headline=article.headline,
            date_published=article.date_published,
            body=article.article_body,
            flags=reading.flags,
        )

    @classmethod
    def of(cls, database: Database, article_id: int) -> "Held":
        """As the archive shows it."""
        row = database.execute(
            """SELECT word_count, headline, date_published, article_body, flags
               FROM articles WHERE id = ?""",
            [article_id],
        ).fetchone()
        return cls(
            words=row[0],
            headline=row[1],
            date_published=row[2],
            body=row[3],
            flags=flags_of(row[4]),
        )


def reads_worse(reading: Reading, held: Held) -> str | None:
    """Why a reading must not replace what is held: it has lost what no newsroom takes away on
    purpose. None when it may."""
    article = reading.article
    if held.words >= _WORDS_WORTH_KEEPING and not article.article_body:
        return f"no text, where {held.words} words are held"
    if held.headline and not article.headline:
        return "no headline, where one is held"
    if held.date_published and not article.date_published:
        return "no date, where one is held"
    if GARBLED in reading.flags and GARBLED not in held.flags:
        return GARBLED
    asks = ASKS_FOR_LOGIN in reading.flags and ASKS_FOR_LOGIN not in held.flags
    if asks and article.word_count < _LEFT_BY_A_WALL * held.words:
        return f"{ASKS_FOR_LOGIN}, and has {article.word_count} words, where {held.words} are held"
    return None


def is_teaser(reading: Reading, held: Held) -> str | None:
    """Why a page of today must not replace what is held: it has its beginning and nothing of its
    second half, which a paywall leaves. Of a page of former days this says nothing: news grow."""
    blocks = held.body.split("\n\n")
    shown = reading.article.article_body.split("\n\n")
    gone = _words(block for block in blocks if block not in shown)
    instead = _words(block for block in shown if block not in blocks)
    if (
        len(blocks) >= _BLOCKS_OF_A_STORY
        and blocks[0] in shown
        and not set(shown) & set(blocks[len(blocks) // 2 :])
        and instead <= _INVITATION * gone
    ):
        return f"only the beginning: {gone} of {held.words} words are gone"
    return None


def _words(blocks: Iterable[str]) -> int:
    return sum(len(block.split()) for block in blocks)
