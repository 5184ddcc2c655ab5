"""A story of forty days, and the server that tells it."""

from collections.abc import Iterator

import pytest

from tests.life.asking import DAYS, NOON
from tests.life.newsroom import Story, tell
from tests.life.server import LifeServer


@pytest.fixture(scope="session")
def story() -> Story:
    return tell(days=DAYS)


@pytest.fixture
def site(story: Story) -> Iterator[LifeServer]:
    """The newsroom at noon of its twentieth day."""
    with LifeServer(story) as server:
        server.now = NOON
        yield server
