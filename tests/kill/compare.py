"""What two archives of one newsroom must have in common, and what one must be in itself."""

import hashlib
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from borneone_crawler.archive.ledger import FIRST, digest_of

Rows = Counter[tuple[Any, ...]]

# Ids are numbers by the way, and times are when; all else of these tables is compared, but for how
# the REST API was asked: a run that goes on after a kill asks for less.
_BY_THE_WAY = {
    "articles": {"id", "revision_id", "reading_id", "first_seen_at", "last_seen_at"},
}
_QUERIES = {
    "readings": """
        SELECT a.url, v.n, r.reader_version, r.reader, r.content_digest, r.article, r.sources,
            r.flags, r.id = v.reading_id, v.read_with = r.reader_version,
            (SELECT group_concat(c.url, ' ') FROM (
                SELECT c.url FROM reading_captures AS x JOIN captures AS c ON c.id = x.capture_id
                WHERE x.reading_id = r.id ORDER BY x.part_number) AS c)
        FROM readings AS r JOIN revisions AS v ON v.id = r.revision_id
        JOIN articles AS a ON a.id = v.article_id""",
    "removals": """
        SELECT a.url, m.position, m.rule, m.text FROM removals AS m
        JOIN readings AS r ON r.id = m.reading_id JOIN revisions AS v ON v.id = r.revision_id
        JOIN articles AS a ON a.id = v.article_id""",
    "sections": """
        SELECT s.name, s.slug, s.url, p.slug FROM sections AS s
        LEFT JOIN sections AS p ON p.id = s.parent_id""",
    "article_sections": """
        SELECT a.url, s.name, s.slug, x.position FROM article_sections AS x
        JOIN articles AS a ON a.id = x.article_id JOIN sections AS s ON s.id = x.section_id""",
    "article_keywords": """
        SELECT a.url, k.name, x.position FROM article_keywords AS x
        JOIN articles AS a ON a.id = x.article_id JOIN keywords AS k ON k.id = x.keyword_id""",
    "article_people": """
        SELECT a.url, p.name, x.role, x.position FROM article_people AS x
        JOIN articles AS a ON a.id = x.article_id JOIN people AS p ON p.id = x.person_id""",
    "images": """
        SELECT a.url, x.position, x.url, x.caption, x.credit_text, x.is_main FROM images AS x
        JOIN articles AS a ON a.id = x.article_id""",
    "videos": """
        SELECT a.url, x.position, x.url, x.provider, x.video_id FROM videos AS x
        JOIN articles AS a ON a.id = x.article_id""",
    "outlinks": """
        SELECT a.url, x.kind, x.position, x.url, x.text FROM outlinks AS x
        JOIN articles AS a ON a.id = x.article_id""",
    "urls": """
        SELECT u.url, u.kind, u.state, u.reason, u.role, a.url, s.url, p.url, u.part_number,
            u.listing_key, u.listed, u.ask_as, u.attempts, u.absences, u.http_status, u.etag,
            u.next_at IS NULL, c.url, c.http_status
        FROM urls AS u LEFT JOIN articles AS a ON a.id = u.article_id
        LEFT JOIN urls AS s ON s.id = u.same_as LEFT JOIN urls AS p ON p.id = u.part_of
        LEFT JOIN captures AS c ON c.id = u.capture_id
        WHERE u.url NOT LIKE '%/wp-json/%'""",
    "never_asked": "SELECT rule FROM never_asked",
    "ledger": """
        SELECT kind, url, revision, content_digest, reading_digest, detail FROM ledger""",
    "archive": "SELECT newsroom, base_url, time_zone FROM archive",
    # A failure that passes may come when its reader has just been killed.
    "what was captured": """
        SELECT DISTINCT url, http_status, content_type FROM captures
        WHERE http_status <> 503 AND url NOT LIKE '%/wp-json/%'""",
}


