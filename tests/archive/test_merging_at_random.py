"""Whatever three archives saw, in whatever order they are merged: in the end they agree."""

import random
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from copy import deepcopy
from itertools import pairwise
from pathlib import Path

import pytest

from borneone_crawler.archive.merging import merge
from borneone_crawler.items import RawPage, Reading, State
from tests.archive.conftest import SITE, Desk, reading
from tests.archive.test_merging import Two
from tests.archive.verification.verifiers import both
from tests.merging import contents, dump, history, said


class Book:
    """A reader that knows what stands on each page by its bytes. Version 2 reads another
    headline than version 1, off the same page."""

    def __init__(self, version: int, pages: dict[bytes, Reading]) -> None:
        self.version = f"reader-{version}"
        self.pages = pages

    def read(self, pages: Sequence[RawPage]) -> Reading:
        made = deepcopy(self.pages[pages[0].body])
        made.article.headline = f"{made.article.headline} ({self.version})"
        return made


class Newsroom:
    """Two articles that change, move, go and come back; three desks that look now and then."""

    def __init__(self, folder: Path, rng: random.Random) -> None:
        self.rng = rng
        self.two = Two(folder)
        self.desks = [self.two.ours, self.two.theirs, Desk(folder / "third" / "borneone.db")]
        self.two.hold(self.desks[2])
        self.pages: dict[bytes, Reading] = {}
        for desk in self.desks:
            desk.reader = Book(rng.choice((1, 1, 2)), self.pages)
            desk.next_run()
        self.addresses = {12: f"{SITE}/wagub/", 13: f"{SITE}/bupati/"}

    @property
    def is_read_alike(self) -> bool:
        return len({desk.reader.version for desk in self.desks}) == 1

    def live(self, moments: int) -> None:
        for moment in range(1, moments):
            desk, post_id = self.rng.choice(self.desks), self.rng.choice((12, 13))
            self.two.at(desk, moment)
            what = self.rng.random()
            url = self.addresses[post_id]
            if what < 0.1:
                if desk.rows("SELECT 1 FROM urls WHERE url = ? AND state = 'stored'", url):
                    desk.settle(url, state=State.GONE, http_status=404, absent=True)
            elif what < 0.2:
                merge(desk.archive, self.rng.choice([k for k in self.desks if k != desk]).path)
            else:
                if what < 0.3:
                    self.addresses[post_id] = url = f"{SITE}/pindah-{moment}/"
                self._look(desk, url, post_id, f"<html>{moment}".encode())

    def _look(self, desk: Desk, url: str, post_id: int, body: bytes) -> None:
        self.pages[body] = reading(
            url,
            post_id=post_id,
            article_body=self.rng.choice(("satu", "dua", "tiga")),
            comment_count=self.rng.choice((None, 1, 2)),
            date_published=f"2019-10-{post_id}T10:15:00+07:00",
        )
        page = RawPage(url=url, body=body, content_type=None, fetched_at="")
        made = desk.reader.read([page])
        desk.settle(url, reading=made, capture=desk.capture(url, body), canonical=url)

    def meet(self) -> None:
        """Each takes the others in until all know all."""
        for moment, (one, other) in enumerate(
            ((0, 1), (0, 2), (1, 0), (2, 0), (0, 1), (0, 2)), start=900
        ):
            self.two.at(self.desks[one], moment)
            merge(self.desks[one].archive, self.desks[other].path)


@pytest.fixture
def newsroom(tmp_path: Path, seed: int) -> Iterator[Newsroom]:
    newsroom = Newsroom(tmp_path, random.Random(seed))
    with ExitStack() as stack:
        for desk in newsroom.desks:
            stack.enter_context(closing(desk.archive))
        yield newsroom


SEEDS = [*range(8), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(8, 200))]


@pytest.mark.parametrize("seed", SEEDS)
def test_they_agree_in_the_end(newsroom: Newsroom, seed: int) -> None:
    newsroom.live(newsroom.rng.randint(5, 16))
    newsroom.meet()
    first, *others = [desk.path for desk in newsroom.desks]
    before = dump(first)
    for other in others:
        assert not merge(newsroom.desks[0].archive, other).is_news
    assert dump(first) == before
    urls = [row[0] for row in said(first)]
    for path in (first, *others):
        assert both(path) == []
        assert [row[0] for row in said(path)] == urls
        for url in urls:
            texts = history(path, url)
            assert all(a != b for a, b in pairwise(texts)), "a false edit"
        if newsroom.is_read_alike:
            assert said(path) == said(first)
            assert contents(path) == contents(first)
