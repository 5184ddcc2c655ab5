"""When two URLs are the same page, what is on the site, and what is never asked for.

The URL work itself (escaping, sorting, resolving) is w3lib's; here are only the rules of a
WordPress newsroom. WordPress's own addresses: https://wordpress.org/documentation/article/using-permalinks/
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

MAX_LENGTH = 2_000
"""Characters of the longest URL that is ever asked for."""

TOO_LONG = "too long"
FACET = "facet of a listing"
CIRCLE = "path repeats itself"
CROWDED = "too many links on one page"
TRAPS = frozenset({FACET, CIRCLE, CROWDED})
"""Rules that turn links away which would lead a crawler on for ever."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
# What needs no joining: as most links of a page are written.
_WHOLE = re.compile(
    r"https?://[a-z\d](?:[a-z\d.-]*[a-z\d])?(?::[1-5]?\d{1,4})?"
    r"(?:/[\w%~+.,-]*)+(?:\?[\w%~+.,&=-]+)?(?:#[\w-]+)?",
    re.ASCII,
)
_AROUND = "".join(map(chr, range(0x21)))
_BEFORE_QUERY = re.compile(r"[^?#]*")
_WITH_HOST = re.compile(r"(?P<scheme>(?:https?:)?)/{2,}(?P<host>[^/?#]*)", re.IGNORECASE)

# Query parameters that never change which page is shown: trackers of other platforms, and the
# furniture of WordPress and its plug-ins (share buttons, reply links, AMP and print views).
_NOISY_NAMES = r"""
      (?:utm_|mtm_|pk_|hsa_|fb_|_hs|relatedposts_|amp_|wpmp_)MORE
    | fbclid | gclid | gclsrc | dclid | gbraid | wbraid | gad_source | msclkid | yclid | twclid
    | ttclid | igshid | igsh | mc_cid | mc_eid | _ga | _gl | usqp | s_cid | cmpid | ref | ref_src
    | ref_url | referrer | source | share | nb | replytocom | unapproved | moderation-hash
    | amp | noamp | print | cn-reloaded | doing_wp_cron | preview | preview_id | preview_nonce
    | _thumbnail_id | phpsessid | jsessionid | sid | sessionid | v | ver | nocache | nonamp
    | is_mobile | device | random-post
"""
_NOISE = re.compile(f"(?xis) (?: {_NOISY_NAMES} | m )".replace("MORE", ".*"))
"""A name of such a parameter; on the home page "m" is one that tells: of a month's archive."""
_ONLY_NOISE = re.compile(
    rf"""(?xi) (?P<page> [^?\#]* ) \? (?: (?:{_NOISY_NAMES}) =[^&\#]* (?: & | (?=\#|$) ) )+
    (?: \# .* )?""".replace("MORE", r"[^&=\#]*"),
    re.DOTALL,
)
"""An address that nothing but these tells from that of its page."""

BUTTON = re.compile(r"[?&](?:share|replytocom)=")
"""What WordPress's buttons put behind an article's address: one for each place to share it at, and
one for each comment to reply to."""

_FILE_ENDINGS = (
    "avif|bmp|css|csv|docx?|eot|exe|gif|gz|ico|jpe?g|js|json|m4[av]|mov|mp[34]|og[agv]|pdf|png"
    "|pptx?|rar|rss|svg|tar|tiff?|ttf|txt|wav|webm|webp|woff2?|xlsx?|xml|zip"
)

# Forms that are never a page of articles or an article: (rule, pattern over the path).
_PATH_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (rule, re.compile(pattern, re.IGNORECASE))
    for rule, pattern in (
        ("api", r"^/wp-json(/|$)|/xmlrpc\.php$|^/wp-trackback\.php$|/trackback/$"),
        ("admin", r"^/(wp-admin|wp-login\.php|wp-signup\.php|wp-cron\.php|wp-comments-post\.php)"),
        ("file", r"^/(wp-content|wp-includes)/"),
        ("feed", r"/(feed|rss|rss2|atom|rdf)(/(feed|rss|rss2|atom|rdf))?/?$"),
        ("embed", r"/embed/$"),
        ("sitemap", r"sitemap[^/]*\.xml(\.gz)?/?$"),
        ("file", rf"\.(?:{_FILE_ENDINGS})/?$"),
        ("author archive", r"^/author/"),
        ("tag archive", r"^/(tag|topic|type)/"),
        ("search", r"^/search/"),
        (
            "date archive",
            r"^/(19|20)\d\d/((0?[1-9]|1[0-2])/((0?[1-9]|[12]\d|3[01])/)?)?(page/\d+/)?$",
        ),
        ("index of articles", r"^/indeks/"),
        ("attachment page", r"/attachment/"),
        ("account", r"^/(cart|checkout|my-account|login|register|account|wp-register\.php)/"),
    )
)

