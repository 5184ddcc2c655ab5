"""What a kill, a crash or a power cut left of the WARC files is mended before a run begins."""

import os
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from borneone_crawler.archive.captures import recovery
from borneone_crawler.archive.warc.members import member_at, whole_members
from borneone_crawler.archive.warc.records import warcinfo
from borneone_crawler.items import CaptureRef, Kind, Link, State
from borneone_crawler.statuses import Status, Stop
from tests.archive.conftest import SITE, Desk

A, B, C = f"{SITE}/a/", f"{SITE}/b/", f"{SITE}/c/"


def warc(desk: Desk) -> Path:
    (path,) = desk.archive.captures.files()
    return path


def stored(desk: Desk, url: str, **outcome: Any) -> CaptureRef:
    """A page that was captured and settled."""
    capture: CaptureRef = desk.capture(url)
    desk.settle(url, capture=capture, **outcome)
    return capture


def orphan(desk: Desk, url: str, body: bytes = b"<html>") -> CaptureRef:
    """A page that was captured, and its process ended."""
    desk.archive.want(url)
    capture: CaptureRef = desk.capture(url, body)
    return capture


def shortened(path: Path, size: int) -> None:
    os.truncate(path, size)


def records(path: Path) -> list[tuple[str, str | None]]:
    """(type, address) of each record; every byte of the file must be in one."""
    end = 0
    for offset, data in whole_members(path, 0):
        end = offset + len(data)
    assert end == path.stat().st_size
    with path.open("rb") as file:
        return [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"))
            for record in ArchiveIterator(file)
        ]


def waiting(desk: Desk) -> list[str]:
    return [due.url for due in desk.archive.claim(100) if due.waiting is not None]


def rows(desk: Desk) -> list[tuple[Any, ...]]:
    return desk.rows("SELECT url, waiting, dropped FROM captures ORDER BY id")


# -- torn ends ---------------------------------------------------------------------------------


@pytest.mark.parametrize("left", [1, 9, 200])
def test_a_torn_response_is_cut_off_and_its_page_stays_due(desk: Desk, left: int) -> None:
    stored(desk, A)
    end = warc(desk).stat().st_size
    torn = orphan(desk, B)
    shortened(warc(desk), torn.offset + left)
    desk.next_run()
    assert warc(desk).stat().st_size == end
    assert rows(desk) == [(A, 0, None)]
    assert [(due.url, due.waiting) for due in desk.archive.claim(9)] == [(B, None)]
    desk.capture(B)
    assert [kind for kind, _ in records(warc(desk))][-2:] == ["response", "request"]


def test_a_file_torn_at_whichever_byte_keeps_every_whole_record(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    has_row, has_none = stored(desk, A), orphan(desk, B)
    path, data = warc(desk), warc(desk).read_bytes()
    ends = [offset + len(member) for offset, member in whole_members(path, 0)]
    monkeypatch.setattr(os, "fsync", lambda number: None)
    for size in range(len(data) + 1):
        path.write_bytes(data[:size])
        desk.archive.db.execute("SAVEPOINT whole")
        desk.archive._recovery.run(1)
        whole = max((end for end in ends if end <= size), default=None)
        assert (path.read_bytes() if path.exists() else None) == (whole and data[:whole]), size
        lost = None if has_row.offset + has_row.length <= size else "lost"
        found = [(B, 1, None)] if has_none.offset + has_none.length <= size else []
        assert rows(desk) == [(A, 0, lost), *found], size
        desk.archive.db.execute("ROLLBACK TO whole")


def test_a_whole_response_is_taken_in_though_its_request_is_torn(desk: Desk) -> None:
    whole = orphan(desk, A)
    shortened(warc(desk), whole.offset + whole.length + 20)
    desk.next_run()
    assert records(warc(desk)) == [("warcinfo", None), ("response", A)]
    (due,) = desk.archive.claim(9)
    assert due.waiting == whole
    assert desk.archive.captures.read(due.waiting).body == b"<html>"


@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.99])
def test_a_file_that_holds_not_even_its_warcinfo_goes(desk: Desk, share: float) -> None:
    stored(desk, A)
    name = warc(desk).name.replace("-00000.", "-00001.")
    whole = warcinfo(name, "tests", "0")
    (warc(desk).parent / name).write_bytes(whole[: int(len(whole) * share)])
    desk.next_run()
    assert warc(desk).name != name


