"""What a person sees of one article."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from borneone_crawler.desk.show.lines import lines_of
from borneone_crawler.desk.show.sheet import sheet_of
from borneone_crawler.desk.show.wrapping import columns
from borneone_crawler.desk.times import local
from borneone_crawler.items import Image, Reference, State, Video
from tests.archive.conftest import SITE, Desk, reading

URL = f"{SITE}/wagub/"
NOW = datetime(2026, 3, 20, tzinfo=UTC)


def shown(
    desk: Desk, number: int = 1, *, as_of: str | None = None, width: int | None = None,
    colour: bool = False,
) -> str:  # fmt: skip
    sheet = sheet_of(desk.archive.db, number, as_of, NOW)
    return "\n".join(lines_of(sheet, width=width, colour=colour))


def first_seen(desk: Desk) -> str:
    at = desk.one("SELECT seen_at FROM revisions WHERE n = 1")
    return local(at, ZoneInfo("Asia/Pontianak"))


def test_all_that_is_known_of_an_article_is_told(desk: Desk) -> None:
    made = reading(
        URL,
        authors=["Ani", "Budi"], editor="Citra", byline_initials="Lay", keywords=["medsos"],
        dateline="Pontianak, BorneOneTV", in_language="id", sections=[("Berita", None)],
        images=[Image(url=f"{SITE}/a.jpg", caption="Wagub.", credit_text="Istimewa")],
        videos=[Video(url="https://video.example/1")],
        embeds=[Reference(url="https://pos.example/1", text="Kiriman")],
        read_also=[Reference(url=f"{SITE}/lain/", text="Harga cabai")],
    )  # fmt: skip
    made.flags = ["date without time of day"]
    desk.settle(URL, reading=made)
    lines = shown(desk).split("\n")
    assert lines[:2] == ["Wagub Kalbar Minta Gunakan Medsos", URL]
    for line in (
        "published     Senin, 14 Oktober 2019 pukul 10.15 WIB (UTC+07:00)",
        "by            Ani, Budi",
        "editor        Citra",
        "signed        Lay",
        "dateline      Pontianak, BorneOneTV",
        "sections      Berita",
        "keywords      medsos",
        f"revision      1 of 1, seen from {first_seen(desk)}",
        "flag          date without time of day: only the day is known",
        f"- Wagub. (Istimewa) {SITE}/a.jpg",
        "- https://video.example/1",
        "- Kiriman: https://pos.example/1",
        f"- Harga cabai: {SITE}/lain/",
    ):
        assert line in lines, line
    text = lines.index("Pontianak, BorneOneTV – Wakil Gubernur mengatakan.")
    assert lines[text - 1 : text + 3] == ["", lines[text], "", "Begitu. [Lay]"]


def test_what_is_not_there_takes_no_line(desk: Desk) -> None:
    desk.store(URL, date_published=None, headline=None)
    text = shown(desk)
    assert text.startswith("(no headline)\n")
    assert "published     without a date" in text
    for label in ("by  ", "editor", "changed", "Pictures", "Videos", "Read also", "gone", "flag"):
        assert label not in text, label


def test_the_history_names_each_state_its_kinds_and_the_one_that_is_shown(desk: Desk) -> None:
    desk.store(URL)
    desk.store(URL, headline="Kedua")
    desk.next_run()
    text = shown(desk, as_of=first_seen(desk).removesuffix(" WIB"))
    begun = text[text.index("History") :]
    assert "revision 1: first seen (shown here)" in begun
    assert "revision 2: headline\n" in begun + "\n"
    assert "revision      1 of 2, seen from " in text
    assert f"as of         {first_seen(desk)}, the newest state known by then" in text
    assert text.startswith("Wagub Kalbar")
    assert "last seen" not in text
    assert "last seen" in shown(desk)
    assert shown(desk).startswith("Kedua\n")


def test_what_went_or_leads_elsewhere_says_so(desk: Desk) -> None:
    desk.store(URL)
    assert "gone" not in shown(desk)
    desk.next_run()
    desk.settle(URL, state=State.GONE, http_status=404)
    at = local(desk.one("SELECT gone_at FROM articles"), ZoneInfo("Asia/Pontianak"))
    assert f"gone          found to be gone {at}; the text stays here" in shown(desk)
    desk.archive.db.execute("UPDATE articles SET redirected_to = ?", [f"{SITE}/lain/"])
    assert f"now leads to  {SITE}/lain/" in shown(desk)


def test_the_neighbours_are_those_by_date_and_those_of_the_same_text(desk: Desk) -> None:
    for number, (date, body) in enumerate(
        [("2019-10-01", "Satu."), ("2019-10-02", "Dua."), ("2019-10-03", "Tiga."),
         ("2019-10-04", "Satu."), (None, "Lima.")], start=1,
    ):  # fmt: skip
        desk.store(
            f"{SITE}/{number}/", post_id=number, headline=f"Judul {number}", article_body=body,
            word_count=1, date_published=date and f"{date}T08:00:00+07:00",
        )  # fmt: skip
    second = shown(desk, 2)
    assert "- before it: Judul 1 (2019-10-01, article 1)" in second
    assert "- after it: Judul 3 (2019-10-03, article 3)" in second
    assert "same text" not in second
    first, fourth = shown(desk, 1), shown(desk, 4)
    assert "before it" not in first
    assert "- the same text: Judul 4 (2019-10-04, article 4)" in first
    assert "after it" not in fourth
    assert "- the same text: Judul 1 (2019-10-01, article 1)" in fourth
    assert "Neighbours" not in shown(desk, 5)
    desk.archive.take_down(1, "permintaan")
    assert "before it" not in shown(desk, 2)


def test_a_text_at_very_many_addresses_does_not_fill_the_screen(desk: Desk) -> None:
    for number in range(1, 9):
        desk.store(f"{SITE}/{number}/", post_id=number, article_body="Satu.", word_count=1)
    text = shown(desk, 1)
    assert text.count("- the same text: ") == 5
    assert "- and 2 more with this text" in text


def test_on_a_terminal_no_line_is_wider_and_no_word_is_lost(desk: Desk) -> None:
    body = "Kata demi kata 🙂🙂 漢字 tersusun rapi. " * 30 + "\n\nx" + "panjang" * 30
    desk.store(URL, article_body=body, headline="Judul yang panjang sekali " * 8)
    wide = shown(desk, width=40)
    for line in wide.split("\n"):
        assert columns(line) <= 40 or " " not in line.strip(), line
    assert " ".join(wide.split()).count("tersusun rapi.") == 30
    assert max(map(columns, wide.split("\n")[:6])) > 30


def test_a_character_takes_the_columns_that_a_terminal_gives_it() -> None:
    assert [columns(text) for text in ("abc", "漢字", "🙂", "e\u0301", "\u200b")] == [
        3,
        4,
        2,
        1,
        0,
    ]


def test_in_a_pipe_a_paragraph_is_one_line(desk: Desk) -> None:
    body = "Kata demi kata. " * 50
    desk.store(URL, article_body=f"{body}\n\nPantun satu\npantun dua\n\nA\tB\nC\tD")
    lines = shown(desk).split("\n")
    start = lines.index(body.strip())
    assert lines[start + 1 : start + 7] == [
        "", "Pantun satu", "pantun dua", "", "A   B", "C   D",
    ]  # fmt: skip


def test_nothing_of_a_page_speaks_to_the_terminal(desk: Desk) -> None:
    evil = "a\x1b[2Jb\x9bc\u202ed\x07\u2066"
    made = reading(
        URL,
        headline=evil, article_body=f"{evil}\n{evil}\t{evil}", authors=[evil], editor=evil,
        keywords=[evil], dateline=evil, date_published=evil, in_language=evil,
        images=[Image(url=evil, caption=evil, credit_text=evil)], videos=[Video(url=evil)],
        read_also=[Reference(url=evil, text=evil)], embeds=[Reference(url=evil, text=evil)],
    )  # fmt: skip
    made.flags = [evil]
    desk.settle(URL, reading=made)
    for width in (None, 20):
        text = shown(desk, width=width)
        assert not set(text) & set("\x1b\x9b\x07\u202e\u2066\t\r")
        assert text.count("�") > 20
    coloured = shown(desk, colour=True)
    assert coloured.startswith("\x1b[1ma�[2Jb")
    assert coloured.replace("\x1b[1m", "").replace("\x1b[2m", "").count("\x1b") == coloured.count(
        "\x1b[0m"
    ) + coloured.count("\x1b[33m")
