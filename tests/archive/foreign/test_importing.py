"""Captures made by others become articles with a dated history, once, and marked as theirs."""

import subprocess
import sys
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from borneone_crawler.archive.foreign.importing import Importer
from borneone_crawler.statuses import Stop
from tests.archive.foreign.conftest import SITE, Newsroom, article, paragraphs
from tests.foreign_warc import ForeignWarc

URL = f"{SITE}/berita-1/"
OPENING = "Pontianak, BorneOneTV &#8211; Warga menanam pohon."


def state(text: str) -> str:
    """A state of the article at URL, whose last paragraph is this text."""
    return article(1, paragraphs(OPENING, text))


def made(path: Path, *pages: tuple[str, str, str]) -> Path:
    """A WARC file of (address, page, day) triples."""
    with ForeignWarc(path) as warc:
        for url, page, day in pages:
            warc.response(url, page, f"{day}T03:15:00Z", coding="gzip", chunks=True)
    return path


def test_captures_become_an_article_and_its_dated_states(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    file = made(
        tmp_path / "ia.warc.gz",
        ("http://www.borneonetv.com/berita-1", state("Dua."), "2020-02-02"),
        (URL, state("Satu."), "2019-10-20"),
        (f"{URL}?fbclid=1", state("Dua."), "2021-03-03"),
        (URL, state("Tiga."), "2022-04-04"),
    )
    tally = newsroom.take(file)
    assert dict(tally.articles) == {"new": 1, "revised": 2, "unchanged": 1}
    assert newsroom.history(URL) == [
        ("2019-10-20", "Satu."), ("2020-02-02", "Dua."), ("2022-04-04", "Tiga."),
    ]  # fmt: skip
    assert newsroom.shows(URL) == ("2022-04-04", "Tiga.")
    assert newsroom.rows("SELECT first_seen_at, last_seen_at, gone_at FROM articles") == [
        ("2019-10-20T03:15:00.000+00:00", "2022-04-04T03:15:00.000+00:00", None)
    ]
    (origin,) = newsroom.rows("SELECT DISTINCT origin FROM captures")[0]
    assert origin.startswith("ia.warc.gz (sha256 ")
    assert newsroom.rows("SELECT kind, at > '2024', seen_at FROM ledger ORDER BY n") == [
        ("new", 1, "2019-10-20T03:15:00.000+00:00"),
        ("revision", 1, "2020-02-02T03:15:00.000+00:00"),
        ("revision", 1, "2022-04-04T03:15:00.000+00:00"),
    ]


def test_the_live_page_is_still_asked_for_and_every_spelling_finds_the_article(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    met = "http://www.borneonetv.com/berita-1?utm_source=wa"
    newsroom.take(made(tmp_path / "ia.warc.gz", (met, state("Satu."), "2019-10-20")))
    assert newsroom.rows("SELECT state, kind, role, article_id FROM urls WHERE url = ?", URL) == [
        ("pending", "article", "canonical", 1)
    ]
    assert [due.url for due in newsroom.archive.claim(10)] == [URL]
    assert newsroom.rows("SELECT url FROM addresses WHERE address = ?", met) == [(URL,)]


def test_a_live_page_after_an_import_is_the_next_state(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.take(made(tmp_path / "ia.warc.gz", (URL, state("Satu."), "2019-10-20")))
    newsroom.next_run("crawl")
    newsroom.live(URL, state("Dua."), "2024-01-01T05:00:00+00:00")
    assert newsroom.history(URL) == [("2019-10-20", "Satu."), ("2024-01-01", "Dua.")]
    assert newsroom.shows(URL) == ("2024-01-01", "Dua.")


def test_the_same_files_again_change_nothing(newsroom: Newsroom, tmp_path: Path) -> None:
    pages = [(URL, state(text), day) for text, day in (("A.", "2019-10-20"), ("B.", "2020-01-01"))]
    file = made(tmp_path / "ia.warc.gz", *pages)
    newsroom.take(file)
    before = list(newsroom.archive.db.conn.iterdump())
    files = sorted((path.name, path.stat().st_size) for path in (tmp_path / "warc").iterdir())
    tally = newsroom.take(file, file)
    assert [(one.copied, one.held) for one in tally.files] == [(0, 2), (0, 2)]
    assert tally.read == 0
    assert list(newsroom.archive.db.conn.iterdump()) == before
    after = sorted((path.name, path.stat().st_size) for path in (tmp_path / "warc").iterdir())
    assert after == files


@pytest.mark.parametrize("how", ["at once", "one by one", "backwards"])
def test_a_history_with_a_return_is_whole_in_whatever_order_it_comes_in(
    newsroom: Newsroom, tmp_path: Path, how: str
) -> None:
    days = ["2019-10-20", "2020-01-01", "2020-06-01", "2021-01-01", "2022-01-01"]
    pages = [(URL, state(text), day) for text, day in zip("AABBA", days, strict=True)]
    files = [made(tmp_path / f"{n}.warc.gz", page) for n, page in enumerate(pages)]
    newsroom.live(URL, state("A"), "2023-01-01T00:00:00+00:00")
    if how == "at once":
        newsroom.take(*files)
    for file in files if how == "one by one" else reversed(files):
        newsroom.take(file)
    seen = newsroom.history(URL)
    assert [text for _, text in seen] == ["A", "B", "A"]
    # The last state is dated when it was read first, even if it is known now to be older.
    assert [day for day, _ in seen][2] in ("2022-01-01", "2023-01-01")
    assert days[0] <= seen[0][0] <= days[1]
    assert days[2] <= seen[1][0] <= days[3]
    assert newsroom.shows(URL)[1] == "A"
    assert newsroom.one("SELECT first_seen_at FROM articles").startswith(days[0])


def test_an_edit_between_two_live_sightings_makes_the_second_a_state_again(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    newsroom.live(URL, state("A"), "2022-01-01T00:00:00+00:00")
    newsroom.next_run("crawl")
    newsroom.live(URL, state("A"), "2023-01-01T00:00:00+00:00")
    newsroom.next_run()
    tally = newsroom.take(made(tmp_path / "ia.warc.gz", (URL, state("B"), "2022-06-01")))
    assert tally.articles["revised"] == 2
    expected = [("2022-01-01", "A"), ("2022-06-01", "B"), ("2023-01-01", "A")]
    assert newsroom.history(URL) == expected
    assert newsroom.shows(URL) == ("2023-01-01", "A")


def test_an_older_post_at_the_same_address_keeps_off_the_one_of_today(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    old = article(2, paragraphs(OPENING, "Yang lama."))
    newsroom.live(URL, state("Yang baru."), "2023-01-01T00:00:00+00:00")
    for name, day in (("a", "2019-10-20"), ("b", "2019-11-20")):
        newsroom.take(made(tmp_path / f"{name}.warc.gz", (URL, old, day)))
    assert newsroom.shows(URL)[1] == "Yang baru."
    assert newsroom.history(f"{SITE}/?p=2") == [("2019-10-20", "Yang lama.")]
    assert newsroom.rows("SELECT url, article_id FROM urls WHERE url = ?", URL) == [(URL, 1)]
    assert newsroom.rows("SELECT DISTINCT url FROM addresses WHERE address = ?", f"{SITE}/?p=2") \
        == [(f"{SITE}/?p=2",)]  # fmt: skip


def test_two_posts_that_had_one_address_one_after_the_other_are_two_articles(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    old = article(2, paragraphs(OPENING, "Yang lama."))
    newsroom.take(
        made(
            tmp_path / "a.warc.gz",
            (URL, state("Yang baru."), "2021-01-01"), (URL, old, "2019-10-20"),
        )
    )  # fmt: skip
    assert newsroom.shows(URL)[1] == "Yang baru."
    assert newsroom.shows(f"{SITE}/?p=2")[1] == "Yang lama."
    article_id = newsroom.one("SELECT id FROM articles WHERE url = ?", URL)
    assert newsroom.one("SELECT article_id FROM urls WHERE url = ?", URL) == article_id


def test_records_are_kept_as_they_were(newsroom: Newsroom, tmp_path: Path) -> None:
    file = made(tmp_path / "ia.warc.gz", (URL, state("Satu."), "2019-10-20"))
    newsroom.take(file)
    (ours,) = (tmp_path / "warc").iterdir()
    pairs = []
    for path in (file, ours):
        with path.open("rb") as stream:
            pairs.append(
                [
                    (record.rec_headers.headers, record.http_headers.headers,
                     record.raw_stream.read())
                    for record in ArchiveIterator(stream) if record.rec_type == "response"
                ]
            )  # fmt: skip
    assert pairs[0] == pairs[1]
    newsroom.archive.captures.sync()
    warcio = Path(sys.executable).with_name("warcio")
    check = subprocess.run([warcio, "check", "-v", ours], capture_output=True, text=True)
    assert (check.returncode, "failed" in check.stdout) == (0, False)
    with ours.open("rb") as stream:
        about = [
            record.raw_stream.read().decode()
            for record in ArchiveIterator(stream)
            if record.rec_type == "warcinfo"
        ]
    assert ["imported-from: ia.warc.gz" in text for text in about] == [True, False]
    assert "software: Heritrix/3.4" in about[1]


def test_a_crawl_does_not_go_on_with_a_file_of_copies(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.take(made(tmp_path / "ia.warc.gz", (URL, state("Satu."), "2019-10-20")))
    newsroom.next_run("crawl")
    newsroom.live(f"{SITE}/berita-2/", article(2), "2024-01-01T05:00:00+00:00")
    files = newsroom.rows("SELECT origin IS NULL, warc_file FROM captures ORDER BY id")
    assert [ours for ours, _ in files] == [0, 1]
    assert files[0][1] != files[1][1]


def parts(*days: str, of: int = 2) -> list[tuple[str, str, str]]:
    """Page 1 of URL and its further pages; a page without a day is left out."""
    pages = []
    for number, day in enumerate(days, start=1):
        links = "".join(
            f'<a class="post-page-numbers" href="{URL}{n}/">{n}</a>' for n in range(2, of + 1)
        )
        page = article(1, paragraphs(OPENING, f"Halaman {number}."))
        page = page.replace("</div>", f'</div><div class="page-links">{links}</div>', 1)
        if number > 1:
            page = page.replace("single-post", f"single-post paged-{number} single-paged-{number}")
        if day:
            pages.append((URL if number == 1 else f"{URL}{number}/", page, day))
    return pages


def test_an_article_of_several_pages_is_put_together(newsroom: Newsroom, tmp_path: Path) -> None:
    file = made(tmp_path / "a.warc.gz", *parts("2019-10-20", "2019-10-20"))
    tally = newsroom.take(file)
    assert dict(tally.articles) == {"new": 1}
    assert tally.left_out == {}
    assert [one.count for one in tally.notes.values()] == [1]
    assert newsroom.one("SELECT article_body FROM articles").endswith(
        "Halaman 1.\n\nPontianak, BorneOneTV – Warga menanam pohon.\n\nHalaman 2."
    )
    assert newsroom.rows("SELECT part_number, capture_id FROM reading_captures") == [
        (1, 1), (2, 2),
    ]  # fmt: skip
    assert newsroom.rows(
        "SELECT kind, role, part_of, part_number, article_id FROM urls WHERE url = ?", f"{URL}2/"
    ) == [("part", "part", 1, 2, 1)]
    assert [due.url for due in newsroom.archive.claim(10)] == [URL]


def test_an_article_without_one_of_its_pages_waits_and_is_never_stored_short(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    first, second, third = parts("2019-10-20", "2019-10-20", "2019-10-25", of=3)
    tally = newsroom.take(made(tmp_path / "a.warc.gz", first, third))
    assert newsroom.one("SELECT count(*) FROM articles") == 0
    assert {reason: one.samples for reason, one in tally.left_out.items()} == {
        "its page 2 is not among the captures": [URL],
        "a further page of an article, not needed": [f"{URL}3/"],
    }
    newsroom.next_run()
    tally = newsroom.take(made(tmp_path / "b.warc.gz", second))
    assert dict(tally.articles) == {"new": 1}
    assert newsroom.one("SELECT article_body FROM articles").endswith("Halaman 3.")
    assert tally.notes["pages of one article captured more than a day apart"].samples == [URL]


def test_a_revisit_is_a_sighting_of_what_it_repeats(newsroom: Newsroom, tmp_path: Path) -> None:
    page, again = state("Satu."), "2021-05-05T00:00:00Z"
    with ForeignWarc(tmp_path / "later.warc.gz") as warc:
        warc.revisit(URL, page, again, of=URL, at="2019-10-20T03:15:00Z", with_http=False)
        warc.revisit(f"{SITE}/berita-9/", "?", again, of=f"{SITE}/berita-9/", at=again)
    later = newsroom.take(warc.path)
    assert later.left_out["repeats a page that is not among the captures"].count == 2
    with ForeignWarc(tmp_path / "first.warc.gz") as warc:
        record_id = warc.response(URL, page, "2019-10-20T03:15:00Z")
        warc.revisit(URL, page, "2020-01-01T00:00:00Z", of=URL, at="x", refers_to=record_id)
    tally = newsroom.take(warc.path)
    assert dict(tally.articles) == {"new": 1, "unchanged": 2}
    assert newsroom.history(URL) == [("2019-10-20", "Satu.")]
    assert newsroom.one("SELECT last_seen_at FROM articles").startswith("2021-05-05")
    assert newsroom.rows("SELECT warc_type, refers_to, waiting FROM captures ORDER BY id") == [
        ("revisit", 3, 0), ("revisit", None, 1), ("response", None, 0), ("revisit", 3, 0),
    ]  # fmt: skip


def test_pages_that_are_no_articles_are_kept_and_counted(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    site = '<html><head><title>x</title></head><body class="{}"><main>{}</main></body></html>'
    tally = newsroom.take(
        made(
            tmp_path / "a.warc.gz",
            (f"{SITE}/redaksi/", site.format("page", "<h1>Redaksi</h1>"), "2019-10-20"),
            (f"{SITE}/hilang/", site.format("error404", ""), "2019-10-20"),
            (URL, state("Satu."), "2019-10-20"),
            (URL, state("").replace(OPENING, ""), "2019-12-20"),
        )
    )
    assert dict(tally.articles) == {"new": 1}
    assert {reason: one.count for reason, one in tally.left_out.items()}.keys() == {
        "not an article: static page", "not an article: not found page",
        "not an article: empty body",
    }  # fmt: skip
    assert newsroom.one("SELECT count(*) FROM captures WHERE waiting = 0") == 4
    assert newsroom.rows("SELECT state, article_id FROM urls WHERE url = ?", f"{SITE}/redaksi/") \
        == [("pending", None)]  # fmt: skip


def test_what_was_taken_down_does_not_come_back(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.take(made(tmp_path / "a.warc.gz", (URL, state("Satu."), "2019-10-20")))
    with newsroom.archive.db.atomic():
        newsroom.archive.db.execute(
            "INSERT INTO takedowns (article_id, url, at, reason, digests) "
            "VALUES (1, ?, '2024', 'diminta', '[]')",
            [URL],
        )
    later = made(tmp_path / "b.warc.gz", (URL, state("Dua."), "2020-10-20"))
    tally = newsroom.take(tmp_path / "a.warc.gz", later)
    assert tally.left_out["taken down here"].count == 2
    assert [(one.copied, one.held) for one in tally.files] == [(0, 0), (0, 0)]
    assert newsroom.one("SELECT count(*) FROM revisions") == 1
    assert newsroom.one("SELECT count(*) FROM captures") == 1


def test_a_page_that_brings_the_reader_down_keeps_no_other_out(
    newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = made(
        tmp_path / "a.warc.gz",
        (URL, state("Satu."), "2019-10-20"), (f"{SITE}/berita-2/", article(2), "2019-10-21"),
    )  # fmt: skip
    reader = type(newsroom.archive.reader)
    read = reader.read

    def falls_over(self: object, pages: list[object]) -> object:
        if pages[0].url == URL:  # type: ignore[attr-defined]
            raise RecursionError("deep")
        return read(self, pages)  # type: ignore[arg-type]

    monkeypatch.setattr(reader, "read", falls_over)
    tally = newsroom.take(file)
    assert dict(tally.articles) == {"new": 1}
    assert list(tally.left_out) == ["a fault of this program: RecursionError: deep"]
    monkeypatch.undo()
    newsroom.next_run()
    assert dict(newsroom.take(file).articles) == {"new": 1}


def test_an_import_that_is_broken_off_anywhere_is_gone_on_with(
    newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = made(
        tmp_path / "a.warc.gz",
        *((f"{SITE}/berita-{n}/", article(n), f"2019-10-{n + 10}") for n in range(1, 5)),
    )

    def stopped(*_: object, **__: object) -> None:
        raise Stop(74, "stopped here")  # type: ignore[arg-type]

    # After a record was written and before its row is; then while copies are read.
    keep = newsroom.archive.capture_rows.keep
    monkeypatch.setattr(
        newsroom.archive.capture_rows,
        "keep",
        lambda *given, **named: (
            keep(*given, **named)
            if newsroom.one("SELECT count(*) FROM captures") < 2
            else stopped()
        ),
    )
    with pytest.raises(Stop):
        newsroom.take(file)
    newsroom.next_run("crawl")
    # The orphan is taken in for what it is: a copy, which no crawl takes for today's page.
    assert (
        newsroom.rows("SELECT origin IS NULL, waiting, url_id FROM captures") == [(0, 1, None)] * 3
    )
    assert newsroom.archive.claim(10) == []
    newsroom.next_run()
    read = Importer._read
    monkeypatch.setattr(
        Importer,
        "_read",
        lambda self, capture: read(self, capture) if self._tally.read < 2 else stopped(),
    )
    with pytest.raises(Stop):
        newsroom.take(file)
    monkeypatch.undo()
    assert newsroom.one("SELECT count(*) FROM articles") == 2
    newsroom.next_run()
    tally = newsroom.take(file)
    assert [(one.copied, one.held) for one in tally.files] == [(0, 4)]
    assert dict(tally.articles) == {"new": 2}
    assert newsroom.one("SELECT count(*) FROM articles") == 4
    assert newsroom.one("SELECT count(*) FROM captures WHERE waiting = 1") == 0
    assert newsroom.one("SELECT count(*) FROM captures") == 4
