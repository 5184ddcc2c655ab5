"""A WARC file is written anew without some records, and no kill at any instant loses another."""

import gzip
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from borneone_crawler.archive.warc import folder, rewriting
from borneone_crawler.archive.warc.rewriting import Rewriting
from borneone_crawler.items import CaptureRef
from borneone_crawler.statuses import Status, Stop
from tests.archive.conftest import SITE, Desk
from tests.crawling import ROOT


def fill(desk: Desk, pages: int = 6) -> list[CaptureRef]:
    refs = []
    for number in range(pages):
        url = f"{SITE}/{number}/"
        refs.append(desk.capture(url, os.urandom(50 * number) + b"<html>"))
        desk.settle(url, capture=refs[-1])
    return refs


def rewrite(desk: Desk, *drop: CaptureRef) -> int:
    tool = Rewriting(desk.archive.db, desk.archive.captures)
    return tool.rewrite(drop[0].file, {ref.record_id for ref in drop}, "noise")


def members(desk: Desk) -> set[bytes]:
    """Every whole member of every file, but for those that say what wrote it."""
    found = set()
    for path in desk.archive.captures.folder.iterdir():
        data = path.read_bytes()
        with path.open("rb") as file:
            places = ArchiveIterator(file)
            for record in places:
                offset, kind = places.get_record_offset(), record.rec_type
                record.content_stream().read()
                places.read_to_end()
                if kind != "warcinfo":
                    found.add(data[offset : offset + places.get_record_length()])
    return found


def readable(desk: Desk) -> dict[str, bytes]:
    """What every capture that is said to be in a file holds, by record id."""
    rows = desk.archive.db.query(
        """SELECT warc_file AS file, warc_offset AS offset, warc_length AS length, digest,
               record_id, url, http_status AS status, content_type, fetched_at
           FROM captures WHERE dropped IS NULL"""
    )
    store = desk.archive.captures
    return {ref.record_id: store.read(ref).body for ref in (CaptureRef(**row) for row in rows)}


def files(desk: Desk) -> set[str]:
    return {path.name for path in desk.archive.captures.folder.iterdir()}


def named(desk: Desk) -> set[str]:
    return {row[0] for row in desk.rows("SELECT warc_file FROM captures WHERE dropped IS NULL")}


def test_what_stays_is_the_same_byte_for_byte(desk: Desk) -> None:
    refs = fill(desk)
    before, held = members(desk), readable(desk)
    gone = rewrite(desk, refs[0], refs[3], refs[4])
    assert {hashlib.sha256(member).hexdigest() for member in before - members(desk)} >= {
        refs[n].digest for n in (0, 3, 4)
    }
    assert members(desk) < before
    assert len(before - members(desk)) == 6, "three responses and their requests"
    assert gone == sum(map(len, before - members(desk)))
    assert readable(desk) == {
        ref.record_id: held[ref.record_id] for n, ref in enumerate(refs) if n in (1, 2, 5)
    }
    assert files(desk) == named(desk)
    assert refs[0].file not in files(desk)
    assert desk.rows("SELECT id, dropped FROM captures WHERE dropped IS NOT NULL") == [
        (1, "noise"), (4, "noise"), (5, "noise"),
    ]  # fmt: skip


def test_another_tool_finds_no_fault_and_reads_where_it_came_from(desk: Desk) -> None:
    refs = fill(desk)
    rewrite(desk, refs[1])
    (path,) = desk.archive.captures.folder.iterdir()
    warcio = Path(sys.executable).with_name("warcio")
    result = subprocess.run(
        [warcio, "check", "-v", path], capture_output=True, text=True, check=True
    )
    assert "digest failed" not in result.stdout
    text = gzip.decompress(path.read_bytes())
    assert f"rewrittenFrom: {refs[0].file}".encode() in text


def test_a_run_goes_on_writing_after_it(desk: Desk) -> None:
    refs = fill(desk)
    rewrite(desk, refs[5])
    more = desk.capture(f"{SITE}/lagi/", b"lagi")
    desk.settle(f"{SITE}/lagi/", capture=more)
    assert {more.file} == files(desk)
    desk.next_run()
    assert readable(desk)[more.record_id] == b"lagi"
    assert len(readable(desk)) == 6
    again = desk.capture(f"{SITE}/lagi/", b"dan lagi")
    assert again.file == more.file


def test_an_older_file_is_rewritten_beside_the_one_being_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "MAX_FILE_BYTES", 3000)
    refs = fill(desk, 12)
    assert len(files(desk)) > 2
    held = readable(desk)
    rewrite(desk, refs[0])
    assert readable(desk) == {ref.record_id: held[ref.record_id] for ref in refs[1:]}
    assert files(desk) == named(desk)


def test_a_file_of_which_nothing_is_left_goes(desk: Desk) -> None:
    refs = fill(desk, 2)
    rewrite(desk, *refs)
    assert files(desk) == set()
    assert readable(desk) == {}
    assert desk.capture(f"{SITE}/baru/").offset > 0


