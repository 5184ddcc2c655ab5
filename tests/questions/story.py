"""What happens in the newsroom meanwhile, from story.toml, as the living newsroom tells it."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.life.edits import Kind
from tests.life.newsroom import Change, Story
from tests.newsroom.model import Post, load, local, read_post
from tests.newsroom.render import HERE as NEWSROOM

_HERE = Path(__file__).parent
_DATA = tomllib.loads((_HERE / "story.toml").read_text("utf-8"))

CRAWLS: list[datetime] = [local(moment) for moment in _DATA["crawls"]]
"""When cron runs the crawl."""


def tell() -> Story:
    """The fixture newsroom, the posts that are new in it, and what is done to them."""
    newsroom = load(NEWSROOM)
    new = [read_post(file) for file in sorted((_HERE / "posts").glob("*.toml"))]
    posts = {post.case: post for post in (*newsroom.posts, *new)}
    changes = sorted(
        (*map(_published, posts.values()), *_changes(posts)), key=lambda change: change.when
    )
    return Story(
        begin=local(_DATA["begin"]), changes=tuple(changes), frame=replace(newsroom, posts=())
    )


def unanswered() -> str:
    """The path of the page that cannot be had in the end."""
    return read_post(_HERE / "posts" / f"{_DATA['unanswered']}.toml").path


def _published(post: Post) -> Change:
    return Change(when=post.published, kind=Kind.PUBLISHED, post_id=post.id, state=post)


def _changes(posts: dict[str, Post]) -> Iterator[Change]:
    now = dict(posts)
    for told in _DATA["change"]:
        when, kind, before = local(told["when"]), Kind(told["kind"]), now[told["post"]]
        now[told["post"]] = after = _edited(before, told, when)
        state = None if kind is Kind.DELETED else after
        yield Change(when=when, kind=kind, post_id=before.id, state=state)


def _edited(post: Post, told: dict[str, Any], when: datetime) -> Post:
    """The post with another title, words instead of others, or another caption."""
    if "instead" in told:
        words, others = told["instead"]
        assert words in post.body
        post = replace(post, body=post.body.replace(words, others))
    if "caption" in told:
        picture = replace(post.pictures[told["picture"]], caption=told["caption"])
        post = replace(post, pictures=post.pictures | {told["picture"]: picture})
    return replace(
        post,
        title=told.get("title", post.title),
        uploaded=post.uploaded or post.published,
        modified=when,
    )
