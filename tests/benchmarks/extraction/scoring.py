"""Compares what a reader made of a post with the truth, field by field; pure."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from statistics import mean, median
from urllib.parse import parse_qs, urlsplit

OUTLET = "BorneOneTV"
NEWSROOM = timezone(timedelta(hours=7), "WIB")


@dataclass(slots=True, kw_only=True)
class Truth:
    """What was put into WordPress, as its own filters show it."""

    shape: str
    headline: str
    bodies: list[str]
    """The text of each page of the post."""
    date: str
    """ISO 8601 with offset."""
    authors: list[str]
    sections: list[str]
    keywords: list[str]
    captions: list[str]
    """Of pictures, as far as the page shows them."""
    videos: list[str]
    """What the players play."""
    markers: list[str]
    """Texts of the page that are neither the article's nor about it: boilerplate."""


@dataclass(slots=True, kw_only=True)
class Found:
    """What a reader made of a post; None where it has no such field."""

    body: str | None = None
    headline: str | None = None
    date: str | None = None
    authors: list[str] | None = None
    sections: list[str] | None = None
    keywords: list[str] | None = None
    captions: list[tuple[str, str]] | None = None
    """(caption, credit); the credit "" where a reader does not tell them apart."""
    videos: list[str] | None = None


@dataclass(slots=True, kw_only=True)
class Score:
    """One post; None where a reader has no such field, or the post has nothing of the kind."""

    exact: bool
    f1: float
    leaked: list[str]
    fields: dict[str, bool | None]


FIELDS = ("headline", "date", "authors", "sections", "keywords", "captions", "videos")


def score(truth: Truth, found: Found) -> Score:
    """Judge one post whose pages were all read."""
    expected, got = words("\n\n".join(truth.bodies)), words(found.body or "")
    right: dict[str, bool | None] = dict.fromkeys(FIELDS)
    if found.headline is not None:
        right["headline"] = _without_site(found.headline) == _without_site(truth.headline)
    right["date"] = None if found.date is None else same_minute(truth.date, found.date)
    for name in ("authors", "sections", "keywords"):
        right[name] = _same_names(getattr(truth, name), getattr(found, name))
    if found.captions is not None and (truth.captions or found.captions):
        right["captions"] = same_captions(truth.captions, found.captions)
    if found.videos is not None and (truth.videos or found.videos):
        right["videos"] = set(map(video_key, truth.videos)) == set(map(video_key, found.videos))
    return Score(
        exact=expected == got,
        f1=token_f1(expected, got),
        leaked=leaks(truth.markers, found.body or ""),
        fields=right,
    )


# Signs that readers set before list items and between cells, and what nobody sees.
_MARKS = frozenset({"-", "*", "|", "•", "·", "‣"})
_UNSEEN = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "–": "-", "—": "-"})


def words(text: str) -> list[str]:
    """The words of a text as they are compared: no white space, no bullets or bars of a layout,
    no character that nobody sees."""
    return [word for word in text.translate(_UNSEEN).split() if word not in _MARKS]


def plain(text: str) -> str:
    """One line with the typewriter's quotes and dashes: some sources of a name have no others."""
    return " ".join(text.translate(_UNSEEN).translate(_QUOTES).split())


def _without_site(headline: str) -> str:
    """The name of the newsroom behind a headline is easily cut, so it counts against nobody."""
    return plain(headline).removesuffix(f" - {OUTLET}")


def token_f1(expected: Sequence[str], got: Sequence[str]) -> float:
    """The harmonic mean of precision and recall over words, each as often as it stands."""
    if not expected and not got:
        return 1.0
    common = (Counter(expected) & Counter(got)).total()
    return 2 * common / (len(expected) + len(got))


def leaks(markers: Iterable[str], body: str) -> list[str]:
    """The texts of the page's furniture that stand in a body."""
    text = " ".join(body.split())
    return [
        marker
        for marker in markers
        if marker in text and re.search(rf"(?<!\w){re.escape(marker)}(?!\w)", text)
    ]


def same_minute(expected: str, got: str) -> bool:
    """Whether two dates are of the same minute. One without a zone may be meant in the
    newsroom's or in UTC; one without a time of day is of no minute."""
    try:
        date = datetime.fromisoformat(got)
    except ValueError:
        return False
    if len(got) <= len("2019-10-14"):
        return False
    zones = [date.tzinfo] if date.tzinfo else [NEWSROOM, UTC]
    true = datetime.fromisoformat(expected).replace(second=0)
    return any(date.replace(second=0, microsecond=0, tzinfo=zone) == true for zone in zones)


def _same_names(expected: list[str], got: list[str] | None) -> bool | None:
    """Order does not count; that a post has none and none was found says nothing."""
    if got is None or not (expected or got):
        return None
    return {plain(name) for name in expected} == {plain(name) for name in got}


_LABELS = frozenset({"", "foto", "sumber foto"})
_AROUND = " .,:()[]-"


def same_captions(expected: Sequence[str], got: Sequence[tuple[str, str]]) -> bool:
    """Whether these are the captions, whole or with the credit apart from its label; those of a
    picture that stands twice may be told once."""
    said = all(any(_is_caption(caption, *one) for one in got) for caption in expected)
    return said and all(any(_is_caption(caption, *one) for caption in expected) for one in got)


def _is_caption(expected: str, caption: str, credit: str) -> bool:
    whole, before, behind = plain(expected), plain(caption), plain(credit)
    if not whole.startswith(before):
        return False
    rest = whole[len(before) :].strip(_AROUND)
    if not rest.endswith(behind.strip(_AROUND)):
        return False
    return rest.removesuffix(behind.strip(_AROUND)).strip(_AROUND).lower() in _LABELS


_IDS = re.compile(
    r"(?:youtu\.be/|/(?:embed|shorts|video|videos|v)/|/embed/video/)(?:.*/)?(?P<id>[\w-]{6,})/?$"
)


def video_key(url: str) -> str:
    """What tells one video from another, whichever of its addresses a reader gives."""
    split = urlsplit(url if "//" in url else f"//{url}")
    query = parse_qs(split.query)
    if "href" in query:  # Facebook's player
        return video_key(query["href"][0])
    if "v" in query:
        return query["v"][0]
    if match := _IDS.search(split.netloc + split.path):
        return match["id"]
    return split.path.rstrip("/").rpartition("/")[2]


@dataclass(slots=True, kw_only=True)
class Row:
    """A reader's row of the table: shares of posts; None where it has no such field."""

    name: str
    posts: int
    exact: float
    f1: float
    leaking: int
    fields: dict[str, float | None] = field(default_factory=dict)
    milliseconds: float
    ratio: float
    """How often as long as a bare parse of the same page, in the median."""


def row(name: str, scores: Sequence[Score], times: Sequence[tuple[float, float]]) -> Row:
    """All posts of a reader in one row; `times` are (reading, bare parse) of each, in seconds."""
    fields: dict[str, float | None] = {}
    for one in FIELDS:
        judged = [score.fields[one] for score in scores if score.fields[one] is not None]
        fields[one] = mean(map(bool, judged)) if judged else None
    return Row(
        name=name,
        posts=len(scores),
        exact=mean(score.exact for score in scores),
        f1=mean(score.f1 for score in scores),
        leaking=sum(bool(score.leaked) for score in scores),
        fields=fields,
        milliseconds=median(reading for reading, _ in times) * 1000,
        ratio=median(reading / bare for reading, bare in times),
    )
