"""The story of a newsroom as data: what is published, changed, taken down, and when."""

import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

from tests.life.edits import EDITS, Edit, Kind, misspelt
from tests.newsroom.invented import generated_newsroom
from tests.newsroom.model import WIB, Newsroom, Post, load
from tests.newsroom.render import HERE

BEGIN = datetime(2024, 6, 3, 0, 0, tzinfo=WIB)
"""A Monday, the first day of the story unless another is given."""

_A_DAY = ((4, 6), (4, 6), (4, 6), (4, 6), (3, 5), (2, 4), (2, 3))
"""Fewest and most publications, from Monday to Sunday."""
_FIRST_HOUR, _LAST_HOUR = 6, 22
_LATE_EVERY, _LATE_BY = 15, (2 * 24, 20 * 24)
"""One publication in so many carries a date that is so many hours past."""
_PAGES_EVERY = 12
"""One post in so many has two pages."""
_RELAUNCHED_AFTER = timedelta(days=12)
_PINNED_FOR = timedelta(days=20)


@dataclass(frozen=True, slots=True)
class Habit:
    """How often, and how long after a publication, the editors do a thing to a post."""

    kind: Kind
    every: int
    """The post whose number leaves `remainder`: so each kind has its turn, some posts several."""
    remainder: int
    hours: tuple[float, float]
    """Soonest and latest after the publication."""


HABITS = tuple(Habit(*row) for row in (
    (Kind.TYPO, 6, 1, (1, 12)),
    (Kind.HEADLINE, 9, 2, (1, 3 * 24)),
    (Kind.SUBSTANCE, 8, 3, (2, 12 * 24)),
    (Kind.CORRECTION, 20, 4, (6, 14 * 24)),
    (Kind.PICTURE, 22, 6, (2, 5 * 24)),
    (Kind.CAPTION, 25, 13, (2, 5 * 24)),
    (Kind.NEW_SLUG, 35, 7, (1, 4 * 24)),
    (Kind.MOVED, 28, 8, (2, 10 * 24)),
    (Kind.REDATED, 45, 9, (6, 10 * 24)),
    (Kind.REPUBLISHED, 40, 10, (5 * 24, 30 * 24)),
    (Kind.DELETED, 24, 11, (2, 30 * 24)),
))  # fmt: skip
_BACK_AFTER = (2 * 24, 8 * 24)
"""Every second post that is taken down comes back after so many hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happened to one post at one moment."""

    when: datetime
    kind: Kind
    post_id: int
    state: Post | None
    """The post from then on; None when it is taken down."""


@dataclass(frozen=True, kw_only=True)
class Story:
    """All that ever happens in the newsroom, in order of time."""

    begin: datetime
    changes: tuple[Change, ...]
    frame: Newsroom
    """Sections, authors and pages; they stay as they are."""
    _editions: dict[int, Newsroom] = field(default_factory=dict, compare=False, repr=False)

    def at(self, moment: datetime) -> Newsroom:
        """The newsroom as it stood at that moment; the same object until something changes."""
        count = bisect_right(self._moments, moment)
        if count not in self._editions:
            states = {change.post_id: change.state for change in self.changes[:count]}
            posts = sorted(
                (post for post in states.values() if post),
                key=lambda post: (post.published, post.id),
                reverse=True,
            )
            self._editions[count] = replace(self.frame, posts=tuple(posts))
        return self._editions[count]

    def history(self, until: datetime) -> dict[int, list[Change]]:
        """Of each post, by its id, everything that happened up to that moment, in order.

        The first change is its publication: for the stock, in the state it had at the beginning.
        """
        told: dict[int, list[Change]] = {}
        for change in self.changes[: bisect_right(self._moments, until)]:
            told.setdefault(change.post_id, []).append(change)
        return told

    @cached_property
    def _moments(self) -> list[datetime]:
        return [change.when for change in self.changes]


