"""`scrapy export`: whatever is taken away is whole, harmless, and can be proved."""

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import time
from array import array
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import bagit
import pytest
import yaml
from pyarrow import parquet
from warcio.archiveiterator import ArchiveIterator

from borneone_crawler.archive.sqlite.database import open_readonly
from borneone_crawler.desk.export.export import Form, Order, Origin, export
from borneone_crawler.statuses import Status
from tests.commanding import run
from tests.crawling import ROOT, Crawl
from tests.small_site import Answer, SmallSite
from tests.terminal import Terminal
from tests.typed import argv

FORMULA = "=HYPERLINK(&quot;http://x.example&quot;;&quot;klik&quot;)"
TOLD = '=HYPERLINK("http://x.example";"klik")'
LETTERS = "“Saya tidak tahu,” kata Wagub – ‘medsos’ itu 5 m² lebih… é"
ENDLESS = "WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT n FROM t"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    """Five articles: the first was edited, the second seen again as it was, the third has a
    formula for a headline and odd letters, the fourth no date, and the fifth was taken down."""
    with SmallSite(5) as site:
        crawl = Crawl(tmp_path_factory.mktemp("held"), site.origin)
        site.answers["/berita-3/"] = Answer(
            site.article(3, f"<p>{LETTERS}</p><p>Warga \u202e dan \u009b2J.</p>").replace(
                "Berita nomor 3", FORMULA
            )
        )
        site.answers["/berita-4/"] = Answer(re.sub("<time .*?</time>", "", site.article(4)))
        assert crawl.run() == 0, crawl.stderr
        site.answers["/berita-1/"] = Answer(site.article(1).replace("pohon", "durian"))
        for number in (1, 2):
            assert crawl.run("-a", f"url={site.origin}/berita-{number}/") == 0
        (fifth,) = crawl.rows("SELECT id FROM articles WHERE url LIKE '%berita-5/'")
        assert run(crawl, "takedown", str(fifth[0]), "--reason", "permintaan").returncode == 0
        yield crawl


def id_of(crawl: Crawl, number: int) -> int:
    return int(crawl.one("SELECT id FROM articles WHERE url LIKE ?", f"%/berita-{number}/"))


def exported(crawl: Crawl, *more: str | Path, status: int = 0, **settings: Any) -> str:
    """What `scrapy export …` says on stdout."""
    done = run(crawl, "export", *map(str, more), **settings)
    assert done.returncode == status, done.stderr
    return done.stdout


def refused(crawl: Crawl, *more: str | Path, **settings: Any) -> tuple[int, str]:
    done = run(crawl, "export", *map(str, more), **settings)
    assert (done.stdout, done.stderr.count("\n")) == ("", 1)
    return done.returncode, done.stderr


@contextmanager
def started(crawl: Crawl, *more: str | Path) -> Iterator["subprocess.Popen[bytes]"]:
    """`scrapy export …` at work; it is not any more in the end."""
    with subprocess.Popen(argv(crawl.archive, "export", *more), cwd=ROOT) as process:
        try:
            yield process
        finally:
            process.kill()


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_json_lines_say_of_each_article_what_the_archive_does(held: Crawl) -> None:
    text = exported(held, "jsonl")
    said = objects(text)
    rows = held.rows(
        "SELECT id, url, headline, article_body, day, is_gone FROM stories ORDER BY id"
    )
    assert [(one["id"], one["url"], one["headline"], one["article_body"]) for one in said] == [
        row[:4] for row in rows
    ]
    assert len(said) == 4
    assert all(one["sections"] == ["Berita"] for one in said)
    assert {one["day"] is None for one in said if one["id"] == id_of(held, 4)} == {True}
    assert "\u202e" not in text
    assert any("\u202e" in one["article_body"] for one in said), "escaped, not lost"


def test_csv_in_a_pipe_is_rfc_4180_without_a_mark(held: Crawl) -> None:
    done = subprocess.run(argv(held.archive, "export", "csv"), cwd=ROOT, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b'"id","url","headline",')
    assert done.stdout.count(b"\r\n") == 5
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode(), newline="")))
    assert [int(row["id"]) for row in rows] == [
        one["id"] for one in objects(exported(held, "jsonl"))
    ]
    assert all(len(row) == len(rows[0]) for row in rows)


