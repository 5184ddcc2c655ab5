"""The owner's card, proved: layout, packages at work, listings alone, cleaning, one URL."""

import ast
import json
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import parsel
import pytest
import sqlite_utils
from itemadapter import ItemAdapter
from scrapy.settings import Settings
from scrapy.utils.misc import load_object

from borneone_crawler import reading, settings, urls
from borneone_crawler.newsroom_server import NewsroomServer
from borneone_crawler.pages.page import Page
from borneone_crawler.statuses import Status
from tests.archive.conftest import Desk
from tests.crawling import ROOT, Crawl

FIXTURES = ROOT / "fixtures"
LIVE = "https://borneonetv.com"
PACKAGES = {"scrapy", "parsel", "w3lib", "itemadapter", "sqlite_utils"}
BOILERPLATE = ("Sebarkan artikel ini", "Tinggalkan Balasan", "blogger menyukai ini")


def cases(page_class: str) -> list[dict[str, Any]]:
    """The inputs of every fixture of one page class, the outputs with them."""
    found = []
    for folder in sorted((FIXTURES / page_class).iterdir()):
        given = json.loads((folder / "input.json").read_text("utf-8"))
        output = json.loads((folder / "output.json").read_text("utf-8"))
        found.append(given | {"case": folder.name, "output": output})
    return found


def expected_addresses() -> set[str]:
    return {case["output"]["url"] for case in cases("article_page")}


def test_the_top_level_is_the_one_on_the_card() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    folders = {path.split("/")[0] for path in tracked if "/" in path and path[0] != "."}
    assert folders == {"borneone_crawler", "archive", "tests", "fixtures"}
    assert {"scrapy.cfg", "pyproject.toml"} <= set(tracked)


def test_every_package_of_the_card_is_required_and_imported() -> None:
    required = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
        "dependencies"
    ]
    names = {one.split(">")[0].replace("-", "_") for one in required}
    assert names >= PACKAGES
    imported: set[str] = set()
    for path in (ROOT / "borneone_crawler").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                imported.add(str(node.module).split(".")[0])
            elif isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
    assert imported >= PACKAGES


