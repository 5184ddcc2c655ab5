"""What somebody may give for an article's address."""

import pytest

from borneone_crawler.desk.lookup import find_article
from borneone_crawler.statuses import Status, Stop
from tests.archive.conftest import Desk


@pytest.mark.parametrize("address", ["http://[", "https://x:99999/", "https://x/\ud800"])
def test_what_is_no_address_is_said_to_be_none(desk: Desk, address: str) -> None:
    desk.store("https://borneonetv.com/a/")
    with pytest.raises(Stop, match="is no address") as stop:
        find_article(desk.archive.db, address)
    assert stop.value.status is Status.USAGE