def tell(*, seed: int = 1, begin: datetime = BEGIN, days: int = 60, stock: int = 120) -> Story:
    """Make up a story: `stock` posts published before `begin`, then `days` days of news."""
    chance = random.Random(seed)
    moments = [*_before(begin, stock, chance), *_during(begin, days, chance)]
    invented = generated_newsroom(load(HERE), len(moments), seed)
    sections = sorted({slug for post in invented.posts for slug in post.sections})
    changes: list[Change] = []
    pinned: list[tuple[datetime, Kind]] = []
    for number, (moment, draft) in enumerate(zip(moments, reversed(invented.posts), strict=True)):
        news = number - stock
        post = _written(number, replace(draft, published=moment, modified=None))
        plan = [one for one in _planned(number, moment, chance) if one[0] >= begin]
        if news == 10:
            plan.append((moment + _RELAUNCHED_AFTER, Kind.RELAUNCHED))
        if news == -1:
            post = replace(post, sticky=True)
            plan.append((begin + _PINNED_FOR, Kind.UNPINNED))
        if news >= 0 and not pinned and moment > begin + _PINNED_FOR:
            pinned = [(moment + timedelta(hours=1), Kind.PINNED)]
            plan += pinned
        if news >= 0 and number % _LATE_EVERY == 5:
            post = _late(number, post, chance)
        changes += _life(moment, post, sorted(plan), Edit(number, sections, chance))
    changes.sort(key=lambda change: (change.when, change.post_id))
    return Story(begin=begin, changes=tuple(changes), frame=replace(invented, posts=()))


def _before(begin: datetime, stock: int, chance: random.Random) -> list[datetime]:
    """The moments of the newest `stock` publications before the beginning."""
    moments: list[datetime] = []
    day = begin.date()
    while len(moments) < stock:
        day -= timedelta(days=1)
        moments = [*_on(day, chance), *moments]
    return moments[len(moments) - stock :]


def _during(begin: datetime, days: int, chance: random.Random) -> Iterator[datetime]:
    for number in range(days):
        yield from _on(begin.date() + timedelta(days=number), chance)


def _on(day: date, chance: random.Random) -> list[datetime]:
    """The moments at which a day's posts are published."""
    opening = datetime.combine(day, time(_FIRST_HOUR), WIB)
    seconds = (_LAST_HOUR - _FIRST_HOUR) * 3600
    count = chance.randint(*_A_DAY[day.weekday()])
    return [
        opening + timedelta(seconds=second)
        for second in sorted(chance.sample(range(seconds), count))
    ]


def _written(number: int, post: Post) -> Post:
    """A post as the editors of this newsroom finish it: with a tag, some on two pages."""
    paragraphs = post.body.split("\n\n")
    if number % _PAGES_EVERY == 5:
        paragraphs.insert(2, "<!--nextpage-->")
    place = str(post.dateline).partition(",")[0]
    return replace(post, body="\n\n".join(paragraphs), tags=(place,))


def _late(number: int, post: Post, chance: random.Random) -> Post:
    """A post that comes with an old date.

    An editor who types the old date still saves the post now; a tool that brings it through the
    API leaves the old date as that of the last change too (wp_insert_post), so that no question
    for what was modified lately ever finds it.
    """
    old = post.published - _delay(_LATE_BY, chance)
    modified = post.published if number % 2 else None
    return replace(
        post,
        published=old,
        modified=modified,
        uploaded=post.published,
    )


def _planned(
    number: int, published: datetime, chance: random.Random
) -> Iterator[tuple[datetime, Kind]]:
    """What will be done to a post, and when."""
    for habit in HABITS:
        # Drawn for every post, so that another habit's number leaves this one's moments alone.
        when = published + _delay(habit.hours, chance)
        back = when + _delay(_BACK_AFTER, chance)
        if number % habit.every == habit.remainder:
            yield when, habit.kind
            if habit.kind is Kind.DELETED and number // habit.every % 2:
                yield back, Kind.RESTORED


def _delay(hours: tuple[float, float], chance: random.Random) -> timedelta:
    return timedelta(seconds=round(3600 * chance.uniform(*hours)))


def _life(
    moment: datetime, post: Post, plan: Sequence[tuple[datetime, Kind]], edit: Edit
) -> Iterator[Change]:
    """The changes of one post: its publication, then what its plan makes of it."""
    if any(kind is Kind.TYPO for _, kind in plan):
        edit.misspelt = wrong, right = misspelt(post.body, edit.chance)
        post = replace(post, body=post.body.replace(right, wrong, 1))
    yield Change(when=moment, kind=Kind.PUBLISHED, post_id=post.id, state=post)
    is_there = True
    for when, kind in plan:
        if kind is Kind.DELETED:
            is_there = False
            yield Change(when=when, kind=kind, post_id=post.id, state=None)
        elif is_there != (kind is Kind.RESTORED):
            changed = EDITS[kind](edit, post, when)
            if changed is None:
                continue
            is_there, post = True, changed
            yield Change(when=when, kind=kind, post_id=post.id, state=post)
