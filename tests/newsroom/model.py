"""What the newsroom is made of: sections, authors, pictures, posts, read from TOML."""

import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

ORIGIN = "https://borneonetv.com"
WIB = timezone(timedelta(hours=7))
_MONTHS = """
    Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember
""".split()  # noqa: SIM905  more readable than twelve lines


@dataclass(frozen=True, kw_only=True)
class Section:
    """A category of WordPress."""

    id: int
    slug: str
    name: str
    parent: str | None = None
    in_menu: bool = True
    pagination: str = "load-more"


@dataclass(frozen=True, kw_only=True)
class Author:
    """A user of WordPress who writes posts."""

    id: int
    slug: str
    name: str
    bio: str = ""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """An upload with the caption that is printed below it, taken apart by hand."""

    name: str
    """File name of the upload."""
    caption: str | None = None
    credit_line: str = ""
    """The rest of the printed caption: "Foto: BorneOneTV/Lay"."""
    credit_text: str | None = None
    width: int = 1280
    height: int = 720
    alt: str = ""

    @property
    def printed(self) -> str:
        """The caption as the page prints it."""
        return " ".join(filter(None, (self.caption, self.credit_line)))

    def sized(self, width: int) -> str:
        """File name of the smaller copy of that width."""
        stem, _, ending = self.name.rpartition(".")
        return f"{stem}-{width}x{round(width * self.height / self.width)}.{ending}"


@dataclass(frozen=True, kw_only=True)
class Comment:
    """A reader's comment; `depth` 2 answers the one above it."""

    author: str
    at: datetime
    text: str
    depth: int = 1


@dataclass(frozen=True, kw_only=True)
class Post:
    """One article as the newsroom's editor stored it."""

    case: str
    why: str
    id: int
    slug: str
    title: str
    published: datetime
    author: str
    body: str
    modified: datetime | None = None
    uploaded: datetime | None = None
    """When its pictures came, if not when it was published."""
    sections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    topic: str | None = None
    layout: str = "wpberita"
    """wpberita, wpberita-newer, twentytwentyone or blocks."""
    plugins: tuple[str, ...] = ()
    """jetpack, views, author-box, cookie, yoast, broken-json-ld, ads."""
    autop: bool = True
    """False for bodies that WordPress prints as they are."""
    lead: str | None = None
    """Name of the picture above the text."""
    video: str | None = None
    """YouTube id of the player that replaces it."""
    pictures: dict[str, Picture] = field(default_factory=dict)
    subtitle: str | None = None
    description: str | None = None
    writer: str | None = None
    editor: str | None = None
    source: str | None = None
    source_url: str | None = None
    comments: tuple[Comment, ...] = ()
    comments_open: bool = True
    sticky: bool = False
    format: str = "standard"
    old_slugs: tuple[str, ...] = ()
    in_listings: bool = True
    dateline: str | None = None
    byline_initials: str | None = None
    expect: dict[str, Any] = field(default_factory=dict)
    """Fields of the expected Article that are written by hand."""

    @property
    def path(self) -> str:
        return f"/{quote(self.slug).lower()}/"

    @property
    def url(self) -> str:
        return ORIGIN + self.path

    @property
    def changed(self) -> datetime:
        return self.modified or self.published

    def upload(self, file: str) -> str:
        return f"{ORIGIN}/wp-content/uploads/{self.uploaded or self.published:%Y/%m}/{file}"


@dataclass(frozen=True)
class Newsroom:
    """The site: its sections and authors by slug, its posts newest first."""

    sections: dict[str, Section]
    authors: dict[str, Author]
    posts: tuple[Post, ...]
    pages: tuple[dict[str, Any], ...] = ()
    theme: str = "wpberita"
    """Of its listings: wpberita or twentytwentyone. A post has a layout of its own."""

    @cached_property
    def by_slug(self) -> dict[str, Post]:
        return {post.slug: post for post in self.posts}

    @cached_property
    def listed(self) -> tuple[Post, ...]:
        return tuple(post for post in self.posts if post.in_listings)

    @cached_property
    def used_sections(self) -> tuple[Section, ...]:
        """Sections with posts, by name: what WordPress's list of categories shows."""
        used = (section for slug, section in self.sections.items() if self.posts_in(slug))
        return tuple(sorted(used, key=lambda section: section.name))

    def section_path(self, slug: str) -> str:
        """Path of a category below those above it."""
        return f"/category/{'/'.join(s.slug for s in self.line(slug))}/"

    def line(self, slug: str) -> list[Section]:
        """A section and those above it, the outermost first."""
        section = self.sections[slug]
        return [*(self.line(section.parent) if section.parent else ()), section]

    def children(self, slug: str | None) -> list[Section]:
        return [section for section in self.sections.values() if section.parent == slug]

    def sections_of(self, post: Post) -> list[Section]:
        """In the order in which WordPress prints them: by name."""
        return sorted((self.sections[slug] for slug in post.sections), key=lambda s: s.name)

    def posts_in(self, slug: str) -> list[Post]:
        """Posts of a section and of those below it, newest first."""
        below = {slug}
        for section in self.sections.values():
            if any(above.slug == slug for above in self.line(section.slug)):
                below.add(section.slug)
        return [post for post in self.listed if below.intersection(post.sections)]


def load(folder: Path) -> Newsroom:
    """The newsroom that newsroom.toml and posts/*.toml in the folder describe."""
    site = tomllib.loads((folder / "newsroom.toml").read_text("utf-8"))
    posts = [read_post(file) for file in sorted((folder / "posts").glob("*.toml"))]
    ids = [post.id for post in posts]
    assert len(set(ids)) == len(ids), "two posts have one id"
    return Newsroom(
        sections={one["slug"]: Section(**one) for one in site["sections"]},
        authors={one["slug"]: Author(**one) for one in site["authors"]},
        posts=tuple(sorted(posts, key=lambda post: (post.published, post.id), reverse=True)),
        pages=tuple(site["pages"]),
    )


def read_post(file: Path) -> Post:
    """A post from its TOML file, whose name is the name of its case."""
    data = tomllib.loads(file.read_text("utf-8"))
    data["pictures"] = {
        key: Picture(**{"name": f"{key}.jpg", **value})
        for key, value in data.get("pictures", {}).items()
    }
    data["comments"] = tuple(
        Comment(**{**one, "at": local(one["at"])}) for one in data.get("comments", ())
    )
    for name in ("published", "modified"):
        if name in data:
            data[name] = local(data[name])
    for name in ("sections", "tags", "plugins", "old_slugs"):
        data[name] = tuple(data.get(name, ()))
    data["tags"] = tuple(sorted(data["tags"], key=str.casefold))
    data["body"] = data["body"].strip("\n")
    return Post(case=file.stem, **data)


def local(moment: datetime) -> datetime:
    """The newsroom's own time."""
    return moment.replace(tzinfo=WIB)


def in_words(moment: datetime) -> str:
    """14 Oktober 2019"""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def utc(moment: datetime) -> str:
    """As Yoast writes it: 2019-10-14T03:30:00+00:00"""
    return moment.astimezone(UTC).isoformat()


def rfc822(moment: datetime) -> str:
    """As feeds write it: Mon, 14 Oct 2019 03:30:00 +0000"""
    return moment.astimezone(UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
