"""How each promise is put to the test, and what is promised of each figure."""

from tests.benchmarks.promises import measures
from tests.benchmarks.promises.figures import Arrangement, Bound, Figure
from tests.hostile import aliases, charsets, cuts, dates, fakes, outcomes, traps
from tests.hostile.robots import UNREACHABLE

_MOST = {trap.set: trap.most for trap in traps.TRAPS}


def _none(what: str, *, headline: bool = False) -> Figure:
    return Figure(what, Bound("=", 0), headline)


def _all(of: int, what: str, *, headline: bool = False) -> Figure:
    return Figure(f"{what}, of {of}", Bound("=", of), headline)


ARRANGEMENTS = [
    Arrangement(
        0,
        (
            _all(measures.WELL, "articles stored whole", headline=True),
            _all(measures.WELL, "dates right"),
            _none("exit status"),
        ),
        measures.nothing_wrong,
    ),
    Arrangement(
        1,
        (
            _all(measures.ARTICLES, "articles after a window of 429", headline=True),
            _none("further requests before Retry-After was over"),
            _none("exit status after that"),
        ),
        measures.window_of_429,
    ),
    Arrangement(
        1,
        (_all(measures.ARTICLES, "articles after an outage of 6 s", headline=True),),
        measures.outage,
    ),
    Arrangement(
        1,
        (
            _all(
                measures.ARTICLES // 2,
                "articles after an outage of 6 s, a second between requests",
            ),
        ),
        measures.outage_at_leisure,
    ),
    Arrangement(
        2,
        (Figure("most requests in flight, no delay set", Bound("≤", 1), is_headline=True),),
        measures.in_flight,
    ),
    Arrangement(
        2,
        (
            Figure(f"most requests in flight, a delay of {measures.GAP} s set", Bound("≤", 1)),
            Figure(
                f"smallest gap in s, {measures.GAP} set",
                Bound("≥", measures.GAP - 0.01),
                is_headline=True,
            ),
        ),
        measures.gaps,
    ),
    Arrangement(
        2,
        (
            Figure(
                f"smallest gap in s, Crawl-delay: {measures.CRAWL_DELAY}",
                Bound("≥", measures.CRAWL_DELAY - 0.01),
            ),
        ),
        measures.crawl_delay,
    ),
    Arrangement(
        3,
        (
            _none(
                f"runs that asked for pages without a robots.txt, of {len(UNREACHABLE)}",
                headline=True,
            ),
            _none("pages asked for in these runs"),
            _all(len(UNREACHABLE), "runs whose exit status said so"),
        ),
        measures.robots_unreachable,
    ),
    Arrangement(
        4,
        (
            _none(f"truncated or damaged pages stored, of {len(cuts.CUTS)}", headline=True),
            _all(1, "whole page beside them stored"),
        ),
        measures.always_cut,
    ),
    Arrangement(
        4,
        (_all(len(cuts.CUTS), "articles stored whole whose page came whole the second time"),),
        measures.cut_once,
    ),
    Arrangement(
        5,
        (
            Figure("MB resident at most", Bound("≤", 400), is_headline=True),
            Figure("MiB taken of a body without end, buffers included", Bound("≤", 32 + 8)),
            _all(4, "articles stored of pages that are only monstrous"),
        ),
        measures.without_measure,
    ),
    Arrangement(6, (_none("requests to another port", headline=True),), measures.another_port),
    Arrangement(6, (_none("requests to another host", headline=True),), measures.another_host),
    Arrangement(
        7,
        tuple(
            Figure(
                f"requests in {name}",
                Bound("≤", _MOST[trap]),
                is_headline=trap is traps.repeated_pages,
                stopped_at=measures.STOP,
            )
            for trap, name in measures.TRAPS.items()
        ),
        measures.trapped,
    ),
    Arrangement(
        8,
        (
            Figure(
                f"copies of one article with {len(aliases.ALIASES)} aliases",
                Bound("=", 1),
                is_headline=True,
            ),
            Figure("copies if its pages name one canonical address", Bound("=", 1)),
            Figure("requests for that article", Bound("=", 1)),
        ),
        measures.under_aliases,
    ),
    Arrangement(8, (_all(7, "articles whose canonical lies"),), measures.lying_canonicals),
    Arrangement(
        9,
        (
            _none(f"fake pages stored, of {len(fakes.FAKES)}", headline=True),
            _all(len(fakes.FAKES) + 1, "articles among them stored"),
        ),
        measures.among_fakes,
    ),
    Arrangement(
        10,
        (
            _all(5, "hostile articles stored"),
            _none("cells of the CSV that are formulas", headline=True),
            _none("cells with control characters or overrides of direction"),
        ),
        measures.inert_text,
    ),
    Arrangement(
        11,
        (_all(len(charsets.CASES), "texts as they were meant", headline=True),),
        measures.texts_as_meant,
    ),
    Arrangement(
        12,
        (
            _none(f"dates that are wrong, of {len(dates.CASES)} articles", headline=True),
            _all(sum(case.right is not None for case in dates.CASES), "dates found"),
        ),
        measures.dates_as_they_are,
    ),
    Arrangement(
        13,
        (
            _none(
                f"crawls that could bring nothing and ended with 0, of {len(measures.FAILED)}",
                headline=True,
            ),
            _all(len(outcomes.OUTCOMES), "outcomes told apart by status and reason"),
        ),
        measures.told_apart,
    ),
]
