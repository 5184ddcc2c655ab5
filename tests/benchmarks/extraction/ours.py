"""Our reader, from the bytes of a capture to the article, as `scrapy reparse` runs it."""

from dataclasses import replace
from functools import cache
from urllib.parse import urlsplit

from running import Fields, Page, Read

from borneone_crawler.items import NotAnArticle, RawPage
from borneone_crawler.reading import Reader
from borneone_crawler.site import BORNEONETV

_LISTS = ("authors", "sections", "keywords", "captions", "videos")
_CAPTURED = "2026-01-01T00:00:00+00:00"


def borneone() -> Read:
    """All pages of a post at once: that is how it reads."""
    return _read


def _read(pages: list[Page]) -> Fields:
    captures = [
        RawPage(url=url, body=body, content_type="text/html; charset=UTF-8", fetched_at=_CAPTURED)
        for url, body in pages
    ]
    address = urlsplit(pages[0][0])
    try:
        article = _reader(f"{address.scheme}://{address.netloc}").read(captures).article
    except NotAnArticle:
        return {"body": "", "headline": "", "date": "", **{name: [] for name in _LISTS}}
    return {
        "body": article.article_body,
        "headline": article.headline or "",
        "date": article.date_published or "",
        "authors": article.authors,
        "sections": article.article_section,
        "keywords": article.keywords,
        "captions": [
            (image.caption or "", image.credit_text or "")
            for image in article.images
            if image.caption or image.credit_text
        ],
        "videos": [video.url for video in article.videos],
    }


@cache
def _reader(origin: str) -> Reader:
    return Reader(replace(BORNEONETV, base_url=origin))
