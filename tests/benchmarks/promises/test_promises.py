"""That the benchmark of the promises measures, judges and prints what it says."""

import re
import sys
from collections import Counter
from pathlib import Path

import pytest
import scrapy

from tests.benchmarks.promises import __main__ as benchmark
from tests.benchmarks.promises import crawlers, recording
from tests.benchmarks.promises.arrangements import ARRANGEMENTS
from tests.benchmarks.promises.crawlers import Article, Ordinary, Ours, Result
from tests.benchmarks.promises.figures import PROMISES, Bound, Figure, Row, measured
from tests.benchmarks.promises.measures import is_right, is_whole, whole_ones
from tests.benchmarks.promises.table import everything, summary
from tests.small_site import SmallSite

WHOLE = (
    "Pontianak – Warga nomor 7 menanam pohon di tepi sungai.\n\n"
    "Kegiatan itu diikuti puluhan pelajar. [Lay]"
)


def test_both_bring_everything_where_nothing_is_wrong(tmp_path: Path) -> None:
    rows = measured(ARRANGEMENTS[0], Ours(tmp_path), Ordinary(tmp_path))
    for row in rows:
        assert row.ours == row.ordinary == row.figure.promised.value, row.figure.what


def test_the_ordinary_spider_has_the_settings_that_scrapy_gives_a_new_project() -> None:
    template = Path(scrapy.__file__).parent / "templates/project/module/settings.py.tmpl"
    given, used = (
        {name: value for name, value in _settings(text).items() if name.isupper()}
        for text in (
            template.read_text("utf-8").replace("$project_name", "newsroom"),
            (crawlers.ORDINARY / "newsroom/settings.py").read_text("utf-8"),
        )
    )
    assert used == given


def _settings(text: str) -> dict[str, object]:
    values: dict[str, object] = {}
    exec(text, values)
    return values


def test_every_promise_has_figures_of_which_some_stand_in_its_line() -> None:
    promises = [arrangement.promise for arrangement in ARRANGEMENTS]
    assert promises == sorted(promises)
    headlines = {
        arrangement.promise
        for arrangement in ARRANGEMENTS
        if any(figure.is_headline for figure in arrangement.figures)
    }
    assert headlines == set(PROMISES) == set(range(14))


@pytest.mark.parametrize(
    ("bound", "kept", "broken"),
    [
        (Bound("=", 40), [40], [39, 41]),
        (Bound("≤", 1), [0, 1], [2]),
        (Bound("≥", 0.29), [0.29, 3], [0.28]),
    ],
)
def test_a_bound_is_kept_up_to_its_value(
    bound: Bound, kept: list[float], broken: list[float]
) -> None:
    assert all(map(bound.holds, kept))
    assert not any(map(bound.holds, broken))


ROWS = [
    Row(2, Figure("gap in s", Bound("≥", 0.29), is_headline=True), 0.301, 0.154),
    Row(2, Figure("gap elsewhere", Bound("≥", 0.49)), 0.5, 0.02),
    Row(5, Figure("MB", Bound("≤", 400), is_headline=True), 286.4, 1871.2),
    Row(7, Figure("requests", Bound("≤", 20), is_headline=True, stopped_at=2000), 10, 2003),
    Row(7, Figure("articles", Bound("=", 3), is_headline=True), 2, 3),
]


def test_the_short_table_has_a_line_a_promise() -> None:
    assert summary(ROWS).splitlines()[2:] == [
        "| 2 | Pace | gap in s | ≥ 0.29 | 0.30 | 0.15 |",
        "| 5 | Bounded | MB | ≤ 400 | 286 | 1,871 |",
        "| 7 | Traps end | requests · articles | ≤ 20 · 3 | 10 · 2 ✗ | ≥ 2,000, stopped · 3 |",
    ]


def test_the_long_table_has_a_line_a_figure() -> None:
    lines = everything(ROWS).splitlines()
    assert len(lines) == 2 + len(ROWS)
    assert len({line.count("|") for line in lines}) == 1
    assert lines[3] == "| 2 | Pace | gap elsewhere | ≥ 0.49 | 0.50 | 0.02 |"


def test_what_is_recorded_is_all_that_is_measured_and_was_kept() -> None:
    page = recording.README.read_text("utf-8")
    figures = page.partition(recording.BEGIN)[2].partition(recording.END)[0]
    long_table = figures.split("\n\n")[-1]
    measures = [line.split(" | ")[2] for line in long_table.strip().splitlines()[2:]]
    assert Counter(measures) == Counter(
        figure.what for arrangement in ARRANGEMENTS for figure in arrangement.figures
    )
    assert "✗" not in figures
    explained = [int(number) for number in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)]
    assert set(explained) == set(PROMISES)


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_promise_that_is_not_kept_ends_it_with_1_and_is_not_recorded(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    is_kept: bool,
) -> None:
    page = f"before {recording.BEGIN}\nold\n{recording.END} after"
    readme = tmp_path / "README.md"
    readme.write_text(page, "utf-8")
    monkeypatch.setattr(benchmark, "README", readme)
    monkeypatch.setattr(benchmark, "_rows", lambda _: ROWS[:-1] if is_kept else ROWS)
    monkeypatch.setattr(sys, "argv", ["promises", "--record"])
    assert benchmark.main() == (0 if is_kept else 1)
    said = capsys.readouterr()
    assert ("Promise 7 is not kept: articles" in said.err) is not is_kept
    written = readme.read_text("utf-8")
    if is_kept:
        assert written == f"before {recording.BEGIN}\n{said.out}{recording.END} after"
    else:
        assert written == page


@pytest.mark.parametrize("page", ["", recording.BEGIN, f"{recording.END}{recording.BEGIN}"])
def test_figures_without_a_place_are_refused(page: str) -> None:
    with pytest.raises(ValueError, match="no place"):
        recording.recorded(page, "figures")


@pytest.mark.parametrize(
    ("text", "headline", "expected"),
    [
        (WHOLE, "Berita nomor 7", True),
        (WHOLE[:-3], "Berita nomor 7", False),
        (WHOLE.replace("nomor 7", "nomor 70"), "Berita nomor 7", False),
        (WHOLE, "Berita nomor 8", False),
    ],
)
def test_an_article_is_whole_with_all_that_it_says(
    text: str, headline: str, expected: bool
) -> None:
    assert is_whole(Article("/berita-7/", headline, text, None), 7) is expected


def test_an_article_that_is_stored_twice_is_one_whole_one() -> None:
    article = Article("http://127.0.0.1/berita-7/", "Berita nomor 7", WHOLE, None)
    result = Result(0, "finished", [article, article], 0, str)
    with SmallSite() as site:
        site.numbers = [7, 8]
        assert whole_ones(site, result) == 1


@pytest.mark.parametrize(
    ("date", "right", "expected"),
    [
        ("2019-10-14T03:15:00+00:00", "2019-10-14T10:15:00+07:00", True),
        ("2019-10-14T10:15:00+00:00", "2019-10-14T10:15:00+07:00", False),
        ("2019-10-14T10:15:00", "2019-10-14T10:15:00+07:00", False),
        ("kemarin", "2019-10-14T10:15:00+07:00", False),
        (None, "2019-10-14T10:15:00+07:00", False),
        ("2199-01-01T00:00:00+07:00", None, False),
        (None, None, True),
    ],
)
def test_a_date_is_right_at_the_same_moment(
    date: str | None, right: str | None, expected: bool
) -> None:
    assert is_right(date, right) is expected
