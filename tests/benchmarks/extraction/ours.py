"""Our reader, from bytes to the article, as the crawler runs it."""

from functools import cache
from urllib.parse import urlsplit

from running import Fields, Page, Read

from borneone_crawler import reading
from borneone_crawler.items import NotAnArticle
from borneone_crawler.pages.page import Page as Parsed
from borneone_crawler.site import BORNEONETV
from borneone_crawler.urls import SiteUrls


def borneone() -> Read:
    """All pages of a post at once: that is how it reads."""
    return _read


def _read(pages: list[Page]) -> Fields:
    urls = _urls(urlsplit(pages[0][0])._replace(path="", query="", fragment="").geturl())
    parsed = [Parsed.from_bytes(url, body, "text/html; charset=UTF-8") for url, body in pages]
    try:
        article = reading.read(parsed, urls, BORNEONETV).article
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


_LISTS = ("authors", "sections", "keywords", "captions", "videos")


@cache
def _urls(origin: str) -> SiteUrls:
    return SiteUrls(origin, BORNEONETV.category_bases)