_QUERY_FORMS = {
    "attachment_id": "attachment page",
    "author": "author archive",
    "feed": "feed",
    "m": "date archive",
    "page_id": "static page",
    "rest_route": "api",
    "s": "search",
    "tag": "tag archive",
    "wc-ajax": "api",
    "add-to-cart": "account",
}

_PAGE_OF_LISTING = re.compile(r"^(?P<listing>/.*?)page/(?P<number>\d{1,9})/$")
_FOR_MACHINES = re.compile(r"^/wp-json/|/feed/$")
_COMMENT_PAGE = re.compile(r"/comment-page-\d+/$")
_TRAILING_AMP = re.compile(r"/amp/?$", re.IGNORECASE)


class Form(StrEnum):
    """What the form of a URL alone says of it."""

    HOME = "home"
    LISTING = "listing"
    ARTICLE = "article"
    """Possibly an article: only its page can tell."""
    NEVER = "never"
    """Never asked for; `Verdict.rule` names the rule."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `SiteUrls.form` says: the form, and the rule that decided a Form.NEVER."""

    form: Form
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class SiteUrls:
    """The URLs of one site: which are on it, which are the same, what they may be.

    On the default ports a site is its host and the host's www twin, by http and https; on any
    other port exactly that origin. Raises ValueError if base_url is not an http(s) origin.
    """

    base_url: str
    category_bases: tuple[str, ...] = ("category",)
    _base: SplitResult = field(init=False, repr=False, compare=False)
    _origin: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        split = urlsplit(self.base_url)
        if split.scheme not in _DEFAULT_PORTS or not split.hostname:
            raise ValueError(f"not an http(s) address: {self.base_url!r}")
        if split.username is not None or split.path.strip("/") or split.query or split.fragment:
            raise ValueError(
                f"an address is scheme and host, such as https://example.com: {self.base_url!r}"
            )
        if not self.base_url.isascii():
            raise ValueError(
                f"a host is written in ASCII (xn--…) in an address: {self.base_url!r}"
            )
        _ = split.port  # raises ValueError when it is not a number
        object.__setattr__(self, "_base", split)
        object.__setattr__(self, "_origin", f"{split.scheme}://{_netloc(split)}")

    @property
    def origin(self) -> str:
        """Scheme and host (and port) under which every identity is written, without a slash."""
        return self._origin

    @property
    def home(self) -> str:
        return self.origin + "/"

    def absolute(self, href: str, page_url: str) -> str | None:
        """What `href` on the page `page_url` points at, or None if it is no usable http(s) URL.

        White space and controls around the attribute go, and tabs and line ends within it; a
        backslash before the query is a slash, and more than two before a host are two, as for
        browsers (https://url.spec.whatwg.org/#url-parsing). The result keeps its spelling
        otherwise, and may be too long to be asked for.
        """
        if _WHOLE.fullmatch(href):
            return href
        href = re.sub(r"[\t\r\n]", "", href.strip(_AROUND))
        if "\\" in href:  # "/\evil.example" is another host, and no path of ours
            href = _BEFORE_QUERY.sub(lambda found: found[0].replace("\\", "/"), href, count=1)
        if match := _WITH_HOST.match(href):  # urljoin takes "///evil.example" for a path of ours
            if not match["host"]:
                return None
            href = f"{match['scheme']}//{href[match.start('host') :]}"
        try:
            url = urljoin(page_url, href)
            split = urlsplit(url)
            _ = split.port
        except ValueError:
            return None
        return url if split.scheme in _DEFAULT_PORTS and split.hostname else None

    def on_site(self, url: str) -> bool:
        """Whether the URL is on the site's origin; anything doubtful is not."""
        return _on_site(self, url)

    def canonical(self, url: str) -> str:
        """The one spelling of a URL on the site: its identity in the archive.

        Origin as in base_url; fragment, trackers and the parameters of share, reply, AMP and
        print links gone; `/amp/`, `/page/1/` and comment pages folded into their page; a slash
        at the end of a path that names no file; escapes in upper case, parameters sorted.
        Idempotent. A URL off the site only gets w3lib's canonical form, and what is no URL none.
        """
        return _canonical(self, url)

    def form(self, url: str) -> Verdict:
        """What a canonical URL may be, from its form alone."""
        return _form(self, url)

    def listing_key(self, url: str) -> str:
        """What a listing page is known by: its category's slug and page number.

        WordPress answers 200 with the same posts under /category/kota-pontianak/,
        /category/daerah/kota-pontianak/ and even /category/berita/kota-pontianak/: the last
        segment alone decides, and slugs are unique among a site's categories.
        """
        split = urlsplit(url)
        match = _PAGE_OF_LISTING.match(split.path)
        path, number = (match["listing"], int(match["number"])) if match else (split.path, 1)
        segments = path.strip("/").split("/")
        slug = segments[-1] if segments[0] in self.category_bases else path
        return f"{slug}?{split.query}#{number}" if split.query else f"{slug}#{number}"

    def listing_of(self, url: str) -> tuple[str, int]:
        """First page of the listing a canonical listing URL belongs to, and its page number."""
        split = urlsplit(url)
        match = _PAGE_OF_LISTING.match(split.path)
        if not match:
            return url, 1
        return urlunsplit(split._replace(path=match["listing"])), int(match["number"])

    def on_origin(self, url: str, origin: str) -> str:
        """The same URL, asked for at another origin of the site (its www twin, https)."""
        target = urlsplit(origin)
        return urlunsplit(urlsplit(url)._replace(scheme=target.scheme, netloc=target.netloc))


