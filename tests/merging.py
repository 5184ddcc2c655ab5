"""What the tests of merging ask of an archive: what it says, and whether its proofs hold."""

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import yaml

from borneone_crawler.archive.backup import take_backup  # noqa: F401
from borneone_crawler.archive.ledger import FIELDS

METADATA = Path(__file__).parent.parent / "archive" / "metadata.yaml"


def rows(archive: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{archive}?mode=ro", uri=True)) as connection:
        return connection.execute(sql, values).fetchall()


def one(archive: Path, sql: str, *values: object) -> Any:
    ((value,),) = rows(archive, sql, *values)
    return value


def copy(archive: Path, folder: Path) -> Path:
    """The archive's whole folder somewhere else, as people copy it: no backup."""
    shutil.copytree(archive.parent, folder)
    return folder / archive.name


def dump(archive: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in every table but the list of runs, and the bytes of every capture."""
    tables = yaml.safe_load(METADATA.read_text("utf-8"))["databases"]["borneone"]["tables"]
    made = {
        name: sorted(rows(archive, f"SELECT * FROM {name}"), key=repr)
        for name in tables
        if name != "runs"
    }
    made["warc"] = [
        (path.name, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in sorted((archive.parent / "warc").glob("*"))
    ]
    return made


def said(archive: Path) -> list[tuple[Any, ...]]:
    """What each article says, in words: every column of `stories` but its number."""
    names = [row[1] for row in rows(archive, "PRAGMA table_info(stories)")]
    kept = ", ".join(name for name in names if name not in ("id", "revisions"))
    return rows(
        archive,
        f"""SELECT {kept}, (SELECT redirected_to FROM articles AS a WHERE a.id = stories.id)
            FROM stories ORDER BY url""",
    )


def contents(archive: Path) -> dict[str, set[str]]:
    """The contents of each article's states, by their digests."""
    found: dict[str, set[str]] = {}
    for url, digest in rows(
        archive,
        """SELECT a.url, r.content_digest FROM articles AS a
           JOIN revisions AS v ON v.article_id = a.id JOIN readings AS r ON r.id = v.reading_id""",
    ):
        found.setdefault(url, set()).add(digest)
    return found


def history(archive: Path, url: str, field: str = "$.article_body") -> list[str]:
    """One field of each state of an article, in the newsroom's order."""
    return [
        value
        for (value,) in rows(
            archive,
            """SELECT r.article ->> ? FROM articles AS a
               JOIN revisions AS v ON v.article_id = a.id
               JOIN readings AS r ON r.id = v.reading_id
               WHERE a.url = ? ORDER BY v.seen_at, v.n""",
            field,
            url,
        )
    ]


def proofs_hold(archive: Path, *, forked: bool = False) -> None:
    """What a verifier asks: sound pages and chains, each reading sealed, each seal kept, each
    capture in its file, each article what its newest state says."""
    assert one(archive, "PRAGMA integrity_check") == "ok"
    assert rows(archive, "PRAGMA foreign_key_check") == []
    chains: dict[str, str] = {}
    counts: dict[str, int] = {}
    names = (*FIELDS, "digest")
    for row in rows(archive, f"SELECT {', '.join(names)} FROM ledger ORDER BY chain, n"):
        entry = dict(zip(names, row, strict=True))
        assert entry["previous"] == chains.get(entry["chain"], "0" * 64)
        assert entry["n"] == counts.get(entry["chain"], 0) + 1
        lines = "".join(
            f"{name}: {'' if entry[name] is None else entry[name]}\n" for name in FIELDS
        )
        assert entry["digest"] == hashlib.sha256(lines.encode()).hexdigest()
        chains[entry["chain"]], counts[entry["chain"]] = entry["digest"], entry["n"]
    if not forked:
        heads = set(rows(archive, "SELECT chain || ' ' || n || ' ' || digest FROM ledger"))
        named = set(rows(archive, "SELECT detail FROM ledger WHERE kind = 'merge'"))
        assert named <= heads
    _readings_are_sealed(archive)
    _articles_are_as_read(archive)
    _captures_are_there(archive)


def _readings_are_sealed(archive: Path) -> None:
    addresses: dict[int, set[str]] = {}
    for article_id, url in rows(
        archive,
        """SELECT id, url FROM articles
           UNION SELECT article_id, url FROM urls WHERE article_id IS NOT NULL
           UNION SELECT a.id, l.detail FROM articles AS a JOIN ledger AS l
               ON l.url = a.url AND l.kind = 'moved'""",
    ):
        addresses.setdefault(article_id, set()).add(url)
    seals: dict[tuple[str, str], set[str]] = {}
    for url, *seal in rows(
        archive,
        """SELECT url, reading_digest, content_digest FROM ledger
           WHERE kind IN ('new', 'revision', 'reading')""",
    ):
        seals.setdefault((seal[0], seal[1]), set()).add(url)
    down = {
        each["reading_digest"]
        for (text,) in rows(archive, "SELECT digests FROM takedowns")
        for each in json.loads(text)
    }
    held = set()
    for article_id, article, content_digest in rows(
        archive,
        """SELECT v.article_id, r.article, r.content_digest
           FROM readings AS r JOIN revisions AS v ON v.id = r.revision_id""",
    ):
        if article == "{}":
            continue
        seal = (hashlib.sha256(article.encode()).hexdigest(), content_digest)
        held.add(seal)
        assert seals.get(seal, set()) & addresses[article_id], "a reading that nothing seals"
    lost = [seal for seal in seals if seal not in held and seal[0] not in down]
    assert lost == [], "an entry whose reading is not here"


def _articles_are_as_read(archive: Path) -> None:
    wrong = rows(
        archive,
        """SELECT a.url FROM articles AS a
           WHERE a.id NOT IN (SELECT article_id FROM takedowns) AND (
               a.revision_id IS NOT (
                   SELECT id FROM revisions AS v WHERE v.article_id = a.id
                   ORDER BY seen_at DESC, n DESC LIMIT 1)
               OR a.reading_id IS NOT (SELECT reading_id FROM revisions WHERE id = a.revision_id)
               OR a.article_body IS NOT (
                   SELECT article ->> '$.article_body' FROM readings WHERE id = a.reading_id)
               OR NOT EXISTS (SELECT 1 FROM ledger AS l WHERE l.url = a.url)
               OR NOT EXISTS (SELECT 1 FROM urls AS u WHERE u.article_id = a.id AND u.url = a.url))
        """,
    )
    assert wrong == []
    with closing(sqlite3.connect(archive)) as connection:
        connection.execute(
            "INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)"
        )


def _captures_are_there(archive: Path) -> None:
    for file, offset, length, digest in rows(
        archive,
        """SELECT warc_file, warc_offset, warc_length, digest FROM captures
           WHERE dropped IS NULL""",
    ):
        with (archive.parent / "warc" / file).open("rb") as warc:
            warc.seek(offset)
            assert hashlib.sha256(warc.read(length)).hexdigest() == digest
