"""Promise 12: a date is right, or it is NULL with what was written and a flag."""

import json
from collections.abc import Iterator

import pytest

from tests.crawling import Crawl
from tests.hostile import dates
from tests.hostile.dates import CASES, WHOLE, Case
from tests.small_site import SmallSite

NOW = "2026-11-02T06:00:00+00:00"


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    with SmallSite() as site:
        crawl = Crawl(tmp_path_factory.mktemp("dates"), site.origin)
        dates.serve(site)
        assert crawl.run(NOW=NOW) in (0, 65), crawl.stderr
        yield crawl


@pytest.mark.parametrize(
    ("number", "case"), list(enumerate(CASES, start=1)), ids=[case.name for case in CASES]
)
def test_no_date_is_invented(read: Crawl, number: int, case: Case) -> None:
    ((date, flags),) = read.rows(
        "SELECT date_published, flags FROM articles WHERE url LIKE ?", f"%/berita-{number}/"
    )
    assert date == case.right
    written = [
        said for said in (case.time, case.structured, case.meta) if said not in (None, WHOLE)
    ]
    if case.right is None:
        assert any("date" in flag for flag in json.loads(flags)), flags
        assert all(said in flags or said == json.dumps(said) for said in written), flags
