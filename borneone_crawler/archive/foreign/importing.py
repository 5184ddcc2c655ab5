"""Makes articles and dated revisions of captures that others made.

First everything that may be an article is copied into WARC files of our own (copying.py), then
the copies are read in the order of their dates. What is copied and not read yet waits in its row:
an import that was killed is gone on with by the next one, whichever files that is given.
"""

from array import array
from collections.abc import Callable, Sequence

from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.articles.articles import Effect
from borneone_crawler.archive.articles.sighting import Sighting
from borneone_crawler.archive.clock import stamp
from borneone_crawler.archive.foreign.copies import Copies, Copy, Waits
from borneone_crawler.archive.foreign.copying import Copier, Progress
from borneone_crawler.archive.foreign.files import WarcFile
from borneone_crawler.archive.foreign.judge import Judge
from borneone_crawler.archive.foreign.linking import Linker
from borneone_crawler.archive.foreign.tally import Tally
from borneone_crawler.archive.sqlite.database import explained
from borneone_crawler.items import NotAnArticle

Leave = Callable[[Copy, NotAnArticle | Waits], None]
"""Told of a copy that makes no article."""

A_PART = "part of another article"
"""What the reader says of an article's page 2 and on."""

_WAITING = """
SELECT id FROM captures
WHERE waiting = 1 AND origin NOT LIKE 'merge %' AND url_id IS NOT NULL
ORDER BY fetched_at, id
"""

_BETWEEN = """
SELECT v.article_id, v.seen_at, a.last_seen_at,
    (SELECT max(seen_at) FROM revisions
     WHERE article_id = v.article_id AND seen_at < v.seen_at) AS before,
    (SELECT min(seen_at) FROM revisions
     WHERE article_id = v.article_id AND seen_at > v.seen_at) AS after
FROM reading_captures AS x
JOIN readings AS r ON r.id = x.reading_id
JOIN revisions AS v ON v.id = r.revision_id
JOIN articles AS a ON a.id = v.article_id
WHERE x.capture_id = ? AND x.part_number = 1
ORDER BY v.id DESC LIMIT 1
"""
"""The state that was made of a capture, and when those before and after it were seen."""

_SIGHTINGS = """
SELECT id, min(fetched_at) FROM (
    SELECT c.id, c.fetched_at, c.fetched_at < :seen_at AS is_before
    FROM captures AS c JOIN urls AS u ON u.id = c.url_id
    WHERE u.article_id = :article_id AND u.part_of IS NULL AND c.http_status IN (200, 304)
        AND c.dropped IS NULL AND c.waiting = 0 AND c.fetched_at <> :seen_at
        AND c.fetched_at > coalesce(:before, '') AND c.fetched_at < coalesce(:after, '9999')
) GROUP BY is_before
"""
"""The first sighting of an article after the state before, and the first one after this one."""


def import_files(archive: Archive, files: Sequence[WarcFile], progress: Progress) -> Tally:
    """Take the newsroom's articles out of WARC files, within a run of the archive. Returns what
    was met and done. Raises Stop when a disk fails."""
    tally = Tally()
    with explained(archive.path):
        copier = Copier(archive, Judge(archive.urls, archive.clock()), tally)
        for file in files:
            copier.copy(file, progress)
        linker = Linker(archive)
        linker.link()
        Importer(archive, linker, tally).read_waiting(progress)
    archive.stats = {
        "import/records": sum(file.records.total() for file in tally.files),
        "import/copied": sum(file.copied for file in tally.files),
        **{f"articles/{effect}": number for effect, number in tally.articles.items()},
        **{f"left out/{reason}": one.count for reason, one in tally.left_out.items()},
    }
    return tally


