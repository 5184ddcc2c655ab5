"""How readings are judged, case by case."""

import pytest

from tests.benchmarks.extraction.furniture import markers_of
from tests.benchmarks.extraction.scoring import (
    Found,
    Truth,
    leaks,
    row,
    same_captions,
    same_minute,
    score,
    token_f1,
    video_key,
    words,
)
from tests.benchmarks.extraction.scrambling import scrambled
from tests.benchmarks.extraction.shown import captions_in, videos_in
from tests.benchmarks.extraction.table import table

TRUTH = Truth(
    shape="classic",
    headline="Tarif “Parkir” Naik",
    bodies=["Pontianak – Tarif naik.\n\nWarga kaget.", "Halaman dua."],
    date="2019-10-14T03:15:42+07:00",
    authors=["Yusuf O'Hara"],
    sections=["Ekonomi", "Hukum & Kriminal"],
    keywords=[],
    captions=["Pasar Flamboyan. Foto: BorneOneTV/Lay"],
    videos=["https://www.youtube.com/embed/aBcDeFgHi_1?feature=oembed"],
    markers=["Bagikan ini:", "Terkait"],
)
RIGHT = Found(
    body="Pontianak – Tarif\u00a0naik.\n - Warga kaget. Halaman dua.",
    headline='Tarif "Parkir" Naik',
    date="2019-10-13T20:15:00Z",
    authors=["Yusuf O’Hara"],
    sections=["Hukum & Kriminal", "Ekonomi"],
    keywords=[],
    captions=[("Pasar Flamboyan.", "BorneOneTV/Lay")],
    videos=["https://youtu.be/aBcDeFgHi_1"],
)


def test_a_right_reading_is_right_in_every_field() -> None:
    judged = score(TRUTH, RIGHT)
    assert judged.exact
    assert judged.f1 == 1
    assert judged.leaked == []
    # No tags there, and none found: that says nothing of how tags are read.
    assert judged.fields.pop("keywords") is None
    assert set(judged.fields.values()) == {True}


def test_a_wrong_reading_is_wrong_in_every_field() -> None:
    found = Found(
        body="Pontianak – Tarif naik. Bagikan ini: Facebook",
        headline="Tarif Naik - BorneOneTV",
        date="2019-10-14",
        authors=[],
        sections=["Ekonomi"],
        keywords=["Berita"],
        captions=[],
        videos=["https://youtu.be/other123456"],
    )
    judged = score(TRUTH, found)
    assert not judged.exact
    assert 0 < judged.f1 < 1
    assert judged.leaked == ["Bagikan ini:"]
    assert set(judged.fields.values()) == {False}


def test_a_field_that_a_reader_does_not_have_is_not_judged() -> None:
    judged = score(TRUTH, Found(body=""))
    assert set(judged.fields.values()) == {None}
    assert not judged.exact


@pytest.mark.parametrize(
    ("expected", "got", "f1"),
    [
        ("satu dua", "satu dua", 1),
        ("satu dua", "dua satu", 1),
        ("satu dua tiga", "satu", 0.5),
        ("satu satu", "satu", 2 / 3),
        ("satu", "dua", 0),
        ("", "", 1),
        ("satu", "", 0),
    ],
)
def test_token_f1_weighs_what_is_missing_and_what_is_too_much(
    expected: str, got: str, f1: float
) -> None:
    assert token_f1(words(expected), words(got)) == pytest.approx(f1)


def test_the_name_of_the_newsroom_behind_a_headline_is_no_mistake() -> None:
    found = Found(headline="Tarif “Parkir” Naik – BorneOneTV")
    assert score(TRUTH, found).fields["headline"] is True


def test_bullets_bars_and_what_nobody_sees_are_no_words() -> None:
    assert words("- satu | dua\u200b\n• ti\u00adga") == ["satu", "dua", "tiga"]
    assert words("Pontianak – satu") == ["Pontianak", "–", "satu"]


def test_a_leak_is_a_whole_text_of_the_page_and_no_part_of_a_word() -> None:
    assert leaks(["Terkait", "Suka"], "Polisi: Terkait\nitu, Sukardi diam.") == ["Terkait"]
    assert leaks(["Ruas yang wajib"], "Ruas\n yang  wajib *") == ["Ruas yang wajib"]


@pytest.mark.parametrize(
    ("got", "is_same"),
    [
        ("2019-10-14T03:15:00+07:00", True),
        ("2019-10-13T20:15:59+00:00", True),
        ("2019-10-14T03:15:42", True),  # in the newsroom's zone
        ("2019-10-13 20:15:42", True),  # in UTC
        ("2019-10-14T03:16:00+07:00", False),
        ("2019-10-14T00:00:00", False),
        ("2019-10-14", False),
        ("Senin", False),
        ("", False),
    ],
)
def test_a_date_is_compared_to_the_minute(got: str, is_same: bool) -> None:
    assert same_minute(TRUTH.date, got) is is_same


