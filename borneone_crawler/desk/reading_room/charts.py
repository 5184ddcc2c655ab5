"""The charts, as the plug-in datasette-dashboards draws them: charts.toml in a reader's words."""

import json
import tomllib
from collections.abc import Iterable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from borneone_crawler.desk.reading_room.questions import kinds
from borneone_crawler.desk.words import Words

_COLOUR = "#b3402a"

_VERSION = "https://vega.github.io/schema/vega-lite/v6.json"
"""A name, which nothing is loaded from."""

# https://github.com/vega/vega-embed
_OPTIONS = {
    # To the editor of Vega, on the net, is not where a click should lead.
    "actions": {"export": True, "source": False, "compiled": False, "editor": False},
    "renderer": "svg",
    "logLevel": 1,  # errors: that there are no numbers yet is none
}


_WHOLE_NUMBERS = {
    "tickMinStep": 1,
    "format": ",d",
    "labelExpr": "datum.value % 1 ? '' : datum.label",  # a small chart has ticks at halves
}


def dashboards(words: Words, archives: Iterable[str]) -> dict[str, Any]:
    """One dashboard for each archive, by its name."""
    said = words.of("charts")
    return {
        name: {
            "title": said.say("title"),
            "description": said.say("lead", archive=name),
            "charts": {chart: _drawn(chart, name, said) for chart in _charts()},
        }
        for name in archives
    }


def _drawn(chart: str, archive: str, words: Words) -> dict[str, Any]:
    display = deepcopy(_charts()[chart]["display"])
    for channel in display["encoding"].values():
        channel["title"] = words.known("axis", channel["field"])
        if channel["type"] == "quantitative":
            channel["axis"] = _WHOLE_NUMBERS
        if channel["field"] == "kind":
            channel["legend"] = {
                "labelExpr": f"({json.dumps(kinds(words))})[datum.label] || datum.label"
            }
    display["mark"].setdefault("color", _COLOUR)
    display["title"] = _below(words.meaning("notes", chart), words.say("nothing_counted"))
    display["$schema"] = _VERSION
    display["usermeta"] = {"embedOptions": _OPTIONS | _locale(words)}
    return {
        "title": words.say(chart),
        "db": archive,
        "query": _charts()[chart]["sql"].strip(),
        "library": "vega-lite",
        "display": display,
    }


def _below(note: str, otherwise: str) -> dict[str, Any]:
    """A line below the chart: what is to be known of it, or that there is nothing to be seen."""
    # Vega-Lite calls the rows so that a specification has in itself.
    is_drawn = "length(data('source_0'))"
    return {
        "text": {"expr": f"{is_drawn} ? {json.dumps(note)} : {json.dumps(otherwise)}"},
        "orient": "bottom",
        "anchor": "start",
        "offset": 12,
        "fontWeight": "normal",
        "fontSize": 12,
    }


def _locale(words: Words) -> dict[str, Any]:
    """Numbers and months as the reader writes them (d3-format and d3-time-format)."""
    point = words.say("thousands")
    return {
        "formatLocale": {
            "decimal": "," if point == "." else ".",
            "thousands": point,
            "grouping": [3],
            "currency": ["", ""],
        },
        "timeFormatLocale": {
            "dateTime": "%A, %-d %B %Y %H:%M",
            "date": "%-d %B %Y",
            "time": "%H:%M",
            "periods": ["AM", "PM"],
            # From Sunday, as JavaScript counts.
            "days": (days := [*words.listed("days")[-1:], *words.listed("days")[:-1]]),
            "shortDays": [day[:3] for day in days],
            "months": words.listed("months"),
            "shortMonths": words.short_months(),
        },
    }


@cache
def _charts() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("charts.toml").read_text("utf-8"))
