"""Pictures on a page: their largest address and the words below them."""

import re
from urllib.parse import urlsplit

from lxml.etree import _Element

from borneone_crawler.pages.text import text_of
from borneone_crawler.urls import SiteUrls

_FILE = re.compile(r"\.(?:avif|bmp|gif|jpe?g|png|tiff?|webp)$", re.IGNORECASE)
# What WordPress appends to a file name for a smaller copy or an edited original.
_SIZE = re.compile(r"(?:-\d+x\d+|-scaled|-rotated|-e\d{10,})+(?=\.\w+$)")

# Where a picture's address waits while a script loads it late, best first.
_LAZY = ("data-orig-file", "data-large-file", "data-full-url", "data-lazy-src", "data-src")


def address_of(image: _Element, page_url: str, urls: SiteUrls) -> str | None:
    """The largest picture the page proves to exist, absolute; None for a tracking pixel.

    A link to the picture's own file wins, then a lazy loader's original, then the widest of
    srcset, then src.
    """
    if image.get("width") in {"0", "1"} and image.get("height") in {"0", "1"}:
        return None
    names = [image.get(name) or "" for name in _LAZY]
    srcset = image.get("srcset") or image.get("data-srcset") or image.get("data-lazy-srcset") or ""
    names += [widest(srcset), image.get("src") or ""]
    found = [
        url
        for name in names
        if name and not name.startswith("data:") and (url := urls.absolute(name, page_url))
    ]
    link = next(image.iterancestors("a"), None)
    if link is not None and (target := urls.absolute(link.get("href") or "", page_url)):
        is_file = _FILE.search(urlsplit(target).path)
        if is_file and (not found or any(same_picture(target, one) for one in found)):
            return target
    return found[0] if found else None


def widest(srcset: str) -> str:
    """The address with the largest width or density of a srcset, "" if there is none."""
    best, most = "", 0.0
    for candidate in re.split(r",\s+", srcset.strip()):
        address, _, size = candidate.strip().partition(" ")
        number = re.match(r"\d+(?:\.\d+)?", size.strip())
        value = float(number[0]) if number else 1.0
        if address and value > most:
            best, most = address, value
    return best


def same_picture(one: str, other: str) -> bool:
    """Whether two addresses are sizes of one upload."""
    return upload_of(one) == upload_of(other)


def caption_in(element: _Element) -> str | None:
    """The words below the picture in a figure, or whatever frames it."""
    captions = [
        *element.iter("figcaption"),
        *(one for one in element.iter("p", "dd", "div") if _is_caption(one)),
    ]
    if element.tag == "table":  # Blogspot's frame: a picture, and below it a cell of words
        captions += element.iter("td", "th")
    return next(filter(None, map(text_of, captions)), None)


def _is_caption(element: _Element) -> bool:
    return "wp-caption-text" in (element.get("class") or "").split()


def upload_of(url: str) -> str:
    """The file name of the upload that a picture's address, or what is in place of one, is of."""
    path = re.split("[?#]", url, maxsplit=1)[0]
    return _SIZE.sub("", path.rsplit("/", 1)[-1].lower())
