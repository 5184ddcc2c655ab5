"""Fixtures shared by the tests that run the real command."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.archive.conftest import Desk, desk  # noqa: F401 - a fixture for all
from tests.crawling import Crawl
from tests.small_site import SmallSite
from tests.tampered import crawled, tampered  # noqa: F401 - fixtures for all

# An installed program is compiled once; where that is forbidden every start would compile it anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A busy machine is no fault of an example; and CI tries the same examples every time.
hypothesis.settings.register_profile("ours", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("ours")


@pytest.fixture
def site() -> Iterator[SmallSite]:
    with SmallSite() as site:
        yield site


@pytest.fixture
def crawl(site: SmallSite, tmp_path: Path) -> Crawl:
    return Crawl(tmp_path, site.origin)