@pytest.fixture(scope="module")
def listings_only(tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    with NewsroomServer(FIXTURES, disabled={"rest", "sitemap", "feed"}) as server:
        crawl = Crawl(tmp_path_factory.mktemp("card"), server.origin)
        assert crawl.run() == 0, crawl.stderr
    return crawl


def test_the_category_listings_alone_bring_in_the_whole_newsroom(listings_only: Crawl) -> None:
    held = {
        url.replace(listings_only.origin, LIVE)
        for (url,) in listings_only.rows("SELECT url FROM articles")
    }
    assert held == expected_addresses()
    assert len(held) >= 40


def test_the_stored_text_has_no_boilerplate(listings_only: Crawl) -> None:
    exempt = {
        case["output"]["url"].replace(LIVE, listings_only.origin)
        for case in cases("article_page")
        if any(words in case["output"]["article_body"] for words in BOILERPLATE)
    }
    assert exempt, "some article speaks of these things in its own sentences"
    for words in BOILERPLATE:
        found = listings_only.rows(
            "SELECT url FROM articles WHERE article_body LIKE ?", f"%{words}%"
        )
        assert {url for (url,) in found} <= exempt


def test_without_the_cleaning_steps_the_boilerplate_is_stored(tmp_path: Path) -> None:
    cleaning = {step.__name__ for step in reading.CLEANING_STEPS}
    left = {
        path: number
        for path, number in settings.ITEM_PIPELINES.items()
        if getattr(getattr(load_object(path), "step", None), "__name__", "") not in cleaning
    }
    assert len(left) == len(settings.ITEM_PIPELINES) - len(cleaning)
    with NewsroomServer(FIXTURES) as server:
        crawl = Crawl(tmp_path, server.origin)
        # That the texts differ from what the REST API gives is noticed, too.
        assert crawl.run(ITEM_PIPELINES=json.dumps(left)) == Status.UNEXPECTED_PAGES, crawl.stderr
    ((body,),) = crawl.rows(
        "SELECT article_body FROM articles WHERE headline LIKE 'Wagub Kalbar Minta Gunakan%'"
    )
    for words in BOILERPLATE:
        assert words in body


def test_the_pipelines_are_the_steps_of_the_reading_in_order() -> None:
    in_order = sorted(settings.ITEM_PIPELINES, key=settings.ITEM_PIPELINES.__getitem__)
    steps = [load_object(path).step for path in in_order[:-1]]
    assert steps == list(reading.STEPS)
    assert in_order[-1].endswith(".StoreArticle")


def test_item_adapter_stands_in_every_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    # A plain dict has no attributes: only through ItemAdapter can a pipeline work on it.
    from borneone_crawler import pipelines

    done: list[str] = []
    for path in settings.ITEM_PIPELINES:
        cls = load_object(path)
        if not issubclass(cls, pipelines.Step):
            continue
        monkeypatch.setattr(cls, "step", staticmethod(done.append))
        cls(crawler=None).process_item({"draft": cls.__name__})
    assert len(done) == len(reading.STEPS)
    adapted: list[object] = []
    monkeypatch.setattr(
        pipelines, "ItemAdapter", lambda item: adapted.append(item) or ItemAdapter(item)
    )
    with pytest.raises(KeyError):
        pipelines.StoreArticle(crawler=None).process_item({"due": 1})
    assert adapted == [{"due": 1}]


def test_w3lib_does_the_url_work(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = urls.canonicalize_url
    monkeypatch.setattr(urls, "canonicalize_url", lambda url: asked.append(url) or real(url))
    urls.SiteUrls(LIVE).canonical(f"{LIVE}/a/?b=1&a=2#c")
    assert asked[0] == f"{LIVE}/a/?b=1&a=2#c"
    assert real.__module__ == "w3lib.url"


def test_parsel_does_the_reading() -> None:
    assert isinstance(Page.from_bytes(LIVE, b"<p>Halo</p>").selector, parsel.Selector)


def test_sqlite_utils_opens_migrates_reads_and_writes(desk: Desk) -> None:
    database = desk.archive.db
    assert isinstance(database, sqlite_utils.Database)
    applied = list(
        database["_sqlite_migrations"].rows_where("migration_set = ?", ["borneone_crawler"])
    )
    assert applied
    desk.store(f"{LIVE}/a/")
    assert database["articles"].get(1)["url"] == f"{LIVE}/a/"


def test_the_url_of_an_article_is_unique_and_not_null(listings_only: Crawl) -> None:
    ((sql,),) = listings_only.rows("SELECT sql FROM sqlite_master WHERE name = 'articles'")
    assert "url TEXT NOT NULL UNIQUE" in sql
    assert listings_only.rows("SELECT url FROM articles GROUP BY url HAVING count(*) > 1") == []


def test_the_archive_of_the_whole_newsroom_is_sound(listings_only: Crawl) -> None:
    assert listings_only.rows("PRAGMA integrity_check") == [("ok",)]
    assert listings_only.rows("PRAGMA foreign_key_check") == []
    captured = listings_only.one(
        "SELECT count(*) FROM readings WHERE id NOT IN (SELECT reading_id FROM reading_captures)"
    )
    assert captured == 0, "every reading names the captures it was made from"


def test_settings_depart_from_scrapy_where_safety_needs_it() -> None:
    ours = Settings()
    ours.setmodule(settings)
    assert ours.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
    assert ours.getint("DOWNLOAD_MAXSIZE") == 32 * 1024 * 1024
    assert ours.getint("CONCURRENT_REQUESTS") == 1
    assert ours.getfloat("DOWNLOAD_DELAY") >= 1
    for name in (
        "METAREFRESH_ENABLED", "TELNETCONSOLE_ENABLED", "REMOTE_CONTROL_ENABLED",
        "COOKIES_ENABLED", "REDIRECT_ENABLED", "RETRY_ENABLED",
    ):  # fmt: skip
        assert not ours.getbool(name), name
    loaded = ours.get_component_priority_dict_with_base("EXTENSIONS")
    assert "scrapy.extensions.corestats.CoreStats" in loaded
    assert not [one for one in loaded if "telnet" in one or "remote_control" in one]
    handlers = ours.getwithbase("DOWNLOAD_HANDLERS")
    assert {scheme for scheme, handler in handlers.items() if handler} <= {"http", "https"}
