"""Coverage in words and columns, in the newsroom's own time, for a terminal."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from zoneinfo import ZoneInfo

from borneone_crawler.desk.coverage import Coverage, Row
from borneone_crawler.desk.plain import brief, plain
from borneone_crawler.desk.times import local

_NUMBERS = ("shown", "held", "explained", "missing")
_UNKNOWN = "unknown"
_NAMELESS = "(not named)"
"""Stands for the address of what was taken down here."""
_WIDEST = 40
"""Characters of a section's name that are shown."""


def lines_of(coverage: Coverage, time_zone: str, *, every_month: bool = False) -> Iterator[str]:
    """The whole report, line by line. Months in which nothing is missing are told as one for each
    section unless `every_month` is; so are pages whose absence is explained."""
    zone = ZoneInfo(time_zone)
    rows = coverage.months if every_month else list(_folded(coverage.months))
    yield from _table(rows)
    gone = f" ({coverage.gone} of them gone from the site)" if coverage.gone else ""
    yield (
        f"all in all, each page once: {coverage.shown} shown, {coverage.held} held{gone}, "
        f"{len(coverage.explained)} explained, {len(coverage.missing)} missing"
    )
    if reasons := coverage.reasons:
        told = (f"{count} {plain(reason)}" for reason, count in reasons.most_common())
        yield f"explained: {', '.join(told)}"
    if turned_away := coverage.never_asked:
        told = (f"{rule} {links}" for rule, links in turned_away.items())
        yield f"links of forms that are never asked for: {', '.join(told)}"
    yield ""
    yield from (_source(row, zone) for row in coverage.sources)
    for title, pages in (
        ("explained", coverage.explained if every_month else []),
        ("missing", coverage.missing),
        ("listings that were not read, what stands on them is not known", coverage.unread),
    ):
        if pages:
            yield ""
            yield f"{title}:"
            yield from (f"  {_page(row, zone)}" for row in pages)


def _folded(months: Iterable[Row]) -> Iterator[Row]:
    """Months of a section that follow one another and miss nothing as one row."""
    for (section, _, is_whole), group in groupby(
        months, key=lambda row: (row["section"], row["month"] is None, not row["missing"])
    ):
        rows = list(group)
        if is_whole and len(rows) > 1:
            sums = {name: sum(row[name] for row in rows) for name in _NUMBERS}
            span = f"{rows[0]['month']} to {rows[-1]['month']}"
            yield {"section": section, "month": span} | sums
        else:
            yield from rows


def _table(rows: list[Row]) -> Iterator[str]:
    cells = [
        [brief(row["section"] or _UNKNOWN, _WIDEST), row["month"] or _UNKNOWN]
        + [str(row[name]) for name in _NUMBERS]
        for row in rows
    ]
    cells.insert(0, ["section", "month", *_NUMBERS])
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    for row in cells:
        words = [each.ljust(width) for each, width in zip(row[:2], widths[:2], strict=True)]
        numbers = [each.rjust(width) for each, width in zip(row[2:], widths[2:], strict=True)]
        yield "  ".join([*words, *numbers])


def _source(row: Row, zone: ZoneInfo) -> str:
    """What one source says there is: "rest: works; says 1204 articles, has shown 1204 …"."""
    says = f"says {row['total']} articles, " if row["total"] is not None else ""
    asked = f"; asked {local(row['checked_at'], zone)}" if row["checked_at"] else ""
    whole = f"; read to its end {local(row['complete_at'], zone)}" if row["complete_at"] else ""
    return f"{row['source']}: {row['state']}; {says}has shown {row['shows']}{asked}{whole}"


def _page(row: Row, zone: ZoneInfo) -> str:
    """One page: address, reason, since when it is known, and who shows it."""
    where = ""
    if row.get("sources"):
        places = f" ({', '.join(row['sections'])})" if row["sections"] else ""
        where = f"; shown by {', '.join(row['sources'])}{places}"
    elif row.get("found_on"):
        where = f"; linked from {row['found_on']}"
    since = local(row["known_since"], zone)
    url, reason = plain(row["url"] or _NAMELESS), plain(row["reason"])
    return f"{url}  {reason}; known since {since}{plain(where)}"
