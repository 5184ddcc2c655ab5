"""What a whole crawl costs, beside one that only fetches the same pages."""

import json
from pathlib import Path
from statistics import median

import pytest

from borneone_crawler.extensions.health import COMPARED
from tests.benchmarks.speed.jobs import Job, crawl, fetch
from tests.benchmarks.speed.newsroom import build, served

ARTICLES = 1_000
PAIRS = 9
"""A machine that others share is faster in one minute and slower in the next by a third."""
MOST_CPU, LEAST_PACE = 2.8, 0.35
"""Times the processor time, and of the pages a second, of the crawl that only fetches."""
MOST_CAPTURE = 1.0
"""Milliseconds of the processor for the raw capture of a page."""

_ASKED_FOR = "SELECT url FROM captures ORDER BY id"
_PAGES = "SELECT count(*) FROM captures WHERE content_type LIKE 'text/html%' AND http_status = 200"
_STOPWATCH = ("-m", "tests.benchmarks.speed.stopwatch")


@pytest.mark.bench
def test_a_crawl_costs_few_times_what_fetching_costs(tmp_path: Path) -> None:
    build(tmp_path / "newsroom", ARTICLES)
    cpu, pace, pages = [], [], 0
    null: Job | None = None
    with served(tmp_path / "newsroom") as origin:
        for number in range(PAIRS):
            made, ours = crawl(tmp_path / str(number), origin)
            assert made.one("SELECT count(*) FROM articles") == ARTICLES
            urls = [url for (url,) in made.rows(_ASKED_FOR)]
            pages = len(urls)
            before, null = null, fetch(tmp_path, urls)
            # The machine that ours ran on is that of the minute before and of the minute behind.
            null_cpu = (before or null).cpu / 2 + null.cpu / 2
            null_wall = (before or null).wall / 2 + null.wall / 2
            cpu.append(ours.cpu / null_cpu)
            pace.append(null_wall / ours.wall)
            print(
                f"{pages} pages: ours {ours.cpu / pages * 1e3:.2f} ms of a processor a page and "
                f"{pages / ours.wall:.0f} pages a second, null {null_cpu / pages * 1e3:.2f} ms "
                f"and {pages / null_wall:.0f}: {cpu[-1]:.2f} and {pace[-1]:.2f} times"
            )
        note = tmp_path / "note.json"
        made, _ = crawl(tmp_path / "timed", origin, by=(*_STOPWATCH, note))
    noted = json.loads(note.read_text("utf-8"))
    parts = noted["seconds"]
    assert noted["calls"]["parse"] == made.one(_PAGES), "each page is parsed once"
    assert noted["calls"].get("parse by parsel", 0) <= COMPARED, "texts of the REST API alone"
    for part, seconds in sorted(parts.items(), key=lambda one: -one[1]):
        print(f"{part}: {seconds / pages * 1e3:.2f} ms a page")
    print(f"all: {sum(parts.values()) / pages * 1e3:.2f} ms a page")
    print(f"median: {median(cpu):.3f} times the processor time, {median(pace):.3f} of the pace")
    assert parts["capture"] / pages * 1e3 <= MOST_CAPTURE
    assert median(cpu) <= MOST_CPU
    assert median(pace) >= LEAST_PACE
