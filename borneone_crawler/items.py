"""What travels between the rooms: an Article and its parts, Link, Outcome, captured pages.

Field names are schema.org NewsArticle's (https://schema.org/NewsArticle) in snake_case. Dates of
the newsroom are ISO 8601 strings with offset, in the newsroom's own zone; a date that could not
be read is None, never a guess.
"""

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(slots=True, kw_only=True)
class Image:
    """A picture of an article."""

    url: str
    """Absolute address of the picture as the page names it, the largest size it offers."""
    caption: str | None = None
    """The caption without its credit."""
    credit_text: str | None = None
    """Whom the caption credits, as written: "BorneOneTV/Lay", "Humas Pemprov", "Istimewa"."""


@dataclass(slots=True, kw_only=True)
class Video:
    """A video shown in an article by a player."""

    url: str
    """Address of the video for people to open (for YouTube its watch page)."""
    provider: str | None = None
    """The platform in lower case: "youtube", "facebook", "vimeo"; None for a plain file."""
    video_id: str | None = None
    """The platform's id of the video."""


@dataclass(slots=True, kw_only=True)
class Reference:
    """A link out of an article's text, or a post of another platform embedded in it."""

    url: str
    text: str | None = None
    """The words of the link, or the embedded post's text."""


@dataclass(slots=True, kw_only=True)
class Article:
    """One news article as the newsroom published it."""

    url: str
    """The canonical URL (see urls.py), unique in the archive."""
    post_id: int | None = None
    """The id WordPress gives the post: an attribute, never an identity."""
    headline: str | None = None
    description: str | None = None
    """The page's own summary (meta description or og:description), when it has one."""
    date_published: str | None = None
    """ISO 8601 with offset, in the newsroom's zone, to the second where the page says it."""
    date_modified: str | None = None
    """Like date_published; None when the page shows no other date than that of publication."""
    authors: list[str] = field(default_factory=list)
    """Names the page gives as author, in order."""
    editor: str | None = None
    byline_initials: str | None = None
    """The reporter's sign-off: "Lay" of a closing "[Lay]". The body keeps it too."""
    dateline: str | None = None
    """Place and outlet that open the text: "Pontianak, BorneOneTV". The body keeps it too."""
    article_section: list[str] = field(default_factory=list)
    """Names of all sections (WordPress categories), in the page's order."""
    keywords: list[str] = field(default_factory=list)
    """Names of the tags, in the page's order."""
    article_body: str = ""
    """The text as published: blocks apart by one blank line, cells of a table row by a tab."""
    article_body_html: str = ""
    """The same content as sanitised HTML, for people to read; empty for one of more than 8 MiB."""
    word_count: int = 0
    """Runs of non-space characters in article_body."""
    in_language: str | None = None
    """BCP 47 tag, as the page declares it or the newsroom's own."""
    main_image: Image | None = None
    images: list[Image] = field(default_factory=list)
    """Every picture, the main one first when there is one."""
    videos: list[Video] = field(default_factory=list)
    embeds: list[Reference] = field(default_factory=list)
    """Posts of other platforms (Instagram, X, Facebook) embedded in the text."""
    read_also: list[Reference] = field(default_factory=list)
    """Other articles of the newsroom that the text points at ("Baca juga: …")."""
    outlinks: list[Reference] = field(default_factory=list)
    """Every other link in the text."""
    comment_count: int | None = None


class Kind(StrEnum):
    """What a URL is asked for."""

    ROBOTS = "robots"
    HOME = "home"
    SOURCE = "source"
    """A machine's list of what exists: feed, sitemap, REST API."""
    LISTING = "listing"
    ARTICLE = "article"
    PART = "part"
    """Page 2 and on of an article that is split over several pages."""
    IMAGE = "image"
    """A picture of an article, kept for replay."""


class Source(StrEnum):
    """A way to know which articles exist."""

    LISTING = "listing"
    FEED = "feed"
    SITEMAP = "sitemap"
    REST = "rest"


class SourceState(StrEnum):
    """How a machine's list of what exists does."""

    WORKS = "works"
    MISSING = "missing"
    """The site has none: 404 or 410."""
    FORBIDDEN = "forbidden"
    """robots.txt, 401 or 403 says no."""
    UNREADABLE = "unreadable"
    """What answers is not what it should be, or lists nothing."""
    FAILING = "failing"
    """It did not answer, or with an error of the server."""


