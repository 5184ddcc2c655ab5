"""Promise 11: whatever is declared, the text is the one that was meant, and its bytes are kept."""

from collections.abc import Iterator

import pytest

from tests.crawling import Crawl
from tests.hostile import charsets
from tests.hostile.charsets import CASES, SAID, Case
from tests.small_site import SmallSite


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    with SmallSite() as site:
        crawl = Crawl(tmp_path_factory.mktemp("charsets"), site.origin)
        charsets.serve(site)
        assert crawl.run() == 0, crawl.stderr
        yield crawl


@pytest.mark.parametrize(
    ("number", "case"), list(enumerate(CASES, start=1)), ids=[case.name for case in CASES]
)
def test_the_text_is_the_one_that_was_meant(read: Crawl, number: int, case: Case) -> None:
    body = read.one("SELECT article_body FROM articles WHERE url LIKE ?", f"%/berita-{number}/")
    assert body.splitlines()[0] == SAID
