"""Promise 9: what only looks like an article is none, whatever status it comes with."""

from collections.abc import Callable, Iterator

import pytest

from tests.crawling import Crawl
from tests.hostile import fakes
from tests.hostile.fakes import FAKES
from tests.small_site import Answer, SmallSite


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    with SmallSite() as site:
        crawl = Crawl(tmp_path_factory.mktemp("fakes"), site.origin)
        fakes.serve(site)
        # Half of what the lists show is no article: that is told (65), and everything is kept.
        assert crawl.run() == 65, crawl.stderr
        yield crawl


def test_the_articles_among_them_are_stored(read: Crawl) -> None:
    assert read.one("SELECT count(*) FROM articles") == len(FAKES) + 1


@pytest.mark.parametrize(
    ("place", "fake"), list(enumerate(FAKES, start=1)), ids=[fake.__name__ for fake in FAKES]
)
def test_a_fake_is_no_article_but_kept_with_its_reason(
    read: Crawl, place: int, fake: Callable[[SmallSite], Answer]
) -> None:
    ((state, reason, article),) = read.rows(
        "SELECT state, reason, article_id FROM urls WHERE url LIKE ?", f"%/berita-{2 * place}/"
    )
    assert article is None
    assert state in ("skipped", "pending", "gone")
    assert reason.startswith("not an article: ")
    captures = "SELECT count(*) FROM captures WHERE url LIKE ?"
    assert read.one(captures, f"%/berita-{2 * place}/") >= 1