def test_a_file_that_holds_only_its_warcinfo_is_gone_on_with(desk: Desk) -> None:
    orphan(desk, A)
    with warc(desk).open("rb") as file:
        shortened(warc(desk), len(member_at(file, 0)))
    desk.next_run()
    desk.capture(A)
    assert records(warc(desk)) == [("warcinfo", None), ("response", A), ("request", A)]


def test_zeros_at_the_end_are_cut_off(desk: Desk) -> None:
    stored(desk, A)
    end = warc(desk).stat().st_size
    shortened(warc(desk), end + 4096)
    desk.next_run()
    assert warc(desk).stat().st_size == end
    stored(desk, B)
    records(warc(desk))


def test_what_a_torn_page_holds_is_never_taken_for_a_record(desk: Desk) -> None:
    forged = warcinfo("x", "tests", "0")
    stored(desk, A)
    end = warc(desk).stat().st_size
    noise = random.Random(1).randbytes(70_000)  # cannot be compressed: it stands there as it is
    torn = orphan(desk, B, noise[:35_000] + forged + noise[35_000:])
    assert forged in warc(desk).read_bytes()
    shortened(warc(desk), torn.offset + torn.length - 1)
    desk.next_run()
    assert warc(desk).stat().st_size == end


def test_mending_twice_changes_nothing_more(desk: Desk) -> None:
    stored(desk, A)
    orphan(desk, B)
    shortened(warc(desk), warc(desk).stat().st_size - 3)
    desk.next_run()
    data, held = warc(desk).read_bytes(), rows(desk)
    desk.next_run()
    assert (warc(desk).read_bytes(), rows(desk)) == (data, held)
    assert held == [(A, 0, None), (B, 1, None)]


# -- records without a row ---------------------------------------------------------------------


def test_a_record_between_others_that_have_rows_is_found(desk: Desk) -> None:
    orphan(desk, A)
    stored(desk, B)
    orphan(desk, C)
    desk.next_run()
    assert sorted(waiting(desk)) == [A, C]
    assert sorted(url for url, *_ in rows(desk)) == [A, B, C]


def test_of_several_captures_of_one_page_the_newest_is_read(desk: Desk) -> None:
    for number in range(3):
        newest = orphan(desk, A, f"<html>{number}".encode())
    desk.next_run()
    assert [waits for _, waits, _ in rows(desk)] == [0, 0, 1]
    (due,) = desk.archive.claim(9)
    assert due.waiting == newest


def test_a_capture_of_a_page_that_is_not_due_any_more_is_kept_and_not_read(desk: Desk) -> None:
    stored(desk, A)
    desk.capture(A, b"<html>again")
    desk.next_run()
    assert rows(desk) == [(A, 0, None), (A, 0, None)]
    assert desk.archive.claim(9) == []


def test_a_capture_of_what_has_no_row_is_kept_all_the_same(desk: Desk) -> None:
    desk.capture(f"{SITE}/robots.txt")
    desk.next_run()
    assert desk.rows("SELECT url, url_id, waiting FROM captures") == [
        (f"{SITE}/robots.txt", None, 0)
    ]


def test_a_capture_older_than_the_last_try_is_not_read(desk: Desk) -> None:
    desk.archive.want(A)
    desk.capture(A)
    desk.settle(A, state=State.PENDING, reason="503", retry_after=0.0, http_status=503)
    desk.next_run()
    assert waiting(desk) == []


def test_what_waited_waits_no_more_once_its_page_is_settled_without_it(desk: Desk) -> None:
    orphan(desk, A)
    desk.next_run()
    (due,) = desk.archive.claim(9)
    desk.archive.settle(due, desk.outcome(due, State.SKIPPED, reason="robots.txt"))
    desk.archive.want(A)
    assert waiting(desk) == []


@pytest.mark.parametrize(("hours", "reads"), [(1, True), (7, False)])
def test_a_list_that_has_grown_old_is_asked_for_and_an_article_is_not(
    desk: Desk, hours: int, reads: bool
) -> None:
    listing = f"{SITE}/category/berita/"
    desk.settle(f"{SITE}/x/", links=[Link(url=listing, kind=Kind.LISTING)])
    desk.capture(listing)
    orphan(desk, A)
    later = timedelta(hours=hours).total_seconds()
    desk.time = iter(range(next(desk.time) + int(later), 2_000_000_000))  # type: ignore[assignment]
    desk.next_run()
    assert sorted(waiting(desk)) == ([A, listing] if reads else [A])


