"""`scrapy search`, by the real command over a real archive."""

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from borneone_crawler.archive.searching import Filters, found, named, sought
from borneone_crawler.archive.searching.words import words
from borneone_crawler.desk.search.answer import Answer, answered
from borneone_crawler.desk.search.question import add_options, question_of
from borneone_crawler.statuses import Status, Stop
from tests.archive.conftest import SITE, Desk
from tests.crawling import ROOT
from tests.terminal import Terminal
from tests.typed import argv, run

DAERAH = ("Daerah", f"{SITE}/category/daerah/")
MEMPAWAH = ("Mempawah", f"{SITE}/category/daerah/mempawah/")
LIFESTYLE = ("Lifestyle", f"{SITE}/category/lifestyle/")
HOSTILE = "Banjir \x1b]0;x\x07 \u202e <b>tebal</b> =1+1 \ufdd0 🔥"

ARTICLES: list[dict[str, Any]] = [
    {
        "headline": "Banjir Rendam Pasar", "date_published": "2019-10-01T00:15:00+07:00",
        "article_body": "Air naik sejak subuh.\n\nBanjir surut sore hari, kata warga.",
        "sections": [MEMPAWAH], "authors": ["Layla Sari"], "byline_initials": "Lay",
    },
    {
        "headline": "Sekolah Kebanjiran", "date_published": "2019-10-31T23:59:30+07:00",
        "article_body": "Murid belajar di balai desa. " * 40 + "Lalu air surut.",
        "sections": [DAERAH, LIFESTYLE], "authors": ["Redaksi"],
    },
    {
        "headline": "Remaja dan Medsos", "date_published": "2019-11-02",
        "article_body": "Psikolog memberi saran.", "sections": [LIFESTYLE],
        "authors": ["Layla Sari"],
    },
    {
        "headline": "Catatan Lama", "date_published": None,
        "article_body": "Kampung itu pernah dilanda banjir.", "sections": [], "authors": [],
    },
    {
        "headline": HOSTILE, "date_published": "2020-01-01T08:00:00+07:00",
        "article_body": "Tajuk saja.", "sections": [DAERAH], "authors": ["Édi"],
    },
    {
        "headline": "Banjir Rahasia", "date_published": "2019-10-02T08:00:00+07:00",
        "article_body": "Banjir rahasia.", "sections": [DAERAH], "authors": ["Redaksi"],
    },
]  # fmt: skip
TAKEN_DOWN = len(ARTICLES)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("held") / "borneone.db")
    for number, fields in enumerate(ARTICLES, start=1):
        desk.store(f"{SITE}/berita-{number}/", post_id=number, **fields)
    desk.archive.take_down(TAKEN_DOWN, "permintaan")
    yield desk
    desk.archive.close()


def search(held: Desk, *words: str, **settings: Any) -> subprocess.CompletedProcess[str]:
    return run(held.path, "search", *words, **settings)


@contextmanager
def asked(held: Desk, text: str, *options: str, order: str = "relevance") -> Iterator[Answer]:
    """The same without a process."""
    parser = argparse.ArgumentParser()
    add_options(parser)
    question = question_of(text, parser.parse_args(options))
    with answered(held.archive.db, question, order, None, None) as answer:
        yield answer


def ids(held: Desk, text: str, *options: str) -> set[int]:
    with asked(held, text, *options) as answer:
        told = answer.as_json()
    assert told["total"] == len(told["articles"]) == answer.hits.total
    return {article["id"] for article in told["articles"]}


def test_a_pipe_gets_one_line_an_article(held: Desk) -> None:
    done = search(held, "banjir", "--sort", "date")
    assert (done.returncode, done.stderr) == (0, "")
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert [row[1] for row in rows] == [f"{SITE}/berita-{number}/" for number in (5, 2, 1, 4)]
    assert rows[2] == [
        "2019-10-01", f"{SITE}/berita-1/", "Banjir Rendam Pasar",
        "Air naik sejak subuh. Banjir surut sore hari, kata warga.",
    ]  # fmt: skip
    assert rows[3][0] == ""
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout
    assert len(rows[1][3]) < 300


def test_a_terminal_gets_marks_and_lines_that_fit(held: Desk) -> None:
    terminal = Terminal(60, COLUMNS="")  # pytest-xdist sets it
    assert terminal.run(argv(held.path, "search", "banjir", "surut", "--limit", "1")) == 0
    text = terminal.text.replace("\r\n", "\n")
    assert "\x1b[1;33mBanjir\x1b[0m\x1b[1m Rendam Pasar\x1b[0m\n" in text
    assert "\x1b[1;33msurut\x1b[0m" in text
    bare = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert max(map(len, bare.splitlines())) <= 60
    assert bare.startswith("2019-10-01  Banjir Rendam Pasar\n            Air naik sejak")
    assert (
        "1 of 2 articles with banjir surut; --limit 2 shows all.\nbanjir: also kebanjiran" in bare
    )
    plain = Terminal(60, COLUMNS="", NO_COLOR="1")
    assert plain.run(argv(held.path, "search", "tidakada")) == Status.FOUND
    assert plain.text == "Nothing is found for tidakada.\r\n"


