"""How long a search takes in an archive of 100,000 articles, beside FTS5's own ranking."""

import itertools
import random
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from borneone_crawler.archive.searching import EVERYTHING, Filters, hit, hits, sought
from borneone_crawler.archive.sqlite.database import open_database, open_readonly
from tests.archive.conftest import SITE

ARTICLES = 100_000
WORDS = 350
"""Words of an article's text."""
VOCABULARY = 60_000
RUNS = 7
SHOWN = 20

# Words, and in how many of a hundred articles each stands.
SHARES = {
    "gempa": 5,
    **dict.fromkeys(("banjir", "kebanjiran"), 2.5), "membanjiri": 0.5, "dibanjiri": 0.1,
    "medsos": 2, "media": 5, "sosial": 5,
    "warga": 100,
    **dict.fromkeys(("menanam", "tanaman", "penanaman", "ditanam"), 100), "tertanamnya": 1,
}  # fmt: skip

INSERT = """
INSERT INTO articles (id, url, date_published, article_body, article_body_html, word_count, flags,
    content_digest, first_seen_at, last_seen_at)
VALUES (?, ?, ?, ?, '', 0, '[]', '', '', '')
"""

BARE = "SELECT rowid FROM articles_fts(?) ORDER BY rank LIMIT 20"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("large") / "borneone.db"
    generate(path)
    reading = open_readonly(path)
    yield reading
    reading.close()


def generate(path: Path) -> None:
    """An archive of articles of made-up words, as often as words are, and of those of SHARES."""
    database = open_database(path)
    generator = random.Random(1)
    syllables = ["".join(pair) for pair in itertools.product("bcdfghjklmnprstwy", "aeiou")]
    vocabulary = ["".join(generator.choices(syllables, k=4)) for _ in range(VOCABULARY)]
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))
    for first in range(1, ARTICLES + 1, 100):
        with database.atomic():
            for number in range(first, first + 100):
                text = generator.choices(vocabulary, cum_weights=weights, k=WORDS)
                for word, share in SHARES.items():
                    if generator.random() * 100 < share:
                        for _ in range(generator.choice((1, 1, 2, 4))):
                            text[generator.randrange(WORDS)] = word
                day = f"{2012 + number % 12}-{1 + number % 11:02}-11T10:00:00+07:00"
                database.execute(INSERT, [number, f"{SITE}/{number}/", day, " ".join(text)])
    database.close()


def milliseconds(work: Callable[[], object]) -> float:
    """Of the processor, as waiting for a busy machine does not count: the median of several runs,
    after one that warms what it reads."""
    work()
    taken = []
    for _ in range(RUNS):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return statistics.median(taken) * 1000


@pytest.mark.bench
@pytest.mark.parametrize(
    ("what", "query", "filters", "most"),
    [
        ("in 5 %", "gempa", EVERYTHING, 5),
        ("in 5 %, several forms", "banjir", EVERYTHING, 5),
        ("two words in 5 % each, a synonym", "media sosial", EVERYTHING, 15),
        ("beginning of a word in 5 %", "gemp*", EVERYTHING, 5),
        ("in all", "warga", EVERYTHING, 3),
        ("in all, in one month", "warga", Filters(since="2015-05", before="2015-06"), 3),
        ("in all, in ten years", "warga", Filters(since="2013", before="2023"), 3),
        ("several forms, each in all", "tanam", EVERYTHING, 3),
        ("two words in all", "warga menanam", EVERYTHING, 3),
        ("a phrase of words in all", '"menanam tanaman"', EVERYTHING, 3),
        ("in 5 %, with one in all", "gempa warga", EVERYTHING, 5),
    ],
)
def test_a_search(archive: Database, what: str, query: str, filters: Filters, most: float) -> None:
    def search() -> None:
        wanted = sought(archive, query)
        found = hits(archive, wanted, filters, limit=SHOWN)
        for number in found.ids:
            hit(archive, wanted, number)

    wanted = sought(archive, query)
    total = hits(archive, wanted, filters, limit=SHOWN).total
    bare = milliseconds(lambda: archive.execute(BARE, [wanted.expression]).fetchall())
    ours = milliseconds(search)
    widening = milliseconds(lambda: sought(archive, query))
    print(
        f"{what}: {query}: {total:,} found; {ours:.0f} ms, of which {widening:.1f} widen the "
        f"words; FTS5's own ranking of the same {bare:.0f} ms; {ours / bare:.1f} to 1"
    )
    assert ours / bare < most
