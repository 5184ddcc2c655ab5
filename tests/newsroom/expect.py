"""The Article a reader should find, written from what was put in."""

from typing import Any
from urllib.parse import quote

from tests.newsroom.content import Content
from tests.newsroom.model import ORIGIN, Newsroom, Post
from tests.newsroom.typography import plain, prose

Json = dict[str, Any]


def title_of(post: Post) -> str:
    """The headline in the code points that WordPress prints."""
    return plain(prose(post.title))


def article_of(post: Post, newsroom: Newsroom, content: Content) -> Json:
    """The fields of items.Article that the page decides."""
    authors = [newsroom.authors[post.author].name]
    if post.writer and post.writer not in authors:
        authors.append(post.writer)
    shows_comments = post.comments_open or bool(post.comments)
    article: Json = {
        "url": f"{ORIGIN}/{quote(post.slug)}/",
        "post_id": post.id,
        "headline": title_of(post),
        "description": post.description if "yoast" in post.plugins else None,
        "date_published": post.published.isoformat(),
        "date_modified": post.modified.isoformat() if post.modified else None,
        "authors": authors,
        "editor": post.editor,
        "byline_initials": post.byline_initials,
        "dateline": post.dateline,
        "article_section": [section.name for section in newsroom.sections_of(post)],
        "keywords": list(post.tags),
        "article_body": content.text,
        "in_language": "id",
        "main_image": content.images[0] if post.lead and not post.video else None,
        "images": content.images,
        "videos": content.videos,
        "embeds": content.embeds,
        "read_also": content.read_also,
        "outlinks": content.outlinks,
        "comment_count": len(post.comments) if shows_comments else None,
    }
    article |= {name: value for name, value in post.expect.items() if name != "article_body"}
    # TOML has no null: a part that is left out by hand is one.
    for video in article["videos"]:
        video.setdefault("provider", None)
        video.setdefault("video_id", None)
    return article