def test_json_says_what_was_searched_for_and_where_it_stands(held: Desk) -> None:
    done = search(held, "media", "sosial", "--section", "lifestyle", "--from", "2019-10", "--json")
    said = json.loads(done.stdout)
    assert (said["query"], said["total"], said["undated_left_out"]) == ("media sosial", 1, 0)
    assert "medsos" in said["searched_for"]["media sosial"]
    (article,) = said["articles"]
    ((begin, end),) = article["headline_marks"]
    assert article["headline"][begin:end] == "Medsos"
    assert article["sections"] == ["Lifestyle"]
    assert article["authors"] == ["Layla Sari"]


def test_what_others_wrote_speaks_to_no_terminal_and_moves_no_mark(held: Desk) -> None:
    done = search(held, "banjir", "--section", "daerah", "--from", "2020-01", "--json")
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", done.stdout)
    (article,) = json.loads(done.stdout)["articles"]
    assert article["headline"] == " ".join(HOSTILE.split())
    assert article["headline_marks"] == [[0, 6]]
    terminal = Terminal(300)
    assert terminal.run(argv(held.path, "search", "banjir")) == 0
    assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1a\x1c-\x1f\u202e]", terminal.text)
    assert "\x1b]" not in terminal.text


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ("", {1, 2, 4, 5}),
        ("--exact", {1, 4, 5}),
        ("--section daerah", {1, 2, 5}),
        ("--section MEMPAWAH", {1}),
        ("--section mempawah --section lifestyle", {1, 2}),
        ("--author REDAKSI", {2}),
        ("--author lay", {1}),
        ("--author édi --author redaksi", {2, 5}),
        ("--from 2019-10 --until 2019-10", {1, 2}),
        ("--from 2019-10-01 --until 2019-10-01", {1}),
        ("--until 2019-09-30T17:14Z", set()),
        ("--until 2019-09-30T17:15Z", {1}),
        ("--from 2019-10-31T23:59:30", {2, 5}),
        ("--from 2019-10-31T23:59:31", {5}),
        ("--until 9999-12", {1, 2, 5}),
        ("--from 2019 --until 2019", {1, 2}),
        ("--until 9999", {1, 2, 5}),
        ("--section daerah --author redaksi --until 2019-10", {2}),
    ],
)
def test_filters(held: Desk, options: str, wanted: set[int]) -> None:
    assert ids(held, "banjir", *options.split()) == wanted


def test_a_day_without_a_clock_is_in_its_day(held: Desk) -> None:
    assert ids(held, "remaja", "--from", "2019-11-02", "--until", "2019-11-02") == {3}
    assert ids(held, "remaja", "--from", "2019-11-03") == set()


def test_what_has_no_date_is_counted_and_left_out_of_any_time(held: Desk) -> None:
    with asked(held, "banjir", "--until", "2020-01") as answer:
        assert (answer.hits.total, answer.hits.undated) == (3, 1)
    terminal = Terminal(90, COLUMNS="", NO_COLOR="1")
    assert terminal.run(argv(held.path, "search", "banjir", "--until", "2019-09")) == Status.FOUND
    assert "Nothing is found for banjir; 1 without a date left out." in terminal.text