def test_a_csv_file_is_right_in_spreadsheets_and_harmless(held: Crawl, tmp_path: Path) -> None:
    target = tmp_path / "artikel.csv"
    assert exported(held, "csv", "-o", target) == f"{target}: 4 articles\n"
    assert target.read_bytes().startswith(b'\xef\xbb\xbf"id",')
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = {int(row["id"]): row for row in csv.DictReader(file)}
    odd = rows[id_of(held, 3)]
    assert odd["headline"] == f"'{TOLD}"
    assert odd["article_body"] == f"{LETTERS}\n\nWarga \ufffd dan \ufffd2J."
    assert rows[id_of(held, 4)]["date_published"] == ""
    assert rows[id_of(held, 2)]["word_count"].isdigit()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs libreoffice-calc-nogui")
def test_libreoffice_opens_the_csv_as_it_is_meant(held: Crawl, tmp_path: Path) -> None:
    target = tmp_path / "artikel.csv"
    exported(held, "csv", "-o", target)
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         # as its dialog has it: comma, semicolon and tab; quote; UTF-8, by the mark; line 1
         "--infilter=CSV:44/59/9,34,76,1", "--convert-to", "fods", "--outdir", tmp_path, target],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    from lxml import etree

    tree = etree.parse(tmp_path / "artikel.fods")
    space = {
        name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("table", "text")
    }
    assert tree.xpath("//table:table-cell[@table:formula]", namespaces=space) == []
    cells = [
        ["\n".join(map("".join, (line.itertext() for line in cell.iterfind("text:p", space))))
         for cell in row.iterfind("table:table-cell", space)]
        for row in tree.xpath("//table:table-row", namespaces=space)
    ]  # fmt: skip
    (odd,) = (row for row in cells if row[0] == str(id_of(held, 3)))
    assert odd[2] == f"'{TOLD}"
    assert any(cell.startswith(f"{LETTERS}\n\nWarga") for cell in odd), odd
    numbers = tree.xpath("//table:table-row/table:table-cell[1]", namespaces=space)[1:5]
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
    assert {number.get(office) for number in numbers} == {"float"}


def test_parquet_has_moments_lists_and_the_dates_as_written(held: Crawl, tmp_path: Path) -> None:
    target = tmp_path / "artikel.parquet"
    exported(held, "parquet", "-o", target)
    table = parquet.read_table(target)
    types = {field.name: str(field.type) for field in table.schema}
    assert (types["id"], types["published_at"]) == ("int64", "timestamp[ms, tz=UTC]")
    assert types["sections"] == "list<element: string>"
    rows = {row["id"]: row for row in table.to_pylist()}
    assert len(rows) == 4
    first = rows[id_of(held, 1)]
    assert first["date_published"] == "2019-10-02T10:15:00+07:00"
    assert first["published_at"] == datetime(2019, 10, 2, 3, 15, tzinfo=UTC)
    assert first["first_seen_at"].tzinfo is not None
    assert first["sections"] == ["Berita"]
    assert rows[id_of(held, 4)]["published_at"] is None
    assert rows[id_of(held, 3)]["headline"] == TOLD


