"""How much of what people look for is found, and how much of what is found they wanted."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from borneone_crawler.archive.searching import found, sought
from tests.archive.conftest import SITE, Desk

HERE = Path(__file__).parent
ARTICLES = tomllib.loads((HERE / "corpus.toml").read_text("utf-8"))["article"]
QUERIES = tomllib.loads((HERE / "queries.toml").read_text("utf-8"))["query"]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("corpus") / "borneone.db")
    for number, article in enumerate(ARTICLES, start=1):
        desk.store(
            f"{SITE}/{article['name']}/",
            post_id=number,
            headline=article["headline"],
            article_body=article["body"],
        )
    yield desk
    desk.archive.close()


def names(corpus: Desk, query: str, *, is_exact: bool) -> set[str]:
    db = corpus.archive.db
    wanted = sought(db, query, is_exact=is_exact)
    return {ARTICLES[number - 1]["name"] for number in found(db, wanted)}


def measured(corpus: Desk, *, is_exact: bool) -> tuple[float, float]:
    """Recall and precision, the means over the queries; of nothing found there is no precision."""
    recalls, precisions = [], []
    for query in QUERIES:
        wanted, got = set(query["hits"]), names(corpus, query["text"], is_exact=is_exact)
        recalls.append(len(wanted & got) / len(wanted))
        if got:
            precisions.append(len(wanted & got) / len(got))
        if missed := wanted - got:
            print(f"{query['text']}: misses {', '.join(sorted(missed))}")
        if more := got - wanted:
            print(f"{query['text']}: finds also {', '.join(sorted(more))}")
    return sum(recalls) / len(recalls), sum(precisions) / len(precisions)


def test_the_forms_and_synonyms_find_what_the_words_alone_do_not(corpus: Desk) -> None:
    recall, precision = measured(corpus, is_exact=False)
    alone, _ = measured(corpus, is_exact=True)
    print(f"recall {alone:.2f}, with forms and synonyms {recall:.2f}; precision {precision:.2f}")
    assert alone < 0.7
    assert recall > 0.9
    assert precision > 0.9


def test_each_article_that_is_expected_is_there() -> None:
    known = {article["name"] for article in ARTICLES}
    assert len(known) == len(ARTICLES)
    assert {name for query in QUERIES for name in query["hits"]} <= known