def test_what_was_taken_down_is_never_found(held: Desk) -> None:
    assert search(held, "rahasia").returncode == Status.FOUND
    for query in ("rahasia", "ban*", '"banjir rahasia"'):
        assert TAKEN_DOWN not in ids(held, query) | ids(held, query, "--author", "redaksi")
    # Not even where its words are in the index by mistake.
    db = held.archive.db
    with db.atomic():
        db.execute(
            "INSERT INTO articles_fts (rowid, headline) VALUES (?, 'rahasia')", [TAKEN_DOWN]
        )
        assert held.rows("SELECT rowid FROM articles_fts('rahasia')") == [(TAKEN_DOWN,)]
        assert list(found(db, sought(db, "rahasia"))) == []
        forget = "INSERT INTO articles_fts (articles_fts, rowid, headline) VALUES ('delete', ?, ?)"
        db.execute(forget, [TAKEN_DOWN, "rahasia"])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--section", "lifestile"], "no section 'lifestile' in the archive; perhaps 'Lifestyle'"),
        (["--section", ""], "no section ''"),
        (["--author", "layla sary"], "perhaps 'Layla Sari' is meant"),
        (["--author", "Zzz"], "there is no author 'Zzz' in the archive"),
        (["--from", "kemarin"], "--from 'kemarin' is no date"),
        (["--from", "2020-"], "--from '2020-' is no date"),
        (["--until", ""], "--until '' is no date"),
        (["--from", "2020-01", "--until", "2019-12"], "--until 2019-12 is before --from 2020-01"),
    ],
)
def test_what_is_not_known_is_64(held: Desk, options: list[str], said: str) -> None:
    with pytest.raises(Stop, match=re.escape(said)) as stop, asked(held, "banjir", *options):
        pass
    assert stop.value.status is Status.USAGE
    assert not held.archive.db.conn.in_transaction


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["banjir", "--section", "lifestile"], "perhaps 'Lifestyle' is meant"),
        (["banjir", "--limit", "0"], "--limit is a number from 1"),
        (["banjir", "--sort", "size"], "--sort"),
        (['"banjir'], "a quotation mark is open"),
        (["-banjir"], "there is no option -banjir"),
        ([], "there is no word in it"),
    ],
)
def test_what_cannot_be_searched_for_is_told_in_one_line(
    held: Desk, words: list[str], said: str
) -> None:
    done = search(held, *words)
    assert (done.returncode, done.stdout) == (Status.USAGE, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_all_ids_can_be_had_in_order(held: Desk) -> None:
    db = held.archive.db
    wanted = sought(db, "banjir")
    assert sorted(found(db, wanted)) == [1, 2, 4, 5]
    among = Filters(sections=named(db, "section", ["daerah"]))
    assert list(found(db, wanted, among, order="date")) == [5, 2, 1]


def test_words_of_your_own(held: Desk, tmp_path: Path) -> None:
    own = tmp_path / "words.toml"
    own.write_text('synonyms = [["air pasang", "banjir"]]\noff = ["Medsos"]\n', "utf-8")
    lines = search(held, "air pasang", OWN_WORDS=own).stdout.splitlines()
    assert len(lines) == 4
    assert search(held, "media sosial", OWN_WORDS=own).returncode == Status.FOUND
    own.write_text("synonyms = [", "utf-8")
    done = search(held, "banjir", OWN_WORDS=own)
    assert (done.returncode, done.stdout) == (Status.MISCONFIGURED, "")
    assert (str(own) in done.stderr, done.stderr.count("\n")) == (True, 1)
    told = run(held.path, "doctor", "--offline", OWN_WORDS=own).stdout
    (line,) = [line for line in told.splitlines() if " words: " in line]
    assert line.startswith("mend")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("synonyms = 1", "synonyms is a list"),
        ('synonyms = ["medsos"]', "groups of words"),
        ('synonyms = [["medsos"]]', "two words or more"),
        ('synonyms = [["medsos", 1]]', "groups of words"),
        ('roots = ["…"]', "is no word"),
        ("off = [1]", "off is a list of words"),
        ('sinonim = [["a", "b"]]', "there is no 'sinonim'"),
        ("synonyms = [", "words.toml: "),
        (None, "No such file"),
    ],
)
def test_a_file_of_words_that_cannot_be_used_is_78(
    tmp_path: Path, text: str | None, said: str
) -> None:
    own = tmp_path / "words.toml"
    if text is not None:
        own.write_text(text, "utf-8")
    with pytest.raises(Stop, match=re.escape(said)) as stop:
        words(own)
    assert stop.value.status is Status.MISCONFIGURED


def test_a_minus_that_a_shell_took_for_an_option_is_explained(held: Desk, tmp_path: Path) -> None:
    for command in (["search"], ["export", "csv", "-o", tmp_path / "a.csv", "--search"]):
        done = run(held.path, *command, "sungai", "-kapuas")
        assert (done.returncode, done.stdout) == (Status.USAGE, "")
        assert done.stderr == (
            "borneone_crawler: there is no option -kapuas; to do without a word put all in "
            "quotes: 'sungai -kapuas'\n"
        )
    assert "-h shows" in run(held.path, "search", "sungai", "--kapuas").stderr


def test_without_the_stemmer_it_finds_the_words_themselves_and_says_so(held: Desk) -> None:
    hidden = (
        "import sys; sys.modules['Sastrawi'] = None; from scrapy.cmdline import execute; execute()"
    )
    command = [sys.executable, "-c", hidden, *argv(held.path, "search", "banjir")[3:]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 3
    assert ".venv/bin/pip install -c constraints.txt -e '.[search]'" in done.stderr
    assert done.stderr.count("\n") == 1
    assert subprocess.run([*command, "--exact"], cwd=ROOT, capture_output=True).stderr == b""
