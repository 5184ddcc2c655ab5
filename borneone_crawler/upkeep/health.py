"""Whether a run went as the archive's own past says it should: pure judgement over counters.

A run counts what it reads under names that begin with `health/`; `judge` compares them with those
of the runs before it. Until there are enough of these, fixed floors stand in for them.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Counts = Mapping[str, float]
"""Counters of one run, or of several added up."""

READ = "health/read"
"""Article pages that were read."""
WORDS = "health/words"
"""Words of their texts, together."""
HAS = "health/has "
"""Of them, those that have a field: `health/has headline`."""
FLAG = "health/flag "
RULE = "health/rule "
"""Of them, those of which a cleaning rule took something off."""
KNOWN = "health/known"
"""Pages asked for that are articles in the archive, and what became of them:"""
ABSENT = "health/known absent"
WORSE = "health/known worse"
NEW = "health/new"
"""Pages asked for the first time, and of them those that are no articles:"""
NOT_ARTICLES = "health/new no articles"
LISTINGS = "health/listings"
"""First pages of listings, and of them those without an article that had some before:"""
EMPTY_LISTINGS = "health/listings empty"
COMPARED = "health/compared"
"""Articles whose text the REST API gave too, and of them those that are not the same:"""
UNLIKE = "health/compared unlike"
PAGES = "health/pages"
"""Pages of any kind that were asked for, and of them those that at least once gave an error of
the server or of the network:"""
FAILED = "health/pages failed"
ANSWERS = "health/answers"
"""Answers of the site, and how long it was until they began, together:"""
MILLISECONDS = "health/milliseconds"

RUNS_TO_LEARN_FROM = 14
FEWEST = 5
"""Pages below which a run says nothing."""
FEWEST_ABSENT = 8
"""The same for pages that are not there: a newsroom takes some away now and then."""

FLOORS = {"headline": 0.95, "article_body": 0.9, "date_published": 0.8}
"""Share of article pages that have a field on any newsroom's site."""
USUAL_WORDS = 10
"""Words an article of any newsroom has on average at the least."""
FAR_SHORTER = 0.35
"""Share of the usual words below which texts are cut."""
USUAL_SECONDS = 1.0
"""Seconds until a site's answer begins."""
FAR_SLOWER = 10
"""How many times the usual seconds are slow."""
SLOW = 5.0
"""Seconds below which no site is slow."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something a person should look at."""

    name: str
    """By which it is known again in the next run."""
    says: str
    """In one line, without samples."""
    counter: str
    """The counter it is about: samples of it are addresses to look at."""


def judge(now: Counts, past: Sequence[Counts]) -> list[Alarm]:
    """What is wrong with a run, the gravest first. `past`: good runs before it, newest last."""
    learned = Counter[str]()
    if len(past) >= RUNS_TO_LEARN_FROM:
        for run in past:
            learned.update(run)
    return [alarm for check in _CHECKS for alarm in check(now, learned)]


def _known(now: Counts, _: Counts) -> Iterable[Alarm]:
    known = now.get(KNOWN, 0)
    if now.get(ABSENT, 0) >= max(FEWEST_ABSENT, known / 2):
        says = f"{now[ABSENT]:.0f} of {known:.0f} articles looked at again say they are not there"
        yield Alarm("articles not there", says, ABSENT)
    if now.get(WORSE, 0) >= max(FEWEST, known / 2):
        says = (
            f"{now[WORSE]:.0f} of {known:.0f} articles looked at again read worse than before: a "
            "new design, a paywall, a notice in place of the site?"
        )
        yield Alarm("articles read worse", says, WORSE)


def _new(now: Counts, learned: Counts) -> Iterable[Alarm]:
    new, wrong = now.get(NEW, 0), now.get(NOT_ARTICLES, 0)
    usual = _share(learned, NOT_ARTICLES, NEW, 0.2)
    if new >= FEWEST and wrong > new / 2 and _unlikely(wrong, new, usual):
        yield Alarm(
            "new pages are no articles",
            f"{wrong:.0f} of {new:.0f} new pages are no articles",
            NOT_ARTICLES,
        )


def _listings(now: Counts, _: Counts) -> Iterable[Alarm]:
    read, empty = now.get(LISTINGS, 0), now.get(EMPTY_LISTINGS, 0)
    if empty and empty >= read / 2:
        says = f"{empty:.0f} of {read:.0f} listings show no article any more"
        yield Alarm("empty listings", says, EMPTY_LISTINGS)