class State(StrEnum):
    """Where a candidate URL stands."""

    PENDING = "pending"
    """Known, to be asked for when it is due."""
    STORED = "stored"
    """What it had is in the archive."""
    FAILED = "failed"
    """Given up after several tries; `reason` says why."""
    GONE = "gone"
    SKIPPED = "skipped"
    """Not asked for, or not an article; `reason` says which."""


class Role(StrEnum):
    """How a URL stands for an article."""

    CANONICAL = "canonical"
    ALIAS = "alias"
    REDIRECT = "redirect"
    AMP = "amp"
    SHORTLINK = "shortlink"
    PART = "part"


@dataclass(slots=True, kw_only=True)
class Link:
    """A URL met on a page, as a candidate for the frontier."""

    url: str
    """Absolute, spelled as the page spells it; urls.py makes its identity."""
    kind: Kind
    text: str | None = None
    """The words of the link: a section's name, a headline."""
    is_entry: bool = False
    """True where the page lists it (an item of a listing), False for menus and sidebars."""
    part_number: int | None = None
    """Of a Kind.PART link: which page of the article, from 2."""
    post_id: int | None = None
    """WordPress's number, where a source gives it."""
    published: str | None = None
    """UTC, ISO 8601, where a source says it."""
    modified: str | None = None
    """The same, of the last change: what was looked at before that is asked for again."""
    renew: bool = False
    """Ask for it again though it is known: a list that may have grown."""


@dataclass(slots=True, kw_only=True)
class Removal:
    """One piece of boilerplate taken off a page."""

    rule: str
    """Name of the rule in cleaning/boilerplate.toml."""
    text: str
    """The text that went, white space folded."""


@dataclass(slots=True, kw_only=True, frozen=True)
class CaptureRef:
    """Where the raw response stands on disk (one compressed WARC record)."""

    file: str
    """Name of the WARC file, without its folder."""
    offset: int
    """First byte of the record in that file."""
    length: int
    """Bytes of the whole compressed member."""
    digest: str
    """SHA-256 of those bytes, hexadecimal."""
    record_id: str
    """The WARC-Record-ID, as <urn:uuid:…>."""
    url: str
    status: int
    content_type: str | None
    fetched_at: str
    """UTC, ISO 8601."""
    payload_digest: str | None = None
    """WARC-Payload-Digest: of the body as received, "sha1:" and base32."""
    refers_to: str | None = None
    """Of a revisit record: the record_id of the response that holds its payload."""


@dataclass(slots=True, kw_only=True, frozen=True)
class RawPage:
    """A page out of its capture, with the content coding undone, not yet parsed."""

    url: str
    body: bytes
    content_type: str | None
    fetched_at: str


@dataclass(slots=True, kw_only=True)
class Reading:
    """What the reader made of the captured page or pages of one article."""

    article: Article
    reader: str
    """Name of the layout that read the page."""
    sources: dict[str, str] = field(default_factory=dict)
    """Field name -> where it came from ("json-ld", "time.published", "og:title", …)."""
    removals: list[Removal] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    """What a person should know of this reading ("no date", "date in the future")."""
    links: list[Link] = field(default_factory=list)
    """Sections, parts and other articles of the newsroom that the page names."""


ASKS_FOR_LOGIN = "asks for a login"
"""The flag of an article whose page has a place to log in where the text should be."""


GARBLED = "garbled characters"
"""The flag of an article whose characters came out wrong, by a charset that is not its own."""

WRONG_CHARSET = "declares a wrong charset"
"""The flag of an article whose page calls its charset something that it is not."""


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
class Outcome:
    """What became of one request: everything `archive.settle()` needs, in one piece."""

    url: str
    """Identity of the frontier row that was asked for."""
    kind: Kind
    state: State
    reason: str | None = None
    http_status: int | None = None
    capture: CaptureRef | None = None
    reading: Reading | None = None
    links: list[Link] = field(default_factory=list)
    next_page: str | None = None
    """Of a listing or source: the page after this one."""
    walk_on: bool = False
    """Of a listing or source: ask for the next page whatever is known."""
    source: Source | None = None
    """Which source it is an answer of."""
    source_state: SourceState | None = None
    """Of a machine's list: what this answer says of how it does."""
    total: int | None = None
    """Of a machine's list: how many articles it says there are."""
    redirect_to: str | None = None
    """Where a 3xx pointed, absolute, as the server spelled it."""
    canonical: str | None = None
    """The page's own rel=canonical, as it spelled it: a claim to be judged."""
    absent: bool = False
    """The page answered that it is not there (404, 410)."""
    retry_after: float | None = None
    """Seconds after which the URL is to be asked for again; None = not again."""
    etag: str | None = None
    last_modified: str | None = None
