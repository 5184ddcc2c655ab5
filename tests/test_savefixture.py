"""`scrapy savefixture`: what was captured of an article becomes a case that the tests read."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from borneone_crawler import reading
from borneone_crawler.site import BORNEONETV
from tests.crawling import ROOT
from tests.foreign_warc import ForeignWarc
from tests.test_reading import URLS, expected, pages_of

CASES = ("seed-article", "three-pages")
SEED_DUMP = ROOT / "fixtures" / "text_dump" / "seed_article" / "input.txt"


class Saving:
    """An archive with two articles out of a WARC file, and a project folder to save into."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        warc = folder / "two.warc.gz"
        with ForeignWarc(warc) as file:
            for name in CASES:
                case = ROOT / "fixtures" / "article_page" / name
                files = {one["url"]: one["file"] for one in said(case).get("parts", [])}
                for page in pages_of(case):
                    body = (case / files.get(page.url, "input.html")).read_bytes()
                    file.response(page.url, body, "2024-06-03T02:00:00Z")
        assert self.scrapy("import-warc", warc).returncode == 0

    def scrapy(self, *argv: str | Path) -> subprocess.CompletedProcess[str]:
        settings = ["-s", f"ARCHIVE_DB={self.folder}/borneone.db"]
        if argv[0] == "savefixture":
            settings += ["-s", f"PROJECT_DIR={self.folder}"]
        return subprocess.run(
            [sys.executable, "-m", "scrapy", *map(str, argv), *settings],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def case(self, name: str) -> Path:
        return self.folder / "fixtures" / "captured_page" / name


def said(case: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((case / "input.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def saving(tmp_path_factory: pytest.TempPathFactory) -> Saving:
    return Saving(tmp_path_factory.mktemp("saving"))


@pytest.mark.parametrize("name", CASES)
def test_a_case_has_the_bytes_of_its_pages_and_is_read_by_the_tests(
    saving: Saving, name: str
) -> None:
    made_from = ROOT / "fixtures" / "article_page" / name
    done = saving.scrapy("savefixture", said(made_from)["url"], "--name", name)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"fixtures/captured_page/{name}/: ")
    case = saving.case(name)
    for file in made_from.glob("*.html"):
        assert (case / file.name).read_bytes() == file.read_bytes()
    assert {file.name for file in case.iterdir()} == {file.name for file in made_from.iterdir()}
    assert expected(case) == expected(made_from)
    article = asdict(reading.read(pages_of(case), URLS, BORNEONETV).article)
    assert {key: article[key] for key in expected(case)} == expected(case)
    assert said(case)["why"]


def test_nothing_is_overwritten_and_the_name_comes_from_the_address(saving: Saving) -> None:
    assert saving.scrapy("savefixture", "1").returncode == 0
    (folder,) = saving.case("").glob("[mw]*-*-*")
    (folder / "output.json").write_text("{}", encoding="utf-8")
    done = saving.scrapy("savefixture", "1")
    assert (done.returncode, "is there already" in done.stderr) == (64, True)
    assert (folder / "output.json").read_text("utf-8") == "{}"
    assert not [one for one in folder.parent.iterdir() if one.name.startswith(".")]


@pytest.mark.parametrize("name", ["../x", "", "A", "-a", "a/b"])
def test_a_name_leads_nowhere_else(saving: Saving, name: str) -> None:
    done = saving.scrapy("savefixture", "1", f"--name={name}")
    assert (done.returncode, "a name is of" in done.stderr) == (64, True)


def test_what_is_not_captured_or_was_taken_down_is_not_saved(tmp_path: Path) -> None:
    saving = Saving(tmp_path)
    url = "https://borneonetv.com/hanya-teks/"
    assert saving.scrapy("import-text", SEED_DUMP, "--url", url).returncode == 0
    done = saving.scrapy("savefixture", url)
    assert (done.returncode, "no page is captured" in done.stderr) == (66, True)
    assert saving.scrapy("takedown", "1", "--reason", "alasan").returncode == 0
    done = saving.scrapy("savefixture", "1")
    assert (done.returncode, "taken down here" in done.stderr) == (64, True)
    assert not saving.case("").exists()
