"""The story of one article: what the newsroom did with it, what we did, told apart."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from borneone_crawler.archive.articles.stored import CONTENT, content_digest, digest, reading_from
from borneone_crawler.archive.dumps.sameness import comparable
from borneone_crawler.archive.ledger import Event as Kind
from borneone_crawler.desk.changes import Change, article_changes, reading_changes
from borneone_crawler.desk.entries import Entry, entries_of, merges_of
from borneone_crawler.items import Reading, Removal

_TOLD_WITH_AN_EDIT = (*CONTENT, "keywords", "date_modified")

NAMES = {
    Kind.MOVED: "moved",
    Kind.REDIRECTED: "redirected",
    Kind.GONE: "gone",
    Kind.BACK: "back",
    Kind.TAKEDOWN: "taken down",
    Kind.RESTORED: "put back",
    Kind.ERASED: "erased",
}
"""What only the ledger knows -> the word for it."""

_REVISIONS = """
SELECT v.id, v.n, v.seen_at, v.read_with, v.reading_id,
    coalesce(
        (SELECT group_concat(DISTINCT c.origin) FROM reading_captures AS x
            JOIN captures AS c ON c.id = x.capture_id WHERE x.reading_id = v.reading_id),
        (SELECT 'text dump ' || d.name FROM readings AS r JOIN dumps AS d ON d.id = r.dump_id
            WHERE r.id = v.reading_id)
    ) AS origin
FROM revisions AS v WHERE v.article_id = ? ORDER BY v.seen_at, v.n
"""

_READINGS = """
SELECT
    r.id, r.revision_id, v.n, r.reader, r.reader_version, r.read_at, r.article, r.sources, r.flags,
    r.dump_id
FROM readings AS r JOIN revisions AS v ON v.id = r.revision_id
WHERE v.article_id = ? ORDER BY r.id
"""

_NOW = """
SELECT a.id, a.url, a.headline, a.date_published, a.first_seen_at, a.last_seen_at, a.gone_at,
    a.redirected_to, u.absences, u.absent_since, u.next_at AS next_check_at, t.at AS taken_down_at,
    t.reason AS taken_down_because, t.erased_at
