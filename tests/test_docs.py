"""What the README files say can be typed as it stands."""

import re
import subprocess
from pathlib import Path

import pytest

from borneone_crawler.statuses import Status
from tests.archive.conftest import SITE, Desk
from tests.crawling import ROOT
from tests.questions.readme import questions

README = (ROOT / "README.md").read_text("utf-8")
SECURITY = (ROOT / "SECURITY.md").read_text("utf-8")
DESK = (ROOT / "archive" / "README.md").read_text("utf-8")
GUIDE = (ROOT / "archive" / "PANDUAN.md").read_text("utf-8")


def statements(text: str) -> list[str]:
    fenced = re.findall(r"```sql\n(.*?)```", text, re.DOTALL)
    return fenced + re.findall(r"`(SELECT [^`]*)`", text)


@pytest.mark.parametrize("sql", statements(DESK), ids=lambda sql: sql.split("\n")[0][:50])
def test_every_query_of_the_archive_s_readme_runs(desk: Desk, sql: str) -> None:
    desk.store(f"{SITE}/wagub-kalbar-minta-gunakan-medsos/", byline_initials="Lay")
    desk.rows(sql)


def test_the_three_questions_are_answered_by_one_select_each(desk: Desk) -> None:
    url = f"{SITE}/wagub-kalbar-minta-gunakan-medsos/"
    section = ("Berita", f"{SITE}/category/berita/")
    desk.store(url, byline_initials="Lay", authors=["Lay"], sections=[section])
    by_month, by_lay, full_text = (question.sql for question in questions(DESK)[:3])
    assert desk.rows(by_month) == [("Berita", "2019-10", 1)]
    assert desk.rows(by_lay) == [
        ("2019-10-14T10:15:00+07:00", "Wagub Kalbar Minta Gunakan Medsos", "author, initials")
    ]
    (address,) = re.findall("'(.*)'", full_text)
    for spelling in (url, url.replace("https://", "http://www."), url.rstrip("/") + "?amp"):
        ((body,),) = desk.rows(full_text.replace(address, spelling))
        assert body.endswith("[Lay]")


def test_every_exit_status_is_explained() -> None:
    explained = {int(number) for number in re.findall(r"\b\d+\b", " ".join(_status_cells()))}
    assert explained == {int(status) for status in Status}


def _status_cells() -> list[str]:
    table = README[README.index("| status |") :]
    return re.findall(r"^\| ([\d, ]+) \|", table, re.MULTILINE)


def test_every_make_target_that_is_named_exists() -> None:
    listed = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for target in re.findall(r"(?:^|`)make ([a-z-]+)", README + SECURITY, re.MULTILINE):
        assert f"make {target} " in listed, target


def test_every_file_that_is_linked_exists() -> None:
    for folder, text in ((ROOT, README), (ROOT / "archive", DESK), (ROOT / "archive", GUIDE)):
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
            assert Path(folder, link).exists(), link


def test_the_lines_for_cron_name_the_real_command() -> None:
    for line in re.findall(r"&& (\S+ crawl .*)$", README, re.MULTILINE):
        assert line.startswith(".venv/bin/scrapy crawl borneonetv")


def test_every_threat_names_tests_that_exist() -> None:
    table = SECURITY[SECURITY.index("| from |") :].split("\n\n")[0].splitlines()[2:]
    for *_, shown_by in ([cell.strip() for cell in row.strip("|").split("|")] for row in table):
        assert re.fullmatch(r"(?:`[^`]+`(?:, )?)+", shown_by)
    for name in re.findall(r"`((?:tests/[\w/]+/|tests/)?test_\w+\.py|tests/[\w/]+/)`", SECURITY):
        at = Path(ROOT, name if name.startswith("tests/") else f"tests/hostile/{name}")
        assert at.exists(), name
        assert at.is_file() or any(at.rglob("test_*.py")), name


def test_every_hostile_test_is_named_by_the_threat_it_is_for() -> None:
    unnamed = {
        path.name
        for path in ROOT.glob("tests/hostile/test_*.py")
        if f"`{path.name}`" not in SECURITY
    }
    assert unnamed == {"test_13_outcomes.py"}, "how a run ended is no threat"
