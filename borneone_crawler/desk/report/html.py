"""The report as one page that opens from disk, loads nothing and runs nothing."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from markupsafe import Markup

from borneone_crawler.desk.browser import page_of
from borneone_crawler.desk.report.charts import Charts
from borneone_crawler.desk.report.figures import Figures
from borneone_crawler.desk.spreadsheet import BYTE_ORDER_MARK, write_rows
from borneone_crawler.desk.words import Words

_HERE = Path(__file__).parent
_SHADES = 4
"""Shades of the calendar."""


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers behind a chart."""

    name: str
    """Of the file that they are downloaded as."""
    head: Sequence[str]
    rows: Sequence[Sequence[str | int]]

    @property
    def csv(self) -> str:
        """As an address of their own: UTF-8 for spreadsheets, which take no cell for a formula."""
        out = io.StringIO(newline="")
        write_rows(out, [self.head, *self.rows])
        return "data:text/csv;charset=utf-8," + quote(BYTE_ORDER_MARK + out.getvalue())


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the page: a chart with its numbers."""

    key: str
    chart: Markup
    table: Table


def html_of(figures: Figures, words: Words, *, outlet: str) -> str:
    """The page. Every text of others is escaped."""
    zone = ZoneInfo(figures.time_zone)
    return page_of(
        _HERE,
        figures=figures,
        words=words,
        say=partial(_say, words),
        outlet=outlet,
        zone=zone,
        zone_name=datetime.now(zone).tzname(),
        moment=lambda at: words.time(at, zone),
        date=lambda day: words.day(date.fromisoformat(day)),
        calendar=_calendar(figures),
        parts={part.key: part for part in _parts(figures, words)},
    )


def _say(words: Words, key: str, **values: object) -> str:
    """The words under a key; numbers in them as the language writes them."""
    written = {
        name: words.number(value) if isinstance(value, int) else value
        for name, value in values.items()
    }
    return words.say(key, **written)


def _parts(figures: Figures, words: Words) -> Iterator[Part]:
    charts, say = Charts(words.number), words.say
    articles = say("articles")
    months = list(figures.months.items())
    januaries = [month for month, _ in months if month.endswith("-01")]
    yield Part(
        "months",
        charts.columns(
            say("months_title"), months, labelled=januaries or list(figures.months)[:1]
        ),
        Table("months", [say("month"), articles], months),
    )
    hours = [
        (f"{hour:02}", number) for hour, number in enumerate(figures.hours) if any(figures.hours)
    ]
    yield Part(
        "hours",
        charts.columns(say("hours_title"), hours),
        Table("hours", [say("hour"), articles], hours),
    )
    sections = {name or say("other_sections"): by for name, by in figures.sections.items()}
    yield _by_year("sections", say("section"), sections, words)
    edits = {words.known("kind", kind): by for kind, by in figures.edits.items()}
    yield _by_year("edits", say("kind"), edits, words)
    for key in ("bylines", "initials", "places", "keywords"):
        numbers: list[tuple[str, int]] = getattr(figures, key)
        chart = charts.rows(say(f"{key}_title"), numbers)
        yield Part(key, chart, Table(key, [say("name"), articles], numbers))


def _by_year(key: str, head: str, series: Mapping[str, Mapping[str, int]], words: Words) -> Part:
    found = sorted({year for by in series.values() for year in by})
    years = [str(year) for year in range(int(found[0]), int(found[-1]) + 1)] if found else []
    rows: list[list[str | int]] = [
        [label, *(by.get(year, 0) for year in years)] for label, by in series.items()
    ]
    chart = Charts(words.number).stacks(words.say(f"{key}_title"), series, years)
    return Part(key, chart, Table(key, [head, *years], rows))


def _calendar(figures: Figures) -> dict[str, list[tuple[int | None, int]]]:
    """Year -> for each of its months (articles, shade); None before the first and after the
    last."""
    most = max(figures.months.values(), default=1)
    return {
        year: [
            (articles, -(-articles * _SHADES // most) if articles else 0)
            for articles in (figures.months.get(f"{year}-{month:02}") for month in range(1, 13))
        ]
        for year in figures.years
    }
