"""Pictures, players and embedded posts, taken out of a text into fields of their own."""

import re
from dataclasses import dataclass, field

from lxml.etree import XPath, _Element

from borneone_crawler.items import Image, Reference, Video
from borneone_crawler.pages.captions import split_credit
from borneone_crawler.pages.pictures import address_of, caption_in
from borneone_crawler.pages.players import embedded_post, framed_post, video_of
from borneone_crawler.pages.text import text_of
from borneone_crawler.trees import drop
from borneone_crawler.urls import SiteUrls

_MEDIA = XPath(
    ".//img | .//iframe | .//video | .//audio | .//embed | .//object | .//blockquote"
    " | .//div[@data-href] | .//*[starts-with(name(), 'amp-')]"
)
# WordPress counts the players of a page in their addresses.
_COUNTER = re.compile(r"[?&]_=\d+$")
_EMPTIED = XPath(
    ".//figure[figcaption and not(*[not(self::figcaption)][normalize-space()])"
    " and not(text()[normalize-space()]) and not(.//table)]"
)


@dataclass(slots=True)
class Media:
    """What a text shows besides words, in order."""

    images: list[Image] = field(default_factory=list)
    videos: list[Video] = field(default_factory=list)
    embeds: list[Reference] = field(default_factory=list)
    lost_captions: list[str] = field(default_factory=list)
    """Words below players and below pictures without an address: the article has no field for
    them."""
    _shown: set[tuple[str, str | None]] = field(default_factory=set, repr=False)
    """Address and caption of each of the images."""

    def show(self, image: Image) -> None:
        """Add a picture, unless it was shown with the same words before."""
        shown = (image.url, image.caption)
        if shown not in self._shown:
            self._shown.add(shown)
            self.images.append(image)


def take_media(tree: _Element, page_url: str, urls: SiteUrls) -> Media:
    """Take all pictures, players and embedded posts, captions with them, out of a tree."""
    media = Media()
    for element in _MEDIA(tree):
        if not any(above is tree for above in element.iterancestors()):
            continue  # gone with the frame or the post around it
        if element.tag in {"div", "blockquote"} and not embedded_post(element):
            continue
        _take(element, tree, page_url, urls, media)
    for figure in _EMPTIED(tree):
        # A gallery's own caption, its pictures gone: it belongs to none of them.
        media.lost_captions.append(text_of(figure))
        drop(figure)
    return media


def _take(element: _Element, tree: _Element, page_url: str, urls: SiteUrls, media: Media) -> None:
    frame = _frame_of(element, tree)
    is_picture = element.tag in {"img", "amp-img"}
    if is_picture and (url := address_of(element, page_url, urls)):
        caption, credit = split_credit(caption_in(frame))
        media.show(Image(url=url, caption=caption, credit_text=credit))
    elif post := embedded_post(element):
        media.embeds.append(post)
    else:
        if not is_picture:
            _play(element, page_url, urls, media)
        if frame is not element and (words := caption_in(frame)):
            media.lost_captions.append(words)
    _drop(element, frame)


def _play(element: _Element, page_url: str, urls: SiteUrls, media: Media) -> None:
    if element.tag == "amp-youtube" and (identity := element.get("data-videoid")):
        media.videos.append(
            Video(
                url=f"https://www.youtube.com/watch?v={identity}",
                provider="youtube",
                video_id=identity,
            )
        )
        return
    places = [element, *element.iter("source")]
    for name in ("src", "data-src", "data-lazy-src", "data-litespeed-src", "data"):
        for place in places:
            url = urls.absolute(place.get(name) or "", page_url) if place.get(name) else None
            if url is None:
                continue
            if element.tag in {"audio", "video", "amp-audio", "amp-video"}:
                url = _COUNTER.sub("", url)
            if element.tag in {"video", "amp-video"}:
                media.videos.append(Video(url=url))
            elif video := video_of(url):
                media.videos.append(video)
            else:
                media.embeds.append(framed_post(url, element.get("title")))
            return


def _frame_of(element: _Element, tree: _Element) -> _Element:
    """The element that holds a picture or player and its caption, and no other text."""
    frame = element
    for above in element.iterancestors():
        if above is tree:
            break
        classes = (above.get("class") or "").split()
        if above.tag in {"figure", "a", "picture"} or "wp-caption" in classes:
            if above.tag == "figure" and _holds_more(above):
                break
            frame = above
        elif "gallery-item" in classes or (above.tag == "table" and _is_captioned(above)):
            frame = above
    return frame


def _holds_more(figure: _Element) -> bool:
    """Whether a figure frames several pictures, as Gutenberg's galleries do."""
    return len(figure.findall(".//figure")) > 0


def _is_captioned(table: _Element) -> bool:
    """Whether a table is Blogspot's frame: one picture, and below it one cell of words."""
    cells = list(table.iter("td", "th"))
    worded = [cell for cell in cells if text_of(cell)]
    return len(cells) == 2 and len(worded) <= 1 and len(list(table.iter("img"))) == 1


def _drop(element: _Element, frame: _Element) -> None:
    if element.getparent() is None:
        return
    if frame is not element:
        caption = caption_in(frame) or ""
        if text_of(frame) not in {"", caption} and frame.tag != "table":
            # A frame that was never closed has swallowed text: only what is the picture's goes.
            for part in frame.xpath(".//figcaption"):
                drop(part)
            frame = element
    drop(frame)
