"""Press releases that were printed twice are told from briefs of one form."""

import tomllib
from pathlib import Path

import pytest

from borneone_crawler.archive.duplicates.retelling import sentences, share_retold

TEXTS = tomllib.loads(Path(__file__).with_name("texts.toml").read_text("utf-8"))
RELEASE: str = TEXTS["release"]
RALAT = "Ralat: jumlah penerima telah diperbaiki."

RETOLD = {one["name"]: one["other"] for one in TEXTS["retold"]} | {
    "the same": RELEASE,
    "a corrected number": RELEASE.replace("1.250", "1.520"),
    "a correction that says so": f"{RALAT}\n\n{RELEASE.replace('1.250', '1.520')}",
    "cut at its end": "\n\n".join(RELEASE.split("\n\n")[:4]),
    "spelled otherwise": RELEASE.replace("“", '"').replace("dilegalisir", "dilegalisasi"),
}


@pytest.mark.parametrize("pair", TEXTS["same_form"], ids=lambda pair: pair["name"])
def test_what_only_has_the_same_form_is_not_one_text(pair: dict[str, str]) -> None:
    one, other = sentences(pair["one"].format(release=RELEASE)), sentences(pair["other"])
    assert share_retold(one, other) is share_retold(other, one) is None


@pytest.mark.parametrize("other", RETOLD.values(), ids=RETOLD)
def test_what_was_printed_twice_is_one_text(other: str) -> None:
    share = share_retold(sentences(RELEASE), sentences(other))
    assert share is not None
    assert 0.7 <= share <= 1
    assert share == share_retold(sentences(other), sentences(RELEASE))


def test_numbers_and_times_end_no_sentence() -> None:
    assert sentences("Pukul 04.23 di Rp1.000. Lalu?\nBaru!") == [
        ("pukul", "04", "23", "di", "rp1", "000"), ("lalu",), ("baru",)
    ]  # fmt: skip


def test_what_is_longer_than_any_article_is_compared_with_nothing() -> None:
    long = [("kata", str(number)) for number in range(401)]
    assert share_retold(long, long) is None
    assert share_retold(long[:400], long[:400]) == 1
