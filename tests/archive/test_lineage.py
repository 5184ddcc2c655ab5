"""A backup that is written to becomes an archive of its own, and says whose it was."""

import shutil
from pathlib import Path

import pytest

from borneone_crawler.archive.lineage import former_chains
from borneone_crawler.archive.sqlite.backup import take_backup
from tests.archive.conftest import SITE, Desk


@pytest.fixture
def restored(desk: Desk, tmp_path: Path) -> Desk:
    """A backup of the desk's archive, not opened for writing yet."""
    desk.settle(f"{SITE}/a/", capture=desk.capture(f"{SITE}/a/"))
    desk.store(f"{SITE}/b/")
    (tmp_path / "elsewhere").mkdir()
    take_backup(desk.path, tmp_path / "elsewhere" / "borneone.db", clock=desk.archive._clock)
    other = Desk.__new__(Desk)
    other.path, other.reader, other.time = (
        tmp_path / "elsewhere" / "borneone.db", desk.reader, desk.time,
    )  # fmt: skip
    return other


def test_its_chain_begins_with_the_head_it_comes_from(desk: Desk, restored: Desk) -> None:
    was, head = desk.one("SELECT uuid FROM archive"), desk.archive.head
    restored.archive = restored.open()
    uuid = restored.one("SELECT uuid FROM archive WHERE copied_at IS NULL")
    assert uuid != was
    assert restored.rows("SELECT kind, url, detail FROM ledger WHERE chain = ?", uuid) == [
        ("merge", SITE, f"{was} {head.n} {head.digest}")
    ]
    assert restored.one("SELECT count(*) FROM ledger WHERE chain = ?", was) == head.n
    restored.next_run()
    assert restored.one("SELECT uuid FROM archive") == uuid
    assert former_chains(restored.archive.db) == [was]
    restored.archive.close()


def test_both_go_on_and_their_chains_never_contradict(desk: Desk, restored: Desk) -> None:
    restored.archive = restored.open()
    for one, url in ((desk, f"{SITE}/c/"), (restored, f"{SITE}/d/")):
        one.store(url, post_id=13)
    entries = "SELECT chain, n, digest FROM ledger"
    one, other = desk.rows(entries), restored.rows(entries)
    digests = {(chain, n): digest for chain, n, digest in one}
    assert all(digests.get((chain, n), digest) == digest for chain, n, digest in other)
    assert set(one) - set(other)
    assert set(other) - set(one)
    restored.archive.close()


def test_captures_newer_than_the_backup_are_taken_up_and_their_file_is_left_alone(
    desk: Desk, restored: Desk
) -> None:
    late = desk.capture(f"{SITE}/late/")
    desk.archive.captures.sync()
    shutil.copytree(desk.path.parent / "warc", restored.path.parent / "warc")
    (file,) = (restored.path.parent / "warc").iterdir()
    with file.open("ab") as torn:
        torn.write(b"\x1f\x8b\x08torn")
    size = file.stat().st_size
    restored.archive = restored.open()
    assert restored.one("SELECT record_id FROM captures WHERE url LIKE '%late/'") == late.record_id
    assert file.stat().st_size == size, "another archive may be writing to it"
    restored.settle(f"{SITE}/e/", capture=restored.capture(f"{SITE}/e/"))
    assert file.stat().st_size == size
    restored.next_run()
    assert restored.one("SELECT count(*) FROM captures") == 3
    restored.archive.close()


def test_archives_that_took_each_other_in_first_have_an_end(desk: Desk) -> None:
    uuid = desk.one("SELECT uuid FROM archive")
    entry = {
        "n": 1, "kind": "merge", "at": "2026", "url": SITE, "previous": "0" * 64,
    }  # fmt: skip
    desk.archive.db["ledger"].insert_all(
        [
            entry | {"chain": uuid, "detail": "x 1 0", "digest": "1"},
            entry | {"chain": "x", "detail": f"{uuid} 1 0", "digest": "2"},
        ]
    )
    assert former_chains(desk.archive.db) == ["x"]
