"""Whether an article's row, and the rows around it, say what the reading says that it shows."""

import sqlite3
from collections.abc import Iterator

from borneone_crawler.archive.articles.current import row_of
from borneone_crawler.archive.verification.findings import Finding, Kind, difference
from borneone_crawler.items import Article, Reading

_MOVE_ON = ("url", "comment_count", "date_modified")
"""Columns that every sighting of the same content may change: the ledger does not cover them."""

_AROUND = {
    "keywords": """SELECT x.position, k.name
        FROM article_keywords AS x LEFT JOIN keywords AS k ON k.id = x.keyword_id
        WHERE x.article_id = ? ORDER BY x.position""",
    "people": """SELECT x.role, x.position, p.name
        FROM article_people AS x LEFT JOIN people AS p ON p.id = x.person_id
        WHERE x.article_id = ? ORDER BY x.role, x.position""",
    "images": """SELECT position, url, caption, credit_text, is_main
        FROM images WHERE article_id = ? ORDER BY position""",
    "videos": """SELECT position, url, provider, video_id
        FROM videos WHERE article_id = ? ORDER BY position""",
    "outlinks": """SELECT kind, position, url, text
        FROM outlinks WHERE article_id = ? ORDER BY kind, position""",
}

_SECTIONS = """
SELECT s.name FROM article_sections AS x LEFT JOIN sections AS s ON s.id = x.section_id
WHERE x.article_id = ? ORDER BY x.position
"""

_IN_SECTION = """
SELECT a.url FROM articles AS a JOIN article_sections AS x ON x.article_id = a.id
JOIN sections AS s ON s.id = x.section_id WHERE s.name = ? ORDER BY a.id
"""


class Shown:
    """Compares the current state of articles, one after another, with their readings."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._said: set[str] = set()
        self._unsaid: set[str] = set()
        self._addressed = {
            name for (name,) in db.execute("SELECT name FROM sections WHERE slug IS NOT NULL")
        }

    def findings(self, row: sqlite3.Row, reading: Reading) -> Iterator[Finding]:
        """One finding for each column and each table around that differs."""
        url, article = row["url"], reading.article
        for name, said in row_of(reading).items():
            if name not in _MOVE_ON and row[name] != said:
                yield Finding(Kind.CHANGED, f"{name}: {difference(row[name], said)}", url)
        said_around = _around(article)
        for table, sql in _AROUND.items():
            held = [tuple(one) for one in self._db.execute(sql, [row["id"]])]
            if held != said_around[table]:
                what = f"{table}: {difference(held, said_around[table])}"
                yield Finding(Kind.CHANGED, what, url)
        names = list(dict.fromkeys(article.article_section))
        if (fault := self._sections(row["id"], names)) is not None:
            yield Finding(Kind.CHANGED, f"sections: {fault}", url)

    def remains(self, row: sqlite3.Row) -> Iterator[str]:
        """What an article still shows that was taken down and must show nothing."""
        nothing = row_of(Reading(article=Article(url=row["url"]), reader=""))
        for name, none in nothing.items():
            if row[name] != none and name not in ("url", "post_id", "content_digest"):
                yield name
        for table, sql in (*_AROUND.items(), ("sections", _SECTIONS)):
            if self._db.execute(sql, [row["id"]]).fetchone() is not None:
                yield table

    def misnamed_sections(self) -> Iterator[Finding]:
        """Names of sections that no reading says. To be asked when all articles are through."""
        for name in sorted(self._unsaid - self._said):
            for (url,) in self._db.execute(_IN_SECTION, [name]):
                yield Finding(Kind.CHANGED, f"sections: no reading has the name “{name}”", url)

    def _sections(self, article_id: int, said: list[str]) -> str | None:
        """A section has one name for all its articles, the one that was met last: an article
        read before may say another. That is no change as long as the name it says has not become
        that of another section, and some article says the present one."""
        held = [name for (name,) in self._db.execute(_SECTIONS, [article_id])]
        unheld = [name for name in said if name not in held]
        self._said.update(name for name in held if name in said)
        if None in held or len(held) > len(said) or self._addressed.intersection(unheld):
            return difference(held, said)
        if not unheld and held != said and len(held) == len(said):
            return difference(held, said)
        renamed = [name for name in held if name not in said]
        self._unsaid.update(renamed)
        return difference(held, said) if len(renamed) > len(unheld) else None


def _around(article: Article) -> dict[str, list[tuple[object, ...]]]:
    """Rows of the tables around an article, as its reading has them."""
    main = article.main_image.url if article.main_image else None
    people = (
        ("author", article.authors),
        ("editor", [article.editor] if article.editor else []),
        ("initials", [article.byline_initials] if article.byline_initials else []),
    )
    links = (
        ("embed", article.embeds),
        ("link", article.outlinks),
        ("read_also", article.read_also),
    )
    return {
        "keywords": list(enumerate(dict.fromkeys(article.keywords), start=1)),
        "people": [
            (role, position, name)
            for role, names in people
            for position, name in enumerate(dict.fromkeys(names), start=1)
        ],
        "images": [
            (n, one.url, one.caption, one.credit_text, int(n == 1 and one.url == main))
            for n, one in enumerate(article.images, start=1)
        ],
        "videos": [
            (n, one.url, one.provider, one.video_id)
            for n, one in enumerate(article.videos, start=1)
        ],
        "outlinks": [
            (kind, n, one.url, one.text)
            for kind, references in links
            for n, one in enumerate(references, start=1)
        ],
    }
