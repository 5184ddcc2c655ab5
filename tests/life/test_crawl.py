"""The real command crawls the living newsroom on its first two days."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from tests.crawling import Crawl
from tests.life.newsroom import BEGIN, tell
from tests.life.server import LifeServer
from tests.newsroom.compose import compose
from tests.newsroom.expect import article_of
from tests.newsroom.model import Post


def test_each_day_stores_exactly_the_posts_that_there_are(tmp_path: Path) -> None:
    story = tell(stock=25, days=2)
    first_seen: dict[int, Post] = {}
    with LifeServer(story) as site:
        crawl = Crawl(tmp_path, site.origin)
        for day in (1, 2):
            site.now = BEGIN + timedelta(days=day)
            posts = {post.id: post for post in story.at(site.now).posts}
            assert first_seen.keys() < posts.keys()
            first_seen = posts | first_seen
            assert crawl.run(NOW=site.now.isoformat(), CAPTURE_IMAGES="none") == 0
            stored = crawl.rows("SELECT post_id, url, headline, article_body FROM articles")
            assert {post_id: urlsplit(url).path for post_id, url, _, _ in stored} == {
                post.id: post.path for post in first_seen.values()
            }
            for post_id, _, headline, body in stored:
                post = first_seen[post_id]
                told = article_of(post, story.frame, compose(post, story.frame))
                assert (headline, body) == (told["headline"], told["article_body"])
    assert {entry.now for entry in site.log} == {BEGIN + timedelta(days=d) for d in (1, 2)}
