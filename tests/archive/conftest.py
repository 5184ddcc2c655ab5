"""An open archive in a folder of its own, and readings to put into it."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.frontier.frontier import Due
from borneone_crawler.archive.settled import Settled
from borneone_crawler.archive.warc.records import Exchange
from borneone_crawler.items import (
    Article,
    Kind,
    Link,
    NotAnArticle,
    Outcome,
    RawPage,
    Reading,
    State,
)
from borneone_crawler.reading import read_text
from borneone_crawler.site import BORNEONETV

SITE = "https://borneonetv.com"


class Readings:
    """A reader whose version and readings a test sets."""

    def __init__(self) -> None:
        self.version = "reader-1"
        self.readings: dict[str, Reading | NotAnArticle] = {}

    def read(self, pages: Sequence[RawPage]) -> Reading:
        read = self.readings[pages[0].url]
        if isinstance(read, NotAnArticle):
            raise read
        return deepcopy(read)

    def read_text(self, text: str, known_sections: Sequence[str]) -> Reading:
        return read_text(text, known_sections)


class Desk:
    """An archive and the few moves a run makes on it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.reader = Readings()
        self.time = itertools.count(1_571_000_000)
        self.archive = self.open()

    def open(self, site: Any = BORNEONETV) -> Archive:
        archive = Archive(
            self.path,
            self.path.parent / "warc",
            site,
            clock=lambda: datetime.fromtimestamp(next(self.time), UTC),
            software="tests",
            reader=self.reader,
        )
        archive.begin_run("crawl", {})
        return archive

    def next_run(self) -> None:
        self.archive.close()
        self.archive = self.open()

    def claim(self, url: str) -> Due:
        """The row of a URL, due and claimed."""
        self.archive.want(url)
        identity = self.archive.frontier._urls.canonical(url)
        for due in self.archive.claim(100):
            if due.url == identity:
                return due
            self.archive.frontier.claimed.discard(due.id)
        raise AssertionError(f"{url} is not due")

    def settle(self, url: str, **outcome: Any) -> Settled:
        due = self.claim(url)
        return self.archive.settle(due, self.outcome(due, **outcome))

    def outcome(self, due: Due, state: State = State.STORED, **values: Any) -> Outcome:
        values.setdefault("http_status", 200)
        return Outcome(url=due.url, kind=due.kind, state=state, **values)

    def store(self, url: str, canonical: str | None = None, **fields: Any) -> Settled:
        """Settle a URL with an article."""
        return self.settle(url, reading=reading(url, **fields), canonical=canonical)

    def capture(self, url: str, body: bytes = b"<html>") -> Any:
        return self.archive.captures.write(
            Exchange(
                url=url, method="GET", request_headers=[("Host", "borneonetv.com")], status=200,
                response_headers=[("Content-Type", "text/html; charset=UTF-8")], body=body,
                content_type="text/html; charset=UTF-8",
                fetched_at=datetime.fromtimestamp(next(self.time), UTC),
            )
        )  # fmt: skip

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return list(self.archive.db.execute(sql, list(values)).fetchall())

    def one(self, sql: str, *values: object) -> Any:
        ((value,),) = self.rows(sql, *values)
        return value


def reading(url: str, **fields: Any) -> Reading:
    """A reading of an article; `sections` as (name, address) pairs."""
    sections = fields.pop("sections", [])
    values: dict[str, Any] = {
        "url": url,
        "post_id": 12,
        "headline": "Wagub Kalbar Minta Gunakan Medsos",
        "date_published": "2019-10-14T10:15:00+07:00",
        "article_body": "Pontianak, BorneOneTV – Wakil Gubernur mengatakan.\n\nBegitu. [Lay]",
        "article_section": [name for name, _ in sections],
    } | fields
    return Reading(
        article=Article(**values),
        reader="tests",
        links=[Link(url=at, kind=Kind.LISTING, text=name) for name, at in sections if at],
    )


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "borneone.db")
    yield desk
    desk.archive.close()


@pytest.fixture
def link() -> Callable[..., Link]:
    def make(url: str, kind: Kind = Kind.ARTICLE, **values: Any) -> Link:
        return Link(url=url if "://" in url else SITE + url, kind=kind, **values)

    return make
