"""What kind of edit it was, said as an editor would."""

from dataclasses import replace

import pytest

from borneone_crawler.archive.articles.edit_kinds import kinds_of, reads_the_same
from borneone_crawler.items import Article, Image, Video

TEXT = (
    "Pontianak, BorneOneTV – Warga Desa Raya menanam 200 pohon di tepi sungai pada Senin.\n\n"
    "Kegiatan itu tidak diikuti para pelajar. [Lay]"
)
ARTICLE = Article(
    url="https://borneonetv.com/pohon/",
    headline="Warga Menanam Pohon",
    date_published="2019-10-14T10:15:00+07:00",
    article_body=TEXT,
    description="Warga Desa Raya menanam",
    authors=["Lay"],
    article_section=["Berita"],
    images=[Image(url="https://borneonetv.com/a.jpg?ver=1", caption="Warga.")],
)


def kinds(**changes: object) -> list[str]:
    return [str(kind) for kind in kinds_of(ARTICLE, replace(ARTICLE, **changes))]


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("menanam", "menannam", True),
        ("di tepi", "ditepi", True),
        ("pohon di", "pohon, di", True),
        ("\n\n", "\n\n\n", True),
        ("Desa", "desa", True),
        ("Kegiatan", "Kegaitan", True),
        ("menanam", "menebang", False),
        ("200", "300", False),
        ("200", "2000", False),
        ("tidak diikuti", "diikuti", False),
        ("tidak", "tidaklah", False),
        ("tidak", "tidak tidak", False),
        ("Senin", "Selasa", False),
        ("para pelajar", "pelajar", False),
        ("[Lay]", "[Lay]\n\nWarga berharap sungai tetap bersih.", False),
    ],
)
def test_a_typo_changes_no_number_no_negation_and_no_word(old: str, new: str, same: bool) -> None:
    assert old in TEXT
    assert reads_the_same(TEXT, TEXT.replace(old, new)) is same
    assert kinds(article_body=TEXT.replace(old, new)) == ["typo" if same else "substance"]


def test_who_respells_many_words_rewrites() -> None:
    words = [f"perkataan{chr(97 + n)}" for n in range(20)]
    text = " ".join(words)
    assert reads_the_same(text, text.replace("perkataana", "perkatanaa"))
    assert not reads_the_same(text, text.replace("perkataan", "perkatanan"))


@pytest.mark.parametrize(
    "said",
    [
        "Ralat: jumlah pohon adalah 200.",
        "RALAT – jumlah pohon adalah 200.",
        "*Koreksi: jumlah pohon adalah 200.",
        "(Ralat: sebelumnya tertulis 300 pohon.)",
        "Catatan Redaksi: jumlah pohon telah diubah.",
        "Klarifikasi: Kepala Desa menyatakan hal berikut.",
        "Berita ini telah dikoreksi pada pukul 10.00 WIB.",
        "Redaksi mohon maaf atas kekeliruan itu.",
        "Terdapat kesalahan penulisan pada nama narasumber.",
    ],
)
def test_a_correction_is_what_the_newsroom_calls_so(said: str) -> None:
    assert kinds(article_body=f"{TEXT}\n\n{said}") == ["correction", "substance"]
    held = replace(ARTICLE, article_body=f"{TEXT}\n\n{said}")
    more = replace(held, article_body=held.article_body + "\n\nWarga senang.")
    assert [str(kind) for kind in kinds_of(held, more)] == ["substance"], "it was there before"


@pytest.mark.parametrize(
    "said",
    [
        "Perbaikan jalan itu memakan waktu dua bulan.",
        "Bupati memberi klarifikasi kepada wartawan.",
        "Koreksi harga cabai terjadi sejak pekan lalu.",
        "Warga meminta maaf.",
    ],
)
def test_what_people_in_the_news_correct_is_no_correction(said: str) -> None:
    assert kinds(article_body=f"{TEXT}\n\n{said}") == ["substance"]


def test_a_headline_may_say_that_it_corrects() -> None:
    assert kinds(headline="(Ralat) Warga Menanam Pohon") == ["correction", "headline"]
    assert kinds(headline="Warga Menebang Pohon") == ["headline"]


def test_other_edits_are_called_by_what_they_change() -> None:
    picture = ARTICLE.images[0]
    assert kinds(images=[replace(picture, caption="Warga desa.")]) == ["images"]
    assert kinds(images=[]) == ["images"]
    assert kinds(videos=[Video(url="https://www.youtube.com/watch?v=x")]) == ["videos"]
    assert kinds(authors=[]) == kinds(editor="Anto") == ["byline"]
    assert kinds(date_published=None) == ["date"]
    assert kinds(article_section=["Berita", "Daerah"]) == ["section"]
    assert kinds(headline="Lain", article_body="Lain sama sekali.", images=[]) == [
        "substance", "headline", "images",
    ]  # fmt: skip


def test_a_description_counts_only_where_the_text_stays() -> None:
    changed = TEXT.replace("menanam", "menannam")
    assert kinds(description="Warga Desa", article_body=changed) == ["typo"]
    assert kinds(description="Warga Desa") == ["substance"]


def test_what_is_no_content_is_no_edit() -> None:
    picture = ARTICLE.images[0]
    assert kinds(images=[replace(picture, url="https://borneonetv.com/a.jpg?ver=2")]) == []
    assert kinds(date_modified="2020-01-01T10:00:00+07:00", comment_count=7) == []
