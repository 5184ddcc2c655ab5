"""Goes through the articles one by one, and names those that are missing or added."""

import sqlite3
from collections.abc import Iterator, Sequence

from borneone_crawler.archive.verification import readings
from borneone_crawler.archive.verification.findings import Checked, Finding, Kind, Progress
from borneone_crawler.archive.verification.history import SEALING, Entry, histories, history
from borneone_crawler.archive.verification.pointers import pointers, whereabouts
from borneone_crawler.archive.verification.readings import Held
from borneone_crawler.archive.verification.seals import sealed_alike
from borneone_crawler.archive.verification.shown import Shown
from borneone_crawler.archive.verification.withheld import out_of_sight, taken_down_in, tombstone

_ARTICLES = """
SELECT a.*, t.at AS taken_down_at, t.reason, t.erased_at, t.digests
FROM articles AS a LEFT JOIN takedowns AS t ON t.article_id = a.id ORDER BY a.id
"""

_UNANSWERED = """
SELECT chain, n, kind, url, detail FROM ledger AS l
WHERE kind <> 'merge' AND NOT EXISTS (SELECT 1 FROM answered WHERE entry = l.id)
ORDER BY chain, n
"""


class Articles:
    """Verifies what is held of each article against the ledger, and what it shows against that."""

    def __init__(self, db: sqlite3.Connection, own: str, checked: Checked) -> None:
        self._db = db
        self._own = own
        self._checked = checked
        self._shown = Shown(db)
        chains = db.execute("SELECT DISTINCT chain FROM ledger WHERE chain <> ?", [own])
        self._others = [chain for (chain,) in chains]
        db.execute("CREATE TEMP TABLE answered (entry INTEGER PRIMARY KEY)")

    def findings(self, progress: Progress) -> Iterator[Finding]:
        """What is wrong with any article, and which are missing or added."""
        total = self._db.execute("SELECT count(*) FROM articles").fetchone()[0]
        for row in self._db.execute(_ARTICLES):
            self._checked["articles"] += 1
            progress("articles", self._checked["articles"], total)
            yield from self._article(row)
        yield from self._shown.misnamed_sections()
        yield from self._missing()

    def _missing(self) -> Iterator[Finding]:
        """What the ledger knows and no article answers to, by the address it had last."""
        known: dict[tuple[str, str], int] = {}
        for chain, n, kind, url, detail in self._db.execute(_UNANSWERED):
            before = known.pop((chain, detail), n) if kind == "moved" else n
            known.setdefault((chain, url), before)
        for (chain, url), n in known.items():
            of = "the ledger" if chain == self._own else f"the chain {chain}"
            yield Finding(Kind.MISSING, f"the article, which {of} knows since entry {n}", url)

    def _article(self, row: sqlite3.Row) -> Iterator[Finding]:
        url, taken_down = row["url"], row["taken_down_at"] is not None
        rows = readings.rows_of(self._db, row["id"])
        self._checked["revisions"] += len({one["revision_id"] for one in rows})
        held: dict[int, Held] = {}
        for one in rows:
            if one["id"] is None:
                yield Finding(Kind.MISSING, f"every reading of revision {one['n']}", url)
                continue
            self._checked["readings"] += 1
            if taken_down:
                yield from out_of_sight(url, one)
            elif one["withheld"] is not None:
                what = f"a withheld text of revision {one['n']}, which is not taken down"
                yield Finding(Kind.ADDED, what, url)
            if not taken_down or one["withheld"] is not None:
                held[one["id"]] = readings.held(self._db, one)
                if held[one["id"]].content_digest != one["content_digest"]:
                    what = f"the content digest of revision {one['n']} is not that of its reading"
                    yield Finding(Kind.CHANGED, what, url)
        entries = self._entries(row, [*held.values()], taken_down=taken_down)
        if row["erased_at"] is None:
            yield from sealed_alike(url, [*held.values()], entries, self._own)
        yield from tombstone(row, [*held.values()], entries, self._own)
        yield from whereabouts(row, entries, self._own)
        if taken_down:
            self._checked["taken down"] += 1
            for name in self._shown.remains(row):
                yield Finding(Kind.CHANGED, f"taken down, and still shows its {name}", url)
            return
        sealed = {entry.seals for entry in entries if entry.kind in SEALING}
        if sealed:
            yield from pointers(row, rows, entries, self._own)
        for one in rows:
            is_shown = one["id"] == row["reading_id"] and one["withheld"] is None
            if is_shown and held[one["id"]].seals in sealed:
                yield from self._shown.findings(row, readings.shown(one))

    def _entries(self, row: sqlite3.Row, held: Sequence[Held], *, taken_down: bool) -> list[Entry]:
        """Entries about this article, of all chains; they are noted as answered."""
        entries = history(self._db, self._own, row["url"])
        answered = list(entries)
        if self._others:
            addresses = {row["url"], *(entry.url for entry in entries)}
            addresses.update(
                url for (url,) in self._db.execute(
                    "SELECT url FROM urls WHERE article_id = ?", [row["id"]])
            )  # fmt: skip
            seals = {reading.seals for reading in held}
            contents = {reading.content_digest for reading in held}
            there = histories(self._db, self._others, addresses)
            down_there = taken_down_in(there)
            for entry in there:
                # An address may have been another article's there: its readings tell. Of the same
                # content another archive may have a reading that was not taken in, as are those
                # that were taken down there.
                if entry.kind not in SEALING or entry.seals in seals:
                    entries.append(entry)
                    answered.append(entry)
                elif taken_down or entry.chain in down_there or entry.content_digest in contents:
                    answered.append(entry)
        self._db.executemany(
            "INSERT OR IGNORE INTO answered VALUES (?)", [[entry.id] for entry in answered]
        )
        return entries
