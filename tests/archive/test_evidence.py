"""What proves an article is found, and nothing of another that was taken down."""

from contextlib import closing

from borneone_crawler.archive.articles.evidence import Evidence
from borneone_crawler.archive.sqlite.database import open_readonly
from tests.archive.conftest import SITE, Desk, reading

FIRST, SECOND = f"{SITE}/a/", f"{SITE}/b/"


def store(desk: Desk, url: str, post_id: int) -> str:
    """Store an article with its capture. Returns the capture's digest."""
    capture = desk.capture(url, f"<html>{url}".encode())
    desk.settle(url, reading=reading(url, post_id=post_id), capture=capture)
    return str(capture.digest)


def digests(desk: Desk, article_id: int) -> list[str]:
    evidence = Evidence(desk.archive.db, desk.path.parent / "warc")
    captured = list(evidence.captures(article_id))
    assert all(one.record and one.request and not one.lacking for one in captured)
    return [one.place.digest for one in captured]


def test_an_article_has_its_captures_and_no_other(desk: Desk) -> None:
    first, second = store(desk, FIRST, 1), store(desk, SECOND, 2)
    assert digests(desk, 1) == [first]
    assert digests(desk, 2) == [second]


def test_what_answered_there_later_is_evidence_too(desk: Desk) -> None:
    first = store(desk, FIRST, 1)
    desk.archive.db.execute("UPDATE urls SET next_at = '2019' WHERE url = ?", [FIRST])
    gone = desk.capture(FIRST, b"Ups!")
    desk.settle(FIRST, http_status=404, absent=True, capture=gone)
    assert digests(desk, 1) == [first, gone.digest]


def test_a_capture_of_what_was_taken_down_never_comes_with_another(desk: Desk) -> None:
    first, second = store(desk, FIRST, 1), store(desk, SECOND, 2)
    desk.archive.db.execute("UPDATE captures SET refers_to = 1 WHERE digest = ?", [second])
    assert digests(desk, 2) == [first, second]
    desk.archive.take_down(1, "permintaan")
    assert digests(desk, 2) == [second]


def test_a_file_that_was_written_anew_meanwhile_is_found(desk: Desk) -> None:
    first = store(desk, FIRST, 1)
    desk.archive.captures.close()
    (file,) = (desk.path.parent / "warc").iterdir()
    with closing(open_readonly(desk.path)) as snapshot:
        snapshot.execute("BEGIN")
        evidence = Evidence(snapshot, file.parent)
        file.rename(file.with_name("anew.warc.gz"))
        desk.archive.db.execute("UPDATE captures SET warc_file = 'anew.warc.gz'")
        (captured,) = evidence.captures(1)
    assert (captured.place.digest, captured.lacking) == (first, None)
    assert captured.record is not None


def test_what_was_thinned_out_is_told_of_and_lacks_nothing(desk: Desk) -> None:
    store(desk, FIRST, 1)
    for why, is_lacking in (("noise", False), ("lost", True)):
        desk.archive.db.execute("UPDATE captures SET dropped = ?", [why])
        (captured,) = Evidence(desk.archive.db, desk.path.parent / "warc").captures(1)
        assert (captured.dropped, captured.record) == (why, None)
        assert bool(captured.lacking) is is_lacking


def test_an_article_s_entries_are_those_of_every_address_it_had(desk: Desk) -> None:
    store(desk, FIRST, 1)
    store(desk, SECOND, 2)
    evidence = Evidence(desk.archive.db, desk.path.parent / "warc")
    assert [entry.n for entry in evidence.entries(1)] == [1]
    desk.archive.db.execute("UPDATE articles SET url = ? WHERE id = 1", [f"{SITE}/c/"])
    assert [entry.n for entry in evidence.entries(1)] == [1]
    assert [entry.n for entry in evidence.entries()] == [1, 2]