def test_damage_in_the_middle_is_copied_and_loses_nothing_else(desk: Desk) -> None:
    refs = fill(desk)
    desk.archive.close()
    path = desk.path.parent / "warc" / refs[0].file
    data = bytearray(path.read_bytes())
    for ref in (refs[2], refs[4]):
        data[ref.offset + ref.length // 2] ^= 0xFF
    path.write_bytes(data)
    desk.archive = desk.open()
    rewrite(desk, refs[1], refs[2])
    (path,) = desk.archive.captures.folder.iterdir()
    row = "SELECT warc_offset, warc_length FROM captures WHERE record_id = ?"
    ((offset, length),) = desk.rows(row, refs[4].record_id)
    assert path.read_bytes()[offset : offset + length] == data[refs[4].offset :][: refs[4].length]
    for ref in (refs[0], refs[3], refs[5]):
        ((offset, length),) = desk.rows(row, ref.record_id)
        assert (
            hashlib.sha256(path.read_bytes()[offset : offset + length]).hexdigest() == ref.digest
        )
    assert data[refs[2].offset :][: refs[2].length] not in path.read_bytes()


def test_a_row_that_points_between_records_takes_nothing_out(desk: Desk) -> None:
    refs = fill(desk)
    desk.archive.db.execute(
        "UPDATE captures SET record_id = 'x', warc_offset = warc_offset + 7 WHERE id = 3"
    )
    before = members(desk)
    with pytest.raises(Stop, match="damaged at byte") as caught:
        Rewriting(desk.archive.db, desk.archive.captures).rewrite(refs[0].file, ["x"], "noise")
    assert caught.value.status is Status.NO_ARCHIVE
    assert members(desk) == before


def test_a_file_that_is_not_there_is_said_so(desk: Desk) -> None:
    refs = fill(desk)
    (desk.archive.captures.folder / refs[0].file).unlink()
    with pytest.raises(Stop, match="not there") as caught:
        rewrite(desk, refs[0])
    assert caught.value.status is Status.NO_ARCHIVE


def test_a_full_disk_changes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    refs = fill(desk)
    before, held = files(desk), readable(desk)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(rewriting, "_copy", full)
    with pytest.raises(Stop, match="No space left") as caught:
        rewrite(desk, refs[0])
    assert caught.value.status is Status.IO_ERROR
    assert (files(desk), readable(desk)) == (before, held)
    assert desk.capture(f"{SITE}/baru/").file in before


KILLED = """
import os, sys
from pathlib import Path
from borneone_crawler.archive.warc import rewriting
from tests.archive.conftest import Desk

desk = Desk(Path(sys.argv[1]))
place, drop = sys.argv[2], sys.argv[3:]

def dying(work, when):
    def call(*values):
        if when == "before": os._exit(9)
        if when == "within":
            write = values[1].write
            class File:
                def write(self, data): write(data[: len(data) // 2]); os._exit(9)
                def fileno(self): return values[1].fileno()
            return work(values[0], File(), values[2])
        result = work(*values)
        os._exit(9)
    return call

name, when = place.split()
if name == "begun":
    make = desk.archive.captures.new_file
    def new_file(**info):
        make(**info); os._exit(9)
    desk.archive.captures.new_file = new_file
elif name == "rows":
    rewriting.Rewriting._tell_rows = dying(rewriting.Rewriting._tell_rows, when)
else:
    setattr(rewriting, name, dying(getattr(rewriting, name), when))
(file,) = {row[0] for row in desk.rows("SELECT warc_file FROM captures")}
rewriting.Rewriting(desk.archive.db, desk.archive.captures).rewrite(file, set(drop), "noise")
"""


ROWS_AND_FILES = ["rows before", "rows after", "_remove before", "_remove after"]
COPYING = ["begun after", "_copy before", "_copy within", "_copy after"]


@pytest.mark.parametrize(
    ("place", "all_of_it"),
    [(place, False) for place in COPYING + ROWS_AND_FILES]
    + [(place, True) for place in ROWS_AND_FILES],
)
def test_a_kill_between_any_two_steps_loses_nothing(
    desk: Desk, place: str, all_of_it: bool
) -> None:
    refs = fill(desk)
    held = readable(desk)
    drop = refs if all_of_it else [refs[0], refs[3]]
    desk.archive.close()
    argv = [sys.executable, "-c", KILLED, desk.path, place, *(ref.record_id for ref in drop)]
    assert subprocess.run(argv, cwd=ROOT).returncode == 9
    desk.archive = desk.open()
    kept = {ref.record_id for ref in refs} - {ref.record_id for ref in drop}
    left = readable(desk)
    assert left in (held, {record_id: held[record_id] for record_id in kept})
    assert (left == held) == (place in COPYING or place == "rows before")
    assert named(desk) == files(desk)
    if left == held:
        rewrite(desk, *drop)
    assert readable(desk) == {record_id: held[record_id] for record_id in kept}
    assert desk.one("SELECT count(*) FROM captures") == 6
    desk.next_run()
    assert readable(desk) == {record_id: held[record_id] for record_id in kept}


def test_a_database_from_before_finds_its_records_in_the_new_file(desk: Desk) -> None:
    refs = fill(desk)
    held = readable(desk)
    desk.archive.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    backup = desk.path.read_bytes()
    rewrite(desk, refs[2])
    desk.archive.close()
    desk.path.write_bytes(backup)
    desk.archive = desk.open()
    assert named(desk) - files(desk) == {refs[2].file}, "only the dropped one is missed"
    desk.archive.db.execute("UPDATE captures SET dropped = 'lost' WHERE id = 3")
    assert readable(desk) == {ref.record_id: held[ref.record_id] for ref in refs if ref != refs[2]}
