"""The home page and the archives of sections, tags and authors: what is on which page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.newsroom.model import ORIGIN, Author, Newsroom, Post, Section
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
    short: str | None = None
    """The path with a number that redirects to it."""

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.posts) // PER_PAGE))

    def path_of(self, number: int, path: str | None = None) -> str:
        return (path or self.path) + (f"page/{number}/" if number > 1 else "")

    def paths(self, number: int) -> Iterator[str]:
        """Every path at which a page of it is found."""
        for path in (self.path, *self.also):
            yield self.path_of(number, path)
            if number == 1:
                yield f"{path}page/1/"

    def page(self, number: int) -> list[Post]:
        return list(self.posts[(number - 1) * PER_PAGE : number * PER_PAGE])

    def sheet(self, number: int) -> "Sheet":
        """What the theme puts where on one page of it."""
        entries = self.page(number)
        if self.kind == "home" and number == 1:
            sticky = [post for post in self.posts if post.sticky]
            slider = self.posts[:_IN_SLIDER]
            rest = [post for post in entries if not post.sticky]
            return Sheet([*sticky, *rest], slider, slider[:_IN_HEADLINE])
        cut = _IN_HEADLINE if number == 1 and self.kind in {"category", "tag"} else 0
        return Sheet(entries[cut:], headline=entries[:cut])


@dataclass
class Sheet:
    """The posts of one page of an archive, by their place on it."""

    entries: Sequence[Post]
    slider: Sequence[Post] = ()
    headline: Sequence[Post] = ()

    @property
    def shown(self) -> tuple[Post, ...]:
        return (*self.slider, *self.headline, *self.entries)


def home(newsroom: Newsroom) -> Listing:
    return Listing("home", "", "BorneOneTV", "/", newsroom.listed)


def of_section(section: Section, newsroom: Newsroom) -> Listing:
    path, flat = newsroom.section_path(section.slug), f"/category/{section.slug}/"
    return Listing(
        "category",
        section.slug,
        section.name,
        path,
        newsroom.posts_in(section.slug),
        section.pagination,
        also=(flat,) if flat != path else (),
        short=f"/?cat={section.id}",
    )


def of_tags(newsroom: Newsroom) -> Iterator[Listing]:
    tagged: dict[str, list[Post]] = {}
    for post in newsroom.listed:
        for tag in post.tags:
            tagged.setdefault(tag, []).append(post)
    for tag, posts in sorted(tagged.items()):
        slug = tag_of(tag)["slug"]
        yield Listing("tag", slug, tag, f"/tag/{slug}/", posts)


def of_author(author: Author, newsroom: Newsroom) -> Listing:
    posts = [post for post in newsroom.listed if post.author == author.slug]
    path = f"/author/{author.slug}/"
    return Listing("author", author.slug, author.name, path, posts, short=f"/?author={author.id}")


def archives(newsroom: Newsroom) -> Iterator[Listing]:
    """All of them, the home page first."""
    yield home(newsroom)
    for section in newsroom.sections.values():
        yield of_section(section, newsroom)
    yield from of_tags(newsroom)
    for author in newsroom.authors.values():
        yield of_author(author, newsroom)


def printed(listing: Listing, number: int, press: Press) -> str:
    """One page of an archive in the site's theme."""
    if press.newsroom.theme != "wpberita":
        return press.listing(**page_data(listing, number, listing.page(number)))
    sheet = listing.sheet(number)
    data = page_data(listing, number, sheet.entries)
    return press.listing(slider=sheet.slider, headline=sheet.headline, **data)


def page_data(listing: Listing, number: int, entries: Sequence[Post]) -> Json:
    """What a theme's template of an archive gets."""
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


def _numbers(page: int, pages: int) -> list[int | None]:
    """The page numbers that WordPress links, None for the dots between them."""
    shown = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
    numbers: list[int | None] = []
    for number in shown:
        if numbers and numbers[-1] != number - 1:
            numbers.append(None)
        numbers.append(number)
    return numbers
