"""What the HTML that WordPress prints of a post shows besides words: captions and players."""

from lxml import html

# A picture's caption: in a figure of one picture, or as WordPress and Blogspot marked it before.
_CAPTIONS = (
    ".//figcaption[../descendant::img and not(../descendant::figure)]"
    " | .//*[contains(concat(' ', @class, ' '), ' wp-caption-text ')][not(self::figcaption)]"
    " | .//td[contains(concat(' ', @class, ' '), ' tr-caption ')]"
)
_PLAYERS = ".//iframe/@src | .//video/@src | .//video/source/@src"
VIDEO_HOSTS = (
    "youtube.com/embed/",
    "youtube-nocookie.com/embed/",
    "player.vimeo.com/video/",
    "dailymotion.com/embed/video/",
    "facebook.com/plugins/video",
)
_FILES = (".mp4", ".webm", ".m4v")


def captions_in(page: str) -> list[str]:
    """The captions of the pictures, in order, as they read."""
    found = html.fragment_fromstring(page, create_parent="div").xpath(_CAPTIONS)
    return [text for one in found if (text := " ".join(_words(one).split()))]


def videos_in(page: str) -> list[str]:
    """The addresses that the players of the videos play, each once."""
    found = html.fragment_fromstring(page, create_parent="div").xpath(_PLAYERS)
    return list(dict.fromkeys(map(str, filter(_is_video, found))))


def _words(element: html.HtmlElement) -> str:
    """A line break parts words."""
    for broken in element.iter("br"):
        broken.tail = " " + (broken.tail or "")
    return str(element.text_content())


def _is_video(address: str) -> bool:
    return any(host in address for host in VIDEO_HOSTS) or any(
        address.partition("?")[0].endswith(ending) for ending in _FILES
    )