FROM articles AS a
LEFT JOIN urls AS u ON u.url = a.url
LEFT JOIN takedowns AS t ON t.article_id = a.id
WHERE a.id = ?
"""

_OF_A_DUMP = "one of the two states is known from a text dump, which has no date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that happened to an article."""

    at: str
    """UTC. Of a state of the article: when its page was fetched."""
    kind: str
    """first seen, edited, same again, page found, read again, moved, redirected, gone, back,
    taken down, put back, erased, taken in."""
    revision: int | None = None
    detail: str | None = None
    """Address before or after, reason, archive or file it came from, reader."""
    changes: list[Change] = field(default_factory=list)
    note: str | None = None

    def as_json(self) -> dict[str, Any]:
        said: dict[str, Any] = {"at": self.at, "kind": self.kind}
        for name in ("revision", "detail", "note"):
            if (value := getattr(self, name)) is not None:
                said[name] = value
        if self.changes:
            said["changes"] = [{"field": one.field} | one.as_json() for one in self.changes]
        return said


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article as it stands, and all that happened to it, in order of time."""

    now: dict[str, Any]
    events: list[Happening]

    def as_json(self) -> dict[str, Any]:
        return {"article": self.now, "events": [event.as_json() for event in self.events]}


def story_of(database: Database, article_id: int) -> Story:
    """The story of one article; reads ledger, revisions and readings."""
    readings = _readings(database, article_id)
    entries = entries_of(database, article_id)
    events = [
        *_states(database, article_id, readings),
        *_readings_again(database, readings, entries),
        *_from_ledger(database, entries, told=bool(readings)),
    ]
    order = {"first seen": 0, "edited": 1, "same again": 1, "page found": 2, "read again": 3}
    events.sort(key=lambda one: (one.at, order.get(one.kind, 2)))
    return Story(now=next(database.query(_NOW, [article_id])), events=events)


def _readings(database: Database, article_id: int) -> dict[int, Entry]:
    """The rows of `readings` by number, each with its Reading, None where it is withheld."""
    found = {}
    for row in database.query(_READINGS, [article_id]):
        removals = database.query(
            "SELECT rule, text FROM removals WHERE reading_id = ? ORDER BY position", [row["id"]]
        )
        held = row["article"] != "{}"
        reading = reading_from(row, [Removal(**one) for one in removals]) if held else None
        found[row["id"]] = row | {"reading": reading}
    return found


def _states(
    database: Database, article_id: int, readings: dict[int, Entry]
) -> Iterator[Happening]:
    """What the newsroom published, as the newest reader that read it has it."""
    before: Entry | None = None
    for row in database.query(_REVISIONS, [article_id]):
        counts = readings[row["reading_id"]]
        state = row | {"reading": counts["reading"], "dump_id": counts["dump_id"]}
        kind, changes, note = _told(before, state)
        yield Happening(
            at=row["seen_at"],
            kind=kind,
            revision=row["n"],
            detail=row["origin"],
            changes=changes,
            note=note,
        )
        before = state


def _told(before: Entry | None, state: Entry) -> tuple[str, list[Change], str | None]:
    """What a state is after the one before: kind, changes, note."""
    after: Reading | None = state["reading"]
    if before is None:
        return "first seen", [], _in_short(after)
    held: Reading | None = before["reading"]
    if held is None or after is None:
        return "edited", [], "the text is withheld"
    if content_digest(held.article) == content_digest(after.article):
        return "same again", [], "as it is read today, nothing differs from the state before"
    if (before["dump_id"] is None) != (state["dump_id"] is None):
        return "edited", _beside_a_dump(before, state), _OF_A_DUMP
    note = None
    if before["read_with"] != state["read_with"]:
        note = "the two states were read by different readers; `scrapy reparse` makes them alike"
    return "edited", article_changes(held.article, after.article, _TOLD_WITH_AN_EDIT), note


def _beside_a_dump(before: Entry, state: Entry) -> list[Change]:
    """What differs of two states one of which is known from a text dump, in what that can say."""
    states = comparable(
        before["reading"].article,
        state["reading"].article,
        of_dump=(before["dump_id"] is not None, state["dump_id"] is not None),
    )
    return article_changes(*states, _TOLD_WITH_AN_EDIT)


def _in_short(reading: Reading | None) -> str:
    if reading is None:
        return "the text is withheld"
    article = reading.article
    words = f"{article.word_count} words"
    authors = f"by {', '.join(article.authors)}" if article.authors else ""
    sections = f"in {', '.join(article.article_section)}" if article.article_section else ""
    return ", ".join(filter(None, (words, authors, sections)))


def _readings_again(
    database: Database, readings: dict[int, Entry], entries: list[Entry]
) -> Iterator[Happening]:
    """What our own readers made of states that were kept: no edits."""
    # Two states may read the same: then the number of the revision says which is meant.
    by_digest: dict[str, list[Entry]] = {}
    for row in readings.values():
        by_digest.setdefault(digest(row["article"]), []).append(row)
    current: dict[int, Entry] = {}
    for first in readings.values():
        current.setdefault(first["revision_id"], first)
    told: set[int] = {first["id"] for first in current.values()}
    for entry in entries:
        if entry["kind"] != Kind.READING:
            continue
        alike = [row for row in by_digest.get(entry["reading_digest"], []) if row["reading"]]
        meant = [row for row in alike if row["n"] == entry["revision"]]
        after = next(iter(meant or alike), None)
        if after is None:
            note = "the text is withheld, or not held here"
            yield Happening(at=entry["at"], kind="read again", detail=entry["detail"], note=note)
            continue
        before = current[after["revision_id"]]
        if after["id"] == before["id"]:
            continue  # another archive's reader made the same of it
        current[after["revision_id"]] = after
        # A ledger may be younger than the readings that it began with.
        at = entry["at"] if after["id"] in told else after["read_at"]
        told.add(after["id"])
        if before["dump_id"] is not None and after["dump_id"] is None:
            yield Happening(at=at, kind="page found", revision=after["n"])
            continue
        yield Happening(
            at=at,
            kind="read again",
            revision=after["n"],
            detail=f"{before['reader_version']} → {after['reader_version']}",
            changes=reading_changes(before["reading"], after["reading"]),
        )


def _from_ledger(database: Database, entries: list[Entry], *, told: bool) -> Iterator[Happening]:
    """What the ledger alone knows: where the article went, and what was done with it here."""
    (row,) = database.query("SELECT uuid FROM archive")
    for entry in entries:
        kind = Kind(entry["kind"])
        if kind in NAMES:
            detail = entry["detail"]
            if kind is Kind.MOVED:
                detail = f"{entry['detail']} → {entry['url']}"
            yield Happening(at=entry["at"], kind=NAMES[kind], detail=detail)
        elif kind in (Kind.NEW, Kind.REVISION) and not told:
            yield Happening(
                at=entry["seen_at"],
                kind="first seen" if kind is Kind.NEW else "edited",
                revision=entry["revision"],
                note="the text was erased",
            )
    chains = {entry["chain"] for entry in entries} - {row["uuid"]}
    for entry in merges_of(database, chains):
        chain = str(entry["detail"]).partition(" ")[0]
        yield Happening(at=entry["at"], kind="taken in", detail=f"from archive {chain}")
