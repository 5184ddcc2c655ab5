"""Which article a page is, and at which address an article stands."""

from urllib.parse import urlsplit

from sqlite_utils import Database

from borneone_crawler.archive.articles.sighting import Sighting
from borneone_crawler.archive.articles.stored import content_digest, digest
from borneone_crawler.archive.ledger import Event, Ledger
from borneone_crawler.items import Article
from borneone_crawler.likeness import nearly_identical


class Addresses:
    """Tells articles apart by their addresses and numbers. Transactions are the caller's."""

    def __init__(self, database: Database, ledger: Ledger) -> None:
        self._db = database
        self._ledger = ledger

    def article_of(self, article: Article, sighting: Sighting) -> int | None:
        """The article in the archive that this page is, if it is one of them.

        The post id alone never decides (another post may have taken it after a move of the
        site), but an id that differs always does: a slug that was used again is another article.
        """
        row = self._db.execute(
            """SELECT id FROM articles
               WHERE (id = :known_as OR url = :asked)
                   AND (post_id IS NULL OR :post_id IS NULL OR post_id = :post_id)
               UNION ALL
               SELECT id FROM articles
               WHERE post_id = :post_id
                   AND (url IN (:claim, :by_number) OR date_published = :date_published)
               LIMIT 1""",
            {
                "known_as": sighting.known_as,
                "asked": sighting.asked,
                "claim": sighting.claim,
                "by_number": _by_number(sighting.asked, article.post_id),
                "post_id": article.post_id,
                "date_published": article.date_published,
            },
        ).fetchone()
        if row is not None:
            return int(row[0])
        return self._moved_and_dated_anew(article) or self._taken_down(article, sighting.claim)

    def _moved_and_dated_anew(self, article: Article) -> int | None:
        """The article of the same number that has another address and date, if the text is nearly
        the same: published again under a new slug."""
        rows = self._db.execute(
            """SELECT id, article_body FROM articles
               WHERE post_id = ? AND id NOT IN (SELECT article_id FROM takedowns)""",
            [article.post_id],
        )
        return next(
            (int(number) for number, body in rows if nearly_identical(body, article.article_body)),
            None,
        )

    def _taken_down(self, article: Article, claim: str | None) -> int | None:
        """The article that was taken down here, if it is what now stands at another address: of
        the same number and date, or with the same content, or calling itself by its address."""
        if self._db.execute("SELECT 1 FROM takedowns LIMIT 1").fetchone() is None:
            return None
        row = self._db.execute(
            """SELECT t.article_id FROM takedowns AS t JOIN articles AS a ON a.id = t.article_id
               WHERE t.identity = :identity
                   OR (a.url = :claim
                       AND (a.post_id IS NULL OR :post_id IS NULL OR a.post_id = :post_id))
                   OR EXISTS (
                       SELECT 1 FROM json_each(t.digests)
                       WHERE value ->> '$.content_digest' = :content)
               LIMIT 1""",
            {
                "identity": identity_digest(article.post_id, article.date_published),
                "claim": claim,
                "post_id": article.post_id,
                "content": content_digest(article),
            },
        ).fetchone()
        return int(row[0]) if row else None

    def of(self, article_id: int) -> str:
        """The address of an article."""
        row = self._db.execute("SELECT url FROM articles WHERE id = ?", [article_id]).fetchone()
        return str(row[0])

    def follow(self, article_id: int, article: Article, sighting: Sighting) -> None:
        """Give the article, which has the address it has held, that of the page that names itself
        canonical, if it is free."""
        asked, held = sighting.asked, article.url
        if sighting.claim == asked != held and self._standing_at(asked) is None:
            article.url = asked
            self._db.execute(
                "UPDATE articles SET url = ?, redirected_to = NULL WHERE id = ?",
                [asked, article_id],
            )
            self._ledger.append(Event.MOVED, asked, detail=held)

    def of_new(self, article: Article, sighting: Sighting) -> str:
        """Where an article that is not held yet stands: where it was met, unless another post was
        met there later.

        A slug that was given to a new post belongs to the new one; the older article keeps its
        place under an address that WordPress gives every post, or under a mark of its own.
        """
        asked = sighting.asked
        numbered = _by_number(asked, article.post_id)
        holder = self._standing_at(asked)
        if holder is not None:
            article_id, last_seen_at = holder
            if last_seen_at > sighting.seen_at and numbered is not None:
                return numbered
            self.give_way(article_id)
        return asked

    def _standing_at(self, url: str) -> tuple[int, str] | None:
        row: tuple[int, str] | None = self._db.execute(
            "SELECT id, last_seen_at FROM articles WHERE url = ?", [url]
        ).fetchone()
        return row

    def give_way(self, article_id: int) -> None:
        """Have an article leave its address to another one."""
        held, post_id = self._db.execute(
            "SELECT url, post_id FROM articles WHERE id = ?", [article_id]
        ).fetchone()
        address = spare_address(held, post_id, article_id)
        if self._standing_at(address) is not None:
            address = spare_address(held, None, article_id)  # a post number that was given twice
        self.move(article_id, held, address)

    def move(self, article_id: int, held: str, address: str) -> None:
        """Give an article another address, and say so in the ledger."""
        self._db.execute("UPDATE articles SET url = ? WHERE id = ?", [address, article_id])
        self._ledger.append(Event.MOVED, address, detail=held)


def spare_address(url: str, post_id: int | None, number: int) -> str:
    """Where an article can be found whose address another has now: as WordPress's post, or by a
    mark of our own."""
    split = urlsplit(url)
    marked = f"{split.scheme}://{split.netloc}{split.path}?earlier={number}"
    return _by_number(url, post_id) or marked


def _by_number(url: str, post_id: int | None) -> str | None:
    """The address that WordPress gives a post on the site of a URL, whatever its slug."""
    split = urlsplit(url)
    return f"{split.scheme}://{split.netloc}/?p={post_id}" if post_id is not None else None


def identity_digest(post_id: int | None, date_published: str | None) -> str | None:
    """What an article that was taken down is known by when it turns up at another address."""
    if post_id is None or date_published is None:
        return None
    return digest(f"{post_id}\n{date_published}")