@pytest.mark.parametrize("settled", [True, False])
def test_what_a_killed_run_has_written_is_forced_to_the_disk_with_its_rows(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, settled: bool
) -> None:
    (stored if settled else orphan)(desk, A)
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda number: synced.append(os.fstat(number).st_ino))
    desk.archive.close()
    synced.clear()
    desk.archive = desk.open()
    assert synced == [warc(desk).stat().st_ino]
    desk.archive.end_run(Status.OK, "complete", {})
    desk.archive.close()
    synced.clear()
    desk.archive = desk.open()
    assert synced == []


def test_what_a_complete_run_has_written_is_not_read_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        stored(desk, f"{SITE}/{number}/")
    desk.archive.end_run(Status.OK, "complete", {})
    read: list[int] = []

    def reading(file: Any, offset: int, stop: int | None = None) -> bytes:
        read.append(offset)
        return member_at(file, offset, stop)

    monkeypatch.setattr(recovery, "member_at", reading)
    desk.next_run()
    assert len(read) == 1  # the last request


# -- damage ------------------------------------------------------------------------------------


def test_damage_in_the_middle_is_left_and_what_stands_behind_it_is_taken_in(desk: Desk) -> None:
    stored(desk, A)
    end = warc(desk).stat().st_size
    orphan(desk, B)
    data = warc(desk).read_bytes()
    damaged = data[:end] + b"\x1f\x8b\x08 no member" + data[end:]
    warc(desk).write_bytes(damaged)
    old = warc(desk)
    desk.next_run()
    assert old.read_bytes() == damaged
    ((offset,),) = desk.rows("SELECT warc_offset FROM captures WHERE url = ?", B)
    assert offset == end + 13
    (due,) = desk.archive.claim(9)
    assert due.waiting is not None
    assert desk.archive.captures.read(due.waiting).body == b"<html>"
    desk.capture(C)
    assert old.read_bytes() == damaged
    assert len(desk.archive.captures.files()) == 2


def test_damage_between_known_records_is_left(desk: Desk) -> None:
    first, second = stored(desk, A), stored(desk, B)
    data = bytearray(warc(desk).read_bytes())
    gap = slice(first.offset + first.length, second.offset)
    data[gap] = bytes(second.offset - first.offset - first.length)
    old = warc(desk)
    old.write_bytes(data)
    desk.next_run()
    assert old.read_bytes() == data
    assert rows(desk) == [(A, 0, None), (B, 0, None)]


def test_a_file_that_cannot_be_read_ends_the_run(desk: Desk) -> None:
    stored(desk, A)
    (warc(desk).parent / warc(desk).name.replace("-00000.", "-00001.")).mkdir()
    desk.archive.close()
    with pytest.raises(Stop, match="cannot read captures") as caught:
        desk.open()
    assert caught.value.status is Status.IO_ERROR
    (desk.path.parent / "warc").rename(desk.path.parent / "aside")
    desk.path.with_name("borneone.db.lock").unlink()  # the archive that could not begin holds it
    desk.archive = desk.open()


# -- lost records ------------------------------------------------------------------------------


def lose(path: Path, start: int, how: str) -> None:
    """What a power cut leaves of the end of a file."""
    size = path.stat().st_size
    shortened(path, start)
    if how == "zeros":
        shortened(path, size)


