"""A crawl without Scrapy and without a site: the archive's part of one, in milliseconds."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.frontier.frontier import Due
from borneone_crawler.archive.warc.records import Exchange
from borneone_crawler.items import CaptureRef, Kind, Link, Outcome, RawPage, State
from borneone_crawler.site import BORNEONETV
from tests.archive.conftest import SITE, Readings, reading


@dataclass(frozen=True)
class Answer:
    """What an address answers, as far as the archive is told."""

    status: int = 200
    links: tuple[Link, ...] = ()
    next_page: str | None = None
    redirect_to: str | None = None


def _entries(*names: str) -> tuple[Link, ...]:
    return tuple(Link(url=f"{SITE}/{name}/", kind=Kind.ARTICLE, is_entry=True) for name in names)


def _parts(name: str, pages: int) -> tuple[Link, ...]:
    return tuple(
        Link(url=f"{SITE}/{name}/{n}/", kind=Kind.PART, part_number=n) for n in range(2, pages + 1)
    )


PAGES = {
    "/": Answer(links=_entries("satu", "dua"), next_page=f"{SITE}/page/2/"),
    "/page/2/": Answer(links=_entries("tiga", "lama"), next_page=f"{SITE}/page/3/"),
    "/page/3/": Answer(links=_entries("hilang", "empat")),
    "/satu/": Answer(),
    "/dua/": Answer(links=_parts("dua", 3)),
    "/dua/2/": Answer(),
    "/dua/3/": Answer(),
    "/tiga/": Answer(links=(Link(url=f"{SITE}/foto.jpg", kind=Kind.IMAGE),)),
    "/foto.jpg": Answer(),
    "/lama/": Answer(status=301, redirect_to=f"{SITE}/satu/"),
    "/hilang/": Answer(status=404),
    "/empat/": Answer(),
}


class LittleCrawl:
    """Brings an archive up to date with PAGES; `asked` is told each address that is asked for."""

    def __init__(self, path: Path, asked: Callable[[str], object]) -> None:
        self._path = path
        self._asked = asked

    def run(self) -> None:
        archive = Archive(
            self._path,
            self._path.parent / "warc",
            BORNEONETV,
            clock=lambda: datetime.now(UTC),
            software="tests",
            reader=Readings(),
        )
        with closing(archive):
            self._archive = archive
            archive.begin_run("crawl", {})
            self._preflight()
            archive.refresh_listings()
            while due := archive.claim(3):
                for row in due:
                    self._bring(row)
            archive.end_run(0, "complete", {})  # type: ignore[arg-type]

    def _preflight(self) -> None:
        """robots.txt and home page, held until both are there, as in spiders/preflight.py."""
        asked = [(f"{SITE}/robots.txt", Kind.ROBOTS), (f"{SITE}/", Kind.HOME)]
        self._archive.captures.hold()
        for url, _ in asked:
            self._ask(url, 200)
        for (url, kind), capture in zip(asked, self._archive.captures.release(), strict=True):
            due = self._archive.due_for(url, kind)
            self._settle(due, capture=capture)
        due, home = self._archive.due_for(f"{SITE}/", Kind.HOME), PAGES["/"]
        self._settle(due, links=list(home.links), next_page=home.next_page)

    def _bring(self, due: Due) -> None:
        answer = PAGES[due.url.removeprefix(SITE)]
        capture = due.waiting or self._ask(due.url, answer.status)
        values: dict[str, Any] = {
            "capture": capture, "http_status": answer.status, "redirect_to": answer.redirect_to,
            "next_page": answer.next_page, "links": list(answer.links),
        }  # fmt: skip
        captures: list[int | None] = [None]
        if answer.status == 404:
            values |= {"state": State.GONE, "reason": "404", "absent": True}
        elif due.part_of is not None:
            parts = self._archive.parts(due.part_of)
            captures = [None if part.row_id == due.id else part.capture_id for part in parts]
            here = [part.row_id == due.id or part.state is State.STORED for part in parts[1:]]
            if all(here):
                held = [capture_id for capture_id in captures if capture_id is not None]
                pages = self._archive.raw_pages(held)
                values["reading"] = _article(f"{SITE}/dua/", pages[0], capture)
        elif any(link.kind is Kind.PART for link in answer.links):
            values |= {"state": State.PENDING, "reason": "waits for its other pages"}
        elif due.kind is Kind.ARTICLE and answer.status == 200:
            values["reading"] = _article(due.url)
        self._settle(due, captures=captures if values.get("reading") else (None,), **values)

    def _ask(self, url: str, status: int) -> CaptureRef | None:
        self._asked(url)
        return self._archive.captures.write(
            Exchange(
                url=url, method="GET", request_headers=[("Host", "borneonetv.com")],
                status=status, response_headers=[("Content-Type", "text/html")],
                body=f"<html>{url}".encode() * 20, content_type="text/html",
                fetched_at=datetime.now(UTC),
            )
        )  # fmt: skip

    def _settle(
        self, due: Due, *, state: State = State.STORED, captures: Any = (None,), **values: Any
    ) -> None:
        values.setdefault("http_status", 200)
        self._archive.settle(
            due, Outcome(url=due.url, kind=due.kind, state=state, **values), captures
        )


def _article(url: str, *read_from: RawPage | CaptureRef | None) -> Any:
    number = sum(map(ord, url))
    assert all(read_from), "a page of the article cannot be had"
    return reading(
        url, post_id=number, headline=f"Judul {number}", keywords=["sungai", url],
        authors=["Lay"], sections=[("Berita", f"{SITE}/category/berita/")],
    )  # fmt: skip
