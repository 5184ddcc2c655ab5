"""A text dump finds its article, now or later, and never one of two."""

import pytest

from borneone_crawler.archive.dumps.importing import Fate, TextImport
from borneone_crawler.statuses import Status, Stop
from tests.archive.conftest import SITE
from tests.archive.dumps.conftest import FIRST, HEADLINE, TEXT, URL, Dumping
from tests.archive.verification.verifiers import both

DUMPS = "SELECT article_id, linked_by FROM dumps ORDER BY id"
OTHER = f"{SITE}/cabai-2/"


def counts(dumping: Dumping) -> list[int]:
    tables = ("articles", "revisions", "readings", "ledger", "dumps", "urls", "removals")
    return [dumping.desk.one(f"SELECT count(*) FROM {name}") for name in tables]


def test_beside_an_article_that_is_held_it_changes_nothing(dumping: Dumping) -> None:
    dumping.crawl()
    before = counts(dumping)
    done = dumping.take_in(TEXT.replace("80", "85"), url=URL)
    assert (done.fate, done.url) == (Fate.LINKED, URL)
    before[4] = 1
    assert counts(dumping) == before
    assert dumping.desk.rows(DUMPS) == [(1, "address")]
    assert both(dumping.path) == []


def test_without_an_address_headline_and_first_paragraph_tell(dumping: Dumping) -> None:
    dumping.crawl()
    assert dumping.take_in(TEXT.replace("“", '"').replace("–", "-")).fate is Fate.LINKED
    assert dumping.take_in(TEXT.replace("80", "85"), name="b.txt").fate is Fate.KEPT
    assert dumping.desk.rows(DUMPS) == [(1, "words"), (None, None)]
    assert both(dumping.path) == []


def test_a_crawl_that_brings_the_article_links_what_was_kept(dumping: Dumping) -> None:
    assert dumping.take_in().fate is Fate.KEPT
    dumping.crawl(f"{SITE}/lain/", headline="Lain")
    assert dumping.desk.rows(DUMPS) == [(None, None)]
    dumping.crawl(post_id=13)
    assert dumping.desk.rows(DUMPS) == [(2, "words")]
    assert dumping.desk.one("SELECT count(*) FROM revisions") == 2, "it is kept beside it"
    assert both(dumping.path) == []


def test_of_two_articles_that_begin_like_it_none_is_guessed(dumping: Dumping) -> None:
    dumping.crawl(article_body=f"{FIRST}\n\nSatu.")
    assert dumping.take_in().fate is Fate.LINKED
    dumping.crawl(OTHER, post_id=13, article_body=f"{FIRST}\n\nDua.")
    assert dumping.desk.rows(DUMPS) == [(None, "several")]
    assert dumping.take_in(TEXT + "\n", name="b.txt").fate is Fate.SEVERAL


def test_of_two_that_begin_like_it_the_one_with_its_whole_text_is_meant(dumping: Dumping) -> None:
    dumping.crawl(article_body=f"{FIRST}\n\nSatu.")
    dumping.crawl(OTHER, post_id=13)
    assert dumping.take_in().url == OTHER


def test_an_address_that_was_given_stays(dumping: Dumping) -> None:
    dumping.crawl()
    dumping.take_in(url=URL)
    dumping.crawl(OTHER, post_id=13)
    assert dumping.desk.rows(DUMPS) == [(1, "address")]


def test_the_same_bytes_twice_change_nothing(dumping: Dumping) -> None:
    dumping.take_in(url=URL)
    before = counts(dumping)
    for name, url in (("a.txt", URL), ("b.txt", None)):
        done = dumping.take_in(url=url, name=name)
        assert (done.fate, done.url) == (Fate.HELD, URL)
    other = dumping.take_in(url=OTHER, name="c.txt")
    assert (other.fate, other.why) == (Fate.REFUSED, f"held already, as the text of {URL}")
    assert counts(dumping) == before


