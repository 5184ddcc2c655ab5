"""`scrapy merge`: archives that were crawled apart, by the real command, become one."""

import json
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from borneone_crawler.statuses import Status
from tests.crawling import ROOT, Crawl
from tests.merging import contents, copy, dump, history, one, proofs_hold, rows, said
from tests.small_site import Answer, SmallSite
from tests.test_faults import SmallDisk, disk  # noqa: F401 - a fixture
from tests.typed import argv, run

PLAIN = "Warga nomor {} menanam pohon di tepi sungai."


def merge(archive: Path, other: Path, *more: str | Path, status: Status = Status.OK) -> str:
    done = run(archive, "merge", other, *more)
    assert (done.returncode, done.stderr) == (status, "")
    return done.stdout


def texts(archive: Path, url: str) -> list[str]:
    """The first paragraph of each state of an article."""
    return [text.partition("– ")[2].partition("\n")[0] for text in history(archive, url)]


class Newsroom:
    """A small site, and archives of it."""

    def __init__(self, site: SmallSite, folder: Path) -> None:
        self.site = site
        self.folder = folder

    def crawl(self, name: str) -> Crawl:
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        return Crawl(folder, self.site.origin)

    def url(self, number: int) -> str:
        return f"{self.site.origin}/berita-{number}/"

    def edit(self, number: int, text: str) -> None:
        body = f"<p>Pontianak, BorneOneTV &#8211; {text}</p><p>Begitu kata warga. [Lay]</p>"
        self.site.answers[f"/berita-{number}/"] = Answer(self.site.article(number, body))

    def look(self, crawl: Crawl, number: int, **settings: str) -> None:
        assert crawl.run("-a", f"url={self.url(number)}", **settings) == 0


@pytest.fixture
def newsroom(site: SmallSite, tmp_path: Path) -> Newsroom:
    return Newsroom(site, tmp_path)


class Apart(Newsroom):
    """One newsroom in two archives: `first` saw it before and after `second` did."""

    first: Path
    second: Path


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Apart]:
    """Article 1: edited twice, once seen by both. 2: alike. 3: edited, edited back. 4: seen by
    the first, then gone. 5: new, seen by the second. 6: gone when the first looked again.

    Nobody writes to these: tests take copies.
    """
    with SmallSite() as site:
        apart = Apart(site, tmp_path_factory.mktemp("apart"))
        first, second = apart.crawl("first"), apart.crawl("second")
        site.numbers = [1, 2, 3, 4, 6]
        assert first.run() == 0
        apart.edit(1, "Suntingan kedua.")
        apart.edit(3, "Suntingan yang ditarik.")
        site.numbers = [1, 2, 3, 5, 6]
        assert second.run() == 0
        apart.edit(1, "Suntingan ketiga.")
        del site.answers["/berita-3/"]
        apart.look(first, 1)
        apart.look(first, 3)
        site.numbers = [1, 2, 3, 5]
        while not first.one("SELECT count(*) FROM articles WHERE gone_at IS NOT NULL"):
            apart.look(first, 6, ABSENCE_DELAYS="0.01")
        apart.first, apart.second = first.archive, second.archive
        yield apart