class Importer:
    """Reads copies that wait, oldest first, and stores what they say."""

    def __init__(self, archive: Archive, linker: Linker, tally: Tally) -> None:
        self._archive = archive
        self._db = archive.db
        self._copies = Copies(archive, tally)
        self._linker = linker
        self._tally = tally
        self._parts = array("q")

    def read_waiting(self, progress: Progress) -> None:
        """Read every copy that waits: those of this import, and of one before that was killed."""
        waiting = array("q", (row[0] for row in self._db.execute(_WAITING).fetchall()))
        for number, capture_id in enumerate(waiting):
            progress("reading", number, len(waiting))
            self._read(capture_id)
            self._archive.checkpoint()
        progress("reading", len(waiting), len(waiting))
        self._account_for_parts()

    def _read(self, capture_id: int) -> None:
        """Read one copy; and the sightings beside it, if it proves that what was seen at them was
        a state of its own."""
        self._tally.read += 1
        effect = self._store(capture_id, self._leave)
        if effect is not None:
            self._tally.articles[effect] += 1
        beside = self._sightings_beside(capture_id) if effect is Effect.REVISED else []
        while beside:
            again = beside.pop()
            if self._store(again, lambda copy, verdict: None) is Effect.REVISED:
                self._tally.articles[Effect.REVISED] += 1
                beside += self._sightings_beside(again)

    def _store(self, capture_id: int, leave: Leave) -> Effect | None:
        """Store what a capture says, in one transaction; None when that is nothing."""
        copy = self._copies.copy(capture_id)
        try:
            reading, captures = self._copies.reading(copy)
            if copy.article_id is not None and (
                worse := self._archive.articles.reads_worse(copy.article_id, reading)
            ):
                raise NotAnArticle(f"reads worse than what is held: {worse}")
        except (NotAnArticle, Waits) as verdict:
            leave(copy, verdict)
            return None
        # The reader believes a page's rel=canonical just where the archive may.
        claim = reading.article.url if reading.sources.get("url") != "address" else None
        sighting = Sighting(
            asked=copy.url,
            known_as=copy.article_id,
            claim=claim,
            captures=captures,
            seen_at=copy.fetched_at,
            run_id=self._archive.run_id,
            now=stamp(self._archive.clock()),
            is_live=False,
        )
        with self._db.atomic():
            stored = self._archive.articles.store(reading, sighting)
            self._db.execute("UPDATE captures SET waiting = 0 WHERE id = ?", [copy.id])
            if stored.effect is not Effect.WITHHELD:
                self._linker.join(copy, reading, claim, stored.article_id)
        return stored.effect

    def _leave(self, copy: Copy, verdict: NotAnArticle | Waits) -> None:
        """Say why a copy makes no article."""
        if isinstance(verdict, Waits):
            self._tally.leave_out(str(verdict), copy.url)
            return
        if verdict.reason == A_PART:
            self._parts.append(copy.id)
        else:
            self._tally.leave_out(f"not an article: {verdict.reason}", copy.url)
        with self._db.atomic():
            self._db.execute("UPDATE captures SET waiting = 0 WHERE id = ?", [copy.id])

    def _account_for_parts(self) -> None:
        """Say of the further pages of articles whether they were read with their first page."""
        for capture_id in self._parts:
            url, read = self._db.execute(
                """SELECT url, EXISTS (SELECT 1 FROM reading_captures WHERE capture_id = c.id)
                   FROM captures AS c WHERE id = ?""",
                [capture_id],
            ).fetchone()
            if read:
                self._tally.note("further pages of articles, read with the first", url)
            else:
                self._tally.leave_out("a further page of an article, not needed", url)

    def _sightings_beside(self, capture_id: int) -> list[int]:
        """The nearest sightings before and after a state that was found between two others:
        what was taken for the same as one of those may have been a state of its own.

        A seen at two times with nothing known between them is one state. Where B turns up
        between, the second A is a state again.
        """
        (found,) = self._db.query(_BETWEEN, [capture_id])
        if found["seen_at"] >= found["last_seen_at"]:
            return []  # the newest state is compared with the one before it when it is stored
        return [int(capture) for capture, _ in self._db.execute(_SIGHTINGS, found).fetchall()]
