"""What comes first of what is found."""

from collections.abc import Iterator

import pytest

from borneone_crawler.archive.searching import found, hits, sought
from tests.archive.conftest import SITE, Desk

FLOODS, OTHERS = range(1, 11), range(11, 41)
ODD, LONG, ALL = 41, 42, 42


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Ten articles with a word in the headline, one with an odd form, one with much else."""
    desk = Desk(tmp_path_factory.mktemp("ranked") / "borneone.db")
    texts = {
        **{number: (f"Banjir di Desa {number}", "Warga waspada.") for number in FLOODS},
        **{number: (f"Pasar {number}", "Warga berbelanja.") for number in OTHERS},
        ODD: ("Akun Itu", "Akun dibanjiri komentar warga yang tidak setuju."),
        LONG: ("Catatan", "Kata warga, ada banjir. " + "Warga lain bercerita panjang. " * 60),
    }
    for number, (headline, body) in texts.items():
        url = f"{SITE}/{number}/"
        desk.store(url, post_id=number, headline=headline, article_body=body)
    yield desk
    desk.archive.close()


def test_an_odd_form_does_not_outrank_the_word(desk: Desk) -> None:
    db = desk.archive.db
    wanted = sought(db, "banjir")
    by_fts5 = desk.rows("SELECT rowid FROM articles_fts(?) ORDER BY rank", wanted.expression)
    assert by_fts5[0] == (ODD,), "as it would be without that"
    assert list(found(db, wanted)) == [*FLOODS, ODD, LONG]


@pytest.mark.parametrize("query", ["banjir", '"banjir di desa"', "warga", "banjir warga", "des*"])
def test_without_forms_the_order_is_that_of_fts5(desk: Desk, query: str) -> None:
    db = desk.archive.db
    wanted = sought(db, query, is_exact=True)
    by_fts5 = desk.rows(
        "SELECT rowid FROM articles_fts(?) ORDER BY rank, rowid", wanted.expression
    )
    ids = list(found(db, wanted))
    if query != "banjir warga":  # what all have is left out of account
        assert ids == [row[0] for row in by_fts5]
    assert len(ids) == len(by_fts5)


def test_the_first_are_the_first_of_all(desk: Desk) -> None:
    db = desk.archive.db
    for query in ("banjir", "warga", "warga -banjir", "(desa OR pasar) warga", "akun"):
        wanted = sought(db, query)
        everything = list(found(db, wanted))
        some = hits(db, wanted, limit=3)
        assert (some.ids, some.total) == (everything[:3], len(everything))
    assert len(list(found(db, sought(db, "warga")))) == ALL
