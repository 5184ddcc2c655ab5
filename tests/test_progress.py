"""What a person at a terminal sees of a crawl, and that nobody else sees anything of it."""

import re
import signal
import subprocess
import time

import pytest

from borneone_crawler.desk.underway import Underway
from borneone_crawler.statuses import Status
from tests.crawling import Crawl
from tests.small_site import Answer, SmallSite
from tests.terminal import Terminal


def test_one_line_is_kept_up_to_date_and_is_gone_before_the_summary(
    site: SmallSite, crawl: Crawl
) -> None:
    def slow(_: int) -> Answer:
        time.sleep(1.2)
        return Answer(site.listing(2))

    site.numbers = list(range(1, 26))
    site.answers["/category/berita/page/2/"] = slow
    terminal = Terminal(columns=120)
    assert terminal.run(crawl.argv(DOWNLOAD_DELAY=0.1)) == 0
    fetched = [int(re.findall(r"^fetched (\d+)", line)[0]) for line in terminal.shown]
    assert len(fetched) > 4
    assert fetched == sorted(fetched)
    middle = [line for line in terminal.shown if "left" in line][-1]
    assert re.fullmatch(
        r"fetched \d+, pending \d+, (over )?\d+ s left, found \d+, \d+ a minute, "
        r"article /berita-\d+/", middle
    )  # fmt: skip
    assert any("listing /category/berita/page/2/" in line for line in terminal.shown)
    assert "\x1b" not in terminal.text.replace("\r\x1b[K", ""), "nothing but the line taken back"
    assert terminal.left[0].startswith("articles: 25 new"), "nothing of the line is left"
    assert "25 new" in terminal.text


@pytest.mark.parametrize("columns", [12, 40])
def test_a_narrow_terminal_gets_what_fits(site: SmallSite, crawl: Crawl, columns: int) -> None:
    terminal = Terminal(columns)
    assert terminal.run(crawl.argv(DOWNLOAD_DELAY=0.2)) == 0
    assert terminal.shown
    assert max(map(len, terminal.shown)) < columns


def test_a_dumb_terminal_gets_the_summary_alone(site: SmallSite, crawl: Crawl) -> None:
    terminal = Terminal(TERM="dumb")
    assert terminal.run(crawl.argv(DOWNLOAD_DELAY=0.1)) == 0
    assert "\x1b" not in terminal.text
    assert "fetched" not in terminal.text
    assert terminal.text.startswith("articles: 3 new")


def test_a_stopped_run_leaves_its_reason_and_no_half_line(site: SmallSite, crawl: Crawl) -> None:
    site.numbers = list(range(1, 41))
    sent = []

    def stop(process: "subprocess.Popen[bytes]", text: str) -> None:
        if "article /berita-" in text and not sent:
            sent.append(process.send_signal(signal.SIGTERM))

    terminal = Terminal(columns=120)
    assert terminal.run(crawl.argv(DOWNLOAD_DELAY=0.1), stop) == Status.TERMINATED
    assert terminal.left[-1].startswith("borneone_crawler: stopped by a signal")
    assert not any("fetched" in line for line in terminal.left)


def test_a_run_for_one_page_promises_nothing_of_the_others(site: SmallSite, crawl: Crawl) -> None:
    site.numbers = list(range(1, 31))
    sent = []

    def stop(process: "subprocess.Popen[bytes]", text: str) -> None:
        if "article /berita-" in text and not sent:
            sent.append(process.send_signal(signal.SIGTERM))

    assert Terminal(120).run(crawl.argv(DOWNLOAD_DELAY=0.1), stop) == Status.TERMINATED
    terminal = Terminal(120)
    url = f"{site.origin}/berita-2/"
    assert terminal.run([*crawl.argv(DOWNLOAD_DELAY=0.3), "-a", f"url={url}"]) == 0
    assert not any("pending" in line for line in terminal.shown)


@pytest.mark.parametrize(
    ("columns", "line"),
    [
        (100, "fetched 9, pending 300, over 5 min left, found 40, 60 a minute, listing /a/"),
        (60, "fetched 9, pending 300, over 5 min left, found 40"),
        (23, "fetched 9, pending 300"),
        (5, "fetched 9"),
    ],
)
def test_the_most_telling_parts_come_first(columns: int, line: str) -> None:
    now = Underway(fetched=9, found=40, pending=300, grows=True, per_minute=60.0, at="listing /a/")
    assert now.line(columns) == line


@pytest.mark.parametrize(
    ("pending", "left"), [(80, "80 s left"), (900, "15 min left"), (10_000, "2 h 47 min left")]
)
def test_the_time_left_is_said_as_one_would(pending: int, left: str) -> None:
    now = Underway(fetched=9, found=0, pending=pending, grows=False, per_minute=60.0, at="")
    assert f", {left}, " in now.line(100)