@pytest.mark.parametrize("how", ["shorter", "zeros"])
def test_records_that_the_disk_lost_are_said_to_be_and_their_pages_asked_for_again(
    desk: Desk, how: str
) -> None:
    kept = stored(desk, A, etag='"a"')
    half = stored(desk, B, etag='"b"')
    stored(desk, C, etag='"c"')
    lose(warc(desk), half.offset + half.length // 2, how)
    desk.next_run()
    assert rows(desk) == [(A, 0, None), (B, 0, "lost"), (C, 0, "lost")]
    assert [(due.url, due.etag, due.prior) for due in desk.archive.claim(9)] == [
        (B, None, None),
        (C, None, None),
    ]
    assert records(warc(desk)) == [("warcinfo", None), ("response", A), ("request", A)]
    assert desk.archive.captures.read(kept).body == b"<html>"
    assert desk.archive.captures.read(desk.capture(C)).body == b"<html>"
    records(warc(desk))


def test_a_file_cut_behind_its_last_response_has_lost_only_a_request(desk: Desk) -> None:
    last = stored(desk, A)
    shortened(warc(desk), last.offset + last.length + 10)
    desk.next_run()
    assert rows(desk) == [(A, 0, None)]
    assert records(warc(desk)) == [("warcinfo", None), ("response", A)]
    assert desk.archive.claim(9) == []


def test_a_page_whose_payload_is_lost_is_asked_for_though_it_was_unchanged_since(
    desk: Desk,
) -> None:
    first = stored(desk, A, etag='"a"')
    stored(desk, B)
    desk.archive.db.execute(
        """INSERT INTO captures (url_id, url, run_id, fetched_at, http_status, warc_file,
               warc_offset, warc_length, digest, record_id, warc_type, refers_to)
           SELECT url_id, url, run_id, fetched_at, 304, 'elsewhere.warc.gz', 0, 1, 'x',
               '<urn:uuid:1>', 'revisit', id FROM captures WHERE url = ?""",
        [A],
    )
    desk.archive.db.execute(
        "UPDATE urls SET capture_id = (SELECT max(id) FROM captures) WHERE url = ?", [A]
    )
    shortened(warc(desk), first.offset)
    desk.next_run()
    assert [(due.url, due.etag) for due in desk.archive.claim(9)] == [(A, None), (B, None)]


def test_what_was_skipped_is_not_asked_for_though_its_capture_is_lost(desk: Desk) -> None:
    first = stored(desk, A, state=State.SKIPPED, reason="not an article: static page")
    shortened(warc(desk), first.offset)
    desk.next_run()
    assert rows(desk) == [(A, 0, "lost")]
    assert desk.archive.claim(9) == []


def test_lost_records_that_come_back_are_found_again(desk: Desk) -> None:
    first = stored(desk, A)
    path, whole = warc(desk), warc(desk).read_bytes()
    shortened(path, first.offset)
    desk.next_run()
    assert rows(desk) == [(A, 0, "lost")]
    path.write_bytes(whole)  # from the owner's own copy
    desk.next_run()
    assert path.read_bytes() == whole
    assert rows(desk) == [(A, 0, None)]


# -- files that were being written anew --------------------------------------------------------


def copied(desk: Desk, torn: int = 0) -> Path:
    """A second file with the records of the first, as a kill leaves it."""
    old = warc(desk)
    new = old.with_name(old.name.replace("-00000.", "-00001."))
    _, *rest = whole_members(old, 0)
    data = warcinfo(new.name, "tests", "0") + b"".join(data for _, data in rest)
    new.write_bytes(data[: len(data) - torn])
    return new


@pytest.mark.parametrize("torn", [0, 100, 800])
def test_a_copy_that_no_row_names_goes(desk: Desk, torn: int) -> None:
    for url in (A, B, C):
        stored(desk, url)
    old, new = warc(desk), copied(desk, torn)
    desk.next_run()
    assert warc(desk) == old
    assert not new.exists()
    assert rows(desk) == [(A, 0, None), (B, 0, None), (C, 0, None)]


def test_the_old_file_goes_when_the_rows_name_the_copy(desk: Desk) -> None:
    stored(desk, A)
    old, new = warc(desk), copied(desk)
    desk.archive.db.execute("UPDATE captures SET warc_file = ?", [new.name])
    shift = [offset for offset, _ in whole_members(new, 0)][1]
    desk.archive.db.execute("UPDATE captures SET warc_offset = ?", [shift])
    desk.next_run()
    assert (old.exists(), new.exists()) == (False, True)


@pytest.mark.parametrize("why", ["noise", "erased"])
def test_a_copy_of_what_was_dropped_on_purpose_goes_too(desk: Desk, why: str) -> None:
    stored(desk, A)
    desk.archive.db.execute("UPDATE captures SET dropped = ?", [why])
    desk.next_run()
    assert desk.archive.captures.files() == []


def test_a_copy_that_is_the_only_one_left_is_kept_and_named(desk: Desk) -> None:
    capture = stored(desk, A)
    new = copied(desk)
    old = warc_of(desk, capture)
    old.unlink()
    desk.next_run()
    assert warc(desk) == new
    ((name, offset),) = desk.rows("SELECT warc_file, warc_offset FROM captures")
    assert name == new.name
    with new.open("rb") as file:
        assert len(member_at(file, offset)) == capture.length


def warc_of(desk: Desk, capture: CaptureRef) -> Path:
    return desk.archive.captures.folder / capture.file
