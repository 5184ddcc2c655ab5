"""Takes away what the current state says of an article, so that it can be put back as it was."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from sqlite_utils import Database

from borneone_crawler.archive.articles.current import CLEARED, CurrentState
from borneone_crawler.archive.articles.sections import Sections
from borneone_crawler.archive.articles.stored import canonical_json
from borneone_crawler.archive.frontier.frontier import TAKEN_DOWN
from borneone_crawler.archive.sqlite.rows import insert

# No ids, but what things are called: rows of names come and go, and another archive that this
# one is merged into has other numbers.
_AROUND = {
    "images": "SELECT position, url, caption, credit_text, is_main FROM images",
    "videos": "SELECT position, url, provider, video_id FROM videos",
    "outlinks": "SELECT kind, position, url, text FROM outlinks",
    "article_people": """
        SELECT x.position, x.role, n.name FROM article_people AS x
        JOIN people AS n ON n.id = x.person_id""",
    "article_keywords": """
        SELECT x.position, n.name FROM article_keywords AS x
        JOIN keywords AS n ON n.id = x.keyword_id""",
    "article_sections": """
        SELECT x.position, n.name, n.slug, n.url FROM article_sections AS x
        JOIN sections AS n ON n.id = x.section_id""",
}

# Names that stood in any state of the article, and that no article has now.
_ORPHANS = {
    "people": """
        SELECT name FROM people
        WHERE name IN (
                SELECT author.value FROM read, json_each(read.article, '$.authors') AS author
                UNION SELECT article ->> '$.editor' FROM read
                UNION SELECT article ->> '$.byline_initials' FROM read)
            AND id NOT IN (SELECT person_id FROM article_people)""",
    "keywords": """
        SELECT name FROM keywords
        WHERE name IN (
                SELECT keyword.value FROM read, json_each(read.article, '$.keywords') AS keyword)
            AND id NOT IN (SELECT keyword_id FROM article_keywords)""",
    "sections": """
        SELECT name, slug, url FROM sections
        WHERE name IN (
                SELECT section.value
                FROM read, json_each(read.article, '$.article_section') AS section)
            AND id NOT IN (SELECT section_id FROM article_sections)
            AND id NOT IN (SELECT parent_id FROM sections WHERE parent_id IS NOT NULL)""",
}
_READ = """
WITH read (article) AS (
    SELECT w.article FROM withheld AS w
    JOIN readings AS r ON r.id = w.reading_id
    JOIN revisions AS v ON v.id = r.revision_id
    WHERE v.article_id = ?
)
"""


class Around:
    """Transactions are the caller's."""

    def __init__(self, database: Database, current: CurrentState, sections: Sections) -> None:
        self._db = database
        self._current = current
        self._sections = sections

    def take(self, article_id: int, rows: Collection[int]) -> str:
        """Clear an article whose readings are withheld already, and drop names that nobody else
        has. Returns JSON of what was there, and of how these rows of `urls` stand."""
        columns = ", ".join(CLEARED)
        taken = {
            "articles": self._rows(f"SELECT {columns} FROM articles WHERE id = ?", article_id),  # noqa: S608
            "urls": self._rows(
                """SELECT url, state, reason, next_at FROM urls
                   WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id""",
                json.dumps(list(rows)),
            ),
        } | {
            table: self._rows(f"{sql} WHERE article_id = ?", article_id)
            for table, sql in _AROUND.items()
        }
        self._current.clear(article_id)
        for table, sql in _ORPHANS.items():
            taken[table] = self._rows(_READ + sql, article_id)
            for row in taken[table]:
                self._db.table(table).delete(self._id_of(table, row))
        return canonical_json(taken)

    def put_back(self, article_id: int, text: str) -> None:
        """Undo `take`; addresses that are another article's by now stay so."""
        taken: dict[str, list[dict[str, Any]]] = json.loads(text)
        for row in taken["articles"]:
            self._db.table("articles").update(article_id, row)
        for row in taken["urls"]:
            self._db.execute(
                """UPDATE urls SET state = :state, reason = :reason, next_at = :next_at
                   WHERE url = :url AND reason = :taken_down""",
                row | {"taken_down": TAKEN_DOWN},
            )
        for table in _ORPHANS:
            for row in taken[table]:
                self._id_of(table, row)
        for table in _AROUND:
            for row in taken[table]:
                self._db.table(table).insert({"article_id": article_id} | self._linked(table, row))

    def _linked(self, table: str, row: dict[str, Any]) -> dict[str, Any]:
        """A row that names something, with that thing's number in place of its name."""
        names = table.removeprefix("article_")
        if names == table:
            return row
        column = {"people": "person_id", "keywords": "keyword_id", "sections": "section_id"}[names]
        kept = {name: row[name] for name in ("position", "role") if name in row}
        return kept | {column: self._id_of(names, row)}

    def _id_of(self, table: str, row: Mapping[str, Any]) -> int:
        """The row of a name, made where it has gone; a section is known by its slug if it has
        one."""
        if table == "sections":
            found = self._db.execute(
                """SELECT id FROM sections WHERE slug = :slug
                   UNION ALL SELECT id FROM sections
                   WHERE :slug IS NULL AND slug IS NULL AND name = :name""",
                {"slug": row["slug"], "name": row["name"]},
            ).fetchone()
            return int(found[0]) if found else self._sections.insert(row["name"], row["url"])
        found = self._db.execute(
            f"SELECT id FROM {table} WHERE name = ?",  # noqa: S608
            [row["name"]],
        ).fetchone()
        return int(found[0]) if found else insert(self._db, table, {"name": row["name"]})

    def _rows(self, sql: str, *values: object) -> list[dict[str, Any]]:
        return list(self._db.query(sql, list(values)))
