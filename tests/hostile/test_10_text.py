"""Promise 10: text is exact and inert, kept as it was published and harmless where it is shown."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import typed
from tests.crawling import Crawl
from tests.hostile import evil as evil_site
from tests.hostile.evil import SPEAKING
from tests.hostile.states import state_of
from tests.small_site import Answer, SmallSite


def test_text_is_kept_as_published_and_its_html_is_inert(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/berita-1/"] = Answer(
        site.article(
            1,
            body="<p>'); DROP TABLE articles; -- &lt;script&gt;alert(1)&lt;/script&gt; "
            "\x08\u202e</p>"
            '<p onclick="x()">Warga <b>menanam</b> <a href="javascript:alert(1)">pohon</a>.'
            '<script>alert(1)</script><img src=x onerror="alert(1)"></p>',
        )
    )
    assert crawl.run() == 0
    ((text, html),) = crawl.rows(
        "SELECT article_body, article_body_html FROM articles WHERE url LIKE '%berita-1/'"
    )
    assert text.startswith("'); DROP TABLE articles; -- <script>alert(1)</script>")
    assert "Warga menanam pohon." in text
    for word in ("onclick", "onerror", "javascript:", "<script"):
        assert word not in html
    assert crawl.one("SELECT count(*) FROM articles") == 3


def test_bytes_that_are_no_text_break_nothing(site: SmallSite, crawl: Crawl) -> None:
    site.numbers.append(4)
    site.answers["/berita-1/"] = Answer(bytes(range(256)) * 40)
    site.answers["/berita-2/"] = Answer(b"")
    site.answers["/berita-3/"] = Answer("<div>" * 50_000)
    assert crawl.run() == 0
    assert crawl.one("SELECT count(*) FROM articles") == 1
    assert all(state_of(crawl, number)[0] == "skipped" for number in (1, 2, 3))


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    with SmallSite() as site:
        crawl = Crawl(tmp_path_factory.mktemp("evil") / "archive", site.origin)
        evil_site.serve(site)
        assert crawl.run(CAPTURE_IMAGES="all") == 0, crawl.stderr
        yield crawl


def test_all_of_it_is_stored_and_nothing_beside_the_archive(evil: Crawl) -> None:
    assert evil.one("SELECT count(*) FROM articles") == 5
    body = evil.one("SELECT article_body FROM articles WHERE url LIKE '%/berita-1/'")
    assert "<script>alert(1)</script>'); DROP TABLE articles; --" in body
    assert evil.one("SELECT max(length(article_body)) FROM articles") > 5_000_000
    assert [path.name for path in evil.archive.parent.parent.iterdir()] == ["archive"]
    assert {path.name for path in evil.archive.parent.iterdir() if path.is_dir()} == {
        "warc",
        "logs",
    }
    # What is too long to be asked for is not dropped in silence.
    assert evil.one("SELECT sum(links) FROM never_asked WHERE rule = 'too long'") >= 1


URL = "/berita-1/"
SHOWN = [
    ["show", URL], ["history", URL], ["history", "--since", "9d"], ["cite", URL], ["coverage"],
    ["search", "DROP"], ["search", "DROP", "--json"], ["show", URL, "--json"], ["runs"],
    ["explain", URL], ["export", "csv"], ["export", "jsonl"], ["rules"], ["cite", URL, "--json"],
]  # fmt: skip


@pytest.mark.parametrize("argv", SHOWN, ids=" ".join)
def test_no_command_passes_on_what_speaks_to_a_terminal(evil: Crawl, argv: list[str]) -> None:
    done = typed.run(evil.archive, *argv)
    assert done.returncode in (0, 1), done.stderr
    said = done.stdout + done.stderr
    assert SPEAKING.search(said.replace("\r\n", "\n")) is None
    assert "Traceback" not in said


def test_pages_show_it_escaped(evil: Crawl, tmp_path: Path) -> None:
    for argv in (["report", "a.html"], ["explain", URL, "--html", "b.html"]):
        argv[-1] = str(tmp_path / argv[-1])
        assert typed.run(evil.archive, *argv).returncode == 0
        page = Path(argv[-1]).read_text("utf-8")
        assert "alert(1)" in page, argv
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert SPEAKING.search(page) is None


def test_exports_are_harmless_and_stay_in_their_folder(evil: Crawl, tmp_path: Path) -> None:
    assert typed.run(evil.archive, "export", "text", "-o", str(tmp_path / "t")).returncode == 0
    assert typed.run(evil.archive, "export", "bag", "-o", str(tmp_path / "b")).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "t"]
    names = [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")]
    assert all(re.fullmatch(r"[\w./-]+", name, re.ASCII) for name in names)
    table = typed.run(evil.archive, "export", "csv").stdout
    assert not re.search(r'(?:^|,)"?[=+@-]\D', table, re.MULTILINE)
