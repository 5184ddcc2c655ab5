"""A citation in a line, as a journalist or a librarian writes it."""

from typing import Any

import pytest

from borneone_crawler.desk.cite.line import line_of
from borneone_crawler.desk.words import words_of
from borneone_crawler.items import State
from tests.archive.conftest import SITE, Desk, reading
from tests.archive.dumps.conftest import Dumping, dumping  # noqa: F401 - a fixture
from tests.desk.cite.conftest import Cite

URL = f"{SITE}/wagub/"
SEEN = "2019-10-15T20:05:00.000+00:00"


def captured(desk: Desk, **fields: Any) -> str:
    """Store an article from a capture of 16 October 2019. Returns the beginning of its digest."""
    desk.settle(URL, reading=reading(URL, **fields), capture=desk.capture(URL))
    desk.archive.db.execute("UPDATE captures SET fetched_at = ?", [SEEN])
    digest: str = desk.one("SELECT content_digest FROM articles")
    return digest[:12]


def test_a_line_says_who_what_where_when_and_what_it_rests_on(desk: Desk, cite: Cite) -> None:
    digest = captured(desk, authors=["Lay"])
    assert line_of(cite(), words_of("id")) == (
        f"Lay, “Wagub Kalbar Minta Gunakan Medsos”, BorneOneTV, 14 Oktober 2019, {URL} "
        f"(diarsipkan 16 Oktober 2019 pukul 03.05 WIB; revisi 1 dari 1; SHA-256 {digest}…)."
    )
    assert line_of(cite(), words_of("en")) == (
        f"Lay, “Wagub Kalbar Minta Gunakan Medsos”, BorneOneTV, 14 October 2019, {URL} "
        f"(archived 16 October 2019, 03:05 WIB; revision 1 of 1; SHA-256 {digest}…)."
    )


@pytest.mark.parametrize(
    ("authors", "initials", "said"),
    [
        (["Sukarno"], None, "Sukarno, “"),
        (["Ani", "Budi S."], None, "Ani dan Budi S., “"),
        (["Ani", "Budi", "Citra"], None, "Ani, Budi, dan Citra, “"),
        (["Dr. H. Sutarmidji, S.H., M.Hum."], "smj", "Dr. H. Sutarmidji, S.H., M.Hum., “"),
        (["Ani, S.E.", "Budi"], None, "Ani, S.E.; dan Budi, “"),
        (["Redaksi BorneOneTV"], None, "Redaksi BorneOneTV, “"),
        (["Ani", "Ani"], None, "Ani, “"),
        (["borneone tv", "admin"], "Lay", "Lay, “"),
        (["admin"], None, "“"),
        ([], "Lay", "Lay, “"),
        ([], None, "“"),
    ],
)
def test_people_are_named_as_the_page_names_them_and_the_outlet_once(
    desk: Desk, cite: Cite, authors: list[str], initials: str | None, said: str
) -> None:
    captured(desk, authors=authors, byline_initials=initials)
    line = line_of(cite(), words_of("id"))
    assert line.startswith(said + "Wagub")
    assert line.count("BorneOneTV") == 1 + said.count("BorneOneTV")


@pytest.mark.parametrize(
    ("headline", "said"),
    [
        ("“Jangan”, Kata “Wagub”", "“‘Jangan’, Kata ‘Wagub’”, "),
        ('Harga "Cabai" Naik 5"', "“Harga ‘Cabai’ Naik 5’”, "),
        ("Siapa?", "“Siapa?”, "),
        (None, "[tanpa judul], "),
        ("a\x1b[2J\nb\u202e", "“a�[2J b�”, "),
    ],
)
def test_a_headline_stands_in_quotes_on_one_line(
    desk: Desk, cite: Cite, headline: str | None, said: str
) -> None:
    captured(desk, headline=headline)
    line = line_of(cite(), words_of("id"))
    assert line.startswith(said)
    assert "\n" not in line


@pytest.mark.parametrize(
    ("date", "said"),
    [
        (None, "tanpa tanggal, http"),
        ("2017-05-09", "9 Mei 2017, http"),
        ("2019-10-14T20:00:00+00:00", "15 Oktober 2019, http"),
        ("{0.__class__}", "tanpa tanggal, http"),
    ],
)
def test_the_date_is_the_newsroom_s_day_in_words(
    desk: Desk, cite: Cite, date: str | None, said: str
) -> None:
    captured(desk, date_published=date)
    assert f"BorneOneTV, {said}" in line_of(cite(), words_of("id"))


def test_as_of_a_date_the_state_of_then_is_cited(desk: Desk, cite: Cite) -> None:
    captured(desk)
    captured(desk, headline="Kedua")
    (first, _) = desk.rows("SELECT from_at FROM states ORDER BY from_at")
    then = line_of(cite(first[0].partition(".")[0] + "Z"), words_of("id"))
    assert "Wagub Kalbar" in then
    assert "revisi 1 dari 2" in then
    assert "Kedua" in line_of(cite(), words_of("id"))


def test_what_went_since_is_said_to_have_gone(desk: Desk, cite: Cite) -> None:
    captured(desk)
    desk.next_run()
    desk.settle(URL, state=State.GONE, http_status=404)
    desk.archive.db.execute("UPDATE articles SET gone_at = ?", [SEEN])
    assert "; didapati hilang dari situs 16 Oktober 2019 pukul 03.05 WIB)." in line_of(
        cite(), words_of("id")
    )


def test_the_time_of_somebody_else_s_capture_is_theirs(desk: Desk, cite: Cite) -> None:
    captured(desk)
    desk.archive.db.execute("UPDATE captures SET origin = 'teman.warc.gz'")
    assert "diarsipkan 16 Oktober 2019 pukul 03.05 WIB menurut teman.warc.gz;" in line_of(
        cite(), words_of("id")
    )


def test_without_a_capture_it_was_read_and_not_archived(desk: Desk, cite: Cite) -> None:
    desk.store(URL)
    line = line_of(cite(), words_of("id"))
    assert "(dibaca 14 Oktober 2019 pukul 03.53 WIB;" in line
    assert "diarsipkan" not in line


def test_a_text_dump_is_said_to_have_no_date(dumping: Dumping, cite: Cite) -> None:  # noqa: F811
    dumping.take_in(url=URL, name="salinan.txt")
    line = line_of(cite(), words_of("id"))
    assert "BorneOneTV, tanpa tanggal, " in line
    assert "(dari salinan teks tanpa tanggal “salinan.txt” yang diterima 14 Oktober 2019" in line
