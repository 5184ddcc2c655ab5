"""Whatever is changed, dropped or slipped in is found and named, by both verifiers."""

import hashlib
import sqlite3
from contextlib import closing

import pytest

from borneone_crawler.archive.articles.stored import article_from, content_digest, digest
from borneone_crawler.archive.ledger import FIELDS, FIRST, serialised
from borneone_crawler.archive.verification import Finding, Kind
from tests.archive.verification.damage import FOUND_BY_BOTH, FOUND_BY_US, NO_GUARDS
from tests.archive.verification.verifiers import both, ours, theirs
from tests.tampered import Tampered


def test_nothing_is_wrong_with_an_archive_as_it_was_crawled(tampered: Tampered) -> None:
    assert ours(tampered.path) == []
    done = theirs(tampered.path)
    assert (done.returncode, done.stderr) == (0, "")
    looked_at, findings, head = done.stdout.splitlines()
    assert "4 articles, 5 readings" in looked_at
    assert (findings, head) == ("findings: none", f"head: 5 {tampered.head}")


@pytest.mark.parametrize("name", FOUND_BY_BOTH)
def test_both_verifiers_find(tampered: Tampered, name: str) -> None:
    damage, number, kind = FOUND_BY_BOTH[name]
    damage(tampered)
    found = ours(tampered.path)
    assert has(found, kind, tampered.url(number) if number else None), [*map(str, found)]
    both(tampered.path)


@pytest.mark.parametrize("name", FOUND_BY_US)
def test_we_find_also(tampered: Tampered, name: str) -> None:
    damage, number, kind = FOUND_BY_US[name]
    damage(tampered)
    found = ours(tampered.path)
    assert has(found, kind, tampered.url(number) if number else None), [*map(str, found)]


def has(found: list[Finding], kind: Kind, url: str | None) -> bool:
    return any(one.kind is kind and (url is None or one.url == url) for one in found)


def test_a_changed_letter_is_one_line_that_shows_it(tampered: Tampered) -> None:
    FOUND_BY_BOTH["a letter of a text"][0](tampered)
    (line,) = both(tampered.path)
    assert line == (
        f"changed: {tampered.url(2)}: article_body: “…Warga nomor 2 menanam pokok di sini.\\n\\n"
        "Kegiatan i…” where its reading says “…Warga nomor 2 menanam pohon di sini.\\n\\n"
        "Kegiatan i…”"
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a letter of a text", "article_body: “…Warga nomor 2 menanam pokok"),
        ("a letter of a text", "” where its reading says “…Warga nomor 2 menanam pohon"),
        ("a keyword taken off", "where its reading says"),
        ("a deleted ledger entry", "the ledger: missing: entry 2\n"),
        ("a flipped byte in a capture", "from byte "),
        ("a flipped byte in a capture", ": the bytes in the file are not those"),
        ("a WARC file that is cut short", ": the file ends at byte "),
        ("a capture at a place that cannot be", ": its place in the file cannot be"),
    ],
)
def test_the_verifier_without_us_is_as_precise(tampered: Tampered, name: str, words: str) -> None:
    FOUND_BY_BOTH[name][0](tampered)
    assert words in theirs(tampered.path).stdout


def test_nothing_that_a_terminal_would_obey_is_printed(tampered: Tampered) -> None:
    tampered.sql("UPDATE articles SET headline = char(27) || '[2J' || char(13) || char(10)")
    assert not any("\x1b" in line or "\r" in line or "\n" in line for line in both(tampered.path))
    assert "\x1b" not in theirs(tampered.path).stdout


def test_sightings_that_change_no_content_are_no_damage(tampered: Tampered) -> None:
    tampered.sql(
        "UPDATE articles SET comment_count = 7, date_modified = '2024-01-01T00:00:00+07:00', "
        "last_seen_at = '2199-01-01T00:00:00+00:00'"
    )
    assert both(tampered.path) == []


