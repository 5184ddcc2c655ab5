"""A real browser reads the archive: it searches, opens, quotes, asks, looks at charts, and asks
nothing of anybody else."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support import expected_conditions as expected
from selenium.webdriver.support.ui import WebDriverWait

from tests.archive.conftest import Desk
from tests.desk.reading_room.conftest import BRIDGE
from tests.desk.reading_room.served import Served, lay_out

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")

pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER),
    reason="there is no chromium with its chromedriver: apt-get install chromium-driver",
)

# Chromium itself is to be silent too: what it asks of the net would be noise here.
ARGUMENTS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--window-size=1100,900",
)  # fmt: skip

PATIENCE = 30
"""Seconds."""


class Reader:
    """Somebody at a browser whose language is Indonesian."""

    def __init__(self, driver: webdriver.Chrome, origin: str) -> None:
        self.driver = driver
        self.origin = origin

    def open(self, path: str) -> None:
        self.driver.get(self.origin + path)

    def see(self, selector: str) -> WebElement:
        """The first element, as soon as it is there and visible."""
        there = expected.visibility_of_element_located((By.CSS_SELECTOR, selector))
        return WebDriverWait(self.driver, PATIENCE).until(there)

    def follow(self, text: str) -> None:
        """Click a link, and wait for its page."""
        link = self.driver.find_element(By.PARTIAL_LINK_TEXT, text)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", link)
        link.click()
        WebDriverWait(self.driver, PATIENCE).until(expected.staleness_of(link))

    def text(self, selector: str) -> str:
        return self.see(selector).text

    def wait_for(self, selector: str, text: str) -> None:
        WebDriverWait(self.driver, PATIENCE).until(lambda _: text in self.text(selector))

    def clipboard(self) -> str:
        script = "navigator.clipboard.readText().then(arguments[0], e => arguments[0](String(e)))"
        return str(self.driver.execute_async_script(script))

    def console(self) -> list[str]:
        """What the browser had to complain of since it was asked last."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def asked(self) -> set[str]:
        """The origins that it asked anything of since then; what a page holds itself is none."""
        events = (
            json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")
        )
        urls = [
            urlsplit(event["params"]["request"]["url"])
            for event in events
            if event["method"] == "Network.requestWillBeSent"
        ]
        return {
            f"{url.scheme}://{url.netloc}" for url in urls if url.scheme not in {"data", "blob"}
        }


@pytest.fixture(scope="module")
def driver() -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for argument in ARGUMENTS:
        options.add_argument(argument)
    options.add_experimental_option("prefs", {"intl.accept_languages": "id"})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def reader(driver: webdriver.Chrome, served: Served) -> Iterator[Reader]:
    permission: dict[str, Any] = {
        "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"],
        "origin": served.origin,
    }
    driver.execute_cdp_cmd("Browser.grantPermissions", permission)
    reader = Reader(driver, served.origin)
    yield reader
    assert reader.console() == []
    assert reader.asked() == {served.origin}
    driver.delete_all_cookies()


def test_search_open_and_quote(reader: Reader) -> None:
    reader.open("/")
    field = reader.see("input[name=q]")
    field.send_keys("jembatan\n")
    assert reader.text("ol.found mark") == "Jembatan"
    reader.follow("Jembatan Sungai Kapuas Dibuka Hari Ini")
    assert reader.driver.current_url.startswith(f"{reader.origin}/-/article/borneone/")
    source = reader.text("#source")
    assert BRIDGE in source

    reader.see("#quote").click()
    first = "Pontianak, BorneOneTV – Jembatan baru di atas sungai dibuka."
    reader.wait_for("#told", "Tersalin")
    assert reader.clipboard() == f"“{first}”\n\n{source}"

    reader.driver.execute_script(
        """const text = document.querySelector("#body em").firstChild;
        document.getSelection().setBaseAndExtent(text, 0, text, text.length);"""
    )
    reader.see("#quote-here").click()
    WebDriverWait(reader.driver, PATIENCE).until(
        lambda _: "Tersalin" in reader.text("#quote-here")
    )
    assert reader.clipboard() == f"“sepuluh tahun”\n\n{source}"


def test_where_the_clipboard_is_kept_from_pages_it_is_still_copied(reader: Reader) -> None:
    reader.open("/borneone/changed_headlines")
    reader.follow("Jembatan")
    # As on a page without TLS from another machine.
    reader.driver.execute_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined, configurable: true})"
    )
    source = reader.text("#source")
    reader.see("#copy-source").click()
    assert reader.see("#by-hand").get_property("value") == source
    reader.driver.execute_script("delete navigator.clipboard")
    assert reader.clipboard() == source


def test_a_question_is_filled_in_and_answered(reader: Reader) -> None:
    reader.open("/")
    reader.follow("Semua tulisan seseorang")
    reader.see("input[name=name]").send_keys("rina\n")
    assert reader.text("td.col-headline a") == "Jembatan Sungai Kapuas Dibuka Hari Ini"
    assert reader.text("th.col-headline") == "Judul"


def test_charts_are_drawn(reader: Reader) -> None:
    reader.open("/")
    reader.follow("Grafik")
    for chart in (
        "by_month",
        "by_section",
        "by_author",
        "by_initials",
        "by_tag",
        "by_hour",
        "of_edits",
    ):
        reader.see(f"#chart-{chart} svg .mark-rect path")
    titles = [element.text for element in reader.driver.find_elements(By.CSS_SELECTOR, "svg text")]
    assert {"Bulan", "Rubrik", "Kota Pontianak", "judul"} <= set(titles)
    assert "Berita di beberapa rubrik dihitung di setiap rubrik." in titles
    assert "Belum ada yang dapat dihitung." not in titles


def test_a_chart_of_nothing_says_so(driver: webdriver.Chrome, tmp_path: Path) -> None:
    desk = Desk(lay_out(tmp_path / "archive") / "borneone.db")
    desk.store(BRIDGE)
    desk.archive.close()
    with Served(tmp_path / "archive") as served:
        reader = Reader(driver, served.origin)
        reader.open("/-/dashboards/borneone")
        reader.wait_for("#chart-of_edits svg", "Belum ada yang dapat dihitung.")
        assert reader.console() == []
        assert reader.asked() == {served.origin}


def test_the_language_can_be_chosen_and_stays(reader: Reader) -> None:
    reader.open("/")
    assert reader.text(".search label") == "Cari berita"
    reader.follow("English")
    assert reader.text(".search label") == "Search the articles"
    reader.follow("Who wrote most")
    assert reader.text("h1") == "Who wrote most"
    reader.follow("Bahasa Indonesia")
    assert reader.text("h1") == "Siapa yang paling banyak menulis"


def test_an_article_that_means_harm_does_none(reader: Reader) -> None:
    reader.open("/borneone/search?q=hacked")
    reader.follow("Sungai")
    assert "hacked" in reader.text("h1")
    assert reader.driver.title.startswith("Sungai <script>")
    for path in (
        "/borneone/stories",
        "/borneone/articles/3",
        "/-/dashboards/borneone",
        "/borneone",
    ):
        reader.open(path)
        reader.see("h1")
        assert reader.driver.title != "hacked"
