"""Eight ways in which a whole site can break, so that somebody must be told."""

import html
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from borneone_crawler.imitation.loopback import Answer
from tests.life.edition import Edition
from tests.life.newsroom import Story
from tests.newsroom.archives import Listing, printed
from tests.newsroom.compose import compose
from tests.newsroom.folder import HTML
from tests.newsroom.model import ORIGIN, Newsroom, Post

_PAGES = Path(__file__).parent / "pages"
_REFERENCE = re.compile(r"&#8\d{3};|&(?:raquo|laquo|hellip|copy|mdash);")
_GAMBLING = (
    "slot gacor", "maxwin", "hari ini", "rtp live", "depo 10k", "scatter hitam", "anti rungkad",
    "pulsa tanpa potongan", "akun pro", "server luar", "zeus", "mahjong ways", "terpercaya",
)  # fmt: skip
_FIRST_PLANTED = 900_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked for, and what is needed to answer otherwise than the site would."""

    path: str
    edition: Edition
    text: Callable[[str], bytes]
    """Turns a page of the live site into one of this server."""

    @property
    def post(self) -> Post | None:
        """The post that has a page there."""
        post, _ = self.edition.posts.get(self.path, (None, 0))
        return post

    @property
    def part(self) -> int:
        """Which of its pages, from 0."""
        _, part = self.edition.posts[self.path]
        return part

    @property
    def listing(self) -> tuple[Listing | None, int]:
        """The archive that has a page there, and which, from 1."""
        return self.edition.listings.get(self.path, (None, 0))

    def page(self, text: str, status: int = 200) -> Answer:
        return Answer(status=status, headers={"Content-Type": HTML}, body=self.text(text))


class Breakage:
    """Nothing is broken: what the eight below depart from."""

    def posted(self, newsroom: Newsroom) -> Newsroom:
        """What there is on the site, given what the editors wrote."""
        return newsroom

    def fed(self, story: Story, now: datetime) -> Newsroom:
        """What the feeds tell."""
        return self.posted(story.at(now))

    def answer(self, asked: Asked, well: Answer) -> Answer:
        """What is answered where a site that is well answers `well`."""
        return well


class Redesign(Breakage):
    """A front end of another maker: no class name is left, texts come by script alone."""

    def answer(self, asked: Asked, well: Answer) -> Answer:
        newsroom, post, (listing, number) = asked.edition.plan.newsroom, asked.post, asked.listing
        if well.status != 200 or not (post or listing):
            return well
        data: dict[str, Any] = {"page": asked.path, "buildId": "pL3k9"}
        following = None
        if post:
            data["props"] = {"id": post.id, "html": compose(post, newsroom).pages[asked.part]}
        if listing and number < listing.pages:
            following = ORIGIN + listing.path_of(number + 1)
        template = _templates().get_template("redesign.html.j2")
        text = template.render(
            origin=ORIGIN,
            title=post.title if post else "Kabar Kalimantan Barat",
            post=post,
            sections=[
                {"url": ORIGIN + newsroom.section_path(section.slug), "name": section.name}
                for section in newsroom.sections.values()
                if section.in_menu
            ],
            entries=listing.page(number) if listing else (),
            following=following,
            data=Markup(json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")),
        )
        return asked.page(text)


class Paywall(Breakage):
    """The first paragraph of every article, and a wall before the rest."""

    def answer(self, asked: Asked, well: Answer) -> Answer:
        if asked.post is None or well.status != 200:
            return well
        wall = (_PAGES / "wall.html").read_text("utf-8").strip()
        teaser = asked.post.body.partition("\n\n")[0]
        walled = replace(asked.post, body=f"{teaser}\n\n{wall}")
        return asked.page(asked.edition.press.article(walled)[0])


class Parked(Breakage):
    """The domain has expired, and whoever has it now shows advertisements at every address."""

    def answer(self, asked: Asked, well: Answer) -> Answer:
        # The seller's page is the same at every address; nothing on it is the site's.
        body = (_PAGES / "parked.html").read_bytes()
        return Answer(status=200, headers={"Content-Type": "text/html; charset=utf-8"}, body=body)


class Soft404(Breakage):
    """The rewrite rules are lost: every address says "not found", and that all is well."""

    def answer(self, asked: Asked, well: Answer) -> Answer:
        return asked.page(asked.edition.press.not_found())


@dataclass(frozen=True)
class SilentFeed(Breakage):
    """A cache holds on to the feeds of one day; everything else goes on."""

    since: datetime

    def fed(self, story: Story, now: datetime) -> Newsroom:
        return story.at(min(self.since, now))


@dataclass
class Hacked(Breakage):
    """Somebody has put gambling advertisements between the posts, with dates long past.

    They were written straight into the database: the date of the last change is the invented one.
    """

    count: int = 300
    _seen: tuple[Newsroom, Newsroom] | None = None

    def posted(self, newsroom: Newsroom) -> Newsroom:
        if self._seen is None or self._seen[0] is not newsroom:
            posts = sorted(
                (*newsroom.posts, *self._planted(newsroom)),
                key=lambda post: (post.published, post.id),
                reverse=True,
            )
            self._seen = newsroom, replace(newsroom, posts=tuple(posts))
        return self._seen[1]

    def _planted(self, newsroom: Newsroom) -> Iterator[Post]:
        chance = random.Random(self.count)
        sections = [section.slug for section in newsroom.used_sections]
        for number in range(self.count):
            words = [_GAMBLING[0], *chance.sample(_GAMBLING[1:], 4)]
            age = timedelta(minutes=chance.randint(24 * 60, 400 * 24 * 60))
            yield Post(
                case=f"planted-{number}",
                why="One of many gambling advertisements on a hacked site.",
                id=_FIRST_PLANTED + number,
                slug=f"{'-'.join(' '.join(words).split())}-{number}",
                title=" ".join(words).title(),
                published=newsroom.listed[0].published - age,
                author=next(iter(newsroom.authors)),
                sections=(chance.choice(sections),),
                body="\n\n".join(_advertisement(chance) for _ in range(chance.randint(3, 6))),
            )


def _advertisement(chance: random.Random) -> str:
    promise, *more = chance.sample(_GAMBLING, 6)
    return (
        f"{promise.capitalize()} {' '.join(more)} bersama situs resmi"
        f' <a href="https://slot-gacor.example/?ref={chance.randint(1, 999)}">{promise}</a>,'
        f" daftar sekarang dan menang {chance.randint(5, 500)} juta."
    )


class EmptyListing(Breakage):
    """A plug-in spoils the query of the categories: their pages have a name and no entries."""

    def answer(self, asked: Asked, well: Answer) -> Answer:
        listing, number = asked.listing
        if listing is None or listing.kind != "category":
            return well
        if number > 1:
            return asked.page(asked.edition.press.not_found(), 404)
        return asked.page(printed(replace(listing, posts=()), 1, asked.edition.press))


@dataclass(frozen=True)
class WrongCharset(Breakage):
    """Pages are UTF-8, and the server's new configuration says of them that they are not.

    Quotes and dashes stand in the pages as they are, as behind a plug-in that strips entities;
    else there would be little on an Indonesian page that a wrong name could spoil.
    """

    charset: str = "ISO-8859-1"

    def answer(self, asked: Asked, well: Answer) -> Answer:
        if not well.headers.get("Content-Type", "").startswith("text/html") or not well.body:
            return well
        text = _REFERENCE.sub(lambda match: html.unescape(match[0]), well.body.decode())
        headers = well.headers | {"Content-Type": f"text/html; charset={self.charset}"}
        return Answer(status=well.status, headers=headers, body=text.encode())


def breakages(now: datetime) -> dict[str, Breakage]:
    """All eight by their names, as they are when they begin at that moment."""
    return {
        "redesign": Redesign(),
        "paywall": Paywall(),
        "parked": Parked(),
        "soft_404": Soft404(),
        "silent_feed": SilentFeed(since=now - timedelta(days=7)),
        "hacked": Hacked(),
        "empty_listing": EmptyListing(),
        "wrong_charset": WrongCharset(),
    }


@cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(_PAGES), autoescape=True, undefined=StrictUndefined)
