"""What was received comes back byte for byte, and other tools read it."""

import gzip
import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import RFC_4122, UUID

import pytest
from warcio.archiveiterator import ArchiveIterator

from borneone_crawler.archive import archive
from borneone_crawler.archive.warc import folder
from borneone_crawler.archive.warc.folder import CaptureStore
from borneone_crawler.archive.warc.records import Exchange, record_id
from borneone_crawler.statuses import Status, Stop
from tests.archive.conftest import SITE, Desk

PAGE = "<html><p>Sungai Kapuas – “banjir” 😀</p></html>".encode()


def exchange(url: str = "https://borneonetv.com/a/?b=1", body: bytes = PAGE) -> Exchange:
    return Exchange(
        url=url,
        method="GET",
        request_headers=[("Host", "borneonetv.com"), ("Accept-Encoding", "gzip")],
        status=200,
        response_headers=[
            ("Content-Type", "text/html; charset=UTF-8"),
            ("Content-Encoding", "gzip"),
            ("Transfer-Encoding", "chunked"),
            ("Set-Cookie", "a=1"),
            ("Set-Cookie", "b=2"),
        ],
        body=gzip.compress(body),
        content_type="text/html; charset=UTF-8",
        fetched_at=datetime(2019, 10, 14, 3, 15, tzinfo=UTC),
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CaptureStore]:
    store = CaptureStore(tmp_path / "warc", "0123456789abcdef", "tests/1")
    yield store
    store.close()


def test_captures_are_named_in_the_order_of_time(store: CaptureStore) -> None:
    """UUIDs of version 7 (RFC 9562): the index of the names grows at its end."""
    began = datetime(2026, 12, 1, 4, 30, tzinfo=UTC)
    moments = [began + timedelta(milliseconds=number) for number in range(50)]
    written = [store.write(replace(exchange(), fetched_at=moment)) for moment in moments]
    names = [ref.record_id for ref in written if ref is not None]
    assert names == sorted(names)
    numbers = [UUID(name.removeprefix("<").removesuffix(">")) for name in names]
    assert {(number.version, number.variant) for number in numbers} == {(7, RFC_4122)}
    told = [datetime.fromtimestamp((number.int >> 80) / 1000, UTC) for number in numbers]
    assert told == moments
    # What is captured within one millisecond has other names all the same.
    assert len({record_id(began) for _ in range(1_000)}) == 1_000


def test_a_capture_comes_back_as_it_was(store: CaptureStore) -> None:
    first = store.write(exchange())
    second = store.write(exchange("https://borneonetv.com/c/", b"lain"))
    assert first is not None
    assert second is not None
    assert store.read(first).body == PAGE
    assert store.read(second).body == b"lain"
    assert store.read(first).content_type == "text/html; charset=UTF-8"


def test_request_and_response_stand_in_the_file_with_their_headers(store: CaptureStore) -> None:
    store.write(exchange())
    (path,) = store.folder.iterdir()
    with path.open("rb") as file:
        records = [
            (record.rec_type, record.http_headers and list(record.http_headers.headers),
             record.http_headers and record.http_headers.statusline)
            for record in ArchiveIterator(file)
        ]  # fmt: skip
    assert [kind for kind, *_ in records] == ["warcinfo", "response", "request"]
    _, headers, status = records[1]
    assert status == "200 OK"
    assert headers is not None
    assert [value for name, value in headers if name == "Set-Cookie"] == ["a=1", "b=2"]
    names = [name for name, _ in headers]
    assert "Transfer-Encoding" not in names
    assert "Content-Length" in names
    assert records[2][2] == "/a/?b=1 HTTP/1.1"


