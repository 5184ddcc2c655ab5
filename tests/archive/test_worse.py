"""Whether a page says less than what is held of its article."""

import pytest

from borneone_crawler.archive.articles.worse import Held, is_teaser, reads_worse
from borneone_crawler.items import ASKS_FOR_LOGIN, GARBLED, Reading
from tests.archive.conftest import SITE, reading

BLOCKS = [
    "Pontianak, BorneOneTV – Warga menanam seribu pohon di tepi sungai pada Senin pagi.",
    "Kegiatan itu diikuti puluhan pelajar dari lima sekolah di kota ini sejak matahari terbit.",
    "“Kami ingin sungai tetap teduh,” kata Veronika, warga setempat, di sela kegiatan.",
    "Pemerintah kota berjanji menambah bibit sampai akhir tahun bila cuaca mengizinkan. [Lay]",
]
WALL = "Berlangganan untuk membaca selanjutnya. Sudah berlangganan? Masuk di sini."


def of(*blocks: str, **fields: object) -> Reading:
    text = "\n\n".join(blocks)
    return reading(f"{SITE}/pohon/", article_body=text, word_count=len(text.split()), **fields)


HELD = Held.in_reading(of(*BLOCKS))


def flagged(flag: str, *blocks: str) -> Reading:
    page = of(*blocks)
    page.flags.append(flag)
    return page


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (of(""), "no text"),
        (of(*BLOCKS, headline=None), "no headline"),
        (of(*BLOCKS, date_published=None), "no date"),
        (flagged(GARBLED, *BLOCKS), GARBLED),
        (flagged(ASKS_FOR_LOGIN, BLOCKS[0]), ASKS_FOR_LOGIN),
    ],
)
def test_what_has_lost_what_nobody_takes_away_reads_worse(page: Reading, why: str) -> None:
    assert (reads_worse(page, HELD) or "").startswith(why)


@pytest.mark.parametrize(
    "page",
    [
        of(*BLOCKS),
        of(BLOCKS[0]),
        of("Berita ini dicabut."),
        flagged(ASKS_FOR_LOGIN, *BLOCKS),
        flagged(ASKS_FOR_LOGIN, *BLOCKS[:3]),
    ],
)
def test_what_a_newsroom_may_do_does_not(page: Reading) -> None:
    assert reads_worse(page, HELD) is None


def test_a_photo_page_may_lose_its_few_words() -> None:
    assert reads_worse(of(""), Held.in_reading(of("Sungai pada Senin pagi."))) is None


def test_what_was_so_before_does_not_either() -> None:
    for flag in (GARBLED, ASKS_FOR_LOGIN):
        assert (
            reads_worse(flagged(flag, BLOCKS[0]), Held.in_reading(flagged(flag, *BLOCKS))) is None
        )


@pytest.mark.parametrize("blocks", [BLOCKS[:1], BLOCKS[:2], [BLOCKS[0], WALL]])
def test_the_beginning_alone_is_what_a_paywall_leaves(blocks: list[str]) -> None:
    assert (is_teaser(of(*blocks), HELD) or "").startswith("only the beginning: ")


@pytest.mark.parametrize(
    "blocks",
    [
        BLOCKS,
        BLOCKS[:3],
        BLOCKS[1:],
        [*BLOCKS, WALL],
        ["Berita ini dicabut."],
        [BLOCKS[0], *(block.replace("a", "o") for block in BLOCKS[1:])],
    ],
)
def test_what_keeps_its_end_or_was_written_anew_is_no_teaser(blocks: list[str]) -> None:
    assert is_teaser(of(*blocks), HELD) is None


def test_a_short_text_cannot_be_cut_to_its_beginning() -> None:
    assert is_teaser(of(BLOCKS[0]), Held.in_reading(of(*BLOCKS[:2]))) is None
