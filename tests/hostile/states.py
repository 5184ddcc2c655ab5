"""What the frontier says of the articles of SmallSite."""

from tests.crawling import Crawl


def state_of(crawl: Crawl, number: int) -> tuple[str, str]:
    """State and reason of an article's own row."""
    ((state, reason),) = crawl.rows(
        "SELECT state, reason FROM urls WHERE url LIKE ? AND same_as IS NULL",
        f"%/berita-{number}/",
    )
    return state, reason
