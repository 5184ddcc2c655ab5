"""The view `states`: what every article said as of any moment."""

from typing import Any

from borneone_crawler.archive.articles.sighting import Sighting
from tests.archive.conftest import SITE, Desk, reading

WAGUB = f"{SITE}/wagub/"
STATES = """
SELECT revision, headline, from_at, until_at FROM states ORDER BY from_at, until_at NULLS LAST
"""
AS_OF = """
SELECT headline FROM states
WHERE article_id = 1 AND from_at <= :at AND (until_at > :at OR until_at IS NULL)
"""


def bring_in(desk: Desk, seen_at: str, **fields: Any) -> None:
    """An import finds a capture from that time."""
    with desk.archive.db.atomic():
        desk.archive.articles.store(
            reading(WAGUB, **fields),
            Sighting(
                asked=WAGUB, known_as=None, claim=WAGUB, seen_at=seen_at, now=desk.archive.now,
                run_id=1, captures=[], is_live=False,
            ),
        )  # fmt: skip


def test_each_state_lasts_until_the_next_is_seen(desk: Desk) -> None:
    desk.store(WAGUB)
    desk.store(WAGUB, headline="Kedua", authors=["Ani", "Budi"])
    seen = [at for (at,) in desk.rows("SELECT seen_at FROM revisions ORDER BY n")]
    assert desk.rows(STATES) == [
        (1, "Wagub Kalbar Minta Gunakan Medsos", seen[0], seen[1]),
        (2, "Kedua", seen[1], None),
    ]
    desk.next_run()
    assert desk.rows("SELECT kinds, authors, dump FROM states ORDER BY revision") == [
        (None, None, None), ("headline, byline", "Ani, Budi", None),
    ]  # fmt: skip
    assert desk.rows(AS_OF, seen[1]) == [("Kedua",)]
    assert desk.rows(AS_OF, "2019-10-13") == []


def test_an_import_that_shows_the_first_state_earlier_dates_it_back(desk: Desk) -> None:
    desk.store(WAGUB)
    bring_in(desk, "2018-01-01T00:00:00.000+00:00")
    assert desk.rows(STATES) == [
        (1, "Wagub Kalbar Minta Gunakan Medsos", "2018-01-01T00:00:00.000+00:00", None)
    ]


def test_a_state_that_was_seen_again_after_an_imported_one_is_the_newest(desk: Desk) -> None:
    desk.store(WAGUB)
    (first,) = desk.rows("SELECT seen_at FROM revisions")[0]
    desk.archive.db.execute("UPDATE articles SET last_seen_at = '2020-01-01T00:00:00.000+00:00'")
    for between in ("2019-12-01T00:00:00.000+00:00", "2020-01-01T00:00:00.000+00:00"):
        bring_in(desk, between, headline=f"Lain {between[:4]}")
    headlines = [row[1] for row in desk.rows(STATES)]
    assert headlines == [
        "Wagub Kalbar Minta Gunakan Medsos", "Lain 2019", "Lain 2020",
        "Wagub Kalbar Minta Gunakan Medsos",
    ]  # fmt: skip
    assert desk.rows("SELECT headline FROM stories") == desk.rows(AS_OF, "2026")
    assert desk.rows(AS_OF, first) == [("Wagub Kalbar Minta Gunakan Medsos",)]


def test_of_what_was_taken_down_no_state_is_told(desk: Desk) -> None:
    desk.store(WAGUB)
    desk.archive.take_down(1, "permintaan")
    assert desk.rows("SELECT * FROM states") == []
