"""Writes the home page and the archives of sections, tags and authors, page by page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.newsroom.folder import FETCHED_AT, HTML, Folder
from tests.newsroom.model import ORIGIN, Newsroom, Post, Section
from tests.newsroom.render import Press, tag_of

Json = dict[str, Any]
PER_PAGE = 10
_IN_HEADLINE = 3
"""Newest posts of a section or tag that page 1 shows in the headline block only."""
_IN_SLIDER = 5


@dataclass
class Listing:
    """One archive of the site."""

    kind: str
    """home, category, tag or author, as in the page's body class."""
    slug: str
    title: str
    path: str
    posts: Sequence[Post]
    pagination: str = "load-more"
    also: tuple[str, ...] = ()
    """Other paths that answer with the same pages."""

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.posts) // PER_PAGE))

    def path_of(self, number: int, path: str | None = None) -> str:
        return (path or self.path) + (f"page/{number}/" if number > 1 else "")

    def page(self, number: int) -> list[Post]:
        return list(self.posts[(number - 1) * PER_PAGE : number * PER_PAGE])


@dataclass
class Listings:
    """Writes listings into a folder; those in `cases` (by path) become cases."""

    folder: Folder
    newsroom: Newsroom
    press: Press
    cases: dict[str, Json]

    def home(self) -> None:
        sticky = [post for post in self.newsroom.listed if post.sticky]
        listing = Listing("home", "", "BorneOneTV", "/", self.newsroom.listed)
        for number in range(1, listing.pages + 1):
            entries, slider = listing.page(number), []
            if number == 1:
                entries = [*sticky, *(post for post in entries if not post.sticky)]
                slider = list(self.newsroom.listed[:_IN_SLIDER])
            self._write(listing, number, entries, slider=slider, headline=slider[:_IN_HEADLINE])

    def sections(self) -> None:
        for section in self.newsroom.sections.values():
            listing = self.of_section(section)
            self._archive(listing)
            self.folder.redirect(f"/?cat={section.id}", listing.path)

    def tags(self) -> None:
        for tag in sorted({tag for post in self.newsroom.listed for tag in post.tags}):
            slug = tag_of(tag)["slug"]
            posts = [post for post in self.newsroom.listed if tag in post.tags]
            self._archive(Listing("tag", slug, tag, f"/tag/{slug}/", posts))

    def authors(self) -> None:
        for author in self.newsroom.authors.values():
            posts = [post for post in self.newsroom.listed if post.author == author.slug]
            listing = Listing("author", author.slug, author.name, f"/author/{author.slug}/", posts)
            self._archive(listing)
            self.folder.redirect(f"/?author={author.id}", listing.path)

    def of_section(self, section: Section) -> Listing:
        path, flat = self.newsroom.section_path(section.slug), f"/category/{section.slug}/"
        return Listing(
            "category",
            section.slug,
            section.name,
            path,
            self.newsroom.posts_in(section.slug),
            section.pagination,
            also=(flat,) if flat != path else (),
        )

    def neutral_case(self, case: Json) -> None:
        """A section in the neutral theme: a case only, not a page of the site."""
        listing = self.of_section(self.newsroom.sections[case["section"]])
        data = self._data(listing, 1, listing.page(1))
        printed = self.press.listing("twentytwentyone/listing.html.j2", **data)
        self._write_case(case, listing, 1, printed, listing.page(1))

    def past_the_end_case(self, case: Json) -> None:
        here = Path("listing_page", case["name"])
        given = {"url": ORIGIN + case["path"], "fetched_at": FETCHED_AT, "why": case["why"]}
        self.folder.write(here / "input.html", self.press.not_found())
        self.folder.write_json(here / "input.json", given | {"status": 404})
        self.folder.write_json(
            here / "output.json",
            {"entries": [], "next": None, "sections": self._sections(), "title": None},
        )

    def _archive(self, listing: Listing) -> None:
        for number in range(1, listing.pages + 1):
            entries = listing.page(number)
            skipped = number == 1 and listing.kind in {"category", "tag"}
            cut = _IN_HEADLINE if skipped else 0
            self._write(listing, number, entries[cut:], headline=entries[:cut])

    def _write(
        self,
        listing: Listing,
        number: int,
        entries: Sequence[Post],
        *,
        slider: Sequence[Post] = (),
        headline: Sequence[Post] = (),
    ) -> None:
        data = self._data(listing, number, entries)
        printed = self.press.listing(slider=slider, headline=headline, **data)
        if case := self.cases.get(listing.path_of(number)):
            shown = (*slider, *headline, *entries)
            file = self._write_case(case, listing, number, printed, shown)
        else:
            file = Path("newsroom", listing.kind, listing.slug, f"{number}.html")
            self.folder.write(file, printed)
        for path in (listing.path, *listing.also):
            self.folder.route(listing.path_of(number, path), file, HTML)
            if number == 1:
                self.folder.route(f"{path}page/1/", file, HTML)

    def _write_case(
        self, case: Json, listing: Listing, number: int, printed: str, shown: Sequence[Post]
    ) -> Path:
        here = Path("listing_page", case["name"])
        given = {"url": ORIGIN + case["path"], "fetched_at": FETCHED_AT, "why": case["why"]}
        following = ORIGIN + listing.path_of(number + 1) if number < listing.pages else None
        self.folder.write(here / "input.html", printed)
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

    def _data(self, listing: Listing, number: int, entries: Sequence[Post]) -> Json:
        return {
            "kind": listing.kind,
            "slug": listing.slug,
            "title": listing.title,
            "url": ORIGIN + listing.path,
            "page": number,
            "pages": listing.pages,
            "urls": [ORIGIN + listing.path_of(n) for n in range(1, listing.pages + 1)],
            "numbers": _numbers(number, listing.pages),
            "pagination": listing.pagination,
            "entries": entries,
            "nothing": not listing.posts,
        }

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


def _numbers(page: int, pages: int) -> list[int | None]:
    """The page numbers that WordPress links, None for the dots between them."""
    shown = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
    numbers: list[int | None] = []
    for number in shown:
        if numbers and numbers[-1] != number - 1:
            numbers.append(None)
        numbers.append(number)
    return numbers
