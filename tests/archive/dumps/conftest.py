"""Text dumps, and an archive to take them into."""

from pathlib import Path
from typing import Any

import pytest

from borneone_crawler.archive.dumps.files import text_files
from borneone_crawler.archive.dumps.importing import Imported, TextImport
from borneone_crawler.items import Image
from tests.archive.conftest import SITE, Desk, Settled, reading

HEADLINE = "Harga “Cabai” Naik Lagi di Pontianak"
FIRST = "Pontianak, BorneOneTV – Harga cabai naik menjadi Rp80.000 per kilogram."
TEXT = (
    f"{HEADLINE}\n\n×\n\n{HEADLINE}\n\nSebarkan artikel ini\n{FIRST}\n“Sejak Senin,” kata Siti.\n"
)
URL = f"{SITE}/cabai/"


class Dumping:
    """What the tests do with dumps on a desk's archive."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._folder = desk.path.parent

    def take_in(self, text: str = TEXT, url: str | None = None, name: str = "a.txt") -> Imported:
        """Import one text."""
        path = self._folder / name
        path.write_bytes(text.encode())
        files, refused = text_files([path])
        assert refused == []
        into = TextImport(self.desk.archive, url)
        into.take_in(files)
        (done,) = into.done
        return done

    def crawl(self, url: str = URL, **fields: Any) -> Settled:
        """A crawl reads the page that the dump is of."""
        values = {
            "headline": HEADLINE.replace("“", '"').replace("”", '"'),
            "article_body": f"{FIRST}\n\n“Sejak Senin,” kata Siti.",
            "authors": ["Siti"],
            "images": [Image(url=f"{SITE}/a.jpg", caption="Cabai")],
            "sections": [("Ekonomi", f"{SITE}/category/ekonomi/")],
        } | fields
        capture = self.desk.capture(url)
        due = self.desk.claim(url)
        made = reading(url, **values)
        self.desk.reader.readings[url] = made
        return self.desk.archive.settle(due, self.desk.outcome(due, reading=made, capture=capture))

    @property
    def path(self) -> Path:
        return self.desk.path


@pytest.fixture
def dumping(desk: Desk) -> Dumping:
    return Dumping(desk)
