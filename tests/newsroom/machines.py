"""What the newsroom says for machines: robots.txt, sitemaps, REST API, the feeds' validators."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC
from email.utils import format_datetime
from typing import Any, NamedTuple

from tests.newsroom.compose import compose
from tests.newsroom.model import ORIGIN, Newsroom, Post, utc
from tests.newsroom.render import tag_of
from tests.newsroom.typography import prose

Json = dict[str, Any]
PER_SITEMAP = 2_000
REST_ROOT: Json = {
    "name": "BorneOneTV",
    "description": "Kabar Kalimantan Barat",
    "url": ORIGIN,
    "home": ORIGIN,
    "gmt_offset": 7,
    "timezone_string": "Asia/Pontianak",
    "namespaces": ["oembed/1.0", "wp/v2"],
}


class Entry(NamedTuple):
    """A line of a sitemap."""

    url: str
    changed: str | None = None


def robots(sitemap: str = "/wp-sitemap.xml", forbidden: Iterable[str] = ()) -> str:
    """WordPress's own robots.txt, and the rules of one who forbids more."""
    rules = "".join(f"Disallow: {path}\n" for path in ("/wp-admin/", *forbidden))
    return f"User-agent: *\n{rules}Allow: /wp-admin/admin-ajax.php\n\nSitemap: {ORIGIN}{sitemap}\n"


def validators(newsroom: Newsroom) -> dict[str, str]:
    """ETag and Last-Modified of every feed: those of the post changed last."""
    last = max(post.changed for post in newsroom.posts).astimezone(UTC)
    stamp = format_datetime(last, usegmt=True)
    tag = hashlib.md5(stamp.encode(), usedforsecurity=False).hexdigest()
    return {"ETag": f'"{tag}"', "Last-Modified": stamp}


def sitemaps(newsroom: Newsroom, per_sitemap: int = PER_SITEMAP) -> Iterator[tuple[str, str]]:
    """Paths and texts of the core sitemaps: the oldest first, no lastmod."""
    posts = [Entry(post.url) for post in sorted(newsroom.listed, key=lambda post: post.id)]
    children = {
        f"posts-post-{number + 1}": posts[start : start + per_sitemap]
        for number, start in enumerate(range(0, len(posts), per_sitemap))
    }
    pages = ["/", *(f"/{page['slug']}/" for page in newsroom.pages)]
    children["posts-page-1"] = [Entry(ORIGIN + path) for path in pages]
    children["taxonomies-category-1"] = _categories(newsroom)
    tags = sorted({tag for post in newsroom.listed for tag in post.tags})
    if tags:
        children["taxonomies-post_tag-1"] = [Entry(tag_of(tag)["url"]) for tag in tags]
    children["users-1"] = [Entry(f"{ORIGIN}/author/{slug}/") for slug in newsroom.authors]
    yield "/wp-sitemap.xml", _sitemap("sitemapindex", "sitemap", [
        Entry(f"{ORIGIN}/wp-sitemap-{name}.xml") for name in children
    ])  # fmt: skip
    for name, entries in children.items():
        yield f"/wp-sitemap-{name}.xml", _sitemap("urlset", "url", entries)


def yoast_sitemaps(newsroom: Newsroom, per_sitemap: int = 1_000) -> Iterator[tuple[str, str]]:
    """Paths and texts of Yoast's sitemaps: by last modification, which each entry tells."""
    posts = sorted(newsroom.listed, key=lambda post: (post.changed, post.id))
    entries = [Entry(post.url, utc(post.changed)) for post in posts]
    children = {
        f"post-sitemap{number + 1 if number else ''}": entries[start : start + per_sitemap]
        for number, start in enumerate(range(0, len(entries), per_sitemap))
    }
    children["category-sitemap"] = _categories(newsroom)
    yield "/sitemap_index.xml", _sitemap("sitemapindex", "sitemap", [
        Entry(f"{ORIGIN}/{name}.xml", max((e.changed or "" for e in within), default=None) or None)
        for name, within in children.items()
    ])  # fmt: skip
    for name, within in children.items():
        yield f"/{name}.xml", _sitemap("urlset", "url", within)


def rest(newsroom: Newsroom, *, with_content: bool) -> Iterator[tuple[str, Any]]:
    """Paths and values of the REST API; of collections all items, the server cuts them."""
    posts = [rest_post(post, newsroom, with_content=with_content) for post in newsroom.listed]
    yield "/wp-json/", REST_ROOT
    yield "/wp-json/wp/v2/posts", posts
    yield "/wp-json/wp/v2/categories", rest_categories(newsroom)


def rest_categories(newsroom: Newsroom) -> list[Json]:
    return [
        {
            "id": section.id,
            "count": sum(section.slug in post.sections for post in newsroom.listed),
            "description": "",
            "link": ORIGIN + newsroom.section_path(section.slug),
            "name": section.name.replace("&", "&amp;"),
            "slug": section.slug,
            "taxonomy": "category",
            "parent": newsroom.sections[section.parent].id if section.parent else 0,
        }
        for section in newsroom.sections.values()
    ]


def rest_post(post: Post, newsroom: Newsroom, *, with_content: bool) -> Json:
    """A post as the REST API gives it: the text of all its pages in one, and no furniture."""
    text = "\n".join(compose(post, newsroom).pages) if with_content else ""
    return {
        "id": post.id,
        "date": f"{post.published:%Y-%m-%dT%H:%M:%S}",
        "date_gmt": f"{post.published.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
        "guid": {"rendered": f"{ORIGIN}/?p={post.id}"},
        "modified": f"{post.changed:%Y-%m-%dT%H:%M:%S}",
        "modified_gmt": f"{post.changed.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
        "slug": post.path.strip("/"),
        "status": "publish",
        "type": "post",
        "link": post.url,
        "title": {"rendered": prose(post.title)},
        "content": {"rendered": text, "protected": False},
        "author": newsroom.authors[post.author].id,
        "sticky": post.sticky,
        "format": post.format,
        "categories": [section.id for section in newsroom.sections_of(post)],
    }


def _categories(newsroom: Newsroom) -> list[Entry]:
    used = [slug for slug in newsroom.sections if newsroom.posts_in(slug)]
    return [Entry(ORIGIN + newsroom.section_path(slug)) for slug in used]


def _sitemap(root: str, item: str, entries: Iterable[Entry]) -> str:
    items = "".join(
        f"<{item}><loc>{url}</loc>"
        + (f"<lastmod>{changed}</lastmod>" if changed else "")
        + f"</{item}>"
        for url, changed in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{items}</{root}>\n'
    )