def test_both_ways_make_the_same_archive_and_again_changes_nothing(
    apart: Apart, tmp_path: Path
) -> None:
    one_way = copy(apart.first, tmp_path / "one way")
    other_way = copy(apart.second, tmp_path / "other way")
    report = json.loads(merge(one_way, apart.second, "--json"))
    merge(other_way, apart.first)
    for archive in (one_way, other_way):
        proofs_hold(archive)
        assert len(said(archive)) == 6
        assert texts(archive, apart.url(1)) == [
            PLAIN.format(1), "Suntingan kedua.", "Suntingan ketiga.",
        ]  # fmt: skip
        assert len(history(archive, apart.url(2))) == 1
        # Nobody saw all of this; the capture of the last look says how it ended.
        assert texts(archive, apart.url(3)) == [
            PLAIN.format(3), "Suntingan yang ditarik.", PLAIN.format(3),
        ]  # fmt: skip
        assert one(archive, "SELECT gone_at IS NOT NULL FROM articles WHERE url = ?", apart.url(6))
        assert one(archive, "SELECT gone_at IS NULL FROM articles WHERE url = ?", apart.url(4))
        assert one(archive, "SELECT count(DISTINCT record_id) FROM captures") == sum(
            one(each, "SELECT count(*) FROM captures") for each in (apart.first, apart.second)
        )
    assert said(one_way) == said(other_way)
    assert contents(one_way) == contents(other_way)
    assert report["counts"]["articles"] == 1
    assert report["conflicts"] == [] == report["forks"]

    before = dump(one_way)
    assert "nothing new" in merge(one_way, apart.second)
    assert dump(one_way) == before
    # And what they know together is nothing new to either, once each has the other's.
    again = json.loads(merge(one_way, other_way, "--json"))
    assert (again["counts"]["articles"], again["counts"]["captures"]) == (0, 0)
    proofs_hold(one_way)
    assert said(one_way) == said(other_way)


def test_the_other_archive_is_only_read(apart: Apart, tmp_path: Path) -> None:
    other = copy(apart.second, tmp_path / "other")
    mine = copy(apart.first, tmp_path / "mine")
    before = {path: path.read_bytes() for path in other.parent.rglob("*") if path.is_file()}
    merge(mine, other)
    for path, data in before.items():
        assert path.read_bytes() == data
    left = {path for path in other.parent.rglob("*") if path.is_file()} - set(before)
    assert {path.suffix for path in left} <= {".db-shm", ".db-wal"}
    assert not list(mine.parent.glob("*.merging*"))


def test_captures_come_in_byte_for_byte_with_their_requests(apart: Apart, tmp_path: Path) -> None:
    mine = copy(apart.first, tmp_path / "mine")
    merge(mine, apart.second)
    origin = "merge " + one(apart.second, "SELECT substr(uuid, 1, 8) FROM archive")
    assert one(mine, "SELECT count(*) FROM captures WHERE origin = ?", origin) == one(
        apart.second, "SELECT count(*) FROM captures"
    )
    kinds = {"response": 0, "revisit": 0, "request": 0}
    for path in (mine.parent / "warc").iterdir():
        warcio = Crawl(mine.parent, "").warcio
        check = subprocess.run(warcio("check", path), capture_output=True, text=True)
        assert check.returncode == 0, check.stdout
        index = subprocess.run(
            warcio("index", "-f", "warc-type", path), capture_output=True, text=True
        )
        for kind in kinds:
            kinds[kind] += index.stdout.count(f'"{kind}"')
    assert kinds["request"] == kinds["response"] + kinds["revisit"]
    assert kinds["request"] == one(mine, "SELECT count(*) FROM captures")


def test_the_next_crawl_takes_the_articles_for_its_own(apart: Apart, tmp_path: Path) -> None:
    mine = copy(apart.first, tmp_path / "mine")
    merge(mine, apart.second)
    crawl = Crawl(mine.parent, apart.site.origin)
    asked = len(apart.site.asked)
    assert crawl.run() == 0
    new = [path for path in apart.site.paths()[asked:] if path.startswith("/berita-")]
    assert new == []
    assert crawl.one("SELECT count(*) FROM articles") == 6
    proofs_hold(mine)


def test_a_rehearsal_tells_and_changes_nothing(apart: Apart, tmp_path: Path) -> None:
    mine = copy(apart.first, tmp_path / "mine")
    before = {path: path.read_bytes() for path in mine.parent.rglob("*") if path.is_file()}
    told = json.loads(merge(mine, apart.second, "--dry-run", "--json"))
    for path, data in before.items():
        assert path.read_bytes() == data
    assert not list(mine.parent.glob("*.merging*"))
    done = json.loads(merge(mine, apart.second, "--json"))
    assert told == done