# -- against a head that was noted elsewhere -----------------------------------------------------


def test_an_archive_goes_on_from_every_head_it_ever_had(tampered: Tampered) -> None:
    for n in range(1, 6):
        head = tampered.one("SELECT digest FROM ledger WHERE n = ?", n)
        assert ours(tampered.path, against=head) == []
        done = theirs(tampered.path, "--against", head)
        assert (done.returncode, f"goes on from: {head}" in done.stdout) == (0, True)
    assert ours(tampered.path, against=FIRST) == []


def test_a_head_of_another_archive_is_not_gone_on_from(tampered: Tampered) -> None:
    (finding,) = ours(tampered.path, against="a" * 64)
    assert "does not go on from" in finding.what
    done = theirs(tampered.path, "--against", "A" * 64)
    assert (done.returncode, done.stderr) == (1, "")
    assert "does not go on from" in done.stdout


def test_nothing_is_proved_by_a_broken_chain(tampered: Tampered) -> None:
    first = tampered.one("SELECT digest FROM ledger WHERE n = 1")
    FOUND_BY_BOTH["a deleted ledger entry"][0](tampered)
    assert any("not proved" in finding.what for finding in ours(tampered.path, against=first))
    assert "not proved" in theirs(tampered.path, "--against", first).stdout


def test_only_a_head_kept_elsewhere_shows_a_history_that_was_written_anew(
    tampered: Tampered,
) -> None:
    heads = {n: tampered.one("SELECT digest FROM ledger WHERE n = ?", n) for n in range(6)[1:]}
    forged = forge(tampered, 4)
    assert both(tampered.path) == []
    for n, head in heads.items():
        assert bool(ours(tampered.path, against=head)) is (n >= forged)
        assert theirs(tampered.path, "--against", head).returncode == (n >= forged)


def forge(archive: Tampered, number: int) -> int:
    """What somebody does who may write the file and knows all of this: another text, and a
    ledger that fits it. Returns the first entry that had to be changed."""
    url = archive.url(number)
    with closing(sqlite3.connect(archive.path)) as connection:
        connection.row_factory = sqlite3.Row
        guards = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name LIKE 'ledger_stays%'"
        ).fetchall()
        for statement in NO_GUARDS:
            connection.execute(statement)
        row = connection.execute(
            """SELECT r.id, r.article FROM readings AS r
               JOIN articles AS a ON a.reading_id = r.id WHERE a.url = ?""",
            [url],
        ).fetchone()
        text = row["article"].replace("Warga nomor 4 menanam", "Warga nomor 4 menebang")
        article = article_from(text)
        content = content_digest(article)
        connection.execute(
            "UPDATE readings SET article = ?, content_digest = ? WHERE id = ?",
            [text, content, row["id"]],
        )
        connection.execute(
            "UPDATE articles SET article_body = ?, article_body_html = ?, content_digest = ? "
            "WHERE url = ?",
            [article.article_body, article.article_body_html, content, url],
        )
        first, previous = 0, FIRST
        for entry in connection.execute("SELECT * FROM ledger ORDER BY n").fetchall():
            sealed = {name: entry[name] for name in FIELDS} | {"previous": previous}
            if entry["url"] == url:
                first = first or entry["n"]
                sealed |= {"content_digest": content, "reading_digest": digest(text)}
            previous = hashlib.sha256(serialised(sealed)).hexdigest()
            connection.execute(
                """UPDATE ledger SET content_digest = ?, reading_digest = ?, previous = ?,
                       digest = ? WHERE n = ?""",
                [sealed["content_digest"], sealed["reading_digest"], sealed["previous"], previous,
                 entry["n"]],
            )  # fmt: skip
            connection.execute(
                "UPDATE runs SET ledger_head = ? WHERE ledger_head = ?",
                [previous, entry["digest"]],
            )
        for (guard,) in guards:
            connection.execute(guard)
        connection.commit()
    return first
