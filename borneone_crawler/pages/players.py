"""Players and embedded posts: what an iframe or a platform's markup stands for."""

import re
from urllib.parse import parse_qs, urlsplit

from lxml.etree import _Element

from borneone_crawler.items import Reference, Video
from borneone_crawler.pages.text import text_of

# provider, pattern over host and path, address of the video for people
_PLAYERS: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (provider, re.compile(pattern), watch)
    for provider, pattern, watch in (
        (
            "youtube",
            r"^(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:embed|v|shorts|live)/(?P<id>(?!videoseries)[\w-]{6,20})",
            "https://www.youtube.com/watch?v={id}",
        ),
        ("youtube", r"^youtu\.be/(?P<id>[\w-]{6,20})", "https://www.youtube.com/watch?v={id}"),
        ("vimeo", r"^player\.vimeo\.com/video/(?P<id>\d+)", "https://vimeo.com/{id}"),
        (
            "dailymotion",
            r"^(?:www\.|geo\.)?dailymotion\.com/embed/video/(?P<id>\w+)",
            "https://www.dailymotion.com/video/{id}",
        ),
        (
            "vidio",
            r"^(?:www\.)?vidio\.com/embed/(?P<id>[\w-]+)",
            "https://www.vidio.com/watch/{id}",
        ),
        (
            "tiktok",
            r"^(?:www\.)?tiktok\.com/(?:embed(?:/v\d)?|player/v\d)/(?P<id>\d+)",
            "https://www.tiktok.com/@_/video/{id}",
        ),
        ("rumble", r"^rumble\.com/embed/(?P<id>\w+)", "https://rumble.com/embed/{id}/"),
        (
            "videopress",
            r"^(?:video\.word|videop)ress\.com/embed/(?P<id>\w+)",
            "https://videopress.com/v/{id}",
        ),
        (
            "twitch",
            r"^player\.twitch\.tv/\?video=v?(?P<id>\d+)",
            "https://www.twitch.tv/videos/{id}",
        ),
    )
)

# Attributes in which platforms' embeds name the post they show.
_PERMALINKS = (
    "data-instgrm-permalink",
    "data-text-post-permalink",
    "data-telegram-post",
    "data-href",
    "cite",
)
# What the address of a post looks like.
_POST = re.compile(
    r"^https?://(?:[\w-]+\.)?(?:instagram\.com/(?:[\w.]+/)?(?:p|reel|tv)/"
    r"|(?:twitter|x)\.com/\w+/status/|tiktok\.com/@[^/]+/video/|threads\.(?:net|com)/@[^/]+/post/"
    r"|facebook\.com/(?:[^/?]+/(?:posts|videos|photos)/|permalink\.php|photo|watch|reel)|t\.me/\w+/\d)"
)


def video_of(url: str) -> Video | None:
    """The video that a player's address plays, or None if it is no video player."""
    split = urlsplit(url)
    query = parse_qs(split.query)
    host = (split.hostname or "").lower()
    if host.endswith("facebook.com") and "/plugins/video" in split.path:
        target = query.get("href", [url])[0]
        number = re.search(r"(?:/videos/(?:[^/]+/)?|[?&]v=)(\d+)", target)
        return Video(url=target, provider="facebook", video_id=number[1] if number else None)
    where = f"{host}{split.path}" + (f"?video={query['video'][0]}" if "video" in query else "")
    for provider, pattern, watch in _PLAYERS:
        if match := pattern.match(where):
            identity = match["id"]
            return Video(url=watch.format(id=identity), provider=provider, video_id=identity)
    return None


def embedded_post(element: _Element) -> Reference | None:
    """The post of another platform that a quotation or a box embeds, with its words.

    Known by the address the platform's own code puts there: in an attribute, or as the last link
    of a quotation (a tweet's own, behind those in its words).
    """
    named = [element.get(name) or "" for name in _PERMALINKS]
    if element.tag == "blockquote":
        named += [anchor.get("href") or "" for anchor in list(element.iter("a"))[-1:]]
    url = next((one for one in named if _POST.match(one)), None)
    if url is None:
        return None
    return Reference(url=_without_query(url), text=text_of(element) or None)


def framed_post(url: str, title: str | None) -> Reference:
    """What an iframe that is no video player shows."""
    split = urlsplit(url)
    if (split.hostname or "").endswith("facebook.com") and "/plugins/" in split.path:
        url = parse_qs(split.query).get("href", [url])[0]
    return Reference(url=url, text=title or None)


def _without_query(url: str) -> str:
    """Embed codes append where they came from; only Facebook's scripts name a post by query."""
    return url if ".php" in url or "/watch" in url else url.split("?", 1)[0]
