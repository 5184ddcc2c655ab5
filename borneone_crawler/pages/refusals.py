"""What is not an article, and how a page shows it."""

import re

from lxml.etree import _Element

from borneone_crawler.pages.content import headline_of, in_comments
from borneone_crawler.pages.page import Page
from borneone_crawler.pages.parts import current_part
from borneone_crawler.pages.structured import ARTICLE_TYPES
from borneone_crawler.pages.text import pieces_of, text_of

_NOT_FOUND = re.compile(
    r"halaman (?:itu |ini |yang \w+ \w+ )?tidak (?:dapat |bisa )?ditemukan|page not found"
    r"|that page can.t be found|^(?:error )?404\b|tidak ditemukan$|^nothing found",
    re.IGNORECASE,
)
_MAINTENANCE = re.compile(
    r"\bmaintenance\b|sedang (?:dalam )?(?:perbaikan|pemeliharaan)|under construction"
    r"|briefly unavailable|segera kembali|coming soon",
    re.IGNORECASE,
)
_SCRIPT_NEEDED = re.compile(
    r"enable javascript|javascript is (?:required|disabled)|aktifkan javascript"
    r"|just a moment|checking your browser|memeriksa browser",
    re.IGNORECASE,
)
# Whatever these two find has one of these in it, once the spaces are out.
_TELLING = (
    "maintenance", "sedangdalam", "sedangperbaikan", "sedangpemeliharaan", "underconstruction",
    "unavailable", "segerakembali", "comingsoon", "javascript", "justamoment", "browser",
)  # fmt: skip
_SHORT = 500
"""Characters of a page that says little else than what it says."""
_LONG = 2_000
"""Characters from which on a page shows something, whatever it says."""

_LISTING_CLASSES = frozenset(
    {"home", "blog", "archive", "category", "tag", "search", "author", "date"}
)
_LISTING_TYPES = ("CollectionPage", "SearchResultsPage", "ProfilePage")


def refusal(page: Page) -> str | None:
    """Why a page is not the first page of an article, or None if nothing speaks against it.

    The reasons are those of `reading.NotAnArticle`; an empty text is found only after cleaning.
    """
    if not page.is_html:
        return "not html"
    classes = page.classes
    if any("action=postpass" in (form.get("action") or "") for form in page.body.iter("form")):
        return "password protected"
    if "error404" in classes or ".error-404" in page.named:
        return "not found page"
    if "attachment" in classes or _stands_for(page, "media"):
        return "attachment page"
    if "login" in classes or "#loginform" in page.named:
        return "login page"
    is_post = "single-post" in classes or _stands_for(page, "posts") or _says_article(page)
    if not is_post:
        if reason := _by_words(page):
            return reason
        if "page" in classes or _stands_for(page, "pages"):
            return "static page"
        if not classes.isdisjoint(_LISTING_CLASSES) or _lists(page):
            return "listing"
    if current_part(page) > 1:
        return "part of another article"
    return None


def has_login(article: _Element) -> bool:
    """Whether an article has a place to log in outside its comments."""
    fields = (one for one in article.iter("input") if one.get("type") == "password")
    doors = (one for one in article.iter("a") if "wp-login.php" in (one.get("href") or ""))
    return any(not in_comments(one) for one in (*fields, *doors))


def needs_script(text: str) -> bool:
    """Whether the text found in place of an article only says that a script would show it."""
    return len(text) < _SHORT and bool(_SCRIPT_NEEDED.search(text))


def _stands_for(page: Page, kind: str) -> bool:
    """Whether WordPress's own head links name the page as one of a kind of its REST API."""
    return any(f"/wp/v2/{kind}/" in href for href in page.links.get("alternate", ()))


def _says_article(page: Page) -> bool:
    said = page.structured
    if said.metas.get("og:type", "").lower() == "article" and not said.of_type(*_LISTING_TYPES):
        return "article:published_time" in said.metas or bool(said.of_type(*ARTICLE_TYPES))
    return bool(said.of_type(*ARTICLE_TYPES)) and not said.of_type(*_LISTING_TYPES)


def _by_words(page: Page) -> str | None:
    heading = headline_of(page)
    title = page.root.findtext(".//title") or ""
    words = [text_of(heading)] if heading is not None else []
    for text in [*words, title.strip()]:
        if _NOT_FOUND.search(text):
            return "not found page"
        if _MAINTENANCE.search(text):
            return "maintenance"
        if _SCRIPT_NEEDED.search(text):
            return "script shell"
    if page.root.xpath("boolean(//input[@type='password'])"):
        return "login page"
    # Cheap first: the text is no shorter than its letters, and says nothing that they do not.
    letters = "".join("".join(pieces_of(page.body)).split())
    if len(letters) >= _LONG:
        return None
    if letters and not any(word in letters.casefold() for word in _TELLING):
        return None
    text = text_of(page.body)
    if len(text) < _LONG:
        if _SCRIPT_NEEDED.search(text) or (not text and page.root.xpath("boolean(//script)")):
            return "script shell"
        if _MAINTENANCE.search(text) and len(text) < _SHORT:
            return "maintenance"
    return None


def _lists(page: Page) -> bool:
    """Whether a page without any sign of an article shows several of them."""
    if page.structured.of_type(*_LISTING_TYPES):
        return True
    posts = page.root.xpath("count(//main//article[.//h2//a or .//h3//a])")
    return int(posts) > 1
