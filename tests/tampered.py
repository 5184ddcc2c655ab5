"""A small newsroom, really crawled twice, to be tampered with in copies."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.crawling import Crawl
from tests.small_site import Answer, SmallSite

_TAGS = (
    '<span class="tags-links"><a rel="tag" href="/tag/banjir/">banjir</a> '
    '<a rel="tag" href="/tag/sungai/">sungai</a></span>'
)


def _page(site: SmallSite, number: int, what: str) -> Answer:
    picture = (
        f'<figure class="wp-caption"><img src="/wp-content/uploads/2019/10/{number}.jpg">'
        f"<figcaption>Warga menanam pohon nomor {number}. Foto: Humas</figcaption></figure>"
    )
    text = (
        f"<p>Pontianak, BorneOneTV – Warga nomor {number} menanam {what} "
        '<a href="https://lain.example/x">di sini</a>.</p>'
        "<p>Kegiatan itu diikuti puluhan pelajar. [Lay]</p>"
    )
    return Answer(site.article(number, body=picture + text, extra=_TAGS))


class Tampered:
    """A copy of an archive, to be changed by hand and then verified."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "borneone.db"
        self.warc = folder / "warc"

    def sql(self, *statements: str) -> None:
        """Change the file as somebody with sqlite3 would: no foreign keys, no manners."""
        with closing(sqlite3.connect(self.path)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    def one(self, sql: str, *values: object) -> Any:
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(sql, values).fetchone()[0]

    @property
    def head(self) -> str:
        return str(self.one("SELECT digest FROM ledger ORDER BY n DESC LIMIT 1"))

    def url(self, number: int) -> str:
        """Address of an article by its number, whether it is there or not."""
        home = str(self.one("SELECT base_url FROM archive"))
        return f"{home}/berita-{number}/"

    @property
    def warc_file(self) -> Path:
        (file,) = self.warc.glob("*.warc.gz")
        return file


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an archive of four articles, the first of them edited once."""
    folder = tmp_path_factory.mktemp("crawled")
    with SmallSite(articles=4) as site:
        crawl = Crawl(folder, site.origin)
        site.answers = {f"/berita-{n}/": _page(site, n, "pohon") for n in range(1, 5)}
        assert crawl.run() == 0
        site.answers["/berita-1/"] = _page(site, 1, "durian")
        assert crawl.run("-a", f"url={site.origin}/berita-1/") == 0
    assert crawl.one("SELECT count(*) FROM revisions") == 5
    return folder


@pytest.fixture
def tampered(crawled: Path, tmp_path: Path) -> Tampered:
    shutil.copytree(crawled, tmp_path / "copy")
    return Tampered(tmp_path / "copy")
