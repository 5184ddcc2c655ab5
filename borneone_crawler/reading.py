"""The one sequence from captured page(s) to a Reading: STEPS over a Draft.

Pipelines, reparse, explain, import and benchmarks all read this way.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar

from lxml.etree import XPath, _Element

from borneone_crawler.cleaning import blocks, markup, rules, tree
from borneone_crawler.cleaning.dump import Dump, read_dump
from borneone_crawler.cleaning.lines import Known
from borneone_crawler.items import (
    Article,
    Image,
    Kind,
    Link,
    Reading,
    Reference,
    Removal,
)
from borneone_crawler.pages.captions import split_credit
from borneone_crawler.pages.choose import layout_of
from borneone_crawler.pages.layout import Layout, pick, pick_date
from borneone_crawler.pages.media import take_media
from borneone_crawler.pages.page import Page
from borneone_crawler.pages.parts import current_part, parts_of
from borneone_crawler.pages.pictures import same_picture
from borneone_crawler.pages.refusals import refusal
from borneone_crawler.pages.signature import dateline_of, initials_of, named_people
from borneone_crawler.site import Site
from borneone_crawler.urls import Form, SiteUrls

__all__ = [
    "CLEANING_STEPS",
    "STEPS",
    "Draft",
    "NotAnArticle",
    "begin",
    "current_part",
    "finish",
    "parts_of",
    "read",
    "read_text",
    "reader_version",
]

T = TypeVar("T")

_LENGTH = XPath("string-length(normalize-space())")
_LINKS = XPath(".//a/@href", smart_strings=False)

UNUSUAL_SHARE = 0.6
"""Share of the content container's text that cleaning takes only when something is odd."""


class NotAnArticle(Exception):  # noqa: N818 - most pages of a site are none
    """The page is no article's first page; `reason` says what it is.

    Reasons: "listing", "not found page", "static page", "password protected", "attachment page",
    "maintenance", "login page", "script shell", "empty body", "not html",
    "part of another article".
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(slots=True, kw_only=True)
class Draft:
    """An article on its way: what was read so far, with the trees still in hand."""

    article: Article
    contents: list[_Element]
    """One tree a page: the whole <body> at first, the cleaned text's container at the end."""
    layouts: list[Layout]
    """What reads each page."""
    containers: list[_Element]
    """In each page the element that holds the text."""
    urls: SiteUrls
    site: Site
    rules: rules.Rules
    reader: str
    canonical: str | None = None
    """The page's rel=canonical as it stands: a claim."""
    blocks: list[str] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    removals: list[Removal] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    link_order: dict[str, int] = field(default_factory=dict)
    """Where in the text each link stands, boilerplate included."""
    text_found: int = 0
    """Characters in the containers before anything was taken out."""

    @property
    def layout(self) -> Layout:
        """What reads the first page, and so the article's fields."""
        return self.layouts[0]


# -- begin, steps, finish -------------------------------------------------------------------------


def begin(
    pages: Sequence[Page],
    urls: SiteUrls,
    site: Site,
    *,
    own_rules: Sequence[Path] = (),
) -> Draft:
    """What the page says of the article, boilerplate still in the trees.

    `pages[0]` is the article's first page, the rest its parts in order. The pages themselves stay
    as they are. Raises NotAnArticle.
    """
    copies = [page.copy() for page in pages]
    if reason := refusal(copies[0]):
        raise NotAnArticle(reason)
    layouts = [layout_of(page, urls, site) for page in copies]
    first = layouts[0]
    draft = Draft(
        article=Article(url=urls.canonical(pages[0].url)),
        contents=[layout.page.body for layout in layouts],
        layouts=layouts,
        containers=[layout.text for layout in layouts],
        urls=urls,
        site=site,
        rules=rules.load(*own_rules),
        reader=first.name,
    )
    _read_fields(draft)
    _read_address(draft)
    _read_links(draft)
    return draft


def lift_fields_from_boilerplate(draft: Draft) -> None:
    """Tags, writer, editor and the player above the text stand in what is about to go."""
    _put(draft, "keywords", pick(draft.layout.keywords))
    named, source = pick(draft.layout.named_people)
    for name in (named or {}).get("authors", ()):
        if name not in draft.article.authors:
            draft.article.authors.append(name)
            draft.sources.setdefault("authors", source or "")
    for name in (named or {}).get("editor", ())[:1]:
        _put(draft, "editor", (name, source))
    draft.article.videos.extend(draft.layout.videos_above())


