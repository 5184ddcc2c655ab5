"""Three newsrooms on two machines with scrapyd: one dies in mid-crawl, and nothing is lost."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from stat import S_IMODE
from urllib.error import HTTPError

import pytest

from tests.merging import history, one, proofs_hold, rows
from tests.shards.machine import MANY, Machine, until
from tests.small_site import Answer, Gate, SmallSite

OUTLETS = {
    "borneonetv": "BorneOneTV",
    "mahakampos": "Mahakam Pos",
    "kapuaskini": "Kapuas Kini",
}
ARTICLES = 12
HELD_BACK = 6
"""The article that no crawl gets until its gate opens."""

WITHDRAWN, EDITED = 12, 11
"""Articles of BorneOneTV that change between the two crawls of it."""


@dataclass
class Story:
    """What happened, told by `story`."""

    first: Machine
    second: Machine
    sites: dict[str, SmallSite]
    until_the_kill: dict[str, list[str]]
    """Of the newsrooms of the first machine: the articles it had stored."""
    merged: str
    """What `scrapy merge` said."""

    def articles(self, machine: Machine, name: str) -> list[str]:
        return stored(machine, name, self.sites[name])


def archive(machine: Machine, name: str) -> Path:
    return machine.archives / ("borneone.db" if name == "borneonetv" else f"{name}.db")


def stored(machine: Machine, name: str, site: SmallSite) -> list[str]:
    """The paths of the articles that are held, in their order."""
    found = rows(archive(machine, name), "SELECT url FROM articles")
    paths = [url.removeprefix(site.origin) for (url,) in found]
    return sorted(paths, key=lambda path: int(path.strip("/").rpartition("-")[2]))


def every(first: int = 1, last: int = ARTICLES) -> list[str]:
    return [f"/berita-{number}/" for number in range(first, last + 1)]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    with ExitStack() as stack:
        sites = {
            name: stack.enter_context(SmallSite(ARTICLES, outlet=outlet))
            for name, outlet in OUTLETS.items()
        }
        gates = {}
        for name, site in sites.items():
            gates[name] = Gate(Answer(site.article(HELD_BACK)))
            site.answers[f"/berita-{HELD_BACK}/"] = gates[name]
        others = {name: outlet for name, outlet in OUTLETS.items() if name != "borneonetv"}
        origins = {name: site.origin for name, site in sites.items()}
        folder = tmp_path_factory.mktemp("machines")
        first, second = (Machine(folder / name, others, origins) for name in ("first", "second"))
        for machine in (first, second):
            stack.callback(machine.kill)
            machine.start()

        first.schedule("borneonetv")
        first.schedule("mahakampos")
        second.schedule("kapuaskini")
        for name, site in sites.items():
            until(lambda site=site: f"/berita-{HELD_BACK}/" in site.paths(), f"{name} is at work")
        second.schedule("kapuaskini")
        until(lambda: "exitstatus=75" in second.log, "a second crawl of it leaves it alone")
        first.kill()
        until_the_kill = {
            name: stored(first, name, sites[name]) for name in ("borneonetv", "mahakampos")
        }

        newsroom = sites["borneonetv"]
        newsroom.numbers.remove(WITHDRAWN)
        body = "<p>Pontianak, BorneOneTV &#8211; Ralat: warga menanam bakau.</p>"
        newsroom.answers[f"/berita-{EDITED}/"] = Answer(newsroom.article(EDITED, body))
        for gate in gates.values():
            gate.open()
        second.schedule("borneonetv")
        first.start()
        first.schedule("mahakampos")
        for machine in (first, second):
            until(machine.is_idle, f"{machine.folder.name} has done all")
        merged = second.scrapy("merge", archive(first, "borneonetv"))
        yield Story(first, second, sites, until_the_kill, merged)


def test_the_machine_died_in_mid_crawl(story: Story) -> None:
    for held in story.until_the_kill.values():
        assert 0 < len(held) < ARTICLES
        assert f"/berita-{HELD_BACK}/" not in held
    assert story.articles(story.first, "borneonetv") == story.until_the_kill["borneonetv"]


def test_every_article_of_every_newsroom_is_held_once(story: Story) -> None:
    for machine, name in (
        (story.second, "borneonetv"),
        (story.first, "mahakampos"),
        (story.second, "kapuaskini"),
    ):
        assert story.articles(machine, name) == every()
        proofs_hold(archive(machine, name))
        machine.scrapy("coverage", "-n", name)
    assert f" {ARTICLES} articles, " in story.second.scrapy("verify")


def test_what_only_the_dead_machine_saw_comes_in_by_merging(story: Story) -> None:
    held, newsroom = archive(story.second, "borneonetv"), story.sites["borneonetv"]
    assert "articles 1, revisions 2, " in story.merged
    assert one(held, "SELECT count(*) FROM runs WHERE command = 'merge' AND status = 0") == 1
    before, after = history(held, f"{newsroom.origin}/berita-{EDITED}/")
    assert f"Warga nomor {EDITED} menanam pohon" in before
    assert "Ralat: warga menanam bakau" in after
    assert history(held, f"{newsroom.origin}/berita-{WITHDRAWN}/")


def test_the_machine_that_comes_back_goes_on_and_asks_for_no_article_again(story: Story) -> None:
    asked = story.sites["mahakampos"].paths()
    assert [asked.count(path) for path in story.until_the_kill["mahakampos"]] == [1] * len(
        story.until_the_kill["mahakampos"]
    )
    _, killed, after = story.first.scrapy("runs", "-n", "mahakampos").splitlines()
    assert " killed " in killed
    assert " 0 ok " in after


def test_each_crawl_writes_its_newsroom_s_log_and_names_its_job(story: Story) -> None:
    jobs = story.second.ask("/listjobs.json?project=default")["finished"]
    assert sorted(job["spider"] for job in jobs) == ["borneonetv", "kapuaskini", "kapuaskini"]
    for job in jobs:
        log = (story.second.archives / f"logs/{job['spider']}.log").read_text("utf-8")
        assert job["id"] in log
    assert story.second.log.count("Process died: exitstatus=75") == 1
    assert story.second.log.count("Process finished: ") == 2


def test_what_has_ended_outlives_a_restart(story: Story) -> None:
    jobs = story.first.ask("/listjobs.json?project=default")["finished"]
    assert [job["spider"] for job in jobs] == ["mahakampos"]
    kept = {path.name for path in (story.first.archives / "scrapyd").iterdir()}
    assert kept == {"default.db", "jobs.db"}


def test_it_writes_below_the_archives_folder_alone(story: Story) -> None:
    made = {".netrc", ".venv", "archive", "borneone_crawler", "scrapy.cfg", "scrapyd.conf"}
    assert {path.name for path in story.first.folder.iterdir()} == made | {"scrapyd.log"}


def test_nobody_speaks_to_it_without_the_password_or_sends_code(story: Story) -> None:
    with pytest.raises(HTTPError, match="401"):
        story.first.ask("/schedule.json", password="no", project="default", spider="mahakampos")
    with pytest.raises(HTTPError, match="404"):
        story.first.ask("/addversion.json", project="default", version="1", egg="x")


def test_its_password_and_what_it_keeps_are_its_owner_s_alone(story: Story) -> None:
    for name, mode in {"scrapyd.conf": 0o600, ".netrc": 0o600, "archive/scrapyd": 0o700}.items():
        assert oct(S_IMODE((story.first.folder / name).stat().st_mode)) == oct(mode), name
    assert "\nok    scrapyd:" in story.first.scrapy("doctor", "--offline", status=1)  # no contact


def test_analysts_ask_all_newsrooms_at_once(story: Story, tmp_path: Path) -> None:
    for machine, name in ((story.second, "borneonetv"), (story.first, "mahakampos")):
        machine.scrapy("backup", "-n", name, tmp_path / archive(machine, name).name)
    (script,) = re.findall(r"^```sql\n(.*?)^```$", MANY, re.MULTILINE | re.DOTALL)
    attach, question = script.strip().removesuffix(";").split(";\n", 1)
    with closing(sqlite3.connect(tmp_path / "borneone.db")) as connection:
        connection.execute(attach.replace("'", f"'{tmp_path}/", 1))
        answer = connection.execute(question).fetchall()
    assert answer == [("borneonetv", "2019-10", ARTICLES), ("mahakampos", "2019-10", ARTICLES)]
