"""Whether a text dump says what a page says: to the letter, but for a careless copy."""

from dataclasses import replace

import pytest

from borneone_crawler.archive.dumps.sameness import begins_alike, says_the_same
from borneone_crawler.items import Article, Image

PAGE = Article(
    url="https://borneonetv.com/cabai/",
    headline="Harga “Cabai” Naik – Lagi",
    authors=["Siti"],
    article_body=(
        "Pontianak, BorneOneTV – Harga cabai naik menjadi Rp80.000 per kilogram.\n\n"
        "“Sejak Senin,” kata pedagang.\nBegitu… [Lay]"
    ),
    images=[
        Image(url="https://borneonetv.com/a.jpg", caption="Pedagang cabai", credit_text="Lay")
    ],
)
DUMP = replace(PAGE, url="", images=[], authors=[])


@pytest.mark.parametrize(
    "body",
    [
        PAGE.article_body,
        PAGE.article_body.replace("“", '"').replace("”", '"').replace("–", "-"),
        PAGE.article_body.replace("\n", "\n\n").replace("…", "..."),
        PAGE.article_body.replace(" ", "\u00a0").replace("pedagang", "peda\u00adgang"),
        PAGE.article_body.upper(),
        f"Pedagang cabai. Foto: BorneOneTV/Lay\n\n{PAGE.article_body}\n\nSiti",
    ],
)
def test_what_a_careless_copy_changes_is_no_difference(body: str) -> None:
    assert says_the_same(replace(DUMP, article_body=body), PAGE)


@pytest.mark.parametrize(
    "body",
    [
        PAGE.article_body.replace("80", "85"),
        PAGE.article_body.replace("80.000", "80,000"),
        PAGE.article_body.replace("Senin", "Selasa"),
        PAGE.article_body.replace("naik", "tidak naik"),
        PAGE.article_body.partition("\n\n")[0],
        f"{PAGE.article_body}\n\nRalat: harga telah diperbaiki.",
        f"{PAGE.article_body}\n\nPedagang cabai lain {'di pasar itu berkata begitu juga ' * 3}",
    ],
)
def test_another_word_or_number_is_a_difference(body: str) -> None:
    assert not says_the_same(replace(DUMP, article_body=body), PAGE)


def test_another_headline_is_a_difference() -> None:
    assert not says_the_same(replace(DUMP, headline="Harga Cabai Naik"), PAGE)


def test_a_dump_may_be_of_a_page_whose_first_paragraph_stands_in_it() -> None:
    assert begins_alike(replace(DUMP, article_body=f"x\n\n{DUMP.article_body}\n\nlagi"), PAGE)
    assert begins_alike(replace(DUMP, headline="HARGA 'CABAI' NAIK - LAGI"), PAGE)
    assert not begins_alike(replace(DUMP, headline="Harga Cabai"), PAGE)
    assert not begins_alike(replace(DUMP, article_body="Pontianak – Harga cabai turun."), PAGE)
    assert not begins_alike(replace(DUMP, headline=None), replace(PAGE, headline=None))


def test_a_short_beginning_alone_tells_nothing() -> None:
    page = replace(PAGE, article_body="Foto hari ini")
    assert begins_alike(replace(DUMP, article_body="Foto hari ini"), page)
    assert not begins_alike(replace(DUMP, article_body="Foto hari ini\n\nLain."), page)
    assert not begins_alike(replace(DUMP, article_body=""), replace(PAGE, article_body=""))
