"""The others, each as its documentation recommends for news, its best field for each of ours.

Only HTML, address and bytes, goes in; whatever would fetch something is switched off. A field that
a reader does not have is left out.
"""

from collections.abc import Iterator
from typing import Any

from running import Fields, Read, page_by_page


def trafilatura() -> Read:
    """trafilatura as it comes."""
    return _trafilatura(favor_precision=False)


def trafilatura_precise() -> Read:
    """trafilatura where less text but correct is wanted."""
    return _trafilatura(favor_precision=True)


def _trafilatura(favor_precision: bool) -> Read:
    from trafilatura import bare_extraction

    def read(url: str, body: bytes) -> Fields:
        said = bare_extraction(
            body,
            url=url,
            favor_precision=favor_precision,
            include_comments=False,
            with_metadata=True,
            target_language=None,
            # by default it gives the day alone
            date_extraction_params={"original_date": True, "outputformat": "%Y-%m-%dT%H:%M:%S%z"},
        )
        if said is None:
            return _nothing("body", "headline", "date", "authors", "sections", "keywords")
        return {
            "body": "\n\n".join(_blocks(said.body)) if said.body is not None else said.text or "",
            "headline": said.title or "",
            "date": said.date or "",
            "authors": (said.author or "").split("; ") if said.author else [],
            "sections": said.categories or [],
            "keywords": said.tags or [],
        }

    return page_by_page(read)


def _blocks(tree: Any) -> Iterator[str]:
    """The text of trafilatura's tree: its plain text has bullets and bars, which no page shows."""
    for element in tree.iter("p", "head", "item", "cell", "quote", "code", "ab", "lb"):
        own = [element.text or ""]
        for child in element:
            if child.tag not in {"p", "head", "item", "cell", "list", "quote"}:
                own.append("".join(child.itertext()))
            own.append(child.tail or "")
        yield "".join(own)


def newspaper4k() -> Read:
    """newspaper4k, told the language."""
    from newspaper import Article

    def read(url: str, body: bytes) -> Fields:
        article = Article(url, language="id", fetch_images=False)
        article.download(input_html=body)
        article.parse()
        return {
            "body": article.text or "",
            "headline": article.title or "",
            "date": article.publish_date.isoformat() if article.publish_date else "",
            "authors": list(article.authors or []),
            "keywords": sorted(article.tags or article.meta_keywords or []),
            "videos": list(article.movies or []),
        }

    return page_by_page(read)


def readability() -> Read:
    """readability-lxml: the article's HTML, of which we take the text."""
    from lxml.html import document_fromstring
    from readability import Document

    def read(url: str, body: bytes) -> Fields:
        document = Document(body, url=url)
        author = document.author() or ""
        tree = document_fromstring(document.summary(html_partial=True) or "<div/>")
        for element in tree.iter("p", "div", "li", "td", "th", "br", "h2", "h3", "h4", "tr"):
            element.tail = "\n" + (element.tail or "")
        return {
            "body": tree.text_content(),
            "headline": document.short_title() or "",
            "authors": [author] if author not in {"", "[no-author]"} else [],
        }

    return page_by_page(read)


def news_please() -> Read:
    """news-please's own combination of extractors."""
    from newsplease import NewsPlease

    def read(url: str, body: bytes) -> Fields:
        article = NewsPlease.from_html(body, url=url, fetch_images=False)
        date = article.date_publish
        return {
            "body": article.maintext or "",
            "headline": article.title or "",
            "date": date.isoformat() if date else "",
            "authors": list(article.authors or []),
        }

    return page_by_page(read)


def resiliparse() -> Read:
    """Resiliparse's main content, without signs of its own."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    def read(url: str, body: bytes) -> Fields:
        tree = HTMLTree.parse_from_bytes(body, detect_encoding(body, from_html_meta=True))
        return {
            "body": extract_plain_text(
                tree, main_content=True, list_bullets=False, alt_texts=False
            ),
            "headline": tree.title or "",
        }

    return page_by_page(read)


def _nothing(*fields: str) -> Fields:
    empty: Fields = dict.fromkeys(("body", "headline", "date"), "")
    return {name: empty.get(name, []) for name in fields}
