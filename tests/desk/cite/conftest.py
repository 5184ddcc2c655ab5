"""Citations of an article in an archive that a test fills."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from borneone_crawler.desk.cite.citation import Citation, citation_of
from borneone_crawler.site import BORNEONETV
from tests.archive.conftest import Desk

NOW = datetime(2026, 3, 20, tzinfo=UTC)

Cite = Callable[..., Citation]


@pytest.fixture
def cite(desk: Desk) -> Cite:
    def cite(as_of: str | None = None) -> Citation:
        return citation_of(desk.archive.db, 1, as_of, NOW, BORNEONETV.outlet_names)

    return cite
