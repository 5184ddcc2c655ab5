"""What an article is now: its row in `articles`, and the tables around it."""

from collections.abc import Sequence

from sqlite_utils import Database

from borneone_crawler.archive.articles.sections import Sections
from borneone_crawler.archive.articles.stored import canonical_json, content_digest
from borneone_crawler.archive.sqlite.rows import insert, insert_all
from borneone_crawler.items import Article, Reading

# Columns of `articles` that are taken from the Article as they are.
_COLUMNS = (
    "url", "post_id", "headline", "description", "date_published", "date_modified", "editor",
    "byline_initials", "dateline", "article_body", "article_body_html", "word_count",
    "in_language", "comment_count",
)  # fmt: skip

TABLES_AROUND = (
    "article_sections", "article_keywords", "article_people", "images", "videos", "outlinks",
)  # fmt: skip
"""Tables that hold what else was read of an article, by its article_id."""

CLEARED = (*(name for name in _COLUMNS if name not in ("url", "post_id")), "flags")
"""Columns of `articles` that `clear` empties."""


class CurrentState:
    """Writes what a reading says into the tables that people ask. Transactions are the
    caller's."""

    def __init__(self, database: Database, sections: Sections) -> None:
        self._db = database
        self._sections = sections

    def insert(self, reading: Reading, seen_at: str) -> int:
        """A new article, first seen at a time. Returns its id."""
        times = {"first_seen_at": seen_at, "last_seen_at": seen_at}
        article_id = insert(self._db, "articles", row_of(reading) | times)
        self._write_around(article_id, reading)
        return article_id

    def show(self, article_id: int, reading: Reading) -> None:
        """Have an article show this reading from now on."""
        self._db.table("articles").update(article_id, row_of(reading))
        self._clear_around(article_id)
        self._write_around(article_id, reading)

    def see_again(self, article_id: int, article: Article, seen_at: str) -> None:
        """The same content was met: only what is not content may have moved. Writes no index."""
        self._db.execute(
            """UPDATE articles SET last_seen_at = max(last_seen_at, ?), comment_count = ?,
                   date_modified = coalesce(?, date_modified)
               WHERE id = ?""",
            [seen_at, article.comment_count, article.date_modified, article_id],
        )

    def clear(self, article_id: int) -> None:
        """Empty an article of everything that was read of it; its row and address stay."""
        nothing: dict[str, object] = dict.fromkeys(CLEARED) | {
            "article_body": "", "article_body_html": "", "word_count": 0, "flags": "[]",
        }  # fmt: skip
        self._db.table("articles").update(article_id, nothing)
        self._clear_around(article_id)

    def _clear_around(self, article_id: int) -> None:
        for table in TABLES_AROUND:
            self._db.execute(f"DELETE FROM {table} WHERE article_id = ?", [article_id])  # noqa: S608

    def _write_around(self, article_id: int, reading: Reading) -> None:
        """Sections, keywords, people, pictures, videos and links, as the article has them now."""
        article = reading.article
        self._link("article_sections", article_id, "section_id", self._sections.of(reading))
        keywords = [self._named("keywords", name) for name in dict.fromkeys(article.keywords)]
        self._link("article_keywords", article_id, "keyword_id", keywords)
        people = {
            "author": article.authors,
            "editor": [article.editor] if article.editor else [],
            "initials": [article.byline_initials] if article.byline_initials else [],
        }
        for role, names in people.items():
            numbers = [self._named("people", name) for name in dict.fromkeys(names)]
            self._link("article_people", article_id, "person_id", numbers, role=role)
        main = article.main_image.url if article.main_image else None
        images = [
            (image.url, image.caption, image.credit_text, position == 1 and image.url == main)
            for position, image in enumerate(article.images, start=1)
        ]
        columns = ("url", "caption", "credit_text", "is_main")
        self._place("images", article_id, columns, images)
        videos = [(video.url, video.provider, video.video_id) for video in article.videos]
        self._place("videos", article_id, ("url", "provider", "video_id"), videos)
        for kind, references in (
            ("link", article.outlinks),
            ("read_also", article.read_also),
            ("embed", article.embeds),
        ):
            links = [(kind, reference.url, reference.text) for reference in references]
            self._place("outlinks", article_id, ("kind", "url", "text"), links)

    def _link(
        self, table: str, article_id: int, column: str, numbers: Sequence[int], **more: object
    ) -> None:
        """Rows of one table that link the article with these, in their order."""
        rows = [(number, *more.values()) for number in numbers]
        self._place(table, article_id, (column, *more), rows)

    def _place(
        self,
        table: str,
        article_id: int,
        columns: Sequence[str],
        rows: Sequence[tuple[object, ...]],
    ) -> None:
        """All of one table at once: a hostile page has as many links as it likes."""
        placed = [(article_id, position, *row) for position, row in enumerate(rows, start=1)]
        insert_all(self._db, table, ("article_id", "position", *columns), placed)

    def _named(self, table: str, name: str) -> int:
        row = self._db.execute(f"SELECT id FROM {table} WHERE name = ?", [name]).fetchone()  # noqa: S608
        return int(row[0]) if row else insert(self._db, table, {"name": name})


def row_of(reading: Reading) -> dict[str, object]:
    """What a reading writes into the article's own row, by column."""
    row: dict[str, object] = {name: getattr(reading.article, name) for name in _COLUMNS}
    return row | {
        "flags": canonical_json(reading.flags),
        "content_digest": content_digest(reading.article),
    }
