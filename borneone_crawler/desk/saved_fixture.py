"""An article's newest captured page as a case for the tests (fixtures/README.md)."""

import json
import re
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sqlite_utils import Database

from borneone_crawler.archive.articles.stored import article_from
from borneone_crawler.archive.captures.pages import CapturedPages
from borneone_crawler.archive.warc.folder import CaptureStore
from borneone_crawler.items import Article, Kind, NotAnArticle, RawPage, Reading
from borneone_crawler.reading import Reader
from borneone_crawler.site import Site
from borneone_crawler.statuses import Status, Stop
from borneone_crawler.urls import SiteUrls

FOLDER = Path("fixtures", "captured_page")
"""Where such cases live, below the folder of scrapy.cfg; the rest of fixtures/ is generated."""

NOT_OF_THE_PAGE = ("article_body_html", "word_count")
"""Fields of an Article that no case says: they follow from the others."""

WHY = "To be said in one sentence: what is read wrong here."

_ARTICLE = """
SELECT a.url, r.article, t.article_id AS taken_down
FROM articles AS a
LEFT JOIN readings AS r ON r.id = a.reading_id
LEFT JOIN takedowns AS t ON t.article_id = a.id
WHERE a.id = ?
"""

# What the site sent last, also when it was not read: that is often what is wrong. Pages of an
# article that was read from another address (AMP, imported) are found by its reading.
_NEWEST = """
SELECT c.id FROM captures AS c JOIN urls AS u ON u.id = c.url_id
WHERE u.url = ? AND c.http_status = 200 AND c.dropped IS NULL
ORDER BY c.fetched_at DESC, c.id DESC LIMIT 1
"""
_READ = """
SELECT x.capture_id FROM reading_captures AS x JOIN articles AS a ON a.reading_id = x.reading_id
WHERE a.id = ? ORDER BY x.part_number
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFixture:
    """One case, ready to be written."""

    url: str
    pages: list[RawPage]
    expected: Article

    @classmethod
    def of(cls, database: Database, warc_dir: Path, reader: Reader, number: int) -> "SavedFixture":
        """The case of an article. Raises Stop NO_ARCHIVE when nothing is captured of it, or that
        cannot be read; USAGE when it was taken down."""
        (row,) = database.query(_ARTICLE, [number])
        if row["taken_down"] is not None:
            raise Stop(Status.USAGE, f"{row['url']} was taken down here: nothing of it is copied")
        (uuid,) = database.execute("SELECT uuid FROM archive").fetchone()
        pages_of = CapturedPages(database, CaptureStore(warc_dir, uuid, ""))
        pages = pages_of(_captures(database, number, row["url"]))
        try:
            read = reader.read(pages)
            if further := _further(database, reader.site, read) if len(pages) == 1 else []:
                pages += pages_of(further)
                read = reader.read(pages)
            expected = read.article
        except NotAnArticle:  # just that may be wrong: what is held says what should be read
            expected = article_from(row["article"])
        return cls(url=row["url"], pages=pages, expected=expected)

    @property
    def name(self) -> str:
        """A name for the case, from the last piece of the article's address."""
        slug = unquote(urlsplit(self.url).path.rstrip("/").rpartition("/")[2]).lower()
        return re.sub(r"[^a-z0-9]+", "-", slug)[:60].strip("-") or "page"

    def write(self, folder: Path) -> None:
        """Write it into a new folder. Raises Stop USAGE when there is one already, CANNOT_CREATE
        when it cannot be made."""
        partial = folder.with_name(f".{folder.name}.partial")
        try:
            if folder.exists():
                raise Stop(
                    Status.USAGE, f"{folder} is there already: --name gives it another name"
                )
            shutil.rmtree(partial, ignore_errors=True)  # what a kill left
            partial.mkdir(parents=True)
            for number, page in enumerate(self.pages, start=1):
                (partial / _file(number)).write_bytes(page.body)
            _write_json(partial / "input.json", self._input())
            said = asdict(self.expected)
            _write_json(
                partial / "output.json",
                {name: said[name] for name in said if name not in NOT_OF_THE_PAGE},
            )
            partial.rename(folder)
        except OSError as error:
            raise Stop(Status.CANNOT_CREATE, f"cannot write {folder}: {error.strerror}") from error

    def _input(self) -> dict[str, object]:
        first, *parts = self.pages
        said: dict[str, object] = {
            "url": first.url,
            "fetched_at": first.fetched_at,
            "content_type": first.content_type,
            "why": WHY,
        }
        if parts:
            said["parts"] = [
                {"url": page.url, "file": _file(number)}
                for number, page in enumerate(parts, start=2)
            ]
        return said


def _captures(database: Database, number: int, url: str) -> list[int]:
    """The article's first page as it was captured last; or all that its reading was made from."""
    newest = database.execute(_NEWEST, [url]).fetchone()
    rows = [newest] if newest else database.execute(_READ, [number]).fetchall()
    if not rows:
        raise Stop(Status.NO_ARCHIVE, f"no page is captured of {url}: nothing can be saved of it")
    return [int(row[0]) for row in rows]


def _further(database: Database, site: Site, first: Reading) -> list[int]:
    """The newest captures of the further pages that the first one names."""
    urls = SiteUrls(site.base_url, site.category_bases)
    named = [urls.canonical(link.url) for link in first.links if link.kind is Kind.PART]
    rows = [database.execute(_NEWEST, [url]).fetchone() for url in named]
    return [int(row[0]) for row in rows if row is not None]


def _file(number: int) -> str:
    return "input.html" if number == 1 else f"input-{number}.html"


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
