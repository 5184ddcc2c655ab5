"""One captured page in hand, decoded and parsed once."""

import re
from codecs import BOM_UTF8
from collections import defaultdict
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property

from lxml.etree import HTMLParser, XMLSyntaxError, _Element, fromstring
from parsel import Selector
from w3lib.encoding import html_to_unicode

from borneone_crawler.pages.mending import take_back, write_out_emoji
from borneone_crawler.pages.structured import Structured

# What calls itself HTML may be a feed or JSON; XHTML may begin with an XML declaration. No comment
# is taken apart again ("*+"): thirty of them before something else would take minutes.
_BEGINS_HTML = re.compile(
    r"\s*+(?:<\?xml[^>]*>\s*+)?(?:<!--.*?-->\s*+)*+"
    r"<(?:!doctype\s+html|(?!rss|feed|rdf|urlset|sitemap|[?!])\w)",
    re.IGNORECASE | re.DOTALL,
)
# Characters no reader sees and XML does not allow: lxml would parse them and refuse to move them.
_CONTROLS = bytes({*range(0x20)} - set(b"\t\n\r\f"))
# Begins with two fixed bytes, which is what makes the search through a whole page cheap.
_CONTROLS_WRITTEN = re.compile(
    rb"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])"
    rb"|[xX]0*(?:[0-8bBcCeEfF]|1[\da-fA-F]|[fF]{3}[eEfF]))"
    rb"(?:;|(?![\da-fA-F]))"
)
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_ENOUGH_TO_TELL = 3
"""Characters beyond ASCII, all in UTF-8 or none, that leave no doubt."""
_UTF_8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
"""A character beyond ASCII (RFC 3629 section 4, roughly)."""
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", ""})


@dataclass(slots=False)
class Page:
    """A page as the newsroom served it; reading it leaves it as it is."""

    url: str
    selector: Selector
    is_html: bool = True
    """False where the header or the first characters say it is something else."""
    fetched_at: str | None = None
    """When it was captured, ISO 8601 with offset: what "2 jam lalu" and "in the future" mean."""
    is_misdeclared: bool = False
    """It is UTF-8 or windows-1252, and says that it is something else."""

    @classmethod
    def from_bytes(
        cls,
        url: str,
        body: bytes,
        content_type: str | None = None,
        *,
        fetched_at: str | None = None,
    ) -> "Page":
        """Decode by byte order mark, header, meta, in that order, else as UTF-8 or windows-1252;
        as UTF-8 whatever is declared, where the bytes are nothing else: no text of another charset
        is well-formed UTF-8 by chance. And as windows-1252 where UTF-8 is declared and none of
        the bytes beyond ASCII are any.

        `body` is already decompressed. Never raises, whatever the bytes.
        """
        encoding, text = html_to_unicode(content_type, body, auto_detect_fun=_guess)
        is_misdeclared = encoding != "utf-8" and _is_utf_8(body)
        if is_misdeclared:
            encoding, text = "utf-8", body.decode()
        elif (
            encoding == "utf-8"
            and text.count("\ufffd") >= _ENOUGH_TO_TELL
            and (_UTF_8.search(body) is None)
        ):
            is_misdeclared, encoding = True, "cp1252"
            text = body.decode(encoding, "replace")
        if encoding != "utf-8" or "\ufffd" in text:
            body = text.encode("utf-8", "replace")
        selector = Selector(root=_parse(body), type="html")
        kind = (content_type or "text/html").split(";")[0].strip().lower()
        is_html = kind in _HTML_TYPES and _BEGINS_HTML.match(text) is not None
        page = cls(url, selector, is_html, fetched_at, is_misdeclared)
        write_out_emoji(page.root)
        return page

    def copy(self) -> "Page":
        """The same page with a tree of its own, for a reader that takes it apart."""
        selector = Selector(root=deepcopy(self.root), type="html")
        return Page(self.url, selector, self.is_html, self.fetched_at, self.is_misdeclared)

    @property
    def root(self) -> _Element:
        """The tree under the selector."""
        return self.selector.root

    @cached_property
    def body(self) -> _Element:
        """The <body>, or the root of a page that has none."""
        body = self.root.find("body")
        return self.root if body is None else body

    @cached_property
    def classes(self) -> frozenset[str]:
        """The classes of <body>, where WordPress says what kind of page it is."""
        return frozenset((self.body.get("class") or "").split())

    @cached_property
    def links(self) -> dict[str, list[str]]:
        """The addresses of the page's <link> elements by rel, as they stand."""
        links: dict[str, list[str]] = {}
        for link in self.root.iter("link"):
            for rel in (link.get("rel") or "").lower().split():
                links.setdefault(rel, []).append(link.get("href") or "")
        return links

    @cached_property
    def named(self) -> dict[str, list[_Element]]:
        """The elements of the body by class (".entry-title") and id ("#comments"), in order.

        One walk instead of one search for each of the hundred names that readers and rules know.
        """
        named: dict[str, list[_Element]] = defaultdict(list)
        for element in self.body.iterdescendants("*"):
            if classes := element.get("class"):
                for name in classes.split():
                    named["." + name].append(element)
            if identity := element.get("id"):
                named["#" + identity].append(element)
        return dict(named)

    @cached_property
    def anchors(self) -> list[tuple[_Element, str]]:
        """The links of the body with their addresses as they stand, in order."""
        return [(one, href) for one in self.body.iter("a") if (href := one.get("href"))]

    @cached_property
    def structured(self) -> Structured:
        """What the page says of itself for machines: JSON-LD and meta elements."""
        return Structured(self.selector)


def _parse(body: bytes) -> _Element:
    """The tree of a page in UTF-8, of plain elements: lxml.html's own cost twice to walk."""
    parser = HTMLParser(encoding="utf-8", huge_tree=True, collect_ids=False)
    body = body.removeprefix(BOM_UTF8).translate(None, _CONTROLS).replace(b"\f", b" ")
    if b"\xef" in body:
        for code in _NO_CHARACTERS:
            body = body.replace(code, b"")
    body = _CONTROLS_WRITTEN.sub(b"", body).strip()
    try:
        root = fromstring(body, parser)
    except XMLSyntaxError:  # nothing that could be an element
        root = None
    if root is None:
        return fromstring(b"<html/>", parser)
    take_back(root)
    return root


def _guess(body: bytes) -> str:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _is_utf_8(body: bytes) -> bool:
    """Whether the bytes are well-formed UTF-8 with enough beyond ASCII to tell."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return False
    return "\0" not in text and sum(not char.isascii() for char in text) >= _ENOUGH_TO_TELL