def test_records_that_are_lost_are_told_and_come_in_when_they_turn_up(
    apart: Apart, tmp_path: Path
) -> None:
    mine = copy(apart.first, tmp_path / "mine")
    empty = tmp_path / "empty"
    empty.mkdir()
    number = one(apart.second, "SELECT count(*) FROM captures")
    found = Status.FOUND
    assert f"lost: {number} records" in merge(mine, apart.second, "--warc", empty, status=found)
    assert one(mine, "SELECT count(*) FROM captures WHERE dropped = 'lost'") == number
    proofs_hold(mine, lost=True)
    before = dump(mine)
    assert "nothing new" in merge(mine, apart.second, "--warc", empty, status=found)
    assert dump(mine) == before
    assert f"raw captures that were missing here {number}\n" in merge(mine, apart.second)
    assert one(mine, "SELECT count(*) FROM captures WHERE dropped IS NOT NULL") == 0
    proofs_hold(mine)


def test_a_damaged_record_is_told_and_the_rest_comes_in(apart: Apart, tmp_path: Path) -> None:
    other = copy(apart.second, tmp_path / "other")
    mine = copy(apart.first, tmp_path / "mine")
    file, offset = rows(other, "SELECT warc_file, warc_offset FROM captures LIMIT 1")[0]
    with (other.parent / "warc" / file).open("r+b") as warc:
        warc.seek(offset + 40)
        warc.write(b"\xff\x00")
    assert "lost: 1 records" in merge(mine, other, status=Status.FOUND)
    proofs_hold(mine, lost=True)


def test_what_a_restored_archive_lacks_of_its_captures_comes_back(
    apart: Apart, tmp_path: Path
) -> None:
    """Its file was restored, its folder of captures was not."""
    mine = copy(apart.first, tmp_path / "mine")
    shutil.rmtree(mine.parent / "warc")
    merge(mine, apart.first)
    proofs_hold(mine)
    assert one(mine, "SELECT count(*) FROM captures WHERE dropped IS NULL") == one(
        apart.first, "SELECT count(*) FROM captures"
    )


def lost_machine(newsroom: Newsroom, restore: str) -> tuple[Path, Path]:
    """A went on after the copy was made; B was made of the copy, and went on too."""
    site = newsroom.site
    a = newsroom.crawl("a")
    assert a.run() == 0
    (newsroom.folder / "b").mkdir()
    b = newsroom.crawl("b")
    if restore == "backup":
        assert run(a.archive, "backup", b.archive).returncode == 0
    else:
        copy(a.archive, newsroom.folder / "raw")
        shutil.copy(newsroom.folder / "raw" / a.archive.name, b.archive)
    shutil.copytree(a.warc, b.warc)
    newsroom.edit(1, "Suntingan yang hanya dilihat A.")
    site.numbers = [1, 2, 3, 4]
    newsroom.look(a, 1)
    assert a.run() == 0
    newsroom.edit(2, "Suntingan yang hanya dilihat B.")
    newsroom.edit(1, "Suntingan yang dilihat B kemudian.")
    site.numbers = [1, 2, 3, 5]
    newsroom.look(b, 1)
    newsroom.look(b, 2)
    assert b.run() == 0
    return a.archive, b.archive


@pytest.mark.parametrize("restore", ["backup", "raw copy"])
def test_a_lost_machine_and_its_restored_backup_become_one(
    newsroom: Newsroom, restore: str
) -> None:
    a, b = lost_machine(newsroom, restore)
    uuid = one(a, "SELECT uuid FROM archive")
    heads = {
        each: one(each, "SELECT digest FROM ledger ORDER BY id DESC LIMIT 1") for each in (a, b)
    }
    report = json.loads(merge(b, a, "--json"))
    assert [fork["chain"] for fork in report["forks"]] == ([uuid] if restore == "raw copy" else [])
    assert report["conflicts"] == []
    proofs_hold(b)
    assert len(said(b)) == 5
    assert texts(b, newsroom.url(1)) == [
        PLAIN.format(1), "Suntingan yang hanya dilihat A.", "Suntingan yang dilihat B kemudian.",
    ]  # fmt: skip
    assert texts(b, newsroom.url(2)) == [PLAIN.format(2), "Suntingan yang hanya dilihat B."]
    assert one(b, "SELECT uuid FROM archive") != uuid, "no two archives write one chain"
    # Its own history still proves itself, and names the head of the other's.
    assert one(b, "SELECT count(*) FROM ledger WHERE digest = ?", heads[b]) == 1
    (named,) = rows(
        b, "SELECT 1 FROM ledger WHERE kind = 'merge' AND detail LIKE ?", f"%{heads[a]}"
    )
    assert named
    if restore == "backup":
        assert one(b, "SELECT count(*) FROM ledger WHERE digest = ?", heads[a]) == 1

    before = dump(b)
    assert "nothing new" in merge(b, a)
    assert dump(b) == before
    merge(a, b)
    proofs_hold(a)
    assert said(a) == said(b)
    assert contents(a) == contents(b)


