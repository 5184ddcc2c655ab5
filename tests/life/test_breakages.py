"""Each breakage is what one would see if it happened, and the site is well again after it."""

from datetime import timedelta

import pytest

from tests.life.asking import CATEGORY, NOON, POSTS, links, page, paths, rest
from tests.life.breakages import Breakage, WrongCharset, breakages
from tests.life.newsroom import Story
from tests.life.server import LifeServer
from tests.newsroom.asking import ask
from tests.newsroom.model import Post


def newest(site: LifeServer) -> Post:
    return site.story.at(site.now).posts[0]


def sentence(post: Post) -> str:
    """Words from the middle of a post's text, as a page prints them."""
    return next(line for line in post.body.split("\n\n")[1:] if '"' not in line)[:60]


def test_there_are_eight_breakages_and_each_can_be_mended(site: LifeServer) -> None:
    before = {path: ask(site, path)[1] for path in ("/", CATEGORY, "/feed/", newest(site).path)}
    kinds = breakages(NOON)
    assert len(kinds) == 8
    for breakage in kinds.values():
        site.breakage = breakage
        assert {path: ask(site, path)[1] for path in before} != before
        site.breakage = Breakage()
        assert {path: ask(site, path)[1] for path in before} == before


def test_redesign_has_the_text_in_a_script_alone(site: LifeServer) -> None:
    site.breakage = breakages(NOON)["redesign"]
    post = newest(site)
    text = page(site, post.path)
    shown, _, script = text.partition('<script id="__NEXT_DATA__"')
    assert post.title in shown
    assert sentence(post) not in shown
    assert sentence(post) in script
    assert "entry-" not in text
    assert site.origin + post.path in page(site, "/")
    assert len(links(site, "/feed/")) == 10


def test_paywall_shows_the_first_paragraph_only(site: LifeServer) -> None:
    site.breakage = breakages(NOON)["paywall"]
    post = newest(site)
    text = page(site, post.path)
    assert "Berlangganan untuk membaca" in text
    assert post.dateline
    assert post.dateline in text
    assert sentence(post) not in text
    assert sentence(post) in page(site, f"{POSTS}?include={post.id}")


def test_parked_is_the_same_page_everywhere(site: LifeServer) -> None:
    site.breakage = breakages(NOON)["parked"]
    bodies = {page(site, path) for path in ("/", newest(site).path, "/robots.txt", POSTS)}
    assert len(bodies) == 1
    assert "BorneOneTV" not in bodies.pop()


def test_soft_404_says_of_every_address_that_it_is_not_there(site: LifeServer) -> None:
    site.breakage = breakages(NOON)["soft_404"]
    for path in ("/", newest(site).path, CATEGORY, "/robots.txt", "/tidak-ada/", POSTS):
        assert "Ups! Halaman itu tidak dapat ditemukan." in page(site, path)


def test_silent_feed_stays_as_it_was_a_week_ago(site: LifeServer, story: Story) -> None:
    site.breakage = breakages(NOON)["silent_feed"]
    then = list(story.at(NOON - timedelta(days=7)).posts)
    assert links(site, "/feed/") == paths(then[:10])
    tag = ask(site, "/feed/")[0].headers["ETag"]
    site.now += timedelta(days=5)
    assert ask(site, "/feed/", If_None_Match=tag)[0].status == 304
    posts = story.at(site.now).posts
    assert rest(site, "per_page=1")[0]["id"] == posts[0].id
    assert links(site, "/page/2/") == paths(list(posts[10:20]))


def test_hacked_has_300_gambling_posts_with_old_dates_in_every_source(
    site: LifeServer, story: Story
) -> None:
    site.breakage = breakages(NOON)["hacked"]
    there = len(story.at(NOON).posts)
    response, _ = ask(site, POSTS)
    assert response.headers["X-WP-Total"] == str(there + 300)
    sitemap = [p for p in links(site, "/wp-sitemap-posts-post-1.xml") if "slot" in p]
    assert len(set(sitemap)) == 300
    (item,) = rest(site, f"slug={sitemap[0].strip('/')}")
    assert item["modified"] == item["date"] < f"{NOON:%Y-%m-%d}"
    assert "slot-gacor.example" in page(site, sitemap[0])
    listed = [path for n in range(1, 10) for path in links(site, f"/page/{n}/")]
    assert set(listed) & set(sitemap)


def test_empty_listing_leaves_categories_their_name_alone(site: LifeServer) -> None:
    site.breakage = breakages(NOON)["empty_listing"]
    text = page(site, CATEGORY)
    assert '<h1 class="page-title">Berita</h1>' in text
    assert links(site, CATEGORY) == []
    assert ask(site, f"{CATEGORY}page/2/")[0].status == 404
    assert len(links(site, "/page/2/")) == 10
    assert ask(site, newest(site).path)[0].status == 200


@pytest.mark.parametrize("charset", ["ISO-8859-1", "UTF-16"])
def test_wrong_charset_spoils_quotes_and_dashes(site: LifeServer, charset: str) -> None:
    post = newest(site)
    assert "BorneOneTV &#8211; " in page(site, post.path)
    site.breakage = WrongCharset(charset)
    response, body = ask(site, post.path)
    assert response.headers["Content-Type"] == f"text/html; charset={charset}"
    assert "BorneOneTV – " in body.decode("utf-8")
    assert "BorneOneTV – " not in body.decode(charset, "replace")
