"""The committed fixtures are what the generator writes, and are sound by themselves."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from borneone_crawler.items import Article
from tests.newsroom.build import FIXTURES, build, build_generated
from tests.newsroom.model import load
from tests.newsroom.render import HERE

CASES = sorted((FIXTURES / "article_page").iterdir())
NOT_FROM_THE_PAGE = {"article_body_html", "word_count"}


def test_the_committed_fixtures_are_what_the_generator_writes(tmp_path: Path) -> None:
    build(tmp_path)
    by_hand = ("README.md", "captured_page/")
    assert _files(tmp_path) == {
        name: data for name, data in _files(FIXTURES).items() if not name.startswith(by_hand)
    }


def test_the_same_seed_writes_the_same_newsroom(tmp_path: Path) -> None:
    build_generated(tmp_path / "one", 30, seed=1)
    build_generated(tmp_path / "two", 30, seed=1)
    build_generated(tmp_path / "three", 30, seed=2)
    assert _files(tmp_path / "one") == _files(tmp_path / "two")
    assert _files(tmp_path / "one") != _files(tmp_path / "three")
    assert len(list((tmp_path / "one/article_page").iterdir())) == 30


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_expects_exactly_the_fields_a_page_decides(case: Path) -> None:
    expected = json.loads((case / "output.json").read_text("utf-8"))
    assert set(expected) == set(Article.__dataclass_fields__) - NOT_FROM_THE_PAGE
    assert json.loads((case / "input.json").read_text("utf-8"))["why"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_word_expected_in_the_body_stands_on_the_page(case: Path) -> None:
    words = _Words()
    for file in sorted(case.glob("input*.html")):
        words.feed(file.read_text("utf-8"))
    page = " ".join("".join(words.found).split())
    for block in json.loads((case / "output.json").read_text("utf-8"))["article_body"].split():
        assert block in page


def test_the_newsroom_is_as_large_as_promised() -> None:
    newsroom = load(HERE)
    assert len(newsroom.listed) >= 40
    assert {post.published.year for post in newsroom.listed} >= set(range(2017, 2023))
    assert sum(bool(newsroom.posts_in(slug)) for slug in newsroom.sections) >= 8
    assert len(newsroom.posts_in("berita")) >= 25
    assert sum(len(data) for data in _files(FIXTURES).values()) < 6_000_000


class _Words(HTMLParser):
    """The text of a page, and the alternative text of its pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(dict(attrs).get("alt") or "")


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
