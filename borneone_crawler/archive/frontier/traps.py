"""Traps for crawlers: addresses that a site makes up without end, and that lead to nothing new."""

import re
from collections import OrderedDict
from urllib.parse import parse_qsl, urlsplit

from sqlite_utils import Database

from borneone_crawler.archive.articles.articles import Effect
from borneone_crawler.archive.frontier.frontier import A_TRAP, Due
from borneone_crawler.archive.settled import Settled
from borneone_crawler.items import Kind, Outcome, State

BARREN = 100
"""Pages of one shape that brought no article, before a run takes the shape for a trap."""

MOST_LINKS = 1_000
"""Links that are taken from one page of the site: no theme shows as many."""

_SHAPES_KEPT = 4_096
_TELLING = frozenset({"p"})
"""Parameters that name a post: WordPress's own shortlinks are no trap, however many there are."""

_ARTICLES_OF_SHAPE = """
SELECT id, url FROM urls
WHERE kind = 'article' AND state = 'pending' AND article_id IS NULL AND checked_at IS NULL
    AND next_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM shown WHERE url_id = urls.id AND source <> 'listing')
"""


def shape_of(url: str) -> str | None:
    """What an address has in common with all that the same rule makes up: its path with "#" for
    numbers and long codes, and the names of its parameters. None where nothing in it is made up.

    >>> shape_of("https://borneonetv.com/agenda/2019-10/?hari=14")
    '/agenda/#-#/?hari'
    """
    split = urlsplit(url)
    names = sorted({name for name, _ in parse_qsl(split.query, keep_blank_values=True)})
    if _TELLING.intersection(names):
        return None
    path = re.sub(r"[0-9a-f]{16,}|[0-9]+", "#", split.path)
    shape = path + (f"?{'&'.join(names)}" if names else "")
    return shape if names or path != split.path else None


class Traps:
    """Counts, for one run, which shapes bear nothing. Transactions are the caller's."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._barren: OrderedDict[str, int] = OrderedDict()
        """Pages of a shape that brought nothing; -1 once one has brought an article."""
        self._traps: set[str] = set()

    def is_in_one(self, url: str) -> bool:
        """Whether an address is of a shape that this run takes for a trap."""
        return bool(self._traps) and shape_of(url) in self._traps

    def weigh(self, due: Due, outcome: Outcome, settled: Settled) -> None:
        """Count what a page has brought. When its shape is a trap from now on, what waits of it
        is given up, but for what a list of the site's own names."""
        if due.kind is not Kind.ARTICLE or (shape := shape_of(due.url)) is None:
            return
        bears = self._bears(due, outcome, settled, shape)
        count = self._barren.pop(shape, 0)
        if bears is not None:
            count = -1 if bears or count < 0 else count + 1
        self._barren[shape] = count
        if len(self._barren) > _SHAPES_KEPT:
            self._barren.popitem(last=False)
        if count >= BARREN and shape not in self._traps:
            self._traps.add(shape)
            settled.traps.append(self._give_up(shape))

    def _bears(self, due: Due, outcome: Outcome, settled: Settled, shape: str) -> bool | None:
        """Whether a page is, or brought, an article; None when it says nothing of that."""
        if due.article_id is not None:
            return True
        if settled.effect is not None:  # else it is one more address of an article
            return settled.effect in (Effect.NEW, Effect.SUPERSEDED)
        if outcome.redirect_to is not None and outcome.state is State.STORED:
            article_id = self._db.execute(
                "SELECT article_id FROM urls WHERE id = ?", [due.id]
            ).fetchone()[0]
            leads_on = article_id is None and shape_of(outcome.redirect_to) != shape
            return None if leads_on else False
        is_none = outcome.absent or outcome.state in (State.SKIPPED, State.GONE)
        return False if is_none else None

    def _give_up(self, shape: str) -> str:
        reason = f"{A_TRAP}: {BARREN} pages like {shape} were no new articles"
        rows = self._db.execute(_ARTICLES_OF_SHAPE).fetchall()
        self._db.conn.executemany(
            "UPDATE urls SET state = ?, reason = ?, next_at = NULL WHERE id = ?",
            [(State.SKIPPED, reason, row) for row, url in rows if shape_of(url) == shape],
        )
        return reason
