"""The story of the newsroom is one that editors could have written, and always the same."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest

from tests.life.edits import Kind
from tests.life.newsroom import BEGIN, Change, Story, tell
from tests.newsroom.compose import compose
from tests.newsroom.expect import article_of
from tests.newsroom.model import Post

DAYS = 60
END = BEGIN + timedelta(days=DAYS)


@pytest.fixture(scope="module")
def story() -> Story:
    return tell(days=DAYS)


def steps(story: Story, kind: Kind) -> list[tuple[Post, Post]]:
    """Each change of a kind within the story: the post before and after."""
    found = []
    for changes in story.history(END).values():
        for before, after in pairwise(changes):
            if after.kind is kind:
                assert before.state
                assert after.state
                found.append((before.state, after.state))
    assert found, kind
    return found


def differing(before: Post, after: Post) -> set[str]:
    """The fields that a change has altered, but for the moment of the last change."""
    names = {name for name in vars(before) if getattr(before, name) != getattr(after, name)}
    return names - {"modified", "uploaded"}


def test_the_same_seed_tells_the_same_story(story: Story) -> None:
    assert tell(days=DAYS) == story
    assert tell(days=DAYS, seed=2) != story


@pytest.mark.parametrize(("stock", "days"), [(0, 3), (7, 1), (120, 2)])
def test_the_newsroom_begins_with_its_stock(stock: int, days: int) -> None:
    story = tell(stock=stock, days=days)
    assert len(story.at(BEGIN).posts) == stock
    assert len(story.at(BEGIN + timedelta(days=days)).posts) > stock


def test_two_to_six_posts_are_published_a_day_fewer_at_the_weekend(story: Story) -> None:
    a_day = Counter(
        change.when.date()
        for change in story.changes
        if change.kind is Kind.PUBLISHED and change.when >= BEGIN
    )
    assert len(a_day) == DAYS
    assert 2 <= min(a_day.values()) <= max(a_day.values()) <= 6
    assert max(count for day, count in a_day.items() if day.weekday() == 6) <= 3
    assert min(count for day, count in a_day.items() if day.weekday() < 4) >= 4


def test_a_moment_shows_what_the_history_tells(story: Story) -> None:
    for day in range(0, DAYS + 1, 7):
        moment = BEGIN + timedelta(days=day, hours=day % 24)
        told = [changes[-1].state for changes in story.history(moment).values()]
        assert {post.id: post for post in story.at(moment).posts} == {
            post.id: post for post in told if post
        }


def test_the_newest_date_comes_first_and_nothing_is_from_the_future(story: Story) -> None:
    for day in range(DAYS):
        moment = BEGIN + timedelta(days=day, hours=20)
        dates = [post.published for post in story.at(moment).posts]
        assert dates == sorted(dates, reverse=True)
        assert dates[0] <= moment
        assert max(post.changed for post in story.at(moment).posts) <= moment


def test_nothing_changed_is_the_same_newsroom(story: Story) -> None:
    first = story.changes[200].when
    assert story.at(first) is story.at(first + timedelta(seconds=1))
    assert story.at(first) is not story.at(first - timedelta(seconds=1))


def test_every_change_but_a_tools_leaves_its_moment(story: Story) -> None:
    for changes in story.history(END).values():
        for change in changes[1:]:
            assert change.state is None or change.state.changed == change.when


def test_some_posts_come_late_and_some_of_them_tell_nobody(story: Story) -> None:
    late = [
        change
        for change in story.changes
        if change.kind is Kind.PUBLISHED and change.state and change.state.published < change.when
    ]
    assert len(late) >= 10
    ages = [change.when - change.state.published for change in late if change.state]
    assert timedelta(days=2) <= min(ages) < max(ages) <= timedelta(days=20)
    told = Counter(change.state.changed == change.when for change in late if change.state)
    assert min(told[True], told[False]) >= 5


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (Kind.TYPO, {"body"}),
        (Kind.HEADLINE, {"title"}),
        (Kind.SUBSTANCE, {"body"}),
        (Kind.CORRECTION, {"body"}),
        (Kind.PICTURE, {"pictures"}),
        (Kind.CAPTION, {"pictures"}),
        (Kind.NEW_SLUG, {"slug", "old_slugs"}),
        (Kind.MOVED, {"sections"}),
        (Kind.REDATED, {"published"}),
        (Kind.REPUBLISHED, {"published"}),
        (Kind.RELAUNCHED, {"published", "slug", "old_slugs"}),
        (Kind.PINNED, {"sticky"}),
        (Kind.UNPINNED, {"sticky"}),
    ],
)
def test_a_change_alters_what_its_kind_says(story: Story, kind: Kind, fields: set[str]) -> None:
    for before, after in steps(story, kind):
        assert differing(before, after) == fields


def test_a_typo_is_one_letter_of_the_text(story: Story) -> None:
    for before, after in steps(story, Kind.TYPO):
        assert len(before.body) == len(after.body)
        assert sum(a != b for a, b in zip(before.body, after.body, strict=True)) == 1


def test_a_correction_is_a_paragraph_that_says_so(story: Story) -> None:
    for before, after in steps(story, Kind.CORRECTION):
        *above, note = after.body.split("\n\n")
        assert note.startswith("RALAT: ")
        assert "\n\n".join(above) == before.body.removesuffix(" [Lay]")


def test_only_an_exchanged_picture_has_another_name(story: Story) -> None:
    for kind, another in ((Kind.PICTURE, True), (Kind.CAPTION, False)):
        for before, after in steps(story, kind):
            (old,), (new,) = before.pictures.values(), after.pictures.values()
            assert (old.name != new.name) is another
            assert old.caption != new.caption


def test_a_new_date_leaves_the_pictures_where_they_are(story: Story) -> None:
    for kind in (Kind.REDATED, Kind.REPUBLISHED, Kind.RELAUNCHED):
        for before, after in steps(story, kind):
            assert before.published != after.published
            assert before.upload("foto.jpg") == after.upload("foto.jpg")


def test_posts_are_taken_down_and_some_come_back_after_days(story: Story) -> None:
    gone: list[list[Change]] = []
    for changes in story.history(END).values():
        kinds = [change.kind for change in changes]
        if Kind.DELETED in kinds:
            gone.append(changes[kinds.index(Kind.DELETED) :])
    back = [changes for changes in gone if len(changes) > 1]
    assert len(gone) >= 8
    assert 2 <= len(back) <= len(gone) - 2
    for taken_down, restored, *_ in back:
        assert restored.kind is Kind.RESTORED
        assert restored.when - taken_down.when >= timedelta(days=2)


@pytest.mark.parametrize("seed", range(1, 6))
def test_no_address_is_ever_that_of_two_posts(seed: int) -> None:
    owners: dict[str, int] = {}
    deleted = set()
    for change in tell(seed=seed).changes:
        for slug in (change.state.slug, *change.state.old_slugs) if change.state else ():
            assert owners.setdefault(slug, change.post_id) == change.post_id
        if change.kind is Kind.DELETED:
            deleted.add(change.post_id)
    # WordPress would guess, and send whoever asks for a dead address to another article.
    for dead in (slug for slug, owner in owners.items() if owner in deleted):
        assert [s for s, o in owners.items() if s.startswith(dead) and o not in deleted] == []


def test_every_state_is_a_whole_article(story: Story) -> None:
    for change in story.changes:
        if change.state:
            content = compose(change.state, story.frame)
            article = article_of(change.state, story.frame, content)
            assert article["article_body"].startswith(change.state.dateline)
            assert article["keywords"] == list(change.state.tags) != []
