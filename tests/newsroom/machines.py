"""What the newsroom says for machines: robots.txt, sitemaps, REST API, the feeds' validators."""

import hashlib
from collections.abc import Iterator
from datetime import UTC
from email.utils import format_datetime
from typing import Any

from tests.newsroom.compose import compose
from tests.newsroom.model import ORIGIN, Newsroom, Post
from tests.newsroom.render import tag_of
from tests.newsroom.typography import prose

Json = dict[str, Any]
PER_SITEMAP = 2_000


def robots() -> str:
    return (
        "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n\n"
        f"Sitemap: {ORIGIN}/wp-sitemap.xml\n"
    )


def validators(newsroom: Newsroom) -> dict[str, str]:
    """ETag and Last-Modified of every feed: those of the post changed last."""
    last = max(post.changed for post in newsroom.posts).astimezone(UTC)
    stamp = format_datetime(last, usegmt=True)
    tag = hashlib.md5(stamp.encode(), usedforsecurity=False).hexdigest()
    return {"ETag": f'"{tag}"', "Last-Modified": stamp}


def sitemaps(newsroom: Newsroom) -> Iterator[tuple[str, str]]:
    """Paths and texts of the core sitemaps: the oldest first, no lastmod."""
    posts = [post.url for post in reversed(newsroom.listed)]
    children = {
        f"posts-post-{number + 1}": posts[start : start + PER_SITEMAP]
        for number, start in enumerate(range(0, len(posts), PER_SITEMAP))
    }
    children["posts-page-1"] = [f"{ORIGIN}/", *(f"{ORIGIN}/{p['slug']}/" for p in newsroom.pages)]
    used = [slug for slug in newsroom.sections if newsroom.posts_in(slug)]
    children["taxonomies-category-1"] = [ORIGIN + newsroom.section_path(slug) for slug in used]
    tags = sorted({tag for post in newsroom.listed for tag in post.tags})
    if tags:
        children["taxonomies-post_tag-1"] = [tag_of(tag)["url"] for tag in tags]
    children["users-1"] = [f"{ORIGIN}/author/{slug}/" for slug in newsroom.authors]
    yield "/wp-sitemap.xml", _sitemap("sitemapindex", "sitemap", [
        f"{ORIGIN}/wp-sitemap-{name}.xml" for name in children
    ])  # fmt: skip
    for name, urls in children.items():
        yield f"/wp-sitemap-{name}.xml", _sitemap("urlset", "url", urls)


def rest(newsroom: Newsroom, *, with_content: bool) -> Iterator[tuple[str, Any]]:
    """Paths and values of the REST API; of collections all items, the server cuts them."""
    yield (
        "/wp-json/",
        {
            "name": "BorneOneTV",
            "description": "Kabar Kalimantan Barat",
            "url": ORIGIN,
            "home": ORIGIN,
            "gmt_offset": 7,
            "timezone_string": "Asia/Pontianak",
            "namespaces": ["oembed/1.0", "wp/v2"],
        },
    )
    yield "/wp-json/wp/v2/posts", [_post(p, newsroom, with_content) for p in newsroom.listed]
    yield (
        "/wp-json/wp/v2/categories",
        [
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
        ],
    )


def _post(post: Post, newsroom: Newsroom, with_content: bool) -> Json:
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


def _sitemap(root: str, item: str, urls: list[str]) -> str:
    items = "".join(f"<{item}><loc>{url}</loc></{item}>" for url in urls)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{items}</{root}>\n'
    )
