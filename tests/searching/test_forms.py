"""Which words of an index are taken for forms of one another."""

import re
from collections.abc import Iterator

import pytest

from borneone_crawler.archive.searching.forms import Forms
from borneone_crawler.archive.searching.stemming import Stemmer
from borneone_crawler.archive.searching.words import words
from tests.archive.conftest import SITE, Desk

FAMILIES = [
    family.split()
    for family in """
tuju menuju bertujuan menyetujui disetujui persetujuan penyetujuan
lanjut melanjutkan dilanjutkan kelanjutan berkelanjutan lanjutan selanjutnya
satu bersatu persatuan mempersatukan pemersatu kesatuan penyatuan menyatukan disatukan
imbang keseimbangan menyeimbangkan berimbang penyeimbang
pimpin memimpin pemimpin kepemimpinan pimpinannya dipimpin terpimpin
kirim mengirim pengiriman dikirimkan kiriman terkirim
sapu menyapu penyapu sapuan
hasil berhasil keberhasilan hasilnya menghasilkan penghasilan
batas terbatas keterbatasan membatasi pembatasan perbatasan
henti berhenti pemberhentian memberhentikan diberhentikan
muka mengemukakan dikemukakan permukaan
dapat mendapat pendapat berpendapat pendapatannya
cat mengecat pengecatan
tahu mengetahui diketahuinya pengetahuan sepengetahuan
camat kecamatan sekecamatan
adil keadilan berkeadilan mengadilinya
padam memadamkan pemadaman dipadamkan
perintah memerintahkan diperintahkan
pemerintah pemerintahan pemerintahlah
medsos medsosnya bermedsos
pontianak pontianaknya
kafe kafenya
""".strip().splitlines()
]
STRANGERS = "madam mukim padamu batasan2 tujuh adilla satelit 2019 2020an se di"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("families") / "borneone.db")
    text = " ".join(word for family in FAMILIES for word in family)
    desk.store(f"{SITE}/kata/", headline="Kata", article_body=f"{text}. {STRANGERS} Kafé")
    yield desk
    desk.archive.close()


@pytest.fixture(scope="module")
def forms(desk: Desk) -> Forms:
    known = words()
    return Forms(desk.archive.db, Stemmer(known.roots, known.no_roots))


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family[0])
def test_from_the_root_all_forms_are_found(forms: Forms, family: list[str]) -> None:
    assert forms.of(family[0]) == sorted(family[1:])


def test_from_any_form_all_words_of_the_index_with_its_stem_are_found(
    desk: Desk, forms: Forms
) -> None:
    known = words()
    stemmer = Stemmer(known.roots, known.no_roots)
    desk.archive.db.execute(
        "CREATE VIRTUAL TABLE temp.held USING fts5vocab (main, articles_fts, row)"
    )
    held = [term for (term,) in desk.rows("SELECT term FROM temp.held") if term.isalpha()]
    names = {name for family in FAMILIES[-3:] for name in family}  # not in the dictionary
    assert len(held) > 100
    for word in set(held) - names:
        same = [other for other in held if stemmer.stem(other) == stemmer.stem(word) != "di"]
        assert {word, *forms.of(word)} == {word, *same}, word


def test_what_has_no_forms_has_none(forms: Forms) -> None:
    for word in ("2019", "se", "di", "covid19", "x", "tidakada"):
        assert forms.of(word) == []


def test_a_word_that_was_looked_for_is_no_root_for_the_next(forms: Forms) -> None:
    before = forms.of("medsos")
    assert "medsosnya" in before
    assert forms.of("medsosnya") == []
    assert forms.of("medsos") == before


def test_every_root_of_the_file_changes_what_is_found() -> None:
    known = words()
    plain = Stemmer((), ())
    corrected = Stemmer(known.roots, known.no_roots)
    for root in known.roots:
        assert corrected.stem(root) == root
        assert re.fullmatch("[a-z]+", root)
    useless = [
        root
        for root in known.roots
        if plain.stem(root) == root and root + "nya" == plain.stem(root)
    ]
    assert useless == []
    for word in known.no_roots:
        assert plain.stem(word) == word, "the dictionary has it"
