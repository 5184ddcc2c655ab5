"""A daily run goes through no table as a whole: it takes as long in an archive of any size."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from borneone_crawler.items import Kind, Link, Source, SourceState
from borneone_crawler.statuses import Status
from tests.archive.conftest import SITE, Desk, reading

_GROWING = (
    "urls", "articles", "revisions", "readings", "removals", "captures", "reading_captures",
    "shown", "ledger", "images", "outlinks", "videos", "article_sections", "article_keywords",
    "article_people", "fingerprints", "retold",
)  # fmt: skip

_FEW = (
    "urls_due", "urls_first_pages", "captures_repeating", "revisions_unweighed",
    "articles_uncompared", "urls_unplanned",
)  # fmt: skip
"""Indexes over rows that wait for something, or are few whatever is held."""

# SQLite looks for the rows that refer to a new one only while a reference is broken, and none is.
_REFERENCES = re.compile(r"\s*INSERT INTO (revisions|readings)\b")


@contextmanager
def asked(desk: Desk) -> Iterator[list[str]]:
    """The statements that SQLite is given, with their values."""
    statements: list[str] = []
    desk.archive.db.conn.set_trace_callback(statements.append)
    yield statements
    desk.archive.db.conn.set_trace_callback(None)


def scans(desk: Desk, statement: str) -> list[str]:
    """The steps of a statement that go through all rows of a table which grows."""
    is_planned = re.match(r"\s*(SELECT|UPDATE|INSERT|DELETE|WITH)\b", statement)
    if not is_planned or _REFERENCES.match(statement):
        return []
    plan = [row[3] for row in desk.rows(f"EXPLAIN QUERY PLAN {statement}")]
    names = "|".join([*_GROWING, *re.findall(rf"\b(?:{'|'.join(_GROWING)}) AS (\w+)", statement)])
    return [
        step
        for step in plan
        if (re.match(rf"SCAN ({names})\b", step) and not step.endswith(_FEW))
        or step.endswith("(post_id>?)")  # all articles that have one: as good as a scan
    ]


def an_article(desk: Desk, number: int) -> None:
    url = f"{SITE}/berita-{number}/"
    sections = [("Berita", f"{SITE}/category/berita/")]
    fields = {"post_id": number, "headline": f"Nomor {number}", "sections": sections}
    read = reading(url, article_body=f"Pohon nomor {number}. [Lay]", **fields)
    desk.settle(
        url, reading=read, canonical=url, capture=desk.capture(url), links=[*read.links],
    )  # fmt: skip


def test_no_statement_of_a_daily_run_scans_a_table(desk: Desk) -> None:
    for number in range(1, 6):
        an_article(desk, number)
    archive = desk.archive
    archive.plan_visits([60.0], lambda _born, _seen: (archive.clock(), 60.0))
    archive.end_run(Status.OK, "complete", {})
    entries = [
        Link(url=f"{SITE}/berita-{number}/", kind=Kind.ARTICLE, is_entry=True, post_id=number)
        for number in range(1, 8)
    ]
    with asked(desk) as statements:
        archive.begin_run("crawl", {})
        archive.try_faults_again()
        archive.want_source(f"{SITE}/wp-json/wp/v2/posts")
        (due,) = archive.claim(100, kind=Kind.SOURCE)
        archive.settle(
            due, desk.outcome(due, links=entries, source=Source.REST, total=7,
                              source_state=SourceState.WORKS),
        )  # fmt: skip
        archive.sources.miscounts(Source.REST)
        archive.sources.disagree(archive.runs.began_at)
        archive.refresh_one_listing()
        archive.refresh_listings()
        for due in archive.claim(100, kind=Kind.LISTING):
            outcome = desk.outcome(due, links=entries, source=Source.LISTING)
            outcome.next_page = f"{SITE}/category/berita/page/2/"
            archive.settle(due, outcome)
        for number in range(1, 8):
            an_article(desk, number)
        desk.settle(f"{SITE}/berita-1/", http_status=304)
        archive.plan_visits([60.0], lambda _born, _seen: (archive.clock(), 60.0))
        archive.make_due([row_id for row_id, _ in archive.due_visits(60.0, 50)])
        archive.signs.newest_read(archive.run_id, 5)
        archive.signs.back_dated(archive.runs.began_at)
        archive.signs.flood(archive.runs.began_at)
        archive.signs.later_than_the_feed(timedelta(days=2))
        archive.signs.past_counts(60)
        archive.thin()
        archive.end_run(Status.OK, "complete", {})
    assert len(statements) > 100
    told = {statement: steps for statement in statements if (steps := scans(desk, statement))}
    assert told == {}
