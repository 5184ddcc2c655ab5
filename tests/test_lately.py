"""`scrapy history --since`: what happened in a newsroom, day by day, by the real command."""

import json
from pathlib import Path

import pytest

from borneone_crawler.statuses import Status
from tests.commanding import TREES, run, with_rule
from tests.crawling import Crawl
from tests.small_site import Answer, SmallSite

NOW = "2026-11-10T08:00:00Z"
DIFF = "Pontianak, BorneOneTV – Warga nomor 2 [-menanam-] {+mennanam+} pohon di tepi sungai."


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    """Ten days: a new article, a correction, a typo, a deletion, a redirect, one that is back, and
    captures read again by another reader."""
    with SmallSite() as site:
        crawl = Crawl(tmp_path_factory.mktemp("lived"), site.origin)

        def look(now: str, *numbers: int) -> None:
            for number in numbers or (0,):
                only = ("-a", f"url={site.origin}/berita-{number}/") if number else ()
                assert crawl.run(*only, NOW=f"2026-11-{now}:00:00Z", REVISITS=0) == 0

        site.numbers = [1, 2]
        look("01T20")  # in Pontianak it is three in the morning of the 2nd
        site.numbers.append(3)
        look("03T08")
        corrected = (
            site.article(1)
            .replace("</p></div>", "</p><p>Ralat: pohon itu 20.</p></div>")
            .replace('title">Berita nomor 1<', 'title">Berita nomor satu<')
        )
        site.answers["/berita-1/"] = Answer(corrected)
        misspelled = site.article(2).replace("menanam", "mennanam")
        site.answers["/berita-2/"] = Answer(misspelled)
        look("04T08", 1)
        look("04T09", 2)
        site.answers["/berita-3/"] = Answer(status=404)
        for now in ("05T08", "05T15", "06T16", "08T17"):
            look(now, 3)
        site.answers["/berita-2/"] = Answer(status=301, headers={"Location": "/berita-1/"})
        look("09T08", 2)
        del site.answers["/berita-3/"]
        look("09T09", 3)
    program = with_rule(tmp_path_factory.mktemp("program") / "copy", TREES)
    assert run(crawl, "reparse", "--all", cwd=program, NOW="2026-11-09T10:00:00Z").returncode == 0
    return crawl


def test_a_week_is_told_day_by_day(lived: Crawl) -> None:
    done = run(lived, "history", "--since", "2026-11-01", NOW=NOW)
    assert (done.returncode, done.stderr) == (0, "")
    site = lived.origin
    assert done.stdout.splitlines() == [
        "2026-11-02",
        "  2 new articles",
        "",
        "2026-11-03",
        "  1 new article",
        "",
        "2026-11-04",
        "  15:00  edited (correction, substance, headline): Berita nomor satu",
        f"         {site}/berita-1/",
        "         headline: Berita nomor 1 → Berita nomor satu",
        "         article_body: … 1 menanam pohon di tepi sungai. {+¶ Ralat: pohon itu 20.+}",
        "  16:00  edited (typo): Berita nomor 2",
        f"         {site}/berita-2/",
        f"         article_body: {DIFF}",
        "",
        "2026-11-09",
        "  00:00  gone: Berita nomor 3",
        f"         {site}/berita-3/",
        "  15:00  leads elsewhere: Berita nomor 2",
        f"         {site}/berita-2/ → {site}/berita-1/",
        "  16:00  there again: Berita nomor 3",
        f"         {site}/berita-3/",
    ]


def test_days_back_begin_when_that_day_began(lived: Crawl) -> None:
    text = run(lived, "history", "--since", "2d", NOW=NOW).stdout
    assert text.startswith("2026-11-09\n  00:00  gone")
    assert "edited" not in text
    assert "2026-11-03" in run(lived, "history", "--since", "7d", NOW=NOW).stdout


def test_that_nothing_was_seen_is_no_proof_that_nothing_happened(lived: Crawl) -> None:
    said = run(lived, "history", "--since", "0d", NOW=NOW).stdout
    assert said.startswith("nothing was seen; the last good crawl ended 2026-11-")


def test_as_json_it_has_the_words_of_each_edit(lived: Crawl) -> None:
    said = json.loads(run(lived, "history", "--since", "7d", "--json", NOW=NOW).stdout)
    assert said["since"] == "2026-11-02T17:00:00.000+00:00"
    assert [(day["day"], day["new"]) for day in said["days"]] == [
        ("2026-11-03", 1), ("2026-11-04", 0), ("2026-11-09", 0),
    ]  # fmt: skip
    first, second = said["days"][1]["edits"]
    assert first["kinds"] == ["correction", "substance", "headline"]
    assert first["at"].startswith("2026-11-04T08:00:0")
    assert second["origin"] is None
    ((change,),) = [second["changes"]]
    assert ["-", "menanam"] in change["diff"]
    assert [event["kind"] for event in said["days"][2]["events"]] == ["gone", "redirected", "back"]
    assert said["days"][2]["events"][1]["detail"] == f"{lived.origin}/berita-1/"


def test_what_another_reader_found_is_no_edit(lived: Crawl) -> None:
    assert lived.one("SELECT count(*) FROM ledger WHERE kind = 'reading'") > 0
    assert lived.rows("SELECT kinds FROM edits ORDER BY article_id") == [
        ("correction, substance, headline",), ("typo",),
    ]  # fmt: skip


def test_a_time_that_cannot_be_read_is_64(lived: Crawl) -> None:
    for argv in (["--since", "lately"], ["--since", "7w"], ["1", "--since", "7d"], ["--since="]):
        done = run(lived, "history", *argv)
        assert done.returncode == Status.USAGE, argv
        assert done.stderr.count("\n") == 1
        assert done.stdout == ""


def test_imported_states_are_told_on_the_day_they_were_seen(lived: Crawl, tmp_path: Path) -> None:
    fresh = Crawl(tmp_path, lived.origin)
    files = [str(path) for path in lived.warc_files()]
    assert run(fresh, "import-warc", *files, BASE_URL=lived.origin, NOW=NOW).returncode == 0
    said = json.loads(run(fresh, "history", "--since", "2026-11-01", "--json", NOW=NOW).stdout)
    assert [(day["day"], day["new"]) for day in said["days"]][:2] == [
        ("2026-11-02", 2), ("2026-11-03", 1),
    ]  # fmt: skip
    first, second = said["days"][2]["edits"]
    assert (first["kinds"], second["kinds"]) == (
        ["correction", "substance", "headline"], ["typo"],
    )  # fmt: skip
    names = tuple(path.name for path in lived.warc_files())
    assert first["origin"].startswith(names)
    assert second["origin"].startswith(names)
    assert "known from borneone" in run(fresh, "history", "--since", "7d", NOW=NOW).stdout
