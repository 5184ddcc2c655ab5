"""The part of WordPress's wptexturize and wpautop that the newsroom's texts need."""

import html
import re

_TAG = re.compile(r"(<[^>]*>)")
_BLOCK = re.compile(
    r"<(?:/?(?:address|blockquote|div|dl|figure|h[1-6]|hr|ol|p|pre|section|table|ul)\b"
    r"|!--|iframe\b|script\b|ins\b)"
)
_FOLDED = re.compile(r"[ \t\r\n\f]+")


def texturize(markup: str) -> str:
    """Straight quotes, dashes and dots of the text between tags as WordPress's entities."""
    pieces = _TAG.split(markup)
    if "<script" in markup:
        return markup
    return "".join(p if p.startswith("<") else _texturize_text(p) for p in pieces)


def prose(text: str) -> str:
    """A title or caption as WordPress prints it: escaped, then texturized."""
    return texturize(html.escape(text, quote=False).replace("&amp;", "&#038;"))


def autop(chunk: str) -> str:
    """A paragraph of the classic editor as <p>, its line ends as <br />; a block as it is."""
    if _is_block(chunk):
        return chunk
    return "<p>" + chunk.replace("\n", "<br />\n") + "</p>"


def _is_block(chunk: str) -> bool:
    return bool(_BLOCK.match(chunk))


def plain(markup: str) -> str:
    """The text of one paragraph's markup, <br /> as a line end."""
    lines = re.split(r"<br ?/?>\n?", markup)
    return "\n".join(fold(html.unescape(_TAG.sub("", line))) for line in lines)


def fold(text: str) -> str:
    """HTML's white space as single spaces; a no-break space is a character and stays."""
    return _FOLDED.sub(" ", text).strip(" ")


def _texturize_text(text: str) -> str:
    text = text.replace("...", "&#8230;").replace("---", "&#8212;")
    text = re.sub(r"(?<= )--(?= )", "&#8212;", text)
    text = re.sub(r"(?<=\s)-(?=\s)", "&#8211;", text)
    text = re.sub(r'(?:(?<=[\s(\[\u00a0])|^)"(?=\S)(?![,.;:?!\s])', "&#8220;", text)
    text = text.replace('"', "&#8221;")
    text = re.sub(r"(?:(?<=[\s(\[;])|^)'(?=\w)", "&#8216;", text)
    return text.replace("'", "&#8217;")