@pytest.mark.parametrize(
    ("got", "is_same"),
    [
        ([("Wagub. Foto, BorneOneTV/Lay", "")], True),
        ([("Wagub.", "BorneOneTV/Lay")], True),
        ([("Wagub.", "BorneOneTV/Lay")] * 2, True),
        ([("Wagub", "BorneOneTV/Lay")], True),
        ([("Wagub.", "")], False),
        ([("", "BorneOneTV/Lay")], False),
        ([("Wagub. Foto, BorneOneTV/Lay", ""), ("Lain", "")], False),
        ([], False),
    ],
)
def test_a_caption_is_the_same_whole_or_with_its_credit_apart(
    got: list[tuple[str, str]], is_same: bool
) -> None:
    assert same_captions(["Wagub. Foto, BorneOneTV/Lay"], got) is is_same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.youtube.com/embed/aBcDeFgHi_1?feature=oembed", "//youtu.be/aBcDeFgHi_1"),
        ("https://www.youtube.com/watch?v=aBcDeFgHi_1", "https://youtube.com/shorts/aBcDeFgHi_1"),
        ("https://player.vimeo.com/video/76979871?h=1", "https://vimeo.com/76979871"),
        (
            "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fa.com%2Fvideos%2F1029384756",
            "https://www.facebook.com/x/videos/1029384756/",
        ),
        ("http://127.0.0.1/uploads/liputan.mp4?_=1", "http://127.0.0.1/uploads/liputan.mp4"),
    ],
)
def test_a_video_is_the_same_by_any_of_its_addresses(one: str, other: str) -> None:
    assert video_key(one) == video_key(other)
    assert video_key(one) != video_key("https://www.youtube.com/embed/other123456")


def test_what_the_author_did_not_write_marks_boilerplate() -> None:
    page = (
        "<html><head><title>Judul - Situs</title></head><body><h1>Judul</h1><div><p>Teks <b>tebal"
        "</b>.</p><p>Iklan</p></div><p>12</p><script>var iklan</script><a>Judul lain</a></body>"
    )
    written = ["<p>Teks <b>tebal</b>.</p>", "Judul"]
    assert markers_of(page.encode(), written) == ["Iklan", "Judul lain"]


def test_captions_are_those_of_pictures() -> None:
    picture = '<figure><img src="a"><figcaption>Satu<br>dua</figcaption></figure>'
    player = '<figure><iframe src="https://a/"></iframe><figcaption>Video</figcaption></figure>'
    old = '<table><td><img src="b"></td><tr><td class="tr-caption">Tiga</td></tr></table>'
    assert captions_in(picture + player + old) == ["Satu dua", "Tiga"]
    gallery = f"<figure>{picture}<figcaption>Galeri</figcaption></figure>"
    assert captions_in(gallery) == ["Satu dua"]


def test_videos_are_what_players_play() -> None:
    page = (
        '<iframe src="https://www.youtube.com/embed/aBcDeFgHi_1"></iframe><iframe src="https://www'
        '.google.com/maps/embed"></iframe><video src="/a.mp4"><source src="/a.mp4"></video>'
    )
    assert videos_in(page) == ["https://www.youtube.com/embed/aBcDeFgHi_1", "/a.mp4"]


def test_scrambling_renames_classes_and_ids_alike_and_leaves_all_else() -> None:
    page = (
        b'<p class="a b" id=\'a\' data-class="c">class="a" <a href="#a" rel="tag">x</a></p>'
        b'<i class=""></i>'
    )
    name = b"xe8b7be43"
    assert scrambled(page) == page.replace(b"class=\"a b\" id='a'", b"").replace(
        b"<p ", b'<p class="%s x71beeff9" id="%s"' % (name, name)
    )


def test_a_row_counts_leaks_and_takes_the_median_of_the_times() -> None:
    wrong = Found(body="Bagikan ini:", headline="")
    scores = [score(TRUTH, RIGHT), score(TRUTH, RIGHT), score(TRUTH, wrong)]
    one = row("ours", scores, [(0.002, 0.001), (0.009, 0.003), (0.004, 0.001)])
    assert (one.posts, one.leaking) == (3, 1)
    assert one.exact == pytest.approx(2 / 3)
    assert one.fields["headline"] == pytest.approx(2 / 3)
    assert one.fields["date"] == 1
    assert one.fields["keywords"] is None
    assert (one.milliseconds, one.ratio) == pytest.approx((4, 3))
    cells = table([one]).splitlines()[-1].split(" | ")
    assert cells[:4] == ["| ours", "0.667", cells[2], "1"]
    assert cells[7] == "1.000"
    assert cells[8] == "–"
