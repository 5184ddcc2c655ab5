"""Articles as one real page of the newsroom reads, each with an address, a number and words of
its own."""

import itertools
import json
import random
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

from borneone_crawler.discovery.pictures import picture_links
from borneone_crawler.items import Image, RawPage, Reading
from borneone_crawler.reading import Reader
from borneone_crawler.site import BORNEONETV

PAGE = Path(__file__).parents[2] / "fixtures" / "article_page" / "long-press-release"

_VOCABULARY = 60_000
_PARAGRAPHS = 8
_WORDS = 38
"""Words of a paragraph; eight of them are as long as the page's text."""


class Typical:
    """Makes them, the same each time."""

    def __init__(self, origin: str = BORNEONETV.base_url) -> None:
        self._origin = origin
        given = json.loads((PAGE / "input.json").read_text("utf-8"))
        page = RawPage(
            url=given["url"],
            body=(PAGE / "input.html").read_bytes(),
            content_type="text/html; charset=UTF-8",
            fetched_at="2026-01-01T00:00:00.000+00:00",
        )
        self._model = Reader(BORNEONETV, ()).read([page])
        self._address = given["url"]
        syllables = ["".join(pair) for pair in itertools.product("bcdfghjklmnprstwy", "aeiou")]
        names = random.Random(1)
        self._words = ["".join(names.choices(syllables, k=4)) for _ in range(_VOCABULARY)]
        # As often as words are in a language (Zipf's law).
        self._weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(_VOCABULARY)))

    def url(self, number: int) -> str:
        return f"{self._origin}/berita-{number}/"

    def reading(self, number: int, edition: int = 0) -> Reading:
        """What is read of its page; another text in another edition."""
        chance = random.Random(number * 97 + edition)
        text = chance.choices(self._words, cum_weights=self._weights, k=_PARAGRAPHS * _WORDS)
        paragraphs = [" ".join(text[n::_PARAGRAPHS]) for n in range(_PARAGRAPHS)]
        read = deepcopy(self._model)
        own, day = self.url(number), f"{number % 12 + 1:02}-{number % 28 + 1:02}"
        article = read.article
        article.url, article.post_id = own, number
        article.headline = " ".join(text[:9])
        article.description = " ".join(text[:25])
        article.date_published = f"{2010 + number % 15}-{day}T10:15:00+07:00"
        article.article_body = "\n\n".join(paragraphs)
        article.article_body_html = "".join(f"<p>{each}</p>\n" for each in paragraphs)
        picture = f"{self._origin}/wp-content/uploads/{number}.jpg"
        article.images = [Image(url=picture, caption="Foto: Humas")]
        article.main_image = article.images[0]
        read.links = [
            replace(link, url=link.url.replace(self._address, own)) for link in read.links
        ]
        read.links += picture_links(article, "lead")
        return read
