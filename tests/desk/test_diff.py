"""The word diff: true to both texts, and short enough to read."""

import time

from hypothesis import given
from hypothesis import strategies as st

from borneone_crawler.desk.diff import PARAGRAPH, Op, compare, cut, excerpt, rendered

WORDS = st.sampled_from(["pohon", "sungai", "warga", "dan", "di", "\n\n", "menanam", "tepi."])
TEXTS = st.lists(WORDS, max_size=40).map(" ".join)


def side(text: str) -> list[str]:
    """The words of a text, with its paragraphs marked as the diff marks them."""
    paragraphs = [one.split() for one in text.replace(" \n\n ", "\n\n").split("\n\n")]
    return f" {PARAGRAPH} ".join(" ".join(one) for one in paragraphs).split()


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_off_a_diff(before: str, after: str) -> None:
    pieces = compare(before, after)
    old = [word for piece in pieces if piece.op is not Op.ADDED for word in piece.words]
    new = [word for piece in pieces if piece.op is not Op.GONE for word in piece.words]

    def words(found: list[str]) -> list[str]:
        return [word for word in found if word != PARAGRAPH]

    assert words(old) == before.split()
    assert words(new) == after.split()


@given(TEXTS)
def test_a_text_is_no_change_of_itself(text: str) -> None:
    assert all(piece.op is Op.KEPT for piece in compare(text, text))
    assert compare(text, text.replace(" ", "  ")) == compare(text, text)


def test_one_word_is_one_change_with_some_context() -> None:
    before = "Pontianak, BorneOneTV – Warga menanam pohon di tepi sungai sejak pagi hari ini juga."
    after = before.replace("menanam", "menebang")
    assert rendered(excerpt(compare(before, after), context=2)) == (
        "… – Warga [-menanam-] {+menebang+} pohon di …"
    )


def test_a_new_paragraph_is_marked_as_one() -> None:
    pieces = compare("Satu dua.\n\nTiga empat.", "Satu dua.\n\nBaru.\n\nTiga empat.")
    assert rendered(pieces) == "Satu dua. ¶ {+Baru. ¶+} Tiga empat."


def test_a_passage_that_was_written_anew_is_not_shown_in_crumbs() -> None:
    before = "Bupati meninjau jembatan gantung yang putus di Desa Sungai Ambawang dan berjanji"
    after = "Gubernur membuka pasar murah di halaman kantor camat dan mengimbau warga tertib"
    assert [piece.op for piece in compare(before, after)] == [Op.GONE, Op.ADDED]


def test_a_terminal_gets_colours_and_nothing_of_the_page_s_own() -> None:
    line = rendered(compare("satu", "du\x1b[2Ja\u202e"), colour=True)
    assert line == "\x1b[31m[-satu-]\x1b[0m \x1b[32m{+du�[2Ja�+}\x1b[0m"


def test_a_sample_is_cut_to_so_many_words() -> None:
    pieces = compare(" ".join("abcdefgh"), "x")
    assert rendered(cut(pieces, 3)) == "[-a b c …-] …"


def test_a_text_that_repeats_itself_without_end_takes_no_time() -> None:
    began = time.monotonic()
    pieces = compare("a b " * 30_000, "b c a " * 20_000)
    assert time.monotonic() - began < 5
    assert {piece.op for piece in pieces} >= {Op.GONE, Op.ADDED}
