"""What later runs ask for does not grow with the archive that a real crawl has made."""

from pathlib import Path

import pytest

from tests.benchmarks.measuring import seconds_of
from tests.crawling import Crawl
from tests.small_site import SmallSite

SMALL, LARGE = 1_000, 20_000
NEW = 20
MOMENTS = ("2019-11-01T10:00:00+00:00", "2019-11-02T10:00:00+00:00", "2019-11-03T10:00:00+00:00")


def later_runs(folder: Path, articles: int, *, has_rest: bool) -> dict[str, tuple[int, float]]:
    """Requests and processor seconds of the first crawl of so many, of a quiet run after it, and
    of one that finds NEW articles."""
    folder.mkdir()
    figures = {}
    with SmallSite(articles) as site:
        site.has_rest = has_rest
        crawl = Crawl(folder, site.origin)
        for name, moment in zip(("first", "quiet", "new"), MOMENTS, strict=True):
            if name == "new":
                site.numbers += range(articles + 1, articles + NEW + 1)
                site.modified = dict.fromkeys(site.numbers[-NEW:], moment.partition("+")[0])
            site.asked.clear()
            seconds = seconds_of(crawl.argv(NOW=moment, REVISITS=0)[3:], folder / "seconds")
            figures[name] = (len(site.asked), seconds)
        assert crawl.one("SELECT count(*) FROM articles") == articles + NEW
    return figures


@pytest.mark.bench
@pytest.mark.parametrize("has_rest", [True, False], ids=["REST API", "listings alone"])
def test_requests_do_not_grow_with_the_archive(tmp_path: Path, has_rest: bool) -> None:
    small = later_runs(tmp_path / "small", SMALL, has_rest=has_rest)
    large = later_runs(tmp_path / "large", LARGE, has_rest=has_rest)
    for name, (requests, seconds) in large.items():
        print(
            f"{name}: {SMALL} articles {small[name][0]} requests, {LARGE} articles {requests}; "
            f"processor time {seconds / small[name][1]:.1f} to 1"
        )
    assert large["quiet"][0] == small["quiet"][0] <= 10
    assert large["new"][0] == small["new"][0] <= (NEW + 10 if has_rest else 2 * NEW + 3)
