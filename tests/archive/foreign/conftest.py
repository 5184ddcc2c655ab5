"""An archive with today's reader, and the pages of a newsroom that is long gone."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.foreign import Tally, import_files, warc_files
from borneone_crawler.archive.warc.records import Exchange
from borneone_crawler.items import Kind, Outcome, State
from borneone_crawler.reading import Reader
from borneone_crawler.site import BORNEONETV, Site
from tests.small_site import SmallSite

SITE = "https://borneonetv.com"


def article(number: int, body: str | None = None, extra: str = "") -> str:
    """The page of an article, as SmallSite serves it, at the newsroom's own address."""
    site = SmallSite.__new__(SmallSite)
    site.origin = SITE
    return site.article(number, body, extra)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


class Newsroom:
    """An archive and what is done with it."""

    def __init__(self, folder: Path, site: Site = BORNEONETV) -> None:
        self.folder = folder
        self.site = site
        self.time = itertools.count()
        self.archive = self.open("import-warc")

    def open(self, command: str) -> Archive:
        archive = Archive(
            self.folder / "borneone.db",
            self.folder / "warc",
            self.site,
            clock=lambda: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=next(self.time)),
            software="tests",
            reader=Reader(self.site),
        )
        archive.begin_run(command, {})
        return archive

    def next_run(self, command: str = "import-warc") -> None:
        self.archive.close()
        self.archive = self.open(command)

    def take(self, *paths: Path) -> Tally:
        files, _ = warc_files(paths)
        return import_files(self.archive, files, lambda what, done, total: None)

    def live(self, url: str, page: str, at: str) -> None:
        """What a crawl does that finds the page."""
        archive = self.archive
        row = archive.want(url)
        assert row is not None
        (due,) = archive.claim(1, {row})
        reference = archive.captures.write(
            Exchange(
                url=url, method="GET", request_headers=[], status=200,
                response_headers=[("Content-Type", "text/html")], body=page.encode(),
                content_type="text/html", fetched_at=datetime.fromisoformat(at), prior=due.prior,
            )
        )  # fmt: skip
        assert reference is not None
        raw = archive.captures.read(reference) if reference.refers_to is None else None
        outcome = Outcome(
            url=due.url, kind=Kind.ARTICLE, state=State.STORED, http_status=200, capture=reference
        )
        if raw is None:
            assert due.prior is not None
            raw = replace(archive.captures.read(due.prior), fetched_at=reference.fetched_at)
        outcome.reading = archive.reader.read([raw])
        archive.settle(due, outcome)

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return list(self.archive.db.execute(sql, list(values)).fetchall())

    def one(self, sql: str, *values: object) -> Any:
        ((value,),) = self.rows(sql, *values)
        return value

    def history(self, url: str) -> list[tuple[str, str]]:
        """(day it was seen, first words of the last paragraph) of each state of an article."""
        return [
            (seen_at[:10], body.split("\n\n")[-1])
            for seen_at, body in self.rows(
                """SELECT v.seen_at, r.article ->> 'article_body' FROM revisions AS v
                   JOIN readings AS r ON r.id = v.reading_id
                   JOIN articles AS a ON a.id = v.article_id
                   WHERE a.url = ? ORDER BY v.seen_at, v.n""",
                url,
            )
        ]

    def shows(self, url: str) -> tuple[str, str]:
        """What the article shows, and when the state that it shows was first seen."""
        ((body, seen_at),) = self.rows(
            """SELECT a.article_body, v.seen_at FROM articles AS a
               JOIN revisions AS v ON v.id = a.revision_id WHERE a.url = ?""",
            url,
        )
        return seen_at[:10], body.split("\n\n")[-1]


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    newsroom = Newsroom(tmp_path)
    yield newsroom
    newsroom.archive.close()
