"""The living newsroom answers as WordPress does, at every moment of its story."""

import json
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise

import pytest

from tests.life.asking import CATEGORY, END, NOON, POSTS, links, page, paths, rest
from tests.life.edits import Kind
from tests.life.newsroom import BEGIN, Change, Story
from tests.life.server import LifeServer, Outage
from tests.newsroom.asking import ask
from tests.newsroom.model import ORIGIN


def first(story: Story, kind: Kind) -> tuple[Change, Change]:
    """The first change of a kind, and the one before it on the same post."""
    for changes in story.history(END).values():
        for before, after in pairwise(changes):
            if after.kind is kind:
                return before, after
    raise AssertionError(kind)


# -- at a moment ----------------------------------------------------------------------------------


def test_every_source_shows_the_posts_of_the_moment(site: LifeServer, story: Story) -> None:
    for moment in (BEGIN, NOON, END):
        site.now = moment
        posts = list(story.at(moment).posts)
        by_id = paths(sorted(posts, key=lambda post: post.id))
        assert links(site, "/wp-sitemap-posts-post-1.xml") == by_id
        shown = [
            item["id"] for n in (1, 2, 3, 4) if 100 * (n - 1) < len(posts)
            for item in rest(site, f"per_page=100&page={n}")
        ]  # fmt: skip
        assert shown == [post.id for post in posts]
        assert links(site, "/feed/") == paths(posts[:10])
        assert links(site, "/feed/?paged=2") == paths(posts[10:20])
        assert links(site, "/page/2/") == paths(posts[10:20])


