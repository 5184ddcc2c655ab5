"""Sites that misbehave, each with what is counted of a crawl of it."""

import csv
import io
import re
import sys
import time
from datetime import datetime
from itertools import pairwise
from urllib.parse import unquote

from tests.benchmarks.promises.crawlers import AS_EVER, Article, Crawler, How, Result
from tests.hostile import (
    aliases,
    charsets,
    cuts,
    dates,
    elsewhere,
    evil,
    fakes,
    measureless,
    outcomes,
    traps,
)
from tests.hostile.robots import UNREACHABLE
from tests.hostile.windows import Window
from tests.small_site import Answer, SmallSite

ARTICLES = 40
WELL = 12
RETRY_AFTER = 3
"""Seconds."""
GAP = 0.3
CRAWL_DELAY = 0.5
STOP = 2_000
"""Requests after which a crawl in a trap is stopped, ours as well."""
TRAPS = {
    traps.repeated_pages: "endless pagination",
    traps.facets: "facets",
    traps.calendar: "a calendar of 2,400 months",
}
FAILED = [outcome for outcome in outcomes.OUTCOMES if not outcome.articles]


def is_whole(article: Article, number: int) -> bool:
    """Whether all that SmallSite says in an article is there."""
    said = (
        f"Warga nomor {number} menanam pohon di tepi sungai.",
        "diikuti puluhan pelajar. [Lay]",
    )
    return article.headline == f"Berita nomor {number}" and all(
        text in article.text for text in said
    )


def whole_ones(site: SmallSite, result: Result) -> int:
    """How many articles of a site are stored whole."""
    return sum(
        any(is_whole(article, number) for article in result.of(number)) for number in site.numbers
    )


def is_right(date: str | None, right: str | None) -> bool:
    """Whether it is the same moment, or none where there is none."""
    if date is None or right is None:
        return date == right
    try:
        return datetime.fromisoformat(date) == datetime.fromisoformat(right)
    except (ValueError, TypeError):  # no date; or one without a zone
        return False


def nothing_wrong(crawler: Crawler) -> tuple[float, ...]:
    with SmallSite(WELL) as site:
        result = crawler(site, AS_EVER)
        right = sum(
            is_right(article.date, f"2019-10-{number % 28 + 1:02d}T10:15:00+07:00")
            for number in site.numbers
            for article in result.of(number)
        )
        return whole_ones(site, result), right, result.status


def window_of_429(crawler: Crawler) -> tuple[float, ...]:
    """The whole site says 429 for two seconds and a half, and to be left alone for three."""
    with SmallSite(ARTICLES) as site:
        refusal = Answer(status=429, headers={"Retry-After": str(RETRY_AFTER)})
        site.invented = window = Window(site, refusal, RETRY_AFTER - 0.5, begins=10)
        result = crawler(site, AS_EVER)
        assert window.opened is not None
        # The one that met the window came before it was opened.
        until = window.opened + RETRY_AFTER - 0.01
        early = sum(window.opened < one.at < until for one in site.asked)
        return whole_ones(site, result), early, result.status


def outage(crawler: Crawler) -> tuple[float, ...]:
    with SmallSite(ARTICLES) as site:
        site.invented = Window(site, Answer(status=503), 6, begins=10)
        result = crawler(site, How(patience=30))
        return (whole_ones(site, result),)