@pytest.mark.parametrize(
    ("coding", "kind", "as_it_came"),
    [
        ("gzip", "text/html", True),
        ("BR", "text/html", True),
        (None, "image/jpeg", True),
        (None, "Image/PNG; x", True),
        (None, "text/html; charset=UTF-8", False),
        (None, "image/svg+xml", False),
        (None, None, False),
    ],
)
def test_only_what_came_as_plain_text_is_compressed(
    store: CaptureStore, coding: str | None, kind: str | None, *, as_it_came: bool
) -> None:
    body = b"Sungai Kapuas meluap. " * 1_000
    one = exchange()
    one.body, one.content_type = body, kind
    one.response_headers = [("content-Encoding", coding)] if coding else []
    ref = store.write(one)
    assert ref is not None
    (path,) = store.folder.iterdir()
    member = path.read_bytes()[ref.offset :][: ref.length]
    assert (body in member) is as_it_came
    assert len(member) < len(body) / 10 or as_it_came
    assert body in gzip.decompress(member)


def test_another_tool_finds_no_fault(store: CaptureStore) -> None:
    for number in range(5):
        store.write(exchange(f"https://borneonetv.com/{number}/"))
    (path,) = store.folder.iterdir()
    warcio = Path(sys.executable).with_name("warcio")
    result = subprocess.run(
        [warcio, "check", "-v", path], capture_output=True, text=True, check=True
    )
    assert "digest failed" not in result.stdout
    assert result.stdout.count("digest pass") >= 10


def test_what_is_held_is_written_only_when_released(store: CaptureStore) -> None:
    store.hold()
    assert store.write(exchange()) is None
    assert not store.folder.exists()
    (ref,) = store.release()
    assert store.read(ref).body == PAGE
    store.hold()
    store.write(exchange())
    store.drop()
    assert store.release() == []


def test_files_are_rotated_by_size(store: CaptureStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MAX_FILE_BYTES", 100)
    refs = [store.write(exchange()) for _ in range(3)]
    assert len({ref.file for ref in refs if ref}) == 3
    assert all(store.read(ref).body == PAGE for ref in refs if ref)


def test_a_changed_byte_is_noticed(store: CaptureStore) -> None:
    ref = store.write(exchange())
    assert ref is not None
    path = store.folder / ref.file
    damaged = bytearray(path.read_bytes())
    damaged[ref.offset + ref.length // 2] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(Stop, match="damaged") as caught:
        store.read(ref)
    assert caught.value.status is Status.NO_ARCHIVE


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "warc").write_text("in the way")
    with pytest.raises(Stop) as caught:
        CaptureStore(tmp_path / "warc", "0123456789abcdef", "tests/1").write(exchange())
    assert caught.value.status is Status.CANNOT_CREATE


def test_what_is_appended_is_on_the_disk_before_the_log_is_moved(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row must not outlive a power cut that its record does not survive."""
    happened: list[str] = []
    real_fsync, now = os.fsync, itertools.count()
    monkeypatch.setattr(folder.os, "fsync", lambda fd: (happened.append("fsync"), real_fsync(fd)))
    monkeypatch.setattr(folder.time, "monotonic", lambda: next(now) / 100)
    desk.archive.db.conn.set_trace_callback(
        lambda sql: happened.append("checkpoint") if "wal_checkpoint" in sql else None
    )
    monkeypatch.setattr(archive, "CHECKPOINT_AFTER", 500)
    for number in range(400):
        url = f"{SITE}/{number}/"
        due = desk.claim(url)
        happened.append("write")
        desk.archive.settle(due, desk.outcome(due, capture=desk.capture(url)))
    desk.archive.db.conn.set_trace_callback(None)
    assert 2 <= happened.count("checkpoint") <= desk.archive.db.conn.total_changes / 500
    for place, event in enumerate(happened):
        if event == "checkpoint":
            assert "write" not in happened[happened.index("fsync", place - 2) : place]
    # The clock moved by less than a second a write: not every one of them was forced.
    assert happened.count("fsync") < happened.count("write") / 4


def test_the_newest_sound_file_is_gone_on_with(tmp_path: Path) -> None:
    for _ in range(2):
        store = CaptureStore(tmp_path, "0123456789abcdef", "tests/1")
        store.sound.update(path.name for path in store.files())
        store.write(exchange())
        store.close()
    assert len(store.files()) == 1
    doubtful = CaptureStore(tmp_path, "0123456789abcdef", "tests/1")
    doubtful.write(exchange())
    doubtful.close()
    assert len(doubtful.files()) == 2
