"""The view `duplicates` names what was printed twice, and nothing that only has the same form."""

import random
from pathlib import Path

import pytest

from borneone_crawler.archive.duplicates import comparing
from borneone_crawler.statuses import Status
from tests.archive.conftest import SITE, Desk
from tests.archive.duplicates.test_retelling import RELEASE, RETOLD, TEXTS
from tests.archive.verification.verifiers import both

PAIRS = "SELECT url, first_url, is_same, round(share, 2) FROM duplicates ORDER BY url"
RALAT = RETOLD["a correction that says so"]


def put(desk: Desk, slug: str, body: str, day: int | None = 1) -> None:
    desk.store(
        f"{SITE}/{slug}/",
        post_id=None,
        headline=slug,
        date_published=day and f"2020-01-{day:02}T08:00:00+07:00",
        article_body=body,
        word_count=len(body.split()),
    )


@pytest.mark.parametrize("other", RETOLD.values(), ids=RETOLD)
@pytest.mark.parametrize("order", ["earlier first", "later first"])
def test_each_later_one_is_linked_with_the_first(desk: Desk, other: str, order: str) -> None:
    texts = [("a", RELEASE, 1), ("b", other, 2)]
    for slug, body, day in texts if order == "earlier first" else reversed(texts):
        put(desk, slug, body, day)
    put(desk, "lain", "Sambas – Harga jeruk naik menjelang hari raya. " * 20, 3)
    desk.archive.end_run(Status.OK, "", {})
    ((url, first, is_same, _),) = desk.rows(PAIRS)
    assert (url, first, is_same) == (f"{SITE}/b/", f"{SITE}/a/", int(other == RELEASE))
    assert both(desk.path) == []


@pytest.mark.parametrize("pair", TEXTS["same_form"], ids=lambda pair: pair["name"])
def test_briefs_of_one_form_are_not_linked(desk: Desk, pair: dict[str, str]) -> None:
    put(desk, "a", pair["one"].format(release=RELEASE), 1)
    put(desk, "b", pair["other"], 2)
    desk.archive.end_run(Status.OK, "", {})
    assert desk.rows(PAIRS) == []


def test_an_article_that_was_changed_is_compared_anew(desk: Desk) -> None:
    put(desk, "a", RELEASE)
    put(desk, "b", RALAT, 2)
    desk.archive.end_run(Status.OK, "", {})
    desk.next_run()
    assert len(desk.rows(PAIRS)) == 1
    put(desk, "b", "Sambas – Harga jeruk naik menjelang hari raya. " * 20, 2)
    desk.archive.end_run(Status.OK, "", {})
    assert desk.rows(PAIRS) == []
    assert desk.one("SELECT count(*) FROM articles WHERE compared IS NOT content_digest") == 0


def test_what_was_compared_is_not_compared_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(desk, "a", RELEASE)
    desk.archive.end_run(Status.OK, "", {})
    monkeypatch.setattr(comparing.Comparing, "_compare", lambda *_: pytest.fail("compared"))
    desk.next_run()
    desk.archive.end_run(Status.OK, "", {})


def test_a_run_that_is_stopped_leaves_it_to_the_next(desk: Desk) -> None:
    put(desk, "a", RELEASE)
    put(desk, "b", RALAT, 2)
    desk.archive.end_run(Status.INTERRUPTED, "", {})
    assert desk.rows(PAIRS) == []
    desk.next_run()
    desk.archive.end_run(Status.OK, "", {})
    assert len(desk.rows(PAIRS)) == 1


def test_a_takedown_takes_it_back_and_putting_back_finds_it_again(desk: Desk) -> None:
    put(desk, "a", RELEASE)
    put(desk, "b", RALAT, 2)
    desk.archive.end_run(Status.OK, "", {})
    desk.archive.take_down(1, "alasan")
    assert desk.rows(PAIRS) == []
    assert desk.rows("SELECT DISTINCT article_id FROM fingerprints") == [(2,)]
    desk.archive.put_back(1)
    desk.archive.end_run(Status.OK, "", {})
    assert len(desk.rows(PAIRS)) == 1
    desk.archive.take_down(1, "alasan")
    desk.archive.erase(1)
    assert both(desk.path) == []


def test_the_same_articles_give_the_same_pairs(tmp_path: Path) -> None:
    found = []
    for name in ("one", "other"):
        desk = Desk(tmp_path / name / "borneone.db")
        for number, body in enumerate((RELEASE, *RETOLD.values())):
            put(desk, f"a{number}", body, number + 1)
        desk.archive.end_run(Status.OK, "", {})
        found.append(desk.rows("SELECT * FROM retold") + desk.rows("SELECT * FROM fingerprints"))
        desk.archive.close()
    assert found[0] == found[1] != []


def test_a_sentence_of_many_articles_leads_nowhere(desk: Desk) -> None:
    """What stands in many articles costs no more than what stands in few."""
    chance = random.Random(1)
    formula = "Umat muslim dianjurkan melaksanakan salat tepat waktu dan berjamaah."
    words = [f"kata{number}" for number in range(5000)]
    for number in range(60):
        own = [" ".join(chance.choices(words, k=12)).capitalize() for _ in range(6)]
        put(desk, f"a{number}", f"{formula} {'. '.join(own)}.")
    desk.archive.end_run(Status.OK, "", {})
    assert desk.rows(PAIRS) == []
    compared = comparing.Comparing(desk.archive.db)
    (value,) = comparing._fingerprints(comparing.sentences(formula))
    assert desk.one("SELECT count(*) FROM fingerprints WHERE fingerprint = ?", value) == 60
    assert compared._with_sentence(value) == []
