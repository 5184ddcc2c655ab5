"""The rules and what may need one in words and columns, for a terminal of 80 columns."""

import textwrap
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from borneone_crawler.desk.candidates import Candidate
from borneone_crawler.desk.plain import brief, plain
from borneone_crawler.desk.rule_use import RuleUse, Use
from borneone_crawler.desk.times import local

MOST = 20
"""Candidates that are told."""


def lines_of(
    use: RuleUse, candidates: Sequence[Candidate], since: str | None, zone: ZoneInfo
) -> Iterator[str]:
    """The whole report, line by line, days in the zone; `since`: the day from which on articles
    count."""
    published = f" published since {since}" if since else ""
    yield f"{use.articles} articles{published}"
    if use.outdated:
        yield f"{use.outdated} of them are not read by today's rules yet: scrapy reparse --all"
    yield ""
    yield from _table(sorted(use.uses, key=lambda one: -one.articles), zone)
    idle = [_named(one) for one in use.uses if not one.articles and one.origin != "off"]
    off = [one.name for one in use.uses if one.origin == "off"]
    for title, names in (("took nothing", idle), ("switched off", off)):
        if names:
            yield ""
            yield f"{title}:"
            yield from textwrap.wrap(", ".join(names), 76, initial_indent="  ",
                subsequent_indent="  ", break_on_hyphens=False)  # fmt: skip
    yield ""
    yield from _candidates(candidates)


def _table(uses: Sequence[Use], zone: ZoneInfo) -> Iterator[str]:
    yield f"{'rule':<34} {'takes':<8} {'articles':>8} {'pieces':>8}  last seen"
    for one in uses:
        if one.articles:
            last = local(one.last_at, zone)[:10] if one.last_at else ""
            yield (
                f"{brief(_named(one), 34):<34} {one.takes or '–':<8} {one.articles:>8} "
                f"{one.pieces:>8}  {last}"
            )
            yield f"    {plain(one.last_url or '')}"


def _named(one: Use) -> str:
    marks = {"own": " (your own)", "off": " (off)", None: " (no rule now)", "reader": " (no rule)"}
    return plain(one.name) + marks.get(one.origin, "")


def _candidates(candidates: Sequence[Candidate]) -> Iterator[str]:
    if not candidates:
        yield "no line recurs that may need a rule"
        return
    yield "lines that recur and may need a rule, the most suspicious first:"
    for one in candidates[:MOST]:
        yield ""
        yield (
            f"{one.articles} articles ({one.share:.0%} from {one.first_published[:10]} to "
            f"{one.last_published[:10]}), {one.place}"
        )
        yield f"  {brief(one.text, 76)}"
        if one.rule:
            yield f"  the rule {one.rule} takes it: scrapy reparse --all"
        yield from (f"    {plain(url)}" for url in one.samples)
    yield ""
    if (more := len(candidates) - MOST) > 0:
        yield f"and {more} more, which --json has;"
    yield "--candidates writes them as rules for archive/rules.toml"
