"""Of links to what was taken down nobody reads the words, which are mostly its headline."""

import json

import pytest

from borneone_crawler.items import Reference
from tests.archive.conftest import SITE, Desk
from tests.archive.takedown.test_withholding import take_down
from tests.typed import run

URL, OTHER = f"{SITE}/wagub/", f"{SITE}/lain/"
HEADLINE, WELL = "Judul yang ditarik", "Judul yang tetap"


@pytest.fixture
def linked(desk: Desk) -> Desk:
    """The second article links to the first, which is taken down, in two spellings, and to a
    third that stands."""
    desk.store(URL, headline=HEADLINE)
    there = f"{URL.replace('https://', 'http://www.')}?utm_source=wa"
    desk.store(
        OTHER, post_id=13, headline="Lain", date_published="2019-01-01",
        read_also=[Reference(url=URL, text=HEADLINE), Reference(url=f"{SITE}/c/", text=WELL)],
        outlinks=[
            Reference(url=there, text=HEADLINE),
            Reference(url="https://example.com/", text=WELL),
            Reference(url="http://[", text=WELL),
        ],
    )  # fmt: skip
    return desk


@pytest.mark.parametrize(
    "argv", [["show", "2"], ["show", "2", "--json"], ["export", "jsonl", "2"]]
)
def test_the_address_of_such_a_link_is_all_that_is_told(linked: Desk, argv: list[str]) -> None:
    before = run(linked.path, *argv).stdout
    assert HEADLINE in before
    take_down(linked, 1)
    after = run(linked.path, *argv).stdout
    assert HEADLINE not in after
    assert URL in after
    assert WELL in after


def test_what_was_put_back_has_its_words_again(linked: Desk) -> None:
    take_down(linked, 1)
    linked.archive.put_back(1)
    (row,) = map(json.loads, run(linked.path, "export", "jsonl", "2").stdout.splitlines())
    assert [link["text"] for link in row["outlinks"]].count(HEADLINE) == 2