def test_a_backup_of_the_same_archive_brings_nothing_unless_it_is_ahead(
    newsroom: Newsroom,
) -> None:
    a = newsroom.crawl("a")
    assert a.run() == 0
    uuid = a.one("SELECT uuid FROM archive")
    older = copy(a.archive, newsroom.folder / "older")
    newsroom.edit(1, "Suntingan kedua.")
    newsroom.look(a, 1)
    newer = newsroom.folder / "newer.db"
    assert run(a.archive, "backup", newer).returncode == 0

    before = dump(a.archive)
    for backup in (older, newer):
        assert "nothing new" in merge(a.archive, backup, "--warc", a.warc)
    assert dump(a.archive) == before
    assert a.one("SELECT uuid FROM archive") == uuid

    merge(older, newer, "--warc", a.warc)
    proofs_hold(older)
    assert texts(older, newsroom.url(1)) == [PLAIN.format(1), "Suntingan kedua."]
    head = a.one("SELECT digest FROM ledger ORDER BY id DESC LIMIT 1")
    assert one(older, "SELECT count(*) FROM ledger WHERE digest = ?", head) == 1
    # The archive that was ahead may be alive: its chain is left to it.
    assert one(older, "SELECT uuid FROM archive") != uuid
    before = dump(older)
    assert "nothing new" in merge(older, newer, "--warc", a.warc)
    assert dump(older) == before


