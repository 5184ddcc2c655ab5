"""What a page says of its article before anything is cleaned: fields, address, links."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from borneone_crawler.cleaning import rules
from borneone_crawler.items import ASKS_FOR_LOGIN, Article, Kind, Link, NotAnArticle
from borneone_crawler.pages.choose import layout_of
from borneone_crawler.pages.layout import pick, pick_date
from borneone_crawler.pages.page import Page
from borneone_crawler.pages.parts import parts_of
from borneone_crawler.pages.refusals import has_login, refusal
from borneone_crawler.reading.draft import Draft, put
from borneone_crawler.site import Site
from borneone_crawler.urls import BUTTON, Form, SiteUrls


def begin(
    pages: Sequence[Page],
    urls: SiteUrls,
    site: Site,
    *,
    own_rules: Path | None = None,
) -> Draft:
    """What the page says of the article, boilerplate still in the trees.

    `pages[0]` is the article's first page, the rest its parts in order. The draft holds their
    trees, and the steps take these apart: who needs a page afterwards gives a copy. Raises
    NotAnArticle.
    """
    if reason := refusal(pages[0]):
        raise NotAnArticle(reason)
    layouts = [layout_of(page, urls, site) for page in pages]
    first = layouts[0]
    draft = Draft(
        article=Article(url=urls.canonical(pages[0].url)),
        contents=[layout.page.body for layout in layouts],
        layouts=layouts,
        containers=[layout.text for layout in layouts],
        urls=urls,
        site=site,
        rules=rules.load(own_rules),
        reader=first.name,
    )
    _read_fields(draft)
    _read_address(draft)
    _read_links(draft)
    if has_login(first.article):
        draft.flags.append(ASKS_FOR_LOGIN)
    return draft


def _read_fields(draft: Draft) -> None:
    layout, article = draft.layout, draft.article
    put(draft, "post_id", pick(layout.post_id))
    put(draft, "headline", pick(layout.headline))
    put(draft, "description", pick(layout.description))
    put(draft, "date_published", pick_date(layout.date_published))
    put(draft, "date_modified", pick_date(layout.date_modified))
    if article.date_modified == article.date_published:
        article.date_modified = None
        draft.sources.pop("date_modified", None)
    put(draft, "authors", pick(layout.authors))
    put(draft, "article_section", pick(layout.article_section))
    put(draft, "in_language", pick(layout.in_language))
    if not article.in_language:
        put(draft, "in_language", (draft.site.in_language, "site"))
    put(draft, "main_image", pick(layout.main_image))
    put(draft, "comment_count", pick(layout.comment_count))


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
    draft.links.extend(_own_spellings(draft))


def _own_spellings(draft: Draft) -> list[Link]:
    """Other addresses by which the page links to itself, but for those of its buttons."""
    page, urls, own = draft.layout.page, draft.urls, draft.article.url
    slug = urlsplit(own).path.rstrip("/").rpartition("/")[2]
    found: dict[str, Link] = {}
    queried = (href for _, href in page.anchors if "?" in href and not BUTTON.search(href))
    for href in dict.fromkeys(queried):
        # Cheap first: most of these links are to places where the page can be shared.
        if href.startswith("http") and not _may_name(href.partition("?")[0], slug):
            continue
        url = urls.absolute(href, page.url)
        if url is not None and urls.on_site(url) and urls.canonical(url) == own:
            found[url] = Link(url=url, kind=Kind.ARTICLE)
    return list(found.values())


def _may_name(address: str, slug: str) -> bool:
    """Whether an address may end in this slug, written as it is or with other escapes."""
    return slug in address or "%" in address or not address.isascii()
