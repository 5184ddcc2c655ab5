"""Keeps text dumps, and knows which article each is of."""

from sqlite_utils import Database

from borneone_crawler.archive.articles.revisions import Reader
from borneone_crawler.archive.articles.stored import article_from, digest
from borneone_crawler.archive.dumps.files import TextFile, decoded
from borneone_crawler.archive.dumps.sameness import begins_alike, says_the_same
from borneone_crawler.archive.sqlite.rows import insert
from borneone_crawler.items import Reading
from borneone_crawler.likeness import folded

# A phrase is looked up in the index of words; whether the headline is the same is seen then.
_OF_THAT_HEADLINE = """
SELECT a.id, r.article
FROM articles_fts AS f
JOIN articles AS a ON a.id = f.rowid
JOIN readings AS r ON r.id = a.reading_id
WHERE articles_fts MATCH ? AND a.id NOT IN (SELECT article_id FROM takedowns)
ORDER BY a.id LIMIT 1000
"""


class Dumps:
    """Rows of `dumps`. Transactions are the caller's."""

    def __init__(self, database: Database, reader: Reader) -> None:
        self._db = database
        self._reader = reader

    def read(self, text: str) -> Reading:
        """What today's reader makes of a dump's text; of glued section names it tells those apart
        that are known here."""
        names = self._db.execute("SELECT DISTINCT name FROM sections ORDER BY name")
        return self._reader.read_text(text, [name for (name,) in names.fetchall()])

    def read_again(self, dump_id: int) -> Reading:
        """The same of one that is kept, and not taken down."""
        raw, encoding = self._db.execute(
            "SELECT text, encoding FROM dumps WHERE id = ?", [dump_id]
        ).fetchone()
        return self.read(decoded(raw, encoding))

    def held(self, sha256: str) -> tuple[int, int | None] | None:
        """Number and article of the dump with these bytes; None if it is not here."""
        row: tuple[int, int | None] | None = self._db.execute(
            "SELECT id, article_id FROM dumps WHERE sha256 = ?", [sha256]
        ).fetchone()
        return row

    def keep(self, file: TextFile, headline: str, *, now: str, run_id: int) -> int:
        """Keep a file that is not here yet. Returns its number."""
        return insert(
            self._db,
            "dumps",
            {
                "sha256": file.sha256,
                "name": file.name,
                "encoding": file.encoding,
                "text": file.raw,
                "headline_key": headline_key(headline),
                "run_id": run_id,
                "added_at": now,
            },
        )

    def link(self, dump_id: int, article_id: int | None, by: str | None) -> None:
        """Say whose text it is, and how that is known."""
        self._db.execute(
            "UPDATE dumps SET article_id = ?, linked_by = ? WHERE id = ?",
            [article_id, by, dump_id],
        )

    def find_article(self, dump_id: int) -> int | None:
        """Link a dump whose address nobody has given with the one article that it can be of, by
        headline and first paragraph, or by its whole text where several begin like it. Returns
        the article; None when there is none, or more than one."""
        dump = self.read_again(dump_id).article
        alike = [
            (number, article)
            for number, text in self._db.execute(
                _OF_THAT_HEADLINE, [_phrase(dump.headline or "")]
            ).fetchall()
            if begins_alike(dump, article := article_from(text))
        ]
        if len(alike) > 1:
            alike = [one for one in alike if says_the_same(dump, one[1])] or alike
        if len(alike) == 1:
            (article_id, _) = alike[0]
            self.link(dump_id, article_id, "words")
            return int(article_id)
        self.link(dump_id, None, "several" if alike else None)
        return None

    def find_article_anew(self, dump_id: int) -> int | None:
        """The same, of a dump that may read otherwise now: sections are known that its first line
        names."""
        headline = self.read_again(dump_id).article.headline or ""
        self._db.execute(
            "UPDATE dumps SET headline_key = ? WHERE id = ?", [headline_key(headline), dump_id]
        )
        return self.find_article(dump_id)

    def read_waiting_again(self, *, known: int) -> None:
        """Look again at the dumps that wait for their article, if more sections are known than so
        many."""
        if self.known_sections() == known:
            return
        waiting = self._db.execute(
            "SELECT id FROM dumps WHERE linked_by IS NULL AND text IS NOT NULL ORDER BY id"
        )
        for (dump_id,) in waiting.fetchall():
            self.find_article_anew(dump_id)

    def known_sections(self) -> int:
        """How many names of sections are known."""
        (number,) = self._db.execute("SELECT count(DISTINCT name) FROM sections").fetchone()
        return int(number)

    def weigh_again(self, headline: str | None) -> None:
        """An article of this headline has come: dumps that may be of it are looked at again."""
        rows = self._db.execute(
            """SELECT id FROM dumps
               WHERE headline_key = ? AND linked_by IS NOT 'address' AND text IS NOT NULL""",
            [headline_key(headline or "")],
        )
        for (dump_id,) in rows.fetchall():
            self.find_article(dump_id)


def headline_key(headline: str) -> str:
    """What dumps and articles of one headline have in common, and no word of it."""
    return digest(folded(headline))


def _phrase(headline: str) -> str:
    """A headline as a query of the index of words."""
    words = " ".join(headline.replace('"', " ").split())
    return f'headline : "{words}"'
