"""The steps of the reading, in order: each a small function over a Draft."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from lxml.etree import _Element, tostring

from borneone_crawler.cleaning import blocks, markup, tree
from borneone_crawler.cleaning.lines import Known
from borneone_crawler.items import (
    GARBLED,
    WRONG_CHARSET,
    Image,
    Kind,
    Link,
    NotAnArticle,
    Reference,
    Removal,
)
from borneone_crawler.pages.layout import Layout, pick
from borneone_crawler.pages.media import take_media
from borneone_crawler.pages.pictures import upload_of
from borneone_crawler.pages.refusals import needs_script
from borneone_crawler.pages.signature import dateline_of, initials_of, typed_people
from borneone_crawler.reading.draft import Draft, distinct, put
from borneone_crawler.trees import fold

# What UTF-8 looks like when it was read as windows-1252 or Latin-1, and what a decoder puts in
# place of what it could not read. One of four characters first: to them re can skip.
_GARBLED = re.compile(
    "[\u00e2\u00c2\u00c3\ufffd]"
    "(?:(?<=\u00e2)[\u20ac\u0080]|(?<=[\u00c2\u00c3])[\u0080-\u00bf]|(?<=\ufffd))"
)
_GARBLED_MARKS = 2
"""How many of these a text has at least when it is not about them."""

FURNITURE = 300
"""Characters of labels, buttons and counters that line rules take off a page at the most."""
LONG, VERY_SHORT = 1_000, 120
"""Characters of a text that was one, and of what is left when there is none any more."""


def lift_fields_from_boilerplate(draft: Draft) -> None:
    """Tags, writer, editor and the player above the text stand in what is about to go."""
    put(draft, "keywords", pick(draft.layout.keywords))
    named, source = pick(draft.layout.named_people)
    for name in (named or {}).get("authors", ()):
        if name not in draft.article.authors:
            draft.article.authors.append(name)
            draft.sources.setdefault("authors", source or "")
    for name in (named or {}).get("editor", ())[:1]:
        put(draft, "editor", (name, source))
    put(draft, "videos", (draft.layout.videos_above(), "above the text"))


def remove_elements(draft: Draft) -> None:
    """Take out every element that a rule names."""
    for layout, container in zip(draft.layouts, draft.containers, strict=True):
        found = _prose(container)
        for anchor in container.iter("a"):
            if href := anchor.get("href"):
                draft.link_order.setdefault(href, len(draft.link_order))
        page = layout.page
        _record(
            draft,
            tree.remove_elements(page.body, draft.rules, protected=container, named=page.named),
        )
        draft.boxes_cut += found - _prose(container)


def narrow_to_content(draft: Draft) -> None:
    """Of the page only the element that holds the text remains, from the headline on."""
    for container, layout in zip(draft.containers, draft.layouts, strict=True):
        heading = layout.heading
        if heading is not None and any(above is container for above in heading.iterancestors()):
            _drop_up_to(heading, container)
    draft.contents = list(draft.containers)


def lift_media(draft: Draft) -> None:
    """Pictures, players and embedded posts go to fields of their own, captions with them."""
    article = draft.article
    for content, layout in zip(draft.contents, draft.layouts, strict=True):
        media = take_media(content, layout.page.url, draft.urls)
        article.images.extend(media.images)
        article.videos.extend(media.videos)
        article.embeds.extend(media.embeds)
        for words in media.lost_captions:
            draft.removals.append(Removal(rule="lost caption", text=words))
    article.images = _distinct_images(article.main_image, article.images)
    if article.main_image is not None:
        article.main_image = article.images[0]
        if len(article.images) == 1:
            draft.sources["images"] = draft.sources["main_image"]
    article.videos = distinct(article.videos, lambda video: video.url)
    article.embeds = distinct(article.embeds, lambda embed: embed.url)


def remove_lines(draft: Draft) -> None:
    """Take out every line that a rule names; where "Baca juga" points goes to read_also."""
    mode = "unknown layout" if draft.reader == Layout.name else None
    known = Known(draft.article.headline, draft.article.authors, mode)
    for content in draft.contents:
        taken = tree.remove_lines(content, draft.rules, known)
        draft.lines_cut += sum(len(one.text) for one in taken if not one.rule.gives)
        _record(draft, taken)
    last = len(draft.link_order)
    draft.article.read_also.sort(key=lambda link: draft.link_order.get(link.url, last))


def read_outlinks(draft: Draft) -> None:
    """Every link that remains in the text, absolute in the stored HTML too."""
    found: list[Reference] = []
    for content, layout in zip(draft.contents, draft.layouts, strict=True):
        for anchor in content.iter("a"):
            href = anchor.get("href") or ""
            url = draft.urls.absolute(href, layout.page.url)
            if url is None or href.startswith("#"):
                continue
            anchor.set("href", url)
            found.append(Reference(url=url, text=fold("".join(anchor.itertext())) or None))
            if draft.urls.on_site(url):
                draft.links.append(Link(url=url, kind=Kind.ARTICLE, text=found[-1].text))
    draft.article.outlinks = distinct(found, lambda link: link.url)


def write_body(draft: Draft) -> None:
    """The text and the HTML of what remains."""
    found = [block for content in draft.contents for block in blocks.blocks_of(content)]
    draft.blocks = [block.text for block in found]
    draft.article.article_body = blocks.text_of(found)
    draft.article.article_body_html = markup.html_of(draft.contents)
    draft.article.word_count = len(draft.article.article_body.split())
    place = _place_of(draft.containers[0])
    for name in ("article_body", "images", "videos", "embeds", "read_also", "outlinks"):
        if getattr(draft.article, name):
            draft.sources.setdefault(name, place)


def read_signature(draft: Draft) -> None:
    """Dateline, initials and named people: read from the text, and left in it."""
    article = draft.article
    if not draft.blocks:
        return
    outlets = draft.layout.outlet_names()
    put(draft, "dateline", (dateline_of(draft.blocks[0], outlets), "text"))
    put(draft, "byline_initials", (initials_of(draft.blocks), "text"))
    named = typed_people("\n".join(draft.blocks[-3:]))
    for name in named.get("authors", ()):
        if name not in article.authors:
            article.authors.append(name)
            draft.sources.setdefault("authors", "text")
    if article.editor is None:
        put(draft, "editor", (next(iter(named.get("editor", ())), None), "text"))


def check(draft: Draft) -> None:
    """Flag what a person should look at. Raises NotAnArticle for a page without anything in it,
    or with nothing but a call for a script."""
    article = draft.article
    has_content = article.article_body or article.images or article.videos or article.embeds
    if not has_content:
        raise NotAnArticle("empty body")
    if needs_script(article.article_body):
        raise NotAnArticle("script shell")
    if not article.article_body:
        draft.flags.append("no text")
    elif not article.article_body_html:
        draft.flags.append("too long for HTML")
    if not article.headline:
        draft.flags.append("no headline")
    if not article.date_published:
        draft.flags.append("no date")
    elif "T" not in article.date_published:
        draft.flags.append("date without time of day")
    fetched_at = draft.layout.page.fetched_at
    if article.date_published and fetched_at and _is_later(article.date_published, fetched_at):
        draft.flags.append("date in the future")
    draft.flags.extend(f"unreadable date: {raw}" for raw in draft.layout.unreadable)
    if draft.layout.page.is_misdeclared:
        draft.flags.append(WRONG_CHARSET)
    if len(_GARBLED.findall(article.article_body)) >= _GARBLED_MARKS:
        draft.flags.append(GARBLED)
    if _is_unusual_share(draft):
        draft.flags.append("unusual share removed")
    if draft.reader == Layout.name:
        draft.flags.append("unknown layout")


STEPS: tuple[Callable[[Draft], None], ...] = (
    lift_fields_from_boilerplate,
    remove_elements,
    narrow_to_content,
    lift_media,
    remove_lines,
    read_outlinks,
    write_body,
    read_signature,
    check,
)
"""From a Draft as `begin` leaves it to one that `finish` can close, in this order."""

CLEANING_STEPS = (remove_elements, narrow_to_content, remove_lines)
"""Those of STEPS that take boilerplate away: without them it is stored."""


def _place_of(container: _Element) -> str:
    """The element that holds the text, as a selector names it: "div.entry-content"."""
    mark = f"#{container.get('id')}" if container.get("id") else ""
    for name in (container.get("class") or "").split()[:1]:
        mark = mark or f".{name}"
    return f"{container.tag}{mark}"[:80]


def _record(draft: Draft, taken: Sequence[tree.Taken]) -> None:
    draft.taken.extend(taken)
    known = {link.url for link in draft.article.read_also}
    for one in taken:
        draft.removals.append(Removal(rule=one.rule.name, text=one.text))
        if one.rule.gives != "read_also":
            continue
        for href, words in one.links:
            if not (url := draft.urls.absolute(href, draft.layout.page.url)):
                continue
            if url not in known:
                known.add(url)
                draft.article.read_also.append(Reference(url=url, text=_without_label(words)))
            if draft.urls.on_site(url):
                draft.links.append(Link(url=url, kind=Kind.ARTICLE, text=_without_label(words)))


_LABEL = re.compile(
    r"^(?:baca|lihat|simak|tonton)\s+(?:juga|pula|selengkapnya)\s*[:\-–—]?\s*", re.IGNORECASE
)


def _without_label(words: str) -> str | None:
    return _LABEL.sub("", words) or None


def _is_unusual_share(draft: Draft) -> bool:
    """Whether rules took more of a text than they left, or all but nothing of a long one.

    What stands around a text and in links, such as related posts, says nothing: a short text has
    as much of it as a long one.
    """
    kept = len(draft.article.article_body)
    if draft.lines_cut > max(kept, FURNITURE * len(draft.contents)):
        return True
    return kept < VERY_SHORT and draft.lines_cut + draft.boxes_cut > LONG


def _prose(container: _Element) -> int:
    """Characters of a text outside of links."""
    return _length(container) - sum(map(_length, container.iter("a", "script", "style")))


def _length(element: _Element) -> int:
    text = tostring(element, method="text", encoding="unicode", with_tail=False)
    return len(" ".join(text.split()))


def _drop_up_to(heading: _Element, container: _Element) -> None:
    """Drop everything in the container before the end of the headline."""
    while heading is not container:
        parent = heading.getparent()
        parent.text = None
        for before in list(heading.itersiblings(preceding=True)):
            parent.remove(before)
        if heading.tag in {"h1", "h2", "h3"} or (not len(heading) and not heading.text):
            tail = heading.tail
            parent.remove(heading)
            parent.text = tail
        heading = parent


def _distinct_images(main: Image | None, images: list[Image]) -> list[Image]:
    """Each picture once, the main one first; a later copy may bring the caption."""
    found: dict[str, Image] = {}
    for image in [main, *images] if main else images:
        same = found.setdefault(upload_of(image.url), image)
        if same.caption is None and same.credit_text is None:
            same.caption, same.credit_text = image.caption, image.credit_text
    return [*found.values()]


def _is_later(one: str, other: str) -> bool:
    if "T" not in one:
        return one > other[:10]
    return datetime.fromisoformat(one) > datetime.fromisoformat(other)