def test_parquet_finds_the_types_of_an_answer_and_bounds_its_groups(
    held: Crawl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from borneone_crawler.desk.export import parquet as ours

    monkeypatch.setattr(ours, "MOST_ROWS", 2)
    sql = """WITH t (n, mixed, share, raw, kosong) AS (
        VALUES (1, 1, 0.5, x'00', NULL), (2, 'dua', 1, x'01', NULL), (NULL, NULL, NULL, NULL, NULL)
        )
        SELECT * FROM t"""
    target = tmp_path / "jawaban.parquet"
    with closing(open_readonly(held.archive)) as database:
        done = export(database, Order(Form.PARQUET, target, None, sql), origin(held))
    assert (done.rows, done.unit) == (3, "row")
    file = parquet.ParquetFile(target)
    assert file.metadata.num_row_groups == 2
    assert [str(field.type) for field in file.schema_arrow] == [
        "int64", "string", "double", "binary", "string",
    ]  # fmt: skip
    assert file.read().to_pylist()[1] == {
        "n": 2, "mixed": "dua", "share": 1.0, "raw": b"\x01", "kosong": None,
    }  # fmt: skip


def origin(crawl: Crawl) -> Origin:
    return Origin(crawl.warc, datetime.now(UTC), "tests")


def test_without_pyarrow_one_line_says_how_to_get_it(held: Crawl, tmp_path: Path) -> None:
    (tmp_path / "pyarrow.py").write_text("raise ImportError('not there')\n")
    done = subprocess.run(
        argv(held.archive, "export", "parquet", "-o", tmp_path / "a.parquet"),
        cwd=ROOT, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == Status.USAGE
    assert done.stderr.startswith("borneone_crawler: Parquet needs pyarrow: ")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "a.parquet").exists()


def test_text_is_one_file_an_article_with_what_is_known_above_it(
    held: Crawl, tmp_path: Path
) -> None:
    target = tmp_path / "teks"
    assert exported(held, "text", "-o", target) == f"{target}: 4 articles\n"
    first, undated = id_of(held, 1), id_of(held, 4)
    names = [path.relative_to(target).as_posix() for path in files(target)]
    assert f"2019/10/2019-10-02-{first}-berita-1.txt" in names
    assert f"undated/{undated}-berita-4.txt" in names
    text = (target / f"2019/10/2019-10-02-{first}-berita-1.txt").read_text("utf-8")
    _, head, body = text.split("---\n", 2)
    said = yaml.safe_load(head)
    assert (said["headline"], said["sections"]) == ("Berita nomor 1", ["Berita"])
    assert said["content_digest"] == held.one(
        "SELECT content_digest FROM articles WHERE id = ?", first
    )
    assert body.strip() == held.one("SELECT article_body FROM articles WHERE id = ?", first)


@pytest.mark.parametrize(
    ("url", "day", "path"),
    [
        ("https://x.example/..%2f..%2fetc/", None, "undated/7-2f-2fetc"),
        ("https://x.example/../../etc/passwd", None, "undated/7-passwd"),
        ("https://x.example/?p=12", "2019-10-14", "2019/10/2019-10-14-7"),
        ("https://x.example/CON/", "../../../etc", "undated/7-con"),
        ("https://x.example/" + "sangat-panjang-" * 200, "2019-10-14",
         "2019/10/2019-10-14-7-" + ("sangat-panjang-" * 4)[:-1]),
        ("https://x.example/ber\u202eita-\n-é\x00/", "0000-00-00",
         "0000/00/0000-00-00-7-berita-e"),
    ],
)  # fmt: skip
def test_names_of_files_are_ours(url: str, day: str | None, path: str) -> None:
    from borneone_crawler.desk.export.texts import path_of

    assert str(path_of({"url": url, "id": 7, "day": day})) == path


def test_named_articles_come_in_the_order_in_which_they_are_named(held: Crawl) -> None:
    first, fourth, fifth = id_of(held, 1), id_of(held, 4), id_of(held, 5)
    text = exported(
        held, "jsonl", str(fourth), f"{held.origin}/berita-1?utm_source=wa", str(fourth)
    )
    assert [one["id"] for one in objects(text)] == [fourth, first]
    with closing(open_readonly(held.archive)) as database:
        order = Order(
            Form.JSONL, held.archive.with_name("urut.jsonl"), array("q", [fourth, fifth])
        )
        done = export(database, order, origin(held))
    assert list(done.notes()) == ["left out: 1 of those named: not held, or taken down\n"]
    assert refused(held, "jsonl", "berita-99")[0] == Status.USAGE


def test_what_a_search_finds_is_exported_in_its_order(held: Crawl, tmp_path: Path) -> None:
    # The fourth has no date: of the two that are found only the first is in its day.
    asked = ("pohon OR durian", "--section", "Berita", "--from", "2019-10-02")
    found = json.loads(run(held, "search", *asked, "--json").stdout)
    ids = [article["id"] for article in found["articles"]]
    assert len(ids) == 2
    assert [one["id"] for one in objects(exported(held, "jsonl", "--search", *asked))] == ids
    for form in ("text", "bag"):
        exported(held, form, "-o", tmp_path / form, "--search", *asked)
    assert len(list((tmp_path / "text").rglob("*.txt"))) == len(ids)
    assert len(list((tmp_path / "bag" / "data" / "articles").rglob("*.json"))) == len(ids)


def test_a_search_that_finds_nothing_leaves_nothing(held: Crawl, tmp_path: Path) -> None:
    status, said = refused(held, "csv", "-o", tmp_path / "n.csv", "--search", "kapal")
    assert (status, said) == (
        Status.FOUND,
        "borneone_crawler: nothing is found, and nothing was written\n",
    )
    assert list(tmp_path.iterdir()) == []
    for wrong in (
        ["1", "--search", "pohon"],
        ["--search", "pohon", "--sql", "SELECT 1 AS id"],
        ["--section", "Berita"],
    ):
        assert refused(held, "csv", *wrong)[0] == Status.USAGE


def test_an_answer_in_sql_is_a_table_and_chooses_articles(held: Crawl, tmp_path: Path) -> None:
    kinds = objects(exported(held, "jsonl", "--sql", "SELECT kind, revision FROM edits"))
    assert kinds == [{"kind": "substance", "revision": 2}]
    question = ("--sql", "SELECT '-1+1' AS a, -1 AS b, 'x;y' AS c")
    commas = '"a","b","c"\n"\'-1+1",-1,"x;y"\n'
    semicolons = '"a";"b";"c"\n"\'-1+1";-1;"x;y"\n'
    assert exported(held, "csv", *question) == commas
    assert exported(held, "csv", "--semicolon", *question) == semicolons
    exported(held, "text", "-o", tmp_path / "t", "--sql", "SELECT article_id FROM edits")
    assert [path.name for path in files(tmp_path / "t")] == [
        f"2019-10-02-{id_of(held, 1)}-berita-1.txt"
    ]
    for sql in ("SELECT url FROM stories", "SELECT url AS id FROM stories", "SELECT 99 AS id"):
        assert refused(held, "text", "-o", tmp_path / "n", "--sql", sql)[0] == Status.USAGE
    assert refused(held, "csv", "1", "--sql", "SELECT 1")[0] == Status.USAGE
    assert [path.name for path in tmp_path.iterdir()] == ["t"]


def test_what_was_taken_down_is_in_no_export(held: Crawl, tmp_path: Path) -> None:
    fifth = str(id_of(held, 5))
    for form in ("csv", "jsonl", "parquet", "text", "bag"):
        exported(held, form, "-o", tmp_path / form)
        told = run(held, "export", form, fifth, "-o", str(tmp_path / f"5.{form}"))
        assert (told.returncode, told.stdout) == (Status.USAGE, ""), told.stderr
        assert "taken down" in told.stderr
        assert not (tmp_path / f"5.{form}").exists()
    for path in files(tmp_path):
        assert b"nomor 5" not in path.read_bytes(), path
        assert b"berita-5" not in path.read_bytes(), path
    assert refused(held, "jsonl", "--sql", "SELECT * FROM withheld")[0] == Status.USAGE


def test_nothing_is_written_over(held: Crawl, tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_text("punya orang")
    status, line = refused(held, "csv", "-o", target)
    assert status == Status.CANNOT_CREATE
    assert "--replace" in line
    assert target.read_text() == "punya orang"
    exported(held, "csv", "-o", target, "--replace")
    assert target.read_bytes().startswith(b'\xef\xbb\xbf"id",')
    copy = tmp_path / "borneone.db"
    shutil.copy(held.archive, copy)
    assert refused(held, "csv", "-o", copy, "--replace")[0] == Status.CANNOT_CREATE
    assert copy.read_bytes() == held.archive.read_bytes()
    (tmp_path / "penuh").mkdir()
    (tmp_path / "penuh/x").touch()
    for form in ("text", "bag"):
        assert (
            refused(held, form, "-o", tmp_path / "penuh", "--replace")[0] == Status.CANNOT_CREATE
        )
    assert refused(held, "csv", "-o", tmp_path / "tidak/ada.csv")[0] == Status.CANNOT_CREATE
    assert refused(held, "bag")[0] == Status.USAGE
    assert refused(held, "csv", "--whole-ledger")[0] == Status.USAGE
    assert refused(held, "xls")[0] == Status.USAGE
    assert [path.name for path in files(tmp_path / "penuh")] == ["x"]


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGTERM, Status.TERMINATED)]
)
def test_a_half_file_never_has_the_name(
    held: Crawl, tmp_path: Path, number: int, status: int
) -> None:
    target, partial = tmp_path / "a.csv", tmp_path / "a.csv.partial"
    sql = f"{ENDLESS} LIMIT 9000000"
    with started(held, "csv", "-o", target, "--sql", sql) as process:
        while not (partial.exists() and partial.stat().st_size):
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(number)
        assert process.wait(20) == status
    assert not target.exists()
    assert partial.exists() is (number == signal.SIGKILL)
    exported(held, "csv", "-o", target)
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_signal_is_heard_while_sqlite_is_at_work(held: Crawl, tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    sql = ENDLESS.replace("SELECT n FROM t", "SELECT max(n) FROM t")
    with started(held, "csv", "-o", target, "--sql", sql) as process:
        cpu = Path(f"/proc/{process.pid}/stat")
        while int(cpu.read_text().rpartition(")")[2].split()[11]) < 130:  # hundredths of a second
            assert process.poll() is None
            time.sleep(0.02)
        process.terminate()
        assert process.wait(20) == Status.TERMINATED
    assert list(tmp_path.iterdir()) == []


def test_a_half_folder_never_has_the_name(held: Crawl, tmp_path: Path) -> None:
    """What a kill left of one is no hindrance; a fault leaves nothing."""
    half = tmp_path / "bukti.partial"
    (half / "data").mkdir(parents=True)
    (half / "data/x").touch()
    exported(held, "bag", "-o", tmp_path / "bukti")
    assert not half.exists()
    broken = Crawl(tmp_path / "rusak", held.origin)
    shutil.copytree(held.archive.parent, broken.archive.parent)
    from tests.tampered import Tampered

    Tampered(broken.archive.parent).sql(
        "DROP TRIGGER ledger_stays", "UPDATE ledger SET at = '2020' WHERE url LIKE '%/berita-1/'"
    )
    status, line = refused(broken, "bag", "-o", tmp_path / "bukti2")
    assert (status, "scrapy verify" in line) == (Status.NO_ARCHIVE, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bukti", "rusak"]


@pytest.fixture(scope="module")
def pack(held: Crawl, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bag of every article, with the whole ledger."""
    target = tmp_path_factory.mktemp("bag") / "bukti"
    exported(held, "bag", "-o", target, "--whole-ledger")
    return target


def test_a_stock_bagit_tool_and_sha256sum_find_the_bag_whole(pack: Path) -> None:
    assert bagit.Bag(str(pack)).validate(processes=1)
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--quiet", "--strict", "-c", manifest], cwd=pack, check=True)


def test_they_find_a_bag_that_was_changed(pack: Path, tmp_path: Path) -> None:
    copy = tmp_path / "bukti"
    shutil.copytree(pack, copy)
    changed = files(copy / "data/readings")[0]
    changed.write_bytes(changed.read_bytes().replace(b"Berita", b"Kabar!"))
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(copy)).validate(processes=1)
    done = subprocess.run(
        ["sha256sum", "-c", "manifest-sha256.txt"], cwd=copy, capture_output=True
    )
    assert done.returncode == 1


def test_what_is_proof_goes_by_its_own_digest(held: Crawl, pack: Path) -> None:
    for folder in ("readings", "contents", "captures", "ledger"):
        paths = [path for path in files(pack / "data" / folder) if "-request" not in path.name]
        assert paths
        for path in paths:
            assert sha256(path.read_bytes()).hexdigest() in path.name
    digests = held.rows(
        """SELECT r.content_digest FROM readings AS r JOIN revisions AS v ON v.id = r.revision_id
           WHERE v.article_id IN (SELECT id FROM stories)"""
    )
    named = {path.stem for path in files(pack / "data/contents")}
    assert named == {digest for (digest,) in digests}, "what a citation names is there"


def test_the_ledger_seals_what_is_in_the_bag(held: Crawl, pack: Path) -> None:
    first = id_of(held, 1)
    (path,) = pack.glob(f"data/articles/2019/10/*-{first}-*.json")
    record = json.loads(path.read_text("utf-8"))
    assert [one["revision"] for one in record["readings"]] == [1, 2]
    kinds = []
    for name in record["ledger"]:
        lines = (pack / "data" / name).read_text("utf-8").splitlines()
        entry = dict(line.partition(": ")[::2] for line in lines)
        assert entry["url"] == f"{held.origin}/berita-1/"
        kinds.append(entry["kind"])
        reading = pack / f"data/readings/{entry['reading_digest']}.json"
        assert json.loads(reading.read_text("utf-8"))["headline"] == "Berita nomor 1"
        for digest in entry["capture_digests"].split():
            assert (pack / f"data/captures/{digest}.warc.gz").is_file()
    assert kinds == ["new", "revision"]


def test_the_records_are_warc_for_other_tools(held: Crawl, pack: Path) -> None:
    captures = files(pack / "data/captures")
    subprocess.run([*held.warcio("check"), *captures], check=True, capture_output=True)
    kinds, payloads = {}, {}
    for path in captures:
        with path.open("rb") as file:
            (record,) = ArchiveIterator(file)
            record_id = record.rec_headers.get_header("WARC-Record-ID")
            kinds[path.name] = record.rec_type
            payloads[record_id] = record.rec_type
            if record.rec_type == "revisit":
                refers_to = record.rec_headers.get_header("WARC-Refers-To")
    assert payloads[refers_to] == "response", "what a revisit refers to is there"
    assert sum(kind == "revisit" for kind in kinds.values()) == 1
    assert {kind for name, kind in kinds.items() if "-request" in name} == {"request"}
    rows = held.rows(
        """SELECT c.digest FROM captures AS c JOIN urls AS u ON u.id = c.url_id
           WHERE u.article_id IN (SELECT id FROM stories) AND u.kind = 'article'"""
    )
    assert {name[:64] for name in kinds} == {digest for (digest,) in rows}


def test_the_commands_of_its_readme_follow_the_ledger_to_its_head(
    held: Crawl, pack: Path, tmp_path: Path
) -> None:
    (script,) = re.findall(
        r"(    for entry in .*?\n    done\n)", (pack / "README.txt").read_text(), re.S
    )
    head = held.one("SELECT digest FROM ledger ORDER BY n DESC LIMIT 1")

    def said(folder: Path) -> str:
        return subprocess.run(
            ["sh", "-c", script], cwd=folder, capture_output=True, text=True
        ).stdout

    assert said(pack) == f"head: {head}\n"
    copy = tmp_path / "bukti"
    shutil.copytree(pack, copy)
    third = files(copy / "data/ledger")[2]
    third.write_bytes(third.read_bytes().replace(b"kind: new", b"kind: gone"))
    assert "does not follow" in said(copy)


def test_of_one_article_a_bag_holds_that_alone(held: Crawl, tmp_path: Path) -> None:
    target = tmp_path / "bukti"
    exported(held, "bag", f"{held.origin}/berita-2/", "-o", target)
    assert bagit.Bag(str(target)).validate(processes=1)
    assert len(files(target / "data/ledger")) == 1
    assert {path.name[:64] for path in files(target / "data/captures")} == {
        digest
        for (digest,) in held.rows("SELECT digest FROM captures WHERE url LIKE '%/berita-2/'")
    }
    for path in files(target):
        if path.suffix != ".gz":
            assert b"berita-1" not in path.read_bytes(), path
    assert "--against DIGEST" in (target / "README.txt").read_text()


def test_captures_that_are_not_to_be_had_are_told_of(held: Crawl, tmp_path: Path) -> None:
    target, elsewhere = tmp_path / "bukti", tmp_path / "kosong"
    elsewhere.mkdir()
    done = run(held, "export", "bag", "-o", str(target), WARC_DIR=elsewhere)
    assert done.returncode == Status.FOUND
    (name,) = {path.name for path in held.warc_files()}
    assert done.stderr == f"lacking: 6 captures of {name}\n"
    readme = (target / "README.txt").read_text("utf-8")
    assert "NOT EVERYTHING IS HERE" in readme
    assert f"6 of the file {name}" in readme
    assert bagit.Bag(str(target)).validate(processes=1)
    record = json.loads(next(target.glob("data/articles/undated/*.json")).read_text("utf-8"))
    assert record["captures"][0]["lacking"] == f"it is not in {name}, or {name} is not there"
    assert str(tmp_path) not in "".join(path.read_text() for path in files(target))


def test_how_far_it_is_shows_on_a_terminal_alone(held: Crawl, tmp_path: Path) -> None:
    terminal = Terminal(80)
    target = tmp_path / "a.csv"
    assert terminal.run(argv(held.archive, "export", "csv", "-o", target)) == 0
    assert terminal.shown[0] == "export: 1 of 4"
    assert terminal.left == [f"{target}: 4 articles"]
    direct = Terminal(80)
    assert direct.run(argv(held.archive, "export", "csv", "1")) == 0
    assert direct.shown == []
    assert run(held, "export", "csv", "-o", tmp_path / "b.csv").stderr == ""