def test_a_category_lists_its_posts_to_the_last_page(site: LifeServer, story: Story) -> None:
    posts = story.at(NOON).posts_in("berita")
    front = page(site, CATEGORY)
    # The theme takes the three newest out of the list and shows them above.
    assert links(site, CATEGORY) == paths(posts[3:10])
    for post in posts[:3]:
        assert f'href="{site.origin}{post.path}"' in front
    last = -(-len(posts) // 10)
    assert links(site, f"{CATEGORY}page/{last}/") == paths(posts[last * 10 - 10 :])
    assert ask(site, f"{CATEGORY}page/{last + 1}/")[0].status == 404


def test_tags_and_authors_that_pages_link_to_are_there(site: LifeServer, story: Story) -> None:
    post = story.at(NOON).posts[0]
    text = page(site, post.path)
    for target in (f"/tag/{post.tags[0].lower()}/", f"/author/{post.author}/"):
        assert f'href="{site.origin}{target}"' in text
        assert post.path in page(site, target)


def test_the_sticky_post_stands_first_on_the_home_page(site: LifeServer, story: Story) -> None:
    seen = set()
    for moment in (BEGIN, END):
        site.now = moment
        (sticky,) = (post for post in story.at(moment).posts if post.sticky)
        assert links(site, "/")[0] == sticky.path
        seen.add(sticky.id)
    assert len(seen) == 2


def test_a_post_of_two_pages_has_two(site: LifeServer, story: Story) -> None:
    post = next(post for post in story.at(NOON).posts if "<!--nextpage-->" in post.body)
    one, two = page(site, post.path), page(site, f"{post.path}2/")
    assert f'href="{site.origin}{post.path}2/"' in one
    assert one != two
    assert ask(site, f"{post.path}3/")[0].headers["Location"] == site.origin + post.path
    (item,) = rest(site, f"include={post.id}")
    paragraphs = len(post.body.split("\n\n")) - 1
    assert item["content"]["rendered"].count("<p>") == paragraphs


# -- as time passes -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Kind.TYPO, Kind.HEADLINE, Kind.SUBSTANCE, Kind.CORRECTION])
def test_an_edit_shows_from_its_moment_on(site: LifeServer, story: Story, kind: Kind) -> None:
    _, after = first(story, kind)
    assert after.state
    seen = []
    for moment in (after.when - timedelta(seconds=1), after.when):
        site.now = moment
        (item,) = rest(site, f"include={after.post_id}")
        seen.append((page(site, after.state.path), item["title"], item["content"]))
    assert seen[0] != seen[1]
    assert datetime.fromisoformat(item["modified_gmt"]).replace(tzinfo=UTC) == after.when


def test_what_is_taken_down_is_nowhere_until_it_is_back(site: LifeServer, story: Story) -> None:
    gone, back = first(story, Kind.RESTORED)
    assert back.state
    for moment, there in (
        (gone.when - timedelta(seconds=1), True),
        (gone.when, False),
        (back.when, True),
    ):
        site.now = moment
        assert ask(site, back.state.path)[0].status == (200 if there else 404)
        assert ask(site, f"/?p={back.post_id}")[0].status == (301 if there else 404)
        assert (back.state.path in links(site, "/wp-sitemap-posts-post-1.xml")) is there
        assert bool(rest(site, f"include={back.post_id}")) is there


def test_an_old_slug_leads_to_the_new_one(site: LifeServer, story: Story) -> None:
    before, after = first(story, Kind.NEW_SLUG)
    assert before.state
    assert after.state
    site.now = after.when - timedelta(seconds=1)
    assert ask(site, after.state.path)[0].status != 200
    site.now = after.when
    moved, _ = ask(site, before.state.path)
    assert (moved.status, moved.headers["X-Redirect-By"]) == (301, "WordPress")
    assert moved.headers["Location"] == site.origin + after.state.path
    assert ask(site, after.state.path)[0].status == 200


def test_pictures_are_there_also_when_exchanged(site: LifeServer, story: Story) -> None:
    before, after = first(story, Kind.PICTURE)
    bodies = []
    for change in (before, after):
        assert change.state
        assert change.state.lead
        path = change.state.upload(change.state.pictures[change.state.lead].name)
        response, body = ask(site, path.removeprefix(ORIGIN))
        assert response.headers["Content-Type"] == "image/jpeg"
        bodies.append(body)
    assert bodies[0] != bodies[1]


def test_the_feeds_change_when_any_post_does(site: LifeServer, story: Story) -> None:
    response, _ = ask(site, "/feed/")
    tag, changed = response.headers["ETag"], response.headers["Last-Modified"]
    newest = max(post.changed for post in story.at(NOON).posts)
    assert parsedate_to_datetime(changed) == newest
    assert ask(site, "/feed/", If_None_Match=tag)[0].status == 304
    assert ask(site, "/category/berita/feed/", If_Modified_Since=changed)[0].status == 304
    site.now = next(
        change.when for change in story.changes if change.when > NOON and change.state
        and change.state.changed == change.when
    )  # fmt: skip
    fresh, _ = ask(site, "/feed/", If_None_Match=tag, If_Modified_Since=changed)
    assert fresh.status == 200
    assert fresh.headers["ETag"] != tag


def test_an_answer_carries_the_storys_date(site: LifeServer) -> None:
    assert parsedate_to_datetime(ask(site, "/")[0].headers["Date"]) == NOON


# -- sources --------------------------------------------------------------------------------------


def test_the_rest_api_tells_what_was_modified_since(site: LifeServer, story: Story) -> None:
    since = NOON - timedelta(days=2)
    query = f"modified_after={since:%Y-%m-%dT%H:%M:%S}&orderby=modified&order=asc&per_page=100"
    expected = sorted(
        (post for post in story.at(NOON).posts if post.changed > since), key=lambda p: p.changed
    )
    assert [item["id"] for item in rest(site, query)] == [post.id for post in expected] != []
    utc = f"{since.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"
    assert rest(site, query.replace(f"{since:%Y-%m-%dT%H:%M:%S}", utc)) == rest(site, query)


def test_the_rest_api_counts_and_refuses(site: LifeServer, story: Story) -> None:
    count = len(story.at(NOON).posts)
    response, body = ask(site, f"{POSTS}?per_page=50&page=2&_fields=id,link&orderby=id&order=asc")
    assert response.headers["X-WP-Total"] == str(count)
    assert response.headers["X-WP-TotalPages"] == str(-(-count // 50))
    ids = sorted(post.id for post in story.at(NOON).posts)
    assert [item["id"] for item in json.loads(body)] == ids[50:100]
    assert set(json.loads(body)[0]) == {"id", "link"}
    assert ask(site, f"{POSTS}?per_page=101")[0].status == 400
    beyond, body = ask(site, f"{POSTS}?per_page=100&page=99")
    assert (beyond.status, json.loads(body)["code"]) == (400, "rest_post_invalid_page_number")
    assert json.loads(page(site, "/wp-json/"))["name"] == "BorneOneTV"


def test_a_core_sitemap_is_cut_into_children(story: Story) -> None:
    with LifeServer(story, per_sitemap=50) as site:
        children = links(site, "/wp-sitemap.xml")
        posts = [path for path in children if "posts-post" in path]
        listed = [links(site, path) for path in posts]
        assert [len(one) for one in listed] == [50, 50, 20]
        assert [path for one in listed for path in one] == paths(
            sorted(story.at(BEGIN).posts, key=lambda post: post.id)
        )
        assert "lastmod" not in page(site, posts[0])
        assert ask(site, "/sitemap_index.xml")[0].status == 404
        assert f"Sitemap: {site.origin}/wp-sitemap.xml" in page(site, "/robots.txt")


def test_a_yoast_sitemap_tells_what_was_modified(story: Story) -> None:
    with LifeServer(story, yoast=True, per_sitemap=100) as site:
        assert f"Sitemap: {site.origin}/sitemap_index.xml" in page(site, "/robots.txt")
        for path in ("/wp-sitemap.xml", "/sitemap.xml"):
            assert ask(site, path)[0].headers["Location"] == f"{site.origin}/sitemap_index.xml"
        index = page(site, "/sitemap_index.xml")
        assert links(site, "/sitemap_index.xml")[:2] == ["/post-sitemap.xml", "/post-sitemap2.xml"]
        newest = max(post.changed for post in story.at(BEGIN).posts).astimezone(UTC)
        text = page(site, "/post-sitemap.xml") + page(site, "/post-sitemap2.xml")
        dates = re.findall("<lastmod>(.*?)</lastmod>", text)
        assert len(dates) == 120
        assert dates == sorted(dates)
        assert dates[-1] == newest.isoformat()
        assert f"<lastmod>{newest.isoformat()}</lastmod>" in index


@pytest.mark.parametrize(
    ("switch", "path", "rule"),
    [
        ("rest", POSTS, "Disallow: /wp-json/"),
        ("feed", "/feed/", "Disallow: /feed/"),
        ("sitemap", "/wp-sitemap.xml", "Disallow: /wp-sitemap"),
    ],
)
def test_a_source_can_be_missing_or_forbidden_at_any_time(
    site: LifeServer, switch: str, path: str, rule: str
) -> None:
    assert ask(site, path)[0].status == 200
    site.disabled = frozenset({switch})
    assert ask(site, path)[0].status == 404
    site.disabled, site.forbidden = frozenset(), frozenset({switch})
    assert ask(site, path)[0].status == 200
    assert rule in page(site, "/robots.txt").splitlines()


# -- bad days -------------------------------------------------------------------------------------


def test_an_outage_lasts_until_it_is_taken_back(site: LifeServer) -> None:
    site.outage = Outage()
    assert [ask(site, path)[0].status for path in ("/", "/robots.txt", POSTS)] == [503] * 3
    site.outage = None
    assert ask(site, "/")[0].status == 200


def test_the_site_says_when_it_may_be_asked_again(site: LifeServer) -> None:
    site.outage = Outage(status=429, retry_after=120)
    busy, _ = ask(site, "/")
    assert (busy.status, busy.headers["Retry-After"]) == (429, "120")
    later = NOON + timedelta(hours=5)
    site.outage = Outage(status=429, retry_after=later)
    said = ask(site, "/")[0].headers["Retry-After"]
    assert said.endswith(" GMT")
    assert parsedate_to_datetime(said) == later


def test_robots_txt_alone_can_fail(site: LifeServer) -> None:
    site.outage = Outage(status=500, only="/robots.txt")
    assert [ask(site, path)[0].status for path in ("/robots.txt", "/")] == [500, 200]


def test_connections_are_refused_while_the_server_is_down(site: LifeServer) -> None:
    origin = site.origin
    site.go_down()
    with pytest.raises(ConnectionRefusedError):
        ask(site, "/")
    site.come_back()
    assert (ask(site, "/")[0].status, site.origin) == (200, origin)


def test_every_request_is_logged_with_the_moment_of_the_story(site: LifeServer) -> None:
    ask(site, "/tidak-ada/?x=1")
    site.now += timedelta(hours=1)
    ask(site, "/", "HEAD")
    site.outage = Outage()
    ask(site, "/")
    assert site.log == [
        (NOON, "GET", "/tidak-ada/?x=1", 404),
        (NOON + timedelta(hours=1), "HEAD", "/", 200),
        (NOON + timedelta(hours=1), "GET", "/", 503),
    ]