def remove_elements(draft: Draft) -> None:
    """Take out every element that a rule names."""
    for layout, container in zip(draft.layouts, draft.containers, strict=True):
        draft.text_found += int(_LENGTH(container))
        for href in _LINKS(container):
            draft.link_order.setdefault(href, len(draft.link_order))
        page = layout.page
        _record(
            draft,
            tree.remove_elements(page.body, draft.rules, protected=container, named=page.named),
        )


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
            draft.removals.append(Removal(rule="caption of a player", text=words))
    article.images = _distinct_images(article.main_image, article.images)
    if article.main_image is not None:
        article.main_image = article.images[0]
    article.videos = _distinct(article.videos, lambda video: video.url)
    article.embeds = _distinct(article.embeds, lambda embed: embed.url)


def remove_lines(draft: Draft) -> None:
    """Take out every line that a rule names; where "Baca juga" points goes to read_also."""
    mode = "unknown layout" if draft.reader == Layout.name else None
    known = Known(draft.article.headline, draft.article.authors, mode)
    for content in draft.contents:
        _record(draft, tree.remove_lines(content, draft.rules, known))
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
            found.append(Reference(url=url, text=blocks.fold("".join(anchor.itertext())) or None))
            if draft.urls.form(draft.urls.canonical(url)).form is Form.ARTICLE:
                draft.links.append(Link(url=url, kind=Kind.ARTICLE, text=found[-1].text))
    draft.article.outlinks = _distinct(found, lambda link: link.url)


def write_body(draft: Draft) -> None:
    """The text and the HTML of what remains."""
    found = [block for content in draft.contents for block in blocks.blocks_of(content)]
    draft.blocks = [block.text for block in found]
    draft.article.article_body = blocks.text_of(found)
    draft.article.article_body_html = markup.html_of(draft.contents)
    draft.article.word_count = len(draft.article.article_body.split())


def read_signature(draft: Draft) -> None:
    """Dateline, initials and named people: read from the text, and left in it."""
    article = draft.article
    if not draft.blocks:
        return
    outlets = draft.layout.outlet_names()
    _put(draft, "dateline", (dateline_of(draft.blocks[0], outlets), "text"))
    _put(draft, "byline_initials", (initials_of(draft.blocks), "text"))
    named = named_people("\n".join(draft.blocks[-3:]))
    for name in named.get("authors", ()):
        if name not in article.authors:
            article.authors.append(name)
            draft.sources.setdefault("authors", "text")
    if article.editor is None:
        _put(draft, "editor", (next(iter(named.get("editor", ())), None), "text"))


def check(draft: Draft) -> None:
    """Flag what a person should look at. Raises NotAnArticle for a page without anything in it."""
    article = draft.article
    has_content = article.article_body or article.images or article.videos or article.embeds
    if not has_content:
        raise NotAnArticle("empty body")
    if not article.article_body:
        draft.flags.append("no text")
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
    kept = len(article.article_body)
    if draft.text_found > 200 and kept < (1 - UNUSUAL_SHARE) * draft.text_found:
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


def finish(draft: Draft) -> Reading:
    """The draft without its trees."""
    return Reading(
        article=draft.article,
        reader=draft.reader,
        sources=draft.sources,
        removals=draft.removals,
        flags=list(dict.fromkeys(draft.flags)),
        links=_distinct(draft.links, lambda link: (link.kind, link.url)),
    )


def read(
    pages: Sequence[Page],
    urls: SiteUrls,
    site: Site,
    *,
    own_rules: Sequence[Path] = (),
) -> Reading:
    """Read an article from its page, or its pages in order. Raises NotAnArticle."""
    draft = begin(pages, urls, site, own_rules=own_rules)
    for step in STEPS:
        step(draft)
    return finish(draft)


def read_text(
    text: str, known_sections: Sequence[str], *, outlet_names: Sequence[str] = ("BorneOneTV",)
) -> Reading:
    """Read a plain text dump of a page through the plain-line rules.

    `known_sections` are the newsroom's section names: a dump glues them ("BeritaLifestyle"). A
    dump has no address (`article.url` is "") and no date but what its text says: none is taken.
    """
    dump: Dump = read_dump(text, known_sections, rules.load(), lambda line: split_credit(line)[1])
    article = Article(
        url="",
        headline=dump.headline,
        article_section=dump.sections,
        article_body="\n\n".join(dump.blocks),
        images=[
            Image(url="", caption=words, credit_text=credit)
            for words, credit in map(split_credit, dump.captions)
        ],
    )
    article.word_count = len(article.article_body.split())
    article.main_image = article.images[0] if article.images else None
    if dump.blocks:
        article.dateline = dateline_of(dump.blocks[0], outlet_names)
        article.byline_initials = initials_of(dump.blocks)
        named = named_people("\n".join(dump.blocks[-3:]))
        article.authors = named.get("authors", [])
        article.editor = next(iter(named.get("editor", ())), None)
    return Reading(
        article=article,
        reader="text dump",
        sources=dict.fromkeys(("headline", "article_section", "article_body"), "dump"),
        removals=[Removal(rule=rule, text=line) for rule, line in dump.removals],
        flags=["no date", "text dump"],
    )