def opened(archive: Path) -> "closing[sqlite3.Connection]":
    connection = sqlite3.connect(f"file:{archive}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return closing(connection)


def contents(archive: Path) -> dict[str, Rows]:
    """Everything an archive says, by table, without what depends on when and in which order."""
    with opened(archive) as db:
        found = {name: _rows(db, query) for name, query in _QUERIES.items()}
        for table, left_out in _BY_THE_WAY.items():
            columns = [row["name"] for row in db.execute(f"PRAGMA table_info({table})")]
            kept = ", ".join(name for name in columns if name not in left_out)
            found[table] = _rows(db, f"SELECT {kept} FROM {table}")
    return found


def differences(one: Path, other: Path) -> list[str]:
    """What only one of two archives says; empty when they are equal."""
    first, second = contents(one), contents(other)
    return [
        f"{table}, only the {which}: {times} × {row}"
        for table in first
        for which, rows in (
            ("first", first[table] - second[table]),
            ("second", second[table] - first[table]),
        )
        for row, times in list(rows.items())[:5]
    ]


def faults(archive: Path) -> list[str]:
    """What is wrong with one archive in itself: database, ledger, captures."""
    with opened(archive) as db:
        return [*_database_faults(db), *_ledger_faults(db), *_capture_faults(db, archive)]


def warcio_findings(archive: Path) -> list[str]:
    """What another tool finds wrong with the captures."""
    warcio = Path(sys.executable).with_name("warcio")
    files = sorted((archive.parent / "warc").iterdir())
    check = subprocess.run([warcio, "check", *files], capture_output=True, text=True)
    said = (check.stdout + check.stderr).splitlines()
    return said or ([f"status {check.returncode}"] if check.returncode else [])


def _database_faults(db: sqlite3.Connection) -> list[str]:
    found = [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
    found += [f"reference of {row[0]}" for row in db.execute("PRAGMA foreign_key_check")]
    for table, column in (("articles", "url"), ("urls", "url"), ("captures", "record_id")):
        found += [
            f"{row[0]} stands in {table} {row[1]} times"
            for row in db.execute(
                f"SELECT {column}, count(*) AS n FROM {table} GROUP BY {column} HAVING n > 1"
            )
        ]
    copy = sqlite3.connect(":memory:")  # the check of an index writes
    with closing(copy):
        db.backup(copy)
        copy.execute("INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")
        matches = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'BorneOneTV'"
        if not copy.execute(matches).fetchone()[0]:
            found.append("no article is found by its words")
    return found


def _ledger_faults(db: sqlite3.Connection) -> list[str]:
    found, n, previous = [], 0, FIRST
    uuid = db.execute("SELECT uuid FROM archive").fetchone()[0]
    for row in db.execute("SELECT * FROM ledger ORDER BY n"):
        entry, n = dict(row), n + 1
        if (entry["chain"], entry["n"], entry["previous"]) != (uuid, n, previous):
            found.append(f"entry {entry['n']} of the ledger does not follow on {n - 1}")
        previous = digest_of(entry)
        if previous != entry["digest"]:
            found.append(f"entry {n} of the ledger has another digest")
    readings = db.execute("SELECT count(*) FROM readings").fetchone()[0]
    sealed = db.execute("SELECT count(*) FROM ledger WHERE reading_digest IS NOT NULL").fetchone()[
        0
    ]
    if readings != sealed:
        found.append(f"{readings} readings, {sealed} of them in the ledger")
    return found


def _capture_faults(db: sqlite3.Connection, archive: Path) -> list[str]:
    rows = {row["record_id"]: row for row in db.execute("SELECT * FROM captures")}
    found = [f"{row['url']} waits" for row in rows.values() if row["waiting"]]
    found += [f"{row['url']} is dropped" for row in rows.values() if row["dropped"]]
    missing = set(rows)
    for path in sorted((archive.parent / "warc").iterdir()):
        data, end = path.read_bytes(), 0
        for record_id, kind, offset, length in _records(path):
            if offset != end:
                found.append(f"{path.name}: {offset - end} bytes at {end} are in no record")
            end = offset + length
            if kind not in ("response", "revisit"):
                continue
            row = rows.get(record_id)
            if row is None:
                found.append(f"{path.name}: the {kind} at {offset} has no row")
                continue
            missing.discard(record_id)
            place = (path.name, offset, length)
            if (row["warc_file"], row["warc_offset"], row["warc_length"]) != place:
                found.append(f"{row['url']} stands at {place}, not where its row says")
            if hashlib.sha256(data[offset:end]).hexdigest() != row["digest"]:
                found.append(f"{row['url']} has another digest")
        if end != len(data):
            found.append(f"{path.name}: {len(data) - end} bytes behind the last record")
    return found + [f"the record of {rows[one]['url']} is nowhere" for one in missing]


def _records(path: Path) -> list[tuple[str, str, int, int]]:
    """(id, type, offset, length) of each record, read to its end by warcio."""
    records = []
    with path.open("rb") as file:
        iterator = ArchiveIterator(file)
        for record in iterator:
            record.content_stream().read()
            record_id = record.rec_headers.get_header("WARC-Record-ID")
            offset = iterator.get_record_offset()
            records.append((record_id, record.rec_type, offset, iterator.get_record_length()))
    return records


def _rows(db: sqlite3.Connection, query: str) -> Rows:
    return Counter(tuple(row) for row in db.execute(query))
