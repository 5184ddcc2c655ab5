"""The newsroom's sections: named by its pages, nested by their addresses."""

from urllib.parse import urlsplit, urlunsplit

from sqlite_utils import Database

from borneone_crawler.archive.sqlite.rows import insert
from borneone_crawler.items import Kind, Reading
from borneone_crawler.urls import SiteUrls


class Sections:
    """Finds and writes rows of `sections`. Transactions are the caller's."""

    def __init__(self, database: Database, urls: SiteUrls) -> None:
        self._db = database
        self._urls = urls

    def of(self, reading: Reading) -> list[int]:
        """Ids of the reading's sections, in the page's order, made where they are new."""
        addresses = {
            link.text: self._urls.canonical(link.url)
            for link in reading.links
            if link.kind is Kind.LISTING and link.text
        }
        names = dict.fromkeys(reading.article.article_section)
        return list(dict.fromkeys(self._named(name, addresses.get(name)) for name in names))

    def know(self, name: str, url: str) -> None:
        """A section that another archive knows by its address; no news if it is known here."""
        known = self._db.execute("SELECT 1 FROM sections WHERE slug = ?", [self._slug(url)])
        if known.fetchone() is None:
            self.insert(name, url)

    def _named(self, name: str, url: str | None) -> int:
        if url is None:
            row = self._db.execute(
                "SELECT id FROM sections WHERE name = ? ORDER BY url IS NULL, id", [name]
            ).fetchone()
            return int(row[0]) if row else self.insert(name, None)
        row = self._db.execute(
            "SELECT id, name, url FROM sections WHERE slug = ?", [self._slug(url)]
        ).fetchone()
        if row is None:
            return self.insert(name, url)
        # The longer address of the same section shows where it is nested.
        address = url if len(url) > len(row[2]) else row[2]
        if (name, address) != (row[1], row[2]):
            self._db.execute(
                "UPDATE sections SET name = ?, url = ? WHERE id = ?", [name, address, row[0]]
            )
            self._nest(int(row[0]), address)
        return int(row[0])

    def insert(self, name: str, url: str | None) -> int:
        """A new section, in its place among the others. Returns its id."""
        slug = self._slug(url) if url else None
        row = {"name": name, "url": url, "slug": slug}
        section_id = insert(self._db, "sections", row)
        if url:
            self._nest(section_id, url)
        return section_id

    def _nest(self, section_id: int, url: str) -> None:
        """Set this section's parent, and this section as the parent of those below it."""
        parent = self._db.execute(
            "SELECT id FROM sections WHERE slug = ? AND id <> ?",
            [self._slug(_above(url)), section_id],
        ).fetchone()
        self._db.execute(
            "UPDATE sections SET parent_id = ? WHERE id = ?",
            [parent[0] if parent else None, section_id],
        )
        for child, address in self._db.execute(
            "SELECT id, url FROM sections WHERE url IS NOT NULL AND id <> ?", [section_id]
        ).fetchall():
            if self._slug(_above(address)) == self._slug(url):
                self._db.execute(
                    "UPDATE sections SET parent_id = ? WHERE id = ?", [section_id, child]
                )

    def _slug(self, url: str) -> str:
        return self._urls.listing_key(url).rpartition("#")[0]


def _above(url: str) -> str:
    """The address one level up: /category/daerah/mempawah/ -> /category/daerah/."""
    split = urlsplit(url)
    return urlunsplit(split._replace(path=split.path.rstrip("/").rpartition("/")[0] + "/"))