def outage_at_leisure(crawler: Crawler) -> tuple[float, ...]:
    with SmallSite(ARTICLES // 2) as site:
        site.invented = Window(site, Answer(status=503), 6, begins=10)
        result = crawler(site, How(delay=1, patience=30))
        return (whole_ones(site, result),)


def smallest_gap(site: SmallSite) -> float:
    """Seconds."""
    return min(b.at - a.at for a, b in pairwise(site.asked))


def in_flight(crawler: Crawler) -> tuple[float, ...]:
    def slowly(_path: str) -> None:
        time.sleep(0.1)

    with SmallSite(ARTICLES) as site:
        site.invented = slowly
        crawler(site, How(delay=0))
        return (site.most_in_flight,)


def gaps(crawler: Crawler) -> tuple[float, ...]:
    with SmallSite(WELL) as site:
        crawler(site, How(delay=GAP))
        return site.most_in_flight, smallest_gap(site)


def crawl_delay(crawler: Crawler) -> tuple[float, ...]:
    with SmallSite(WELL) as site:
        site.answers["/robots.txt"] = Answer(f"User-agent: *\nCrawl-delay: {CRAWL_DELAY}\n")
        crawler(site, AS_EVER)
        return (smallest_gap(site),)


def robots_unreachable(crawler: Crawler) -> tuple[float, ...]:
    asking = pages = told = 0
    for answer in UNREACHABLE.values():
        with SmallSite() as site:
            site.answers["/robots.txt"] = answer
            told += crawler(site, How(timeout=1)).status != 0
            asked = sum(path != "/robots.txt" for path in site.paths())
            asking += asked > 0
            pages += asked
    return asking, pages, told


def always_cut(crawler: Crawler) -> tuple[float, ...]:
    with SmallSite() as site:
        cuts.cut_all(site)
        result = crawler(site, AS_EVER)
        whole = len(site.numbers)  # the last of them
        stored = sum(bool(result.of(number)) for number in site.numbers if number != whole)
        return stored, len(result.of(whole))


def cut_once(crawler: Crawler) -> tuple[float, ...]:
    with SmallSite(len(cuts.CUTS)) as site:
        for number, cut in enumerate(cuts.CUTS, start=1):
            page = site.article(number)
            answers = [cut(page), Answer(page)]
            site.answers[f"/berita-{number}/"] = lambda before, answers=answers: answers[
                min(before, 1)
            ]
        return (whole_ones(site, crawler(site, AS_EVER)),)


def without_measure(crawler: Crawler) -> tuple[float, ...]:
    with SmallSite() as site:
        endless = measureless.pages(site)
        result = crawler(site, AS_EVER)
        bearable = sum(
            any("menanam pohon" in article.text for article in result.of(number))
            for number in (3, 4, 5, 6)
        )
        return result.megabytes, endless.taken / 2**20, bearable


def another_port(crawler: Crawler) -> tuple[float, ...]:
    asked = 0
    for lead in (elsewhere.lead_away, elsewhere.spell_another_host):
        with SmallSite() as site, SmallSite() as other:
            lead(site, other.origin)
            crawler(site, AS_EVER)
            asked += len(other.asked)
    return (asked,)


def another_host(crawler: Crawler) -> tuple[float, ...]:
    def home_has_moved(site: SmallSite, away: str) -> None:
        site.answers["/"] = Answer(status=301, headers={"Location": f"{away}/"})

    asked = 0
    for lead in (elsewhere.lead_away, elsewhere.show_things_elsewhere, home_has_moved):
        with SmallSite() as site, SmallSite(host="127.0.0.2") as other:
            lead(site, other.origin)
            crawler(site, AS_EVER)
            asked += len(other.asked)
    return (asked,)


def trapped(crawler: Crawler) -> tuple[float, ...]:
    asked = []
    for set_trap in TRAPS:
        with SmallSite() as site:
            set_trap(site)
            crawler(site, How(delay=0, budget=STOP))
            asked.append(len(site.asked))
    return tuple(asked)


def under_aliases(crawler: Crawler) -> tuple[float, ...]:
    stored, asked = [], 0
    for names_itself in (False, True):
        with SmallSite() as site:
            aliases.serve(site, names_itself=names_itself)
            result = crawler(site, AS_EVER)
            stored.append(sum(is_whole(article, 1) for article in result.articles))
            asked = max(asked, sum("berita-1" in unquote(path) for path in site.paths()))
    return *stored, asked


def lying_canonicals(crawler: Crawler) -> tuple[float, ...]:
    with SmallSite() as site:
        aliases.lie(site)
        result = crawler(site, AS_EVER)
        return (
            sum(
                any(is_whole(article, number) for article in result.articles)
                for number in site.numbers
            ),
        )


def among_fakes(crawler: Crawler) -> tuple[float, ...]:
    with SmallSite() as site:
        fakes.serve(site)
        result = crawler(site, AS_EVER)
        even = [result.of(2 * place) for place in range(1, len(fakes.FAKES) + 1)]
        odd = [result.of(number) for number in site.numbers if number % 2]
        return sum(map(bool, even)), sum(map(bool, odd))


def inert_text(crawler: Crawler) -> tuple[float, ...]:
    with SmallSite() as site:
        evil.serve(site)
        result = crawler(site, AS_EVER)
        csv.field_size_limit(sys.maxsize)
        rows = csv.reader(io.StringIO(result.csv(), newline=""))
        cells = [cell for row in rows for cell in row]
        stored = sum(bool(result.of(number)) for number in site.numbers)
        formulas = sum(re.match(r"[=+@\t\r-]\D", cell) is not None for cell in cells)
        speaking = sum(evil.SPEAKING.search(cell) is not None for cell in cells)
        return stored, formulas, speaking


def texts_as_meant(crawler: Crawler) -> tuple[float, ...]:
    with SmallSite() as site:
        charsets.serve(site)
        result = crawler(site, AS_EVER)
        return (
            sum(
                any(charsets.SAID in article.text for article in result.of(number))
                for number in site.numbers
            ),
        )


def dates_as_they_are(crawler: Crawler) -> tuple[float, ...]:
    with SmallSite() as site:
        dates.serve(site)
        result = crawler(site, AS_EVER)
        stored = [
            (article.date, case.right)
            for number, case in enumerate(dates.CASES, start=1)
            for article in result.of(number)
        ]
        wrong = sum(date is not None and not is_right(date, right) for date, right in stored)
        found = sum(date is not None and is_right(date, right) for date, right in stored)
        return wrong, found


def told_apart(crawler: Crawler) -> tuple[float, ...]:
    as_if_well, ends = 0, set()
    for outcome in outcomes.OUTCOMES:
        with SmallSite(WELL) as site:
            outcome.set(site)
            result = crawler(site, How(budget=int(str(outcome.settings.get("MAX_REQUESTS", 0)))))
            as_if_well += outcome in FAILED and result.status == 0
            ends.add((result.status, result.reason))
    return as_if_well, len(ends)
