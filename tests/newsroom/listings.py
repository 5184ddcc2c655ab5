"""Writes the home page and the archives of sections, tags and authors, page by page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.newsroom.archives import (
    Listing,
    home,
    of_author,
    of_section,
    of_tags,
    page_data,
    printed,
)
from tests.newsroom.folder import FETCHED_AT, HTML, Folder
from tests.newsroom.model import ORIGIN, Newsroom, Post, Section
from tests.newsroom.render import Press

Json = dict[str, Any]


@dataclass
class Listings:
    """Writes listings into a folder; those in `cases` (by path) become cases."""

    folder: Folder
    newsroom: Newsroom
    press: Press
    cases: dict[str, Json]

    def home(self) -> None:
        self._write(home(self.newsroom))

    def sections(self) -> None:
        for section in self.newsroom.sections.values():
            self._write(of_section(section, self.newsroom))

    def tags(self) -> None:
        for listing in of_tags(self.newsroom):
            self._write(listing)

    def authors(self) -> None:
        for author in self.newsroom.authors.values():
            self._write(of_author(author, self.newsroom))

    def neutral_case(self, case: Json) -> None:
        """A section in the neutral theme: a case only, not a page of the site."""
        listing = of_section(self.newsroom.sections[case["section"]], self.newsroom)
        data = page_data(listing, 1, listing.page(1))
        text = self.press.listing("twentytwentyone/listing.html.j2", **data)
        self._write_case(case, listing, 1, text, listing.page(1))

    def past_the_end_case(self, case: Json) -> None:
        here = Path("listing_page", case["name"])
        given = {"url": ORIGIN + case["path"], "fetched_at": FETCHED_AT, "why": case["why"]}
        self.folder.write(here / "input.html", self.press.not_found())
        self.folder.write_json(here / "input.json", given | {"status": 404})
        self.folder.write_json(
            here / "output.json",
            {"entries": [], "next": None, "sections": self._sections(), "title": None},
        )

    def _write(self, listing: Listing) -> None:
        for number in range(1, listing.pages + 1):
            text = printed(listing, number, self.press)
            if case := self.cases.get(listing.path_of(number)):
                shown = listing.sheet(number).shown
                file = self._write_case(case, listing, number, text, shown)
            else:
                file = Path("newsroom", listing.kind, listing.slug, f"{number}.html")
                self.folder.write(file, text)
            for path in listing.paths(number):
                self.folder.route(path, file, HTML)
        if listing.short:
            self.folder.redirect(listing.short, listing.path)

    def _write_case(
        self, case: Json, listing: Listing, number: int, text: str, shown: Sequence[Post]
    ) -> Path:
        here = Path("listing_page", case["name"])
        given = {"url": ORIGIN + case["path"], "fetched_at": FETCHED_AT, "why": case["why"]}
        following = ORIGIN + listing.path_of(number + 1) if number < listing.pages else None
        self.folder.write(here / "input.html", text)
        self.folder.write_json(here / "input.json", given)
        self.folder.write_json(
            here / "output.json",
            {
                "entries": list(dict.fromkeys(post.url for post in shown)),
                "next": following,
                "sections": self._sections(sidebar="section" not in case),
                # The home page has no heading of its own.
                "title": None if listing.kind == "home" else listing.title,
            },
        )
        return here / "input.html"

    def _sections(self, *, sidebar: bool = True) -> list[Json]:
        """The sections that the menu links, as it nests them; then what the sidebar adds."""
        shown = [section for section in self._walk(None) if section.in_menu]
        if sidebar:
            shown += [one for one in self.newsroom.used_sections if not one.in_menu]
        return [
            {"url": ORIGIN + self.newsroom.section_path(section.slug), "text": section.name}
            for section in shown
        ]

    def _walk(self, above: str | None) -> Iterator[Section]:
        for section in self.newsroom.children(above):
            yield section
            yield from self._walk(section.slug)
