"""What the tests of merging ask of an archive: what it says, and whether its proofs hold."""

import hashlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import yaml

from tests.archive.verification.verifiers import both

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


_ITS_OWN = {"id", "revisions", "is_back_dated"}


def said(archive: Path) -> list[tuple[Any, ...]]:
    """What each article says, in words: every column of `stories` but its number, and what
    depends on the runs of the archive that it is in."""
    names = [row[1] for row in rows(archive, "PRAGMA table_info(stories)")]
    kept = ", ".join(name for name in names if name not in _ITS_OWN)
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


def proofs_hold(archive: Path, *, lost: bool = False) -> None:
    """Both verifiers find no fault, but for captures that are `lost`; and each article is what
    its newest state says."""
    faults = [line for line in both(archive) if not (lost and "was not there when" in line)]
    assert not faults, "\n".join(faults)
    wrong = rows(
        archive,
        """SELECT a.url FROM articles AS a
           WHERE a.id NOT IN (SELECT article_id FROM takedowns) AND (
               a.revision_id IS NOT (
                   SELECT id FROM revisions AS v WHERE v.article_id = a.id
                   ORDER BY seen_at DESC, n DESC LIMIT 1)
               OR NOT EXISTS (SELECT 1 FROM ledger AS l WHERE l.url = a.url)
               OR NOT EXISTS (SELECT 1 FROM urls AS u WHERE u.article_id = a.id AND u.url = a.url))
        """,
    )
    assert wrong == []