def _fields(now: Counts, learned: Counts) -> Iterable[Alarm]:
    read = now.get(READ, 0)
    names = {name.removeprefix(HAS) for name in learned if name.startswith(HAS)} | set(FLOORS)
    for name in sorted(names):
        has = now.get(HAS + name, 0)
        usual = _share(learned, HAS + name, READ, FLOORS.get(name, 0.0))
        if read >= FEWEST and has < read * usual / 2 and _unlikely(has, read, usual):
            says = f"{read - has:.0f} of {read:.0f} articles have no {name}, which is unusual"
            yield Alarm(f"no {name}", says, READ)


def _words(now: Counts, learned: Counts) -> Iterable[Alarm]:
    read = now.get(READ, 0)
    usual = _share(learned, WORDS, READ, USUAL_WORDS)
    if read >= FEWEST and now.get(WORDS, 0) / read < usual * FAR_SHORTER:
        says = f"articles have {now.get(WORDS, 0) / read:.0f} words where {usual:.0f} are usual"
        yield Alarm("short texts", says, READ)


def _flags(now: Counts, learned: Counts) -> Iterable[Alarm]:
    read = now.get(READ, 0)
    for name in sorted(name for name in now if name.startswith(FLAG)):
        usual = _share(learned, name, READ, 0.1)
        if read >= FEWEST and now[name] > read / 2 and _unlikely(now[name], read, usual):
            flag = name.removeprefix(FLAG)
            yield Alarm(flag, f"{now[name]:.0f} of {read:.0f} articles: {flag}", name)


def _rules(now: Counts, learned: Counts) -> Iterable[Alarm]:
    """A rule that always took something off and takes nothing now: its boilerplate may have
    changed, and stand in the texts."""
    read = now.get(READ, 0)
    for name in sorted(name for name in learned if name.startswith(RULE)):
        usual = _share(learned, name, READ, 0.0)
        if read >= 2 * FEWEST and usual > 0.9 and not now.get(name, 0):
            rule = name.removeprefix(RULE)
            says = f"the rule {rule!r} takes nothing off {read:.0f} articles, where it always did"
            yield Alarm(f"rule {rule} is idle", says, READ)


def _likeness(now: Counts, _: Counts) -> Iterable[Alarm]:
    compared, unlike = now.get(COMPARED, 0), now.get(UNLIKE, 0)
    if unlike >= 2 and unlike > compared / 2:
        says = f"{unlike:.0f} of {compared:.0f} articles differ from what the REST API gives"
        yield Alarm("texts differ from REST", says, UNLIKE)


def _errors(now: Counts, learned: Counts) -> Iterable[Alarm]:
    pages, failed = now.get(PAGES, 0), now.get(FAILED, 0)
    usual = _share(learned, FAILED, PAGES, 0.05)
    if failed >= 2 * FEWEST and failed > pages / 2 and _unlikely(failed, pages, usual):
        yield Alarm("errors", f"{failed:.0f} of {pages:.0f} pages give errors", FAILED)


def _speed(now: Counts, learned: Counts) -> Iterable[Alarm]:
    answers = now.get(ANSWERS, 0)
    usual = _share(learned, MILLISECONDS, ANSWERS, 1_000 * USUAL_SECONDS) / 1_000
    seconds = _share(now, MILLISECONDS, ANSWERS, 0) / 1_000
    if answers >= 2 * FEWEST and seconds > max(SLOW, FAR_SLOWER * usual):
        says = f"answers take {seconds:.1f} s where {usual:.1f} s are usual"
        yield Alarm("slow site", says, ANSWERS)


_CHECKS = (_known, _new, _listings, _fields, _words, _flags, _rules, _likeness, _errors, _speed)


def _share(counts: Counts, part: str, whole: str, otherwise: float) -> float:
    return counts.get(part, 0) / counts[whole] if counts.get(whole, 0) else otherwise


def _unlikely(found: float, pages: float, usual: float) -> bool:
    """Whether so many of so many pages are further from the usual share than chance would have
    them in a lifetime: four standard deviations, and one page."""
    deviation = math.sqrt(pages * usual * (1 - usual)) if 0 < usual < 1 else 0.0
    return abs(found - pages * usual) > 4 * deviation + 1
