"""Where on a page the article, its headline and its text stand, by structure alone."""

from collections import Counter

from lxml.etree import XPath, _Element

from borneone_crawler.pages.page import Page
from borneone_crawler.pages.text import letters, text_of

# Text a reader would call prose: no links, no furniture, nothing shorter than a short sentence.
_PROSE = XPath(
    ".//text()[string-length(normalize-space()) > 19][not(ancestor::a or ancestor::script"
    " or ancestor::style or ancestor::noscript or ancestor::form or ancestor::nav"
    " or ancestor::aside or ancestor::figcaption or ancestor::button or ancestor::h1"
    " or ancestor::*[starts-with(@id, 'comment') or @id='respond'"
    " or contains(@itemtype, 'BreadcrumbList')])]"
)
# A picture that links to a page, outside galleries.
_LINKED_PICTURES = XPath(".//a[@href][.//img][not(ancestor::figure or ancestor::dl)]")
_COMMENT_LINKS = XPath(".//a[contains(@href, '#comment-') or contains(@href, 'replytocom=')]")
_BODIES = XPath(".//*[@itemprop='articleBody']")
_LENGTH = XPath("string-length(normalize-space())")
_EXCERPT = 400
"""Characters that a card of another article has at most."""
_MEDIA = XPath(".//*[self::iframe or self::video or self::img or self::blockquote]")
_MEDIA_WEIGHT = 20
_SHARE = 0.5
"""Share of the prose that one child must hold for the text to be in it."""


def headline_of(page: Page) -> _Element | None:
    """The heading that is the article's own, not the site's or a widget's."""
    # One that leads to the home page is the site's name.
    headings = [
        one
        for one in page.root.iter("h1")
        if text_of(one) and all(link.get("rel") != "home" for link in one.iter("a"))
    ]
    if len(headings) > 1:
        said = letters(
            page.structured.text("headline")
            or page.structured.metas.get("og:title")
            or page.root.findtext(".//title")
            or ""
        )
        # The longest: the site's name may be a heading, and stands in the title too.
        own = [one for one in headings if 0 < len(letters(text_of(one))) <= len(said)]
        own = [one for one in own if letters(text_of(one)) in said]
        if own:
            return max(own, key=lambda one: len(letters(text_of(one))))
        inside = [
            one for one in headings if any(True for _ in one.iterancestors("article", "main"))
        ]
        headings = inside or headings
    if headings:
        return headings[0]
    named = page.root.xpath(
        "//*[self::h2 or self::h3][contains(@class, 'entry-title') or @itemprop='headline']"
    )
    return named[0] if len(named) == 1 else None


def in_comments(element: _Element) -> bool:
    """Whether an element stands in WordPress's list of comments or in the form for one."""
    names = (above.get("id") or "" for above in element.iterancestors())
    return any(name == "respond" or name.startswith("comment") for name in names)


def article_of(page: Page, heading: _Element | None) -> _Element:
    """The element that holds headline and text, as narrow as the page shows it."""
    if heading is None:
        posts = page.root.xpath("//article[starts-with(@id, 'post-')]")
        posts = posts or page.root.xpath("//main")
        return posts[0] if len(posts) == 1 else page.body
    for above in heading.iterancestors():
        if above.tag in {"article", "main", "body"} or "hentry" in (above.get("class") or ""):
            return above
    return page.body


def content_of(article: _Element, heading: _Element | None) -> _Element:
    """The element that holds the text: where the prose is and the headline no longer.

    If both stand side by side in one element, that element: the text then begins behind the
    headline.
    """
    said = _BODIES(article)
    if len(said) == 1:
        found: _Element = said[0]
        return found
    weights = _weights(article, heading)
    above = set() if heading is None else {heading, *heading.iterancestors()}
    node = article
    while len(node):
        child = max(node, key=lambda one: weights[one])
        if weights[child] <= _SHARE * weights[node] or child.tag in _PROSE_TAGS:
            return node
        if node not in above and not _only_links_beside(child, node, weights):
            return node
        node = child
    return node


# No element that could hold a whole text.
_PROSE_TAGS = frozenset(
    {"p", "li", "ul", "ol", "dl", "table", "blockquote", "pre", "figure", "iframe", "img"}
)


def _weights(article: _Element, heading: _Element | None) -> Counter[_Element]:
    """Characters of prose below each element."""
    weights: Counter[_Element] = Counter()
    cards = _cards(article)
    in_cards = {above for card in cards for above in list(card.iterancestors())[:3]}
    title = "" if heading is None else letters(text_of(heading))
    comments = _comments(article)
    for text in _PROSE(article):
        if letters(text) == title:
            continue
        element = text.getparent()
        if text.is_tail:
            element = element.getparent()
        if _is_below(element, comments):
            continue
        around = [element, *list(element.iterancestors())[:2]]
        if not any(one in in_cards and _is_short(one) for one in around):
            _add(weights, element, article, len(text))
    for media in _MEDIA(article):
        if cards.isdisjoint(media.iterancestors("a")) and not _is_below(media, comments):
            _add(weights, media, article, _MEDIA_WEIGHT)
    return weights


def _is_below(element: _Element, those: set[_Element]) -> bool:
    return bool(those) and not those.isdisjoint({element, *element.iterancestors()})


def _add(weights: Counter[_Element], element: _Element, top: _Element, weight: int) -> None:
    while element is not None:
        weights[element] += weight
        if element is top:
            return
        element = element.getparent()


def _comments(article: _Element) -> set[_Element]:
    """The comments, known by the links to them that WordPress prints in each."""
    items = (next(link.iterancestors("li"), None) for link in _COMMENT_LINKS(article))
    return {item for item in items if item is not None}


def _cards(article: _Element) -> set[_Element]:
    """The picture links of lists of other articles, where the headline links to the same page."""
    worded = {anchor.get("href") for anchor in article.iter("a") if text_of(anchor)}
    return {one for one in _LINKED_PICTURES(article) if one.get("href") in worded}


def _is_short(element: _Element) -> bool:
    return bool(_LENGTH(element) < _EXCERPT)


def _only_links_beside(child: _Element, node: _Element, weights: Counter[_Element]) -> bool:
    """Whether all that stands beside a child is empty, or links and no prose."""
    if (node.text or "").strip():
        return False
    for other in node:
        if other is child or not isinstance(other.tag, str):
            continue
        if (other.tail or "").strip() or weights[other]:
            return False
        if text_of(other) and not other.xpath("boolean(.//a)"):
            return False
    return True
