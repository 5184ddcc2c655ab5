"""What reading a page costs, beside a bare parse of it."""

import gc
import re
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from time import process_time

import pytest
from lxml.etree import HTMLParser, fromstring

from borneone_crawler import reading
from borneone_crawler.items import RawPage
from borneone_crawler.site import BORNEONETV
from borneone_crawler.urls import SiteUrls
from tests.benchmarks.speed.newsroom import build

ROUNDS, PAGES = 42, 25
"""No page is read twice: what is remembered of one helps with the next as it does in a crawl.
Rounds are short, so that what else a machine does meets both sides of a ratio."""
MOST = 3.0
"""Times the processor time of a bare parse, for a parse and all fields."""

_CANONICAL = re.compile(rb'rel="canonical" href="([^"]+)"')


def pages_of(newsroom: Path) -> list[RawPage]:
    found = []
    for file in sorted(newsroom.glob("article_page/*/input.html")):
        body = file.read_bytes()
        address = _CANONICAL.search(body)
        assert address is not None
        found.append(
            RawPage(
                url=address[1].decode(),
                body=body,
                content_type="text/html; charset=UTF-8",
                fetched_at="2024-06-03T02:00:00+00:00",
            )
        )
    return found


def seconds(work: Callable[[], object]) -> float:
    """Of the processor, without the search for cycles, as timeit has it."""
    gc.collect()
    gc.disable()
    begun = process_time()
    work()
    took = process_time() - begun
    gc.enable()
    return took


def bare(pages: list[RawPage]) -> None:
    for page in pages:
        fromstring(page.body, HTMLParser(encoding="utf-8"))


def fields(pages: list[RawPage]) -> None:
    urls = SiteUrls(BORNEONETV.base_url, BORNEONETV.category_bases)
    for page in pages:
        reading.begin([reading.page_of(page)], urls, BORNEONETV)


def everything(pages: list[RawPage]) -> None:
    reader = reading.Reader(BORNEONETV)
    for page in pages:
        assert reader.read([page]).article.article_body


@pytest.mark.bench
def test_reading_costs_few_times_a_bare_parse(tmp_path: Path) -> None:
    build(tmp_path, 2 * ROUNDS * PAGES)
    pages = pages_of(tmp_path)
    everything(pages[-PAGES:])  # rules and patterns are compiled, menus are known
    bare_ms, ratios, whole = [], [], []
    for start in range(0, (2 * ROUNDS - 1) * PAGES, 2 * PAGES):
        one, other = pages[start : start + PAGES], pages[start + PAGES : start + 2 * PAGES]
        parse = seconds(lambda pages=one: bare(pages))
        ratios.append(seconds(lambda pages=one: fields(pages)) / parse)
        whole.append(seconds(lambda pages=other: everything(pages)) / parse)
        bare_ms.append(parse / PAGES * 1e3)
    print(f"bare parse {median(bare_ms):.2f} ms")
    for name, each in (("fields", ratios), ("fields, cleaning and text", whole)):
        first, middle, third = quantiles(each, n=4)
        print(f"with {name} {middle:.2f} times ({first:.2f} to {third:.2f})")
    assert median(ratios) <= MOST
