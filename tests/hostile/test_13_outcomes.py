"""Promise 13: no silent zero: what became of a run, and of every address, is told apart."""

import pytest

from tests.crawling import Crawl
from tests.hostile.outcomes import OUTCOMES, Outcome
from tests.small_site import SmallSite


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: outcome.name)
def test_how_a_run_ended_is_told_apart(site: SmallSite, crawl: Crawl, outcome: Outcome) -> None:
    site.numbers = list(range(1, 13))
    outcome.set(site)
    assert crawl.run(**outcome.settings) == outcome.status, crawl.stderr
    ((status, reason),) = crawl.rows("SELECT status, reason FROM runs")
    assert status == outcome.status
    assert outcome.reason in reason
    assert crawl.one("SELECT count(*) FROM articles") == outcome.articles
    # Whatever is known and not held is due, or says why it never will be.
    silent = """SELECT url FROM urls WHERE kind = 'article' AND article_id IS NULL
        AND same_as IS NULL AND next_at IS NULL AND coalesce(reason, '') = ''"""
    assert crawl.rows(silent) == []
