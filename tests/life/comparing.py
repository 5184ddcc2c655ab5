"""What an archive should hold of the living newsroom, and what it holds."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from tests.crawling import Crawl
from tests.life.newsroom import Story
from tests.newsroom.compose import compose
from tests.newsroom.expect import article_of
from tests.newsroom.model import Post


class State(NamedTuple):
    """One state of an article, as people read it."""

    headline: str
    body: str
    date_published: str
    sections: tuple[str, ...]
    pictures: tuple[tuple[str, str | None], ...]


def expected(story: Story, moments: Sequence[datetime]) -> dict[int, list[State]]:
    """Of each post, by its number, the states that stood at these moments, one after another."""
    seen: dict[int, list[State]] = {}
    for moment in moments:
        for post in story.at(moment).listed:
            state = state_of(story, post)
            states = seen.setdefault(post.id, [])
            if not states or states[-1] != state:
                states.append(state)
    return seen


def state_of(story: Story, post: Post) -> State:
    told = article_of(post, story.frame, compose(post, story.frame))
    return _state(told)


def held(crawl: Crawl) -> dict[int, list[State]]:
    """Of each article the states that are revisions in the archive."""
    rows = crawl.rows(
        """SELECT a.post_id, r.article FROM revisions AS v
           JOIN articles AS a ON a.id = v.article_id JOIN readings AS r ON r.id = v.reading_id
           ORDER BY a.post_id, v.seen_at, v.n"""
    )
    states: dict[int, list[State]] = {}
    for number, article in rows:
        states.setdefault(number, []).append(_state(json.loads(article)))
    return states


def _state(article: dict[str, Any]) -> State:
    return State(
        headline=article["headline"],
        body=article["article_body"],
        date_published=article["date_published"],
        sections=tuple(article["article_section"]),
        pictures=tuple(
            (urlsplit(image["url"]).path, image.get("caption")) for image in article["images"]
        ),
    )