GLUED = f"EkonomiPasar\n\n{HEADLINE}\n\n{FIRST}\n\n“Sejak Senin,” kata Siti.\n"
"""A dump whose first line is what two sections are called."""


def test_names_of_sections_that_a_crawl_brings_show_what_the_headline_is(dumping: Dumping) -> None:
    done = dumping.take_in(GLUED)
    assert (done.fate, done.headline) == (Fate.KEPT, "EkonomiPasar")
    dumping.desk.next_run()
    sections = [(name, f"{SITE}/category/{name.lower()}/") for name in ("Ekonomi", "Pasar")]
    dumping.crawl(sections=sections)
    assert dumping.desk.rows(DUMPS) == [(None, None)]
    dumping.desk.archive.end_run(Status.OK, "complete", {})
    assert dumping.desk.rows(DUMPS) == [(1, "words")]
    assert both(dumping.path) == []


def test_the_same_file_again_looks_for_its_article_again(dumping: Dumping) -> None:
    dumping.take_in(GLUED)
    dumping.crawl(sections=[(name, f"{SITE}/category/{name}/") for name in ("Ekonomi", "Pasar")])
    assert dumping.take_in(GLUED).fate is Fate.LINKED


def test_what_was_kept_can_be_given_its_address_later(dumping: Dumping) -> None:
    dumping.take_in()
    assert dumping.take_in(url=URL).fate is Fate.ARTICLE
    assert dumping.desk.rows(DUMPS) == [(1, "address")]
    assert both(dumping.path) == []


def test_what_has_no_headline_and_text_is_refused(dumping: Dumping) -> None:
    for text in ("Judul saja", f"{'kata ' * 101}\nBegitu."):
        done = dumping.take_in(text)
        assert (done.fate, dumping.desk.one("SELECT count(*) FROM dumps")) == (Fate.REFUSED, 0)
        assert "no text of an article" in str(done.why)


@pytest.mark.parametrize("url", ["https://example.org/cabai/", f"{SITE}/category/x/", "cabai"])
def test_an_address_that_no_article_can_have_is_refused(dumping: Dumping, url: str) -> None:
    with pytest.raises(Stop) as stop:
        TextImport(dumping.desk.archive, url)
    assert stop.value.status is Status.USAGE


@pytest.mark.parametrize("is_article", [True, False])
def test_a_takedown_withholds_its_dumps_and_an_erasure_destroys_them(
    dumping: Dumping, is_article: bool
) -> None:
    desk = dumping.desk
    if not is_article:
        dumping.crawl()
    dumping.take_in(url=URL)
    desk.archive.take_down(1, "permintaan narasumber")
    assert desk.rows("SELECT text, withheld FROM dumps") == [(None, TEXT.encode())]
    assert both(dumping.path) == []
    assert dumping.take_in(TEXT + "lagi", url=URL, name="b.txt").fate is Fate.WITHHELD
    desk.archive.put_back(1)
    assert desk.rows("SELECT text, withheld FROM dumps") == [(TEXT.encode(), None)]
    assert desk.one("SELECT headline FROM stories").startswith("Harga")
    assert both(dumping.path) == []
    desk.archive.take_down(1, "permintaan narasumber")
    desk.archive.erase(1)
    assert desk.rows("SELECT name, text, withheld FROM dumps") == [("erased", None, None)]
    assert both(dumping.path) == []
    assert dumping.take_in().fate is Fate.HELD


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("UPDATE dumps SET text = CAST('lain' AS BLOB)", "is not the bytes"),
        ("UPDATE dumps SET text = NULL", "the text of the text dump"),
        ("UPDATE dumps SET sha256 = 'ab', text = NULL", "the captures of revision 1"),
    ],
)
def test_a_dump_that_was_changed_is_found_by_both_verifiers(
    dumping: Dumping, damage: str, found: str
) -> None:
    dumping.take_in(url=URL)
    dumping.desk.archive.db.execute(damage)
    assert any(found in line for line in both(dumping.path))