@cache
def reader_version(*own_rules: Path) -> str:
    """Digest of all that decides how a page is read: the readers' source, the rules, own rules."""
    here = Path(__file__).parent
    files = [Path(__file__), *(here / "pages").glob("*.py"), *(here / "cleaning").glob("*.*")]
    digest = hashlib.sha256()
    readers = sorted(file for file in files if file.suffix in {".py", ".toml"})
    for path in (*readers, *own_rules):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


# -- what the steps share -------------------------------------------------------------------------


def _read_fields(draft: Draft) -> None:
    layout, article = draft.layout, draft.article
    _put(draft, "post_id", pick(layout.post_id))
    _put(draft, "headline", pick(layout.headline))
    _put(draft, "description", pick(layout.description))
    _put(draft, "date_published", pick_date(layout.date_published))
    _put(draft, "date_modified", pick_date(layout.date_modified))
    if article.date_modified == article.date_published:
        article.date_modified = None
        draft.sources.pop("date_modified", None)
    _put(draft, "authors", pick(layout.authors))
    _put(draft, "article_section", pick(layout.article_section))
    _put(draft, "in_language", pick(layout.in_language))
    if not article.in_language:
        _put(draft, "in_language", (draft.site.in_language, "site"))
    _put(draft, "main_image", pick(layout.main_image))
    _put(draft, "comment_count", pick(layout.comment_count))


def _read_address(draft: Draft) -> None:
    """The canonical claim is believed if it stays on the site and names an article."""
    draft.canonical, source = pick(draft.layout.canonical)
    draft.sources["url"] = "address"
    if draft.canonical and draft.urls.on_site(draft.canonical):
        claim = draft.urls.canonical(draft.canonical)
        if draft.urls.form(claim).form is Form.ARTICLE:
            draft.article.url = claim
            draft.sources["url"] = source or ""


def _read_links(draft: Draft) -> None:
    draft.links.extend(draft.layout.section_links())
    draft.links.extend(parts_of(draft.layout.page, draft.urls))


def _put(draft: Draft, name: str, found: tuple[object, str | None]) -> None:
    value, source = found
    if value not in (None, "", []):
        setattr(draft.article, name, value)
        draft.sources[name] = source or ""


def _record(draft: Draft, taken: Sequence[tree.Taken]) -> None:
    for one in taken:
        draft.removals.append(Removal(rule=one.rule.name, text=one.text))
        if one.rule.gives != "read_also":
            continue
        for href, words in one.links:
            if not (url := draft.urls.absolute(href, draft.layout.page.url)):
                continue
            if all(known.url != url for known in draft.article.read_also):
                draft.article.read_also.append(Reference(url=url, text=_without_label(words)))
            if draft.urls.form(draft.urls.canonical(url)).form is Form.ARTICLE:
                draft.links.append(Link(url=url, kind=Kind.ARTICLE, text=_without_label(words)))


_LABEL = re.compile(
    r"^(?:baca|lihat|simak|tonton)\s+(?:juga|pula|selengkapnya)\s*[:\-–—]?\s*", re.IGNORECASE
)


def _without_label(words: str) -> str | None:
    return _LABEL.sub("", words) or None


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
    found: list[Image] = []
    for image in [main, *images] if main else images:
        same = next((one for one in found if same_picture(one.url, image.url)), None)
        if same is None:
            found.append(image)
        elif same.caption is None and same.credit_text is None:
            same.caption, same.credit_text = image.caption, image.credit_text
    return found


def _distinct(items: list[T], key: Callable[[T], object]) -> list[T]:
    """The items whose key was not met before, in order."""
    first: dict[object, T] = {}
    for item in items:
        first.setdefault(key(item), item)
    return list(first.values())


def _is_later(one: str, other: str) -> bool:
    from datetime import datetime

    if "T" not in one:
        return one > other[:10]
    return datetime.fromisoformat(one) > datetime.fromisoformat(other)
