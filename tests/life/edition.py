"""The newsroom's pages at one moment: every address it has, printed when it is asked for."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from borneone_crawler.imitation.server import Page, Routes
from tests.newsroom import machines
from tests.newsroom.archives import Listing, archives, printed
from tests.newsroom.model import ORIGIN, Newsroom, Post
from tests.newsroom.render import Press

Json = dict[str, Any]
Print = Callable[[], str]

RSS = "application/rss+xml; charset=UTF-8"
_XML = "application/xml; charset=UTF-8"
_JSON = "application/json; charset=UTF-8"
_UNCACHED = {
    "Expires": "Wed, 11 Jan 1984 05:00:00 GMT",
    "Cache-Control": "no-cache, must-revalidate, max-age=0",
}
_PAGE_BREAK = "<!--nextpage-->"

FORBIDDEN = {
    "rest": ("/wp-json/",),
    "sitemap": ("/wp-sitemap", "/sitemap"),
    "feed": ("/feed/", "/*/feed/"),
}
"""What robots.txt forbids, for each of the switches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What decides how an edition is printed."""

    newsroom: Newsroom
    fed: Newsroom
    """What the feeds show: the same, unless they hang."""
    yoast: bool = False
    per_sitemap: int = machines.PER_SITEMAP
    forbidden: frozenset[str] = frozenset()

    def is_like(self, other: "Plan") -> bool:
        """Whether the same would be printed; newsrooms are not compared, they are the same."""
        return (
            self.newsroom is other.newsroom
            and self.fed is other.fed
            and self.forbidden == other.forbidden
        )


class Inventory:
    """The posts as the REST API gives them. A post's text is composed once, not once a day."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Post, Json]] = {}

    def of(self, newsroom: Newsroom) -> list[Json]:
        """All posts of a newsroom, newest first, with their texts."""
        self._known = {
            post.id: self._known[post.id]
            if post.id in self._known and self._known[post.id][0] is post
            else (post, machines.rest_post(post, newsroom, with_content=True))
            for post in newsroom.listed
        }
        return [item for _, item in self._known.values()]


@dataclass
class Edition:
    """What the server needs of the newsroom at one moment; `number` sets its texts apart."""

    plan: Plan
    number: int
    inventory: Inventory
    routes: Routes = field(default_factory=Routes)
    posts: dict[str, tuple[Post, int]] = field(default_factory=dict)
    """The post at a path, and which of its pages."""
    listings: dict[str, tuple[Listing, int]] = field(default_factory=dict)
    """The archive at a path, and which of its pages."""

    def __post_init__(self) -> None:
        self.press = Press(self.plan.newsroom)
        self._texts: dict[str, Print] = {}
        self._add_articles()
        self._add_archives()
        self._add_feeds()
        self._add_sitemaps()
        self._add_api()
        self._add_the_rest()

    def read(self, file: str) -> str:
        return self._texts[file]()

    def _add(self, name: str, text: Print, paths: Iterable[str], **page: Any) -> None:
        file = f"{self.number}/{name}"
        self._texts[file] = text
        for path in paths:
            self.routes.add(path, Page(file=file, **page))

    def _redirect(self, path: str, target: str, status: int = 301) -> None:
        self.routes.add(path, Page(redirect=target, status=status))

    def _add_articles(self) -> None:
        for post in self.plan.newsroom.posts:
            for part in range(post.body.count(_PAGE_BREAK) + 1):
                path = post.path + (f"{part + 1}/" if part else "")
                self.posts[path] = post, part
                self._add(f"post/{post.id}/{part}", partial(self._article, post, part), [path])
            self._redirect(f"/?p={post.id}", post.path)
            for old in post.old_slugs:
                self._redirect(f"/{old}/", post.path)

    def _article(self, post: Post, part: int) -> str:
        return self.press.article(post)[part]

    def _add_archives(self) -> None:
        for listing in archives(self.plan.newsroom):
            for number in range(1, listing.pages + 1):
                paths = list(listing.paths(number))
                self.listings |= dict.fromkeys(paths, (listing, number))
                text = partial(printed, listing, number, self.press)
                self._add(f"{listing.kind}/{listing.slug}/{number}", text, paths)
            if listing.short:
                self._redirect(listing.short, listing.path)

    def _add_feeds(self) -> None:
        """All feeds of a site have the same validators, those of the post changed last."""
        fed = self.plan.fed
        headers = machines.validators(fed) if fed.posts else {}
        press = self.press if fed is self.plan.newsroom else Press(fed)
        for listing in archives(fed):
            path = f"{listing.path}feed/"
            name = f"{listing.title} – BorneOneTV" if listing.kind != "home" else listing.title
            for number in range(1, listing.pages + 1):
                self._add(
                    f"feed{path}{number}",
                    partial(press.feed, name, ORIGIN + path, listing.page(number)),
                    [path + (f"?paged={number}" if number > 1 else "")],
                    content_type=RSS,
                    headers=headers,
                )

    def _add_sitemaps(self) -> None:
        newsroom = self.plan.newsroom
        if self.plan.yoast:
            files = machines.yoast_sitemaps(newsroom, self.plan.per_sitemap)
            self._redirect("/sitemap.xml", "/sitemap_index.xml")
            self._redirect("/wp-sitemap.xml", "/sitemap_index.xml")
        else:
            files = machines.sitemaps(newsroom, self.plan.per_sitemap)
            self._redirect("/sitemap.xml", "/wp-sitemap.xml", 302)
        for path, text in files:
            self._add(f"sitemap{path}", partial(str, text), [path], content_type=_XML)

    def _add_api(self) -> None:
        newsroom = self.plan.newsroom
        for path, value in (
            ("/wp-json/", lambda: machines.REST_ROOT),
            ("/wp-json/wp/v2/posts", partial(self.inventory.of, newsroom)),
            ("/wp-json/wp/v2/categories", partial(machines.rest_categories, newsroom)),
        ):
            self._add(path, partial(_as_json, value), [path], content_type=_JSON)

    def _add_the_rest(self) -> None:
        for page in self.plan.newsroom.pages:
            path = f"/{page['slug']}/"
            self._add(f"page{path}", partial(self.press.static_page, page), [path])
            self._redirect(f"/?p={page['id']}", path)
        self._add("not found", self.press.not_found, ["*"], status=404, headers=_UNCACHED)
        index = "/sitemap_index.xml" if self.plan.yoast else "/wp-sitemap.xml"
        text = machines.robots(index, self._forbidden_paths())
        self._add("robots", partial(str, text), ["/robots.txt"], content_type="text/plain")

    def _forbidden_paths(self) -> Iterator[str]:
        for name in sorted(self.plan.forbidden):
            yield from FORBIDDEN[name]


def _as_json(value: Callable[[], Any]) -> str:
    return json.dumps(value(), ensure_ascii=False)