# A page names the same addresses many times over, and so does the next page: menus, sidebars.
_REMEMBERED = 2_048
# Characters; what is longer is never asked for, and "/amp/amp/amp/…" would be folded for hours.
_MOST_FOLDED = 2 * MAX_LENGTH
_Said = TypeVar("_Said")


def _remembered(
    function: Callable[["SiteUrls", str], _Said],
) -> Callable[["SiteUrls", str], _Said]:
    """Remember what a function says of the last addresses, but for those that are longer than any
    that is asked for: a page may name megabytes of them."""
    known = lru_cache(maxsize=_REMEMBERED)(function)

    def said(site: SiteUrls, url: str) -> _Said:
        return known(site, url) if len(url) <= MAX_LENGTH else function(site, url)

    return said


@_remembered
def _on_site(site: SiteUrls, url: str) -> bool:
    if url.isascii() and url.startswith(site.home):
        return True
    try:
        url.encode()  # JSON can hold half a character
        split = urlsplit(url)
        port = split.port
    except ValueError:
        return False
    # urlsplit and browsers disagree on a backslash and on user names: neither is ours.
    if split.username is not None or "\\" in split.netloc or split.hostname is None:
        return False
    if split.scheme not in _DEFAULT_PORTS:
        return False
    if _is_default(site._base):
        return (port or _DEFAULT_PORTS[split.scheme]) == _DEFAULT_PORTS[split.scheme] and (
            _without_www(split.hostname) == _without_www(str(site._base.hostname))
        )
    return (split.scheme, split.hostname, port) == (
        site._base.scheme,
        site._base.hostname,
        site._base.port,
    )


@_remembered
def _canonical(site: SiteUrls, url: str) -> str:
    if len(url) > _MOST_FOLDED:
        return url
    if not site.on_site(url):
        try:
            return canonicalize_url(url)
        except ValueError:  # it is none
            return url
    if match := _ONLY_NOISE.fullmatch(url):  # share and reply links: a page has dozens of them
        return site.canonical(match["page"])
    # w3lib's form of an odd URL may itself have another form: a few rounds, to the one that stays.
    for _ in range(4):
        before, url = url, _canonical_once(site, url)
        if url == before:
            break
    return url


