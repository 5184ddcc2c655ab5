"""Promise 11: whatever is declared, the text is the one that was meant, and its bytes are kept."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.crawling import Crawl
from tests.small_site import Answer, SmallSite

SAID = "“Saya tidak tahu,” kata Wagub – harga naik 5 € di Café Naïve, lebih… ‘medsos’"
"""Letters that windows-1252 has too."""


@dataclass(frozen=True)
class Case:
    """How a page is encoded, and what header and meta say of that."""

    name: str
    encoding: str
    header: str | None = None
    meta: str | None = None
    bom: bytes = b""


CASES = [
    Case("nothing is declared", "utf-8"),
    Case("only the header declares", "utf-8", header="UTF-8"),
    Case("only the meta declares", "utf-8", meta="utf-8"),
    Case("the header lies, the bytes are UTF-8", "utf-8", header="ISO-8859-1"),
    Case("the meta lies, the bytes are UTF-8", "utf-8", meta="iso-8859-1"),
    Case("header against meta", "utf-8", header="utf-8", meta="windows-1252"),
    Case("a BOM against a header that lies", "utf-8", header="ISO-8859-1", bom=b"\xef\xbb\xbf"),
    Case("UTF-16 by its BOM", "utf-16-le", header="UTF-8", bom=b"\xff\xfe"),
    Case("windows-1252 that calls itself latin-1", "windows-1252", header="ISO-8859-1"),
    Case("windows-1252 that calls itself UTF-8", "windows-1252", header="UTF-8", meta="utf-8"),
    Case("windows-1252 that says so in its meta", "windows-1252", meta="windows-1252"),
    Case("an encoding that does not exist", "utf-8", header="x-borneo", meta="utf-9"),
]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    """One article a case, its number the place of the case."""
    with SmallSite(len(CASES)) as site:
        crawl = Crawl(tmp_path_factory.mktemp("charsets"), site.origin)
        for number, case in enumerate(CASES, start=1):
            page = site.article(number, f"<p>{SAID}</p>{site.text(number)}")
            if case.meta:
                page = page.replace("<head>", f'<head><meta charset="{case.meta}">')
            kind = "text/html" + (f"; charset={case.header}" if case.header else "")
            body = case.bom + page.encode(case.encoding)
            site.answers[f"/berita-{number}/"] = Answer(body, content_type=kind)
        assert crawl.run() == 0, crawl.stderr
        yield crawl


@pytest.mark.parametrize(
    ("number", "case"), list(enumerate(CASES, start=1)), ids=[case.name for case in CASES]
)
def test_the_text_is_the_one_that_was_meant(read: Crawl, number: int, case: Case) -> None:
    body = read.one("SELECT article_body FROM articles WHERE url LIKE ?", f"%/berita-{number}/")
    assert body.splitlines()[0] == SAID
