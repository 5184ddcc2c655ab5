"""Prints the newsroom's pages from its templates."""

import re
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tests.newsroom.comments import comment_id, comment_list
from tests.newsroom.compose import compose
from tests.newsroom.content import Content
from tests.newsroom.expect import title_of
from tests.newsroom.model import ORIGIN, Newsroom, Picture, Post, Section, in_words, rfc822, utc
from tests.newsroom.pictures import image
from tests.newsroom.typography import prose, texturize
from tests.newsroom.yoast import yoast_graph

HERE = Path(__file__).parent
Json = dict[str, Any]


class Press:
    """Fills the templates with one newsroom, and with what every page of it shares."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self._entries: dict[int, Json] = {}

    # -- pages ----------------------------------------------------------------------------------

    def article(self, post: Post, content: Content | None = None) -> list[str]:
        """The pages of an article, one unless its body has page breaks."""
        content = content or compose(post, self.newsroom)
        urls = [post.url, *(f"{post.url}{n}/" for n in range(2, len(content.pages) + 1))]
        template = {
            "wpberita": "wpberita/single.html.j2",
            "wpberita-newer": "wpberita/single_newer.html.j2",
            "twentytwentyone": "twentytwentyone/single.html.j2",
            "blocks": "blocks/single.html.j2",
        }[post.layout]
        shared = self._article(post, content)
        return [
            self._print(
                template,
                **shared,
                part=number,
                parts=len(urls),
                part_urls=urls,
                part_url=urls[number - 1],
                content=Markup(page),
            )
            for number, page in enumerate(content.pages, start=1)
        ]

    def listing(self, template: str = "", **data: Any) -> str:
        data.setdefault("slider", ())
        data.setdefault("headline", ())
        data["printed_title"] = Markup(prose(data["title"]))
        for name in ("slider", "headline", "entries"):
            data[name] = [self.entry(post) for post in data[name]]
        return self._print(template or f"{self.newsroom.theme}/listing.html.j2", **data)

    def static_page(self, page: Json) -> str:
        return self._print(
            "wpberita/page.html.j2",
            id=page["id"],
            url=f"{ORIGIN}/{page['slug']}/",
            title=page["title"],
            content=Markup(texturize(page["body"].strip())),
        )

    def not_found(self, body_class: str = "error404") -> str:
        template = f"{self.newsroom.theme}/not_found.html.j2"
        return self._print(template, body_class=body_class, title="")

    def feed(self, title: str, url: str, posts: Sequence[Post]) -> str:
        newest = max((post.changed for post in self.newsroom.posts), default=None)
        return (
            _templates()
            .get_template("machines/feed.xml.j2")
            .render(
                title=title,
                url=url,
                home=ORIGIN,
                built=newest and rfc822(newest),
                entries=[self._feed_item(post) for post in posts],
            )
        )

    def _print(self, template: str, **data: Any) -> str:
        return _templates().get_template(template).render(**self._frame, **data)

    # -- what the templates get -----------------------------------------------------------------

    @cached_property
    def _frame(self) -> Json:
        """Menu, sidebar and footer, the same on every page."""
        comments = [
            (post, number, comment)
            for post in self.newsroom.listed
            for number, comment in enumerate(post.comments)
        ]
        comments.sort(key=lambda one: one[2].at, reverse=True)
        tags = sorted({tag for post in self.newsroom.listed[:200] for tag in post.tags})
        months = sorted({f"{post.published:%Y/%m}" for post in self.newsroom.listed}, reverse=True)
        return {
            "menu": Markup(self._menu(None)),
            "recent": [self.entry(post) for post in self.newsroom.listed[:5]],
            "recent_comments": [
                {
                    "author": comment.author,
                    "url": post.url,
                    "id": comment_id(post, number),
                    "printed": Markup(prose(post.title)),
                }
                for post, number, comment in comments[:5]
            ],
            "categories": [
                {
                    "id": section.id,
                    "url": ORIGIN + self.newsroom.section_path(section.slug),
                    "name": Markup(prose(section.name)),
                }
                for section in self.newsroom.used_sections
            ],
            "cloud": [tag_of(tag) for tag in tags[:12]],
            "months": [
                {"url": f"{ORIGIN}/{month}/", "name": month.replace("/", " - ")}
                for month in months[:6]
            ],
        }

    def _menu(self, above: str | None) -> str:
        items = []
        for section in self.newsroom.children(above):
            if not section.in_menu:
                continue
            below = self._menu(section.slug)
            items.append(
                '<li class="menu-item menu-item-type-taxonomy menu-item-object-category">'
                f'<a href="{ORIGIN}{self.newsroom.section_path(section.slug)}">'
                f"<span>{prose(section.name)}</span></a>"
                + (f'\n<ul class="sub-menu">\n{below}\n</ul>' if below else "")
                + "</li>"
            )
        return "\n".join(items)

    def entry(self, post: Post) -> Json:
        """A post as listings, sidebars and related blocks show it."""
        if post.id not in self._entries:
            self._entries[post.id] = self._entry(post)
        return self._entries[post.id]

    def _entry(self, post: Post) -> Json:
        lead = post.pictures.get(post.lead or "")
        author = self.newsroom.authors[post.author]
        words = re.sub(r"<[^>]*>|\{\{.*?\}\}", " ", post.body, flags=re.DOTALL).split()
        return {
            "id": post.id,
            "url": post.url,
            "title": title_of(post),
            "printed": Markup(prose(post.title)),
            "thumbnail": post.upload(lead.sized(300))
            if lead
            else f"{ORIGIN}/wp-content/uploads/2017/02/logo.png",
            "has_picture": lead is not None,
            "datetime": post.published.isoformat(),
            "day": in_words(post.published),
            "times": Markup(times(post)),
            "author": author.name,
            "author_url": f"{ORIGIN}/author/{author.slug}/",
            "category_links": Markup(self._category_links(post)),
            "section_slugs": [section.slug for section in self.newsroom.sections_of(post)],
            "excerpt": Markup(prose(" ".join(words[:25]))),
            "format": post.format,
            "sticky": post.sticky,
        }

    def _article(self, post: Post, content: Content) -> Json:
        author = self.newsroom.authors[post.author]
        sections = self.newsroom.sections_of(post)
        lead = post.pictures.get(post.lead or "")
        others = [other for other in self.newsroom.listed[:20] if other is not post]
        return {
            "post": post,
            "title": post.title,
            "printed_title": Markup(prose(post.title)),
            "yoast": "yoast" in post.plugins,
            "sections": sections,
            "tags": [tag_of(tag) for tag in post.tags],
            "trail": self._trail(sections),
            "author": {
                "name": author.name,
                "bio": author.bio,
                "url": f"{ORIGIN}/author/{author.slug}/",
            },
            "category_links": Markup(self._category_links(post)),
            "times": Markup(times(post)),
            "times_neutral": Markup(times(post, two=False)),
            "lead": lead and self._lead(post, lead),
            "published_utc": utc(post.published),
            "modified_utc": utc(post.changed),
            "schema": Markup(self._schema(post)),
            "comments_shown": post.comments_open or bool(post.comments),
            "comment_list": Markup(comment_list(post)),
            "related": [self.entry(other) for other in others[:10]],
        }

    def _schema(self, post: Post) -> str:
        graph = yoast_graph(post, self.newsroom)
        return graph[:-2] + ",}" if "broken-json-ld" in post.plugins else graph

    def _lead(self, post: Post, picture: Picture) -> Json:
        classes = "attachment-post-thumbnail size-post-thumbnail wp-post-image"
        return {
            "url": post.upload(picture.name),
            "image": Markup(image(post, picture, classes, 768)),
            "caption": Markup(prose(picture.printed)),
        }

    def _trail(self, sections: list[Section]) -> list[Json]:
        if not sections:
            return []
        deepest = max(sections, key=lambda s: len(self.newsroom.line(s.slug)))
        return [
            {"name": one.name, "url": ORIGIN + self.newsroom.section_path(one.slug)}
            for one in self.newsroom.line(deepest.slug)
        ]

    def _category_links(self, post: Post) -> str:
        return ", ".join(
            f'<a href="{ORIGIN}{self.newsroom.section_path(section.slug)}"'
            f' rel="category tag">{prose(section.name)}</a>'
            for section in self.newsroom.sections_of(post)
        )

    def _feed_item(self, post: Post) -> Json:
        content = compose(post, self.newsroom)
        terms = [section.name for section in self.newsroom.sections_of(post)]
        return self.entry(post) | {
            "rfc822": rfc822(post.published),
            "terms": [*terms, *post.tags],
            "comments": len(post.comments),
            "content": Markup("\n".join(content.pages)),
        }


@cache
def _templates() -> Environment:
    """Compiled once for all: they know no newsroom."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.globals |= {"origin": ORIGIN}
    environment.filters["percent"] = lambda url: quote(url, safe="")
    return environment


def times(post: Post, *, two: bool = True) -> str:
    """One <time> for a post never changed, else two, as the theme prints them."""
    published = f'datetime="{post.published.isoformat()}">{in_words(post.published)}</time>'
    if post.modified is None or not two:
        return f'<time class="entry-date published updated" {published}'
    return (
        f'<time class="entry-date published" {published}'
        f'<time class="updated" datetime="{post.modified.isoformat()}">'
        f"{in_words(post.modified)}</time>"
    )


def tag_of(name: str) -> Json:
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return {"name": name, "slug": slug, "url": f"{ORIGIN}/tag/{slug}/"}