def _canonical_once(site: SiteUrls, url: str) -> str:
    split = urlsplit(canonicalize_url(url))
    path = _folded(split.path)
    query = [
        (name, value)
        for name, value in parse_qsl(split.query, keep_blank_values=True)
        if not (_NOISE.fullmatch(name) and not (name == "m" and path == "/"))
    ]
    path, query = _pagination_into_path(path, query)
    origin = (site._base.scheme, _netloc(site._base))
    return urlunsplit((*origin, _folded(path), urlencode(query), ""))


def _folded(path: str) -> str:
    """A path without what leads to the same page, folded until there is no more of it."""
    while True:
        folded = re.sub(r"/{2,}", "/", path) or "/"
        if folded.endswith("/index.php"):
            folded = folded.removesuffix("index.php")
        if not folded.endswith("/") and "." not in folded.rsplit("/", 1)[1]:
            folded += "/"
        folded = _COMMENT_PAGE.sub("/", _TRAILING_AMP.sub("/", folded))
        match = _PAGE_OF_LISTING.match(folded)
        if match and int(match["number"]) <= 1:
            folded = match["listing"]
        if folded == path:
            return path
        path = folded


@_remembered
def _form(site: SiteUrls, url: str) -> Verdict:
    if not site.on_site(url):
        return Verdict(Form.NEVER, "off the site")
    if len(url) > MAX_LENGTH:
        return Verdict(Form.NEVER, TOO_LONG)
    split = urlsplit(url)
    names = dict(parse_qsl(split.query, keep_blank_values=True))
    for name in names:
        if name in _QUERY_FORMS:
            return Verdict(Form.NEVER, _QUERY_FORMS[name])
    if split.path == "/":
        if "cat" in names:
            return Verdict(Form.LISTING)
        if "p" in names:
            return Verdict(Form.ARTICLE)
        return Verdict(Form.HOME) if not names else Verdict(Form.NEVER, "home with parameters")
    segments = split.path.strip("/").split("/")
    if segments[0] in site.category_bases:
        if "feed" in segments[-2:]:
            return Verdict(Form.NEVER, "feed")
        if len(segments) == 1:
            return Verdict(Form.NEVER, "no page")
        # Filters and orders of a list: they show what it shows, in ways without end.
        return Verdict(Form.NEVER, FACET) if names else Verdict(Form.LISTING)
    if segments[0] == "page" and _PAGE_OF_LISTING.match(split.path):
        return Verdict(Form.LISTING)  # the home page's own list of everything, page by page
    for rule, pattern in _PATH_FORMS:
        if pattern.search(split.path):
            return Verdict(Form.NEVER, rule)
    if _repeats_itself(segments):
        return Verdict(Form.NEVER, CIRCLE)
    return Verdict(Form.ARTICLE)


def _netloc(split: SplitResult) -> str:
    host = str(split.hostname)
    if ":" in host:
        host = f"[{host}]"
    return host if _is_default(split) else f"{host}:{split.port}"


def _is_default(split: SplitResult) -> bool:
    return split.port is None or split.port == _DEFAULT_PORTS[split.scheme]


def _without_www(host: str) -> str:
    return host.removesuffix(".").removeprefix("www.")


def _pagination_into_path(
    path: str, query: list[tuple[str, str]]
) -> tuple[str, list[tuple[str, str]]]:
    """Write ?paged=N and ?page=N into a pretty path; an address by number keeps them, and so do
    feeds and the REST API, which have no pretty path for it."""
    if (path == "/" and len(query) != 1) or _FOR_MACHINES.search(path):
        return path, query
    rest = []
    for name, value in query:
        if name in {"paged", "page"} and re.fullmatch(r"[0-9]{1,6}", value):
            step = "page/" if name == "paged" or path == "/" else ""
            if int(value) > 1:
                path = f"{path.rstrip('/')}/{step}{int(value)}/"
        else:
            rest.append((name, value))
    return path, rest


def _repeats_itself(segments: list[str]) -> bool:
    """A path that a relative link keeps appending to itself: /a/b/a/b/a/b/."""
    return len(segments) > 8 or any(segments.count(segment) > 2 for segment in set(segments))
