"""Promise 2: as the server sees it, no more in flight than are set, and the promised gap."""

import itertools
import time

from tests.crawling import Crawl
from tests.small_site import Answer, SmallSite


def test_one_request_at_a_time_with_the_promised_gap(site: SmallSite, crawl: Crawl) -> None:
    site.numbers = list(range(1, 9))
    assert crawl.run(DOWNLOAD_DELAY=0.3) == 0
    assert site.most_in_flight == 1
    gaps = [b.at - a.at for a, b in itertools.pairwise(site.asked)]
    assert min(gaps) >= 0.29


def test_the_gap_is_kept_after_an_answer_that_took_long(site: SmallSite, crawl: Crawl) -> None:
    def slow(_before: int) -> Answer:
        time.sleep(0.5)
        return Answer(site.article(2))

    site.answers["/berita-2/"] = slow
    assert crawl.run(DOWNLOAD_DELAY=0.4) == 0
    began = site.paths().index("/berita-2/")
    assert site.asked[began + 1].at - site.asked[began].at >= 0.89


def test_the_gap_is_kept_after_a_request_without_an_answer(site: SmallSite, crawl: Crawl) -> None:
    def silent(_before: int) -> Answer:
        time.sleep(4)
        return Answer()

    site.answers["/berita-2/"] = silent
    assert crawl.run(DOWNLOAD_DELAY=0.5, DOWNLOAD_TIMEOUT=2, RETRY_DELAYS="86400") == 0
    began = site.paths().index("/berita-2/")
    assert site.asked[began + 1].at - site.asked[began].at >= 2.3


def test_crawl_delay_widens_the_gap(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 0.5\n")
    assert crawl.run() == 0
    gaps = [b.at - a.at for a, b in itertools.pairwise(site.asked)]
    assert min(gaps) >= 0.49
