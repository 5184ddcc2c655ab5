"""JSON-LD and meta elements, whole, nested and broken."""

import pytest
from parsel import Selector

from borneone_crawler.pages.structured import Structured


def of(*scripts: str) -> Structured:
    html = "".join(f'<script type="application/ld+json">{one}</script>' for one in scripts)
    return Structured(Selector(text=f"<html><head>{html}</head></html>", type="html"))


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "Judul"}',
        '{"@graph": [{"@type": "WebSite"}, {"@type": ["Article"], "headline": "Judul"}]}',
        '[{"@type": "BlogPosting", "headline": " Judul "}]',
    ],
)
def test_the_article_is_found_wherever_it_stands(script: str) -> None:
    assert of(script).text("headline") == "Judul"


def test_a_broken_script_hides_no_other() -> None:
    said = of("{", '{"@type": "Article", "headline": "Judul\n"}', "null", "[" * 5000)
    assert said.text("headline") == "Judul"


def test_authors_are_named_by_object_text_or_id() -> None:
    said = of(
        '{"@graph": [{"@type": "Article", "author": [{"@id": "#1"}, {"name": "Ria"}, "Tim", 7]},'
        '{"@type": "Person", "@id": "#1", "name": "Lay"}]}'
    )
    assert said.names("author") == ["Lay", "Ria", "Tim"]


def test_lists_may_be_one_text_with_commas() -> None:
    said = of('{"@type": "Article", "keywords": "a, b", "articleSection": ["Berita", 1]}')
    assert (said.texts("keywords"), said.texts("articleSection")) == (["a", "b"], ["Berita"])
    assert said.texts("about") == []


def test_names_in_json_are_read_as_in_html() -> None:
    said = of(
        '{"@type": "Article", "articleSection": ["Hukum &amp; Kriminal"],'
        ' "author": "D&#8217;Nita"}'
    )
    assert said.texts("articleSection") == ["Hukum & Kriminal"]
    assert said.names("author") == ["D’Nita"]


def test_the_first_meta_of_a_name_counts() -> None:
    html = (
        '<meta property="og:Title" content=" A "><meta name="og:title" content="B"><meta name="x">'
    )
    assert Structured(Selector(text=html, type="html")).metas == {"og:title": "A"}
