"""Links that lead to what was taken down: their words, mostly its headline, are told to nobody."""

from collections.abc import Sequence
from dataclasses import replace

from sqlite_utils import Database

from borneone_crawler.items import Article, Reference
from borneone_crawler.urls import SiteUrls

# Its own, those that were met for it, and their other spellings.
_ADDRESSES = """
SELECT a.url FROM takedowns AS t JOIN articles AS a ON a.id = t.article_id
UNION
SELECT u.url FROM takedowns AS t JOIN urls AS u ON u.article_id = t.article_id
UNION
SELECT spelled.url
FROM takedowns AS t
JOIN urls AS u ON u.article_id = t.article_id
JOIN urls AS spelled ON spelled.same_as = u.id
"""


class TakenDown:
    """The addresses of what is taken down now."""

    def __init__(self, database: Database) -> None:
        self._addresses = {url for (url,) in database.execute(_ADDRESSES)}
        (base_url,) = database.execute("SELECT base_url FROM archive").fetchone()
        self._urls = SiteUrls(base_url)

    def has(self, address: str) -> bool:
        """Whether an address leads there, however it is spelled."""
        if not self._addresses:
            return False
        try:
            return self._urls.canonical(address) in self._addresses
        except ValueError:
            return False

    def out_of(self, article: Article) -> Article:
        """An article of which the links that lead there have no words any more."""
        return replace(
            article,
            read_also=self._wordless(article.read_also),
            outlinks=self._wordless(article.outlinks),
        )

    def _wordless(self, links: Sequence[Reference]) -> list[Reference]:
        return [Reference(url=link.url) if self.has(link.url) else link for link in links]