def test_a_merge_waits_for_nobody_and_a_rehearsal_disturbs_nobody(
    apart: Apart, tmp_path: Path
) -> None:
    mine = copy(apart.first, tmp_path / "mine")
    crawl = Crawl(mine.parent, apart.site.origin)
    slow = crawl.argv(DOWNLOAD_DELAY=1)
    with subprocess.Popen(slow, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as busy:
        asked = len(apart.site.asked)
        while len(apart.site.asked) == asked:
            time.sleep(0.05)
        busy.send_signal(signal.SIGSTOP)  # however long the two take: it holds the lock
        real = run(mine, "merge", apart.second)
        rehearsed = run(mine, "merge", apart.second, "--dry-run", "--json")
        busy.send_signal(signal.SIGCONT)
        assert busy.wait(60) == 0
    assert (real.returncode, real.stdout) == (Status.BUSY, "")
    assert real.stderr.startswith("borneone_crawler: another run (process ")
    assert real.stderr.count("\n") == 1
    assert (rehearsed.returncode, rehearsed.stderr) == (0, "")
    assert json.loads(rehearsed.stdout)["counts"]["articles"] == 1


@pytest.mark.parametrize(
    ("spoil", "status", "words"),
    [
        ("itself", Status.USAGE, "is this archive itself"),
        ("nothing there", Status.NO_ARCHIVE, "there is no archive"),
        ("no database", Status.NO_ARCHIVE, "is not an archive"),
        ("another newsroom", Status.MISCONFIGURED, "two newsrooms or two addresses"),
        ("a changed entry", Status.NO_ARCHIVE, "is not what was sealed"),
        ("a table without its columns", Status.NO_ARCHIVE, "is not what its schema says"),
        ("a missing entry", Status.NO_ARCHIVE, "is missing; nothing was taken in"),
        ("a damaged file", Status.NO_ARCHIVE, "nothing was taken in of {other}: the archive is"),
    ],
)
def test_what_cannot_be_taken_in_is_told_and_nothing_is_changed(
    apart: Apart, tmp_path: Path, spoil: str, status: Status, words: str
) -> None:
    mine = copy(apart.first, tmp_path / "mine")
    other = copy(apart.second, tmp_path / "other")
    with closing(sqlite3.connect(other)) as connection:
        for statement in _SPOIL.get(spoil, ()):
            connection.execute(statement)
        connection.commit()
    if spoil == "itself":
        other = mine
    elif spoil == "nothing there":
        other.unlink()
    elif spoil == "no database":
        other.write_text("Bukan basis data.\n" * 100)
    elif spoil == "a damaged file":
        data = bytearray(other.read_bytes())
        data[8192:16384] = b"\xff" * 8192
        other.write_bytes(data)
    before = dump(mine)
    done = run(mine, "merge", other)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (status, "", 1)
    assert words.format(other=other) in done.stderr
    assert dump(mine) == before
    assert not list(mine.parent.glob("*.merging*"))


_SPOIL = {
    "another newsroom": ["UPDATE archive SET base_url = 'https://lain.example'"],
    "a changed entry": [
        "DROP TRIGGER ledger_stays",
        "UPDATE ledger SET url = url || 'x' WHERE n = 2",
    ],
    "a missing entry": [
        "DROP TRIGGER ledger_stays_whole",
        "DELETE FROM ledger WHERE n = 2",
    ],
    "a table without its columns": ["ALTER TABLE never_asked DROP COLUMN samples"],
}


def test_a_reading_that_was_changed_stays_out(apart: Apart, tmp_path: Path) -> None:
    mine = copy(apart.first, tmp_path / "mine")
    other = copy(apart.second, tmp_path / "other")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute(
            "UPDATE readings SET article = replace(article, 'pohon', 'beton') "
            "WHERE article LIKE '%/berita-5/%'"
        )
        connection.commit()
    assert "was changed, and stays out" in merge(mine, other, status=Status.FOUND)
    assert one(mine, "SELECT count(*) FROM readings WHERE article LIKE '%beton%'") == 0
    assert one(mine, "SELECT count(*) FROM articles") == 5


def test_an_archive_left_in_the_middle_of_a_run_on_a_disk_nobody_writes_to(
    newsroom: Newsroom,
    apart: Apart,
    tmp_path: Path,
    disk: SmallDisk,  # noqa: F811
) -> None:
    """The lost machine's disk, as it is found: with a write-ahead log that was never moved in."""
    disk.remount("size=50M")
    newsroom.site.numbers = list(range(1, 31))
    a = newsroom.crawl("a")
    assert a.run("-a", "url=" + newsroom.url(1)) == 0
    lost = Crawl(disk.folder, newsroom.site.origin)
    slow = lost.argv(DOWNLOAD_DELAY=0.05)
    with subprocess.Popen(slow, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as busy:
        while len(newsroom.site.asked) < 20:
            time.sleep(0.05)
        busy.kill()
    shm = lost.archive.with_name("borneone.db-shm")
    assert lost.archive.with_name("borneone.db-wal").stat().st_size > 0
    held = one(lost.archive, "SELECT count(*) FROM articles")
    shm.unlink()
    disk.remount("ro")
    merge(a.archive, lost.archive)
    assert one(a.archive, "SELECT count(*) FROM articles") >= held > 1
    proofs_hold(a.archive)
    # What was captured and not read yet is read in place of asking.
    assert a.run() == 0
    assert a.one("SELECT count(*) FROM articles") == 30
    proofs_hold(a.archive)


@pytest.mark.long
def test_a_merge_that_is_killed_and_done_again_is_like_one_that_was_not(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    newsroom.site.numbers = list(range(1, 121))
    first, second = newsroom.crawl("first"), newsroom.crawl("second")
    assert first.run("-a", f"url={newsroom.url(1)}") == 0
    assert second.run() == 0
    whole = copy(first.archive, tmp_path / "whole")
    started = time.monotonic()
    merge(whole, second.archive)
    took = time.monotonic() - started
    killed = copy(first.archive, tmp_path / "killed")
    left = set()
    for part in (0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95):
        command = argv(killed, "merge", second.archive)
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as at_work:
            time.sleep(took * part)
            at_work.kill()
        left.add(
            (
                one(killed, "SELECT count(*) FROM captures WHERE dropped IS NULL"),
                one(killed, "SELECT count(*) FROM articles"),
            )
        )
    assert len(left) > 1, f"no kill came in the middle: {left}"
    merge(killed, second.archive)
    proofs_hold(killed)
    assert said(killed) == said(whole)
    assert plain(killed) == plain(whole)
    assert not list(killed.parent.glob("*.merging*"))


def test_a_full_disk_is_told_and_the_merge_goes_on_when_there_is_room(
    newsroom: Newsroom,
    tmp_path: Path,
    disk: SmallDisk,  # noqa: F811
) -> None:
    newsroom.site.numbers = list(range(1, 61))
    second = newsroom.crawl("second")
    assert second.run() == 0
    mine = Crawl(disk.folder, newsroom.site.origin)
    disk.remount("size=50M")
    assert mine.run("-a", f"url={newsroom.url(1)}") == 0
    whole = copy(mine.archive, tmp_path / "whole")
    merge(whole, second.archive)
    copied = second.archive.stat().st_size
    held = sum(path.stat().st_size for path in disk.folder.rglob("*"))
    for room in (copied // 2, copied + 20_000, copied + 300_000):
        disk.remount(f"size={held + room}")
        done = run(mine.archive, "merge", second.archive)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (Status.IO_ERROR, "", 1)
        assert mine.one("SELECT count(*) FROM articles") == 1, "nobody ever sees half of it"
        assert not list(disk.folder.glob("*.merging*"))
    disk.remount("size=50M")
    merge(mine.archive, second.archive)
    proofs_hold(mine.archive)
    assert said(mine.archive) == said(whole)
    assert plain(mine.archive) == plain(whole)


@pytest.mark.long
def test_a_signal_ends_a_merge_in_order(newsroom: Newsroom) -> None:
    newsroom.site.numbers = list(range(1, 121))
    first, second = newsroom.crawl("first"), newsroom.crawl("second")
    assert first.run("-a", f"url={newsroom.url(1)}") == 0
    assert second.run() == 0
    command = argv(first.archive, "merge", second.archive)
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as at_work:
        while not one(first.archive, "SELECT count(*) FROM captures WHERE origin IS NOT NULL"):
            time.sleep(0.01)
        at_work.terminate()
        assert at_work.wait(60) == Status.TERMINATED
    assert first.one("SELECT count(*) FROM articles") == 1
    assert first.rows("SELECT status, reason FROM runs ORDER BY id DESC LIMIT 1") == [
        (Status.TERMINATED, "stopped by a signal; the same command goes on from here")
    ]
    merge(first.archive, second.archive)
    stats = first.rows("SELECT stats FROM runs ORDER BY id DESC LIMIT 1")[0][0]
    assert json.loads(stats)["merge/articles"] == 119
    proofs_hold(first.archive)


def plain(archive: Path) -> list[list[tuple[object, ...]]]:
    """What two runs of the same merge have in common: all but numbers, places and times."""
    return [
        sorted(rows(archive, sql), key=repr)
        for sql in (
            """SELECT url, fetched_at, digest, record_id, origin, dropped, waiting, payload_digest,
                   (SELECT url FROM urls WHERE id = url_id),
                   (SELECT record_id FROM captures AS r WHERE r.id = c.refers_to)
               FROM captures AS c""",
            """SELECT url, kind, state, reason, role, listing_key, next_at, checked_at, etag,
                   (SELECT url FROM articles WHERE id = article_id),
                   (SELECT record_id FROM captures WHERE id = capture_id)
               FROM urls""",
            "SELECT chain, n, digest FROM ledger WHERE chain <> (SELECT uuid FROM archive)",
            "SELECT kind, url, detail FROM ledger WHERE chain = (SELECT uuid FROM archive)",
            """SELECT v.n, v.seen_at, r.article, r.sources, r.flags FROM revisions AS v
               JOIN readings AS r ON r.revision_id = v.id""",
            "SELECT rule, text FROM removals",
            "SELECT * FROM never_asked",
        )
    ]
