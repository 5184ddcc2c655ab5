"""Charts as vector drawings, by pygal: colours and fonts are the page's own."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import pygal
from lxml.etree import Comment, tostring
from markupsafe import Markup
from pygal.graph.graph import Graph
from pygal.style import Style

from borneone_crawler.desk.plain import brief

WIDE, NARROW = 960, 370
"""Units; the page draws them as wide as there is room for one drawing, or three."""
_LABEL = 34
"""Characters of the longest label."""
_LINES = 5
"""Lines across a chart, about."""

# pygal looks for plug-ins of its own in a way that Python has given up: every later import warns.
sys.meta_path[:] = [one for one in sys.meta_path if not isinstance(one, pygal.PluginImportFixer)]

_SIZES = ("label_font_size", "major_label_font_size", "legend_font_size", "value_font_size")
_PLAIN: dict[str, Any] = {
    "js": [],
    "css": [],
    "explicit_size": False,
    "truncate_label": -1,
    "truncate_legend": -1,
    "style": Style(**dict.fromkeys(_SIZES, 13)),  # as page.css: how much room labels need
    "margin": 4,
    "spacing": 8,
}


Numbers = Sequence[tuple[str, int]]
"""(name, number), in the order in which they are drawn."""


@dataclass(frozen=True, slots=True)
class Charts:
    """Draws, and of no numbers nothing. `written` is how a number is written."""

    written: Callable[[int], str]

    def columns(self, title: str, numbers: Numbers, *, labelled: Sequence[str] = ()) -> Markup:
        """One column a name; only those of `labelled` say what they are, or all."""
        chart = pygal.Bar(
            **_PLAIN, width=WIDE, height=300, show_legend=False,
            x_labels_major=list(labelled), show_minor_x_labels=not labelled,
        )  # fmt: skip
        chart.x_labels = [name for name, _ in numbers]
        chart.add(title, [number for _, number in numbers])
        return self._drawn(chart, title, max((number for _, number in numbers), default=0))

    def stacks(
        self, title: str, series: Mapping[str, Mapping[str, int]], names: Sequence[str]
    ) -> Markup:
        """One column a name, made of what each series has there."""
        chart = pygal.StackedBar(
            **_PLAIN, width=WIDE, height=360, legend_at_bottom=True, legend_at_bottom_columns=4
        )
        chart.x_labels = list(names)
        for label, numbers in series.items():
            chart.add(_label(label), [numbers.get(name, 0) for name in names])
        sums = (sum(numbers.get(name, 0) for numbers in series.values()) for name in names)
        return self._drawn(chart, title, max(sums, default=0))

    def rows(self, title: str, numbers: Numbers) -> Markup:
        """One bar a name, from the top down."""
        chart = pygal.HorizontalBar(
            **_PLAIN, width=NARROW, height=40 + 26 * max(1, len(numbers)), show_legend=False,
            print_values=True, print_values_position="top", show_x_labels=False,
            show_x_guides=False,
        )  # fmt: skip
        upwards = list(reversed(numbers))  # pygal draws the first at the bottom
        chart.x_labels = [_label(name) for name, _ in upwards]
        chart.add(title, [number for _, number in upwards])
        return self._drawn(chart, title, max((number for _, number in numbers), default=0))

    def _drawn(self, chart: Graph, title: str, most: int) -> Markup:
        if not chart.x_labels:
            return Markup()
        chart.config(value_formatter=lambda number: self.written(round(number)))
        chart.y_labels = ticks = _ticks(most)
        chart.range = (0, max(ticks[-1], most + most / 8))  # room for a number behind a bar
        drawing = chart.render_tree()
        del drawing.attrib["id"]  # made up anew each time
        drawing.attrib.update({"role": "img", "aria-label": title})
        # Browsers show what a part of a drawing is called, and not how it is described.
        for value in drawing.iter("{*}desc"):
            if value.get("class") == "value":
                label = value.getparent().findtext("{*}desc[@class='x_label']")
                value.tag = value.tag.replace("desc", "title")
                value.text = f"{label}: {value.text}" if label else value.text
        # The rest is for pygal's scripts and has styles of its own.
        for part in [*drawing.iter("{*}defs", "{*}desc", "{*}title", Comment)]:
            if part.get("class") != "value":
                part.getparent().remove(part)
        for part in [*drawing.iter("{*}g")]:
            if "tooltip-overlay" in (part.get("class") or ""):
                part.getparent().remove(part)
        return Markup(tostring(drawing, encoding="unicode"))  # noqa: S704 - lxml escapes


def _label(text: str) -> str:
    """A name as a drawing may have it, which is XML: without the two characters that are none."""
    return brief(text, _LABEL).translate({0xFFFE: "\ufffd", 0xFFFF: "\ufffd"})


def _ticks(most: int) -> list[int]:
    """Round numbers from 0 to what is at least the largest one, a few of them."""
    steps = (base * 10**power for power in count() for base in (1, 2, 5))
    step = next(step for step in steps if step * _LINES >= most)
    return list(range(0, max(most, 1) + step, step))
