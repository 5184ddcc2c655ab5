"""The text a reader sees in the HTML of an article: the tests' own converter, one pass of tokens.

It follows the project's rules of what an article's body is and shares no code with the package, so
that the two do not make the same mistake.
"""

import re
from html.parser import HTMLParser
from itertools import groupby


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What is not the article's own text: captions, players, posts of other platforms, forms.
_DROPPED_TAGS = _names(
    "audio button canvas figcaption form iframe noscript object script select style svg template"
    " textarea video"
)
_DROPPED_CLASSES = _names(
    "gallery-caption tr-caption wp-caption-text wp-element-caption"
    " instagram-media tiktok-embed twitter-tweet wp-block-embed wp-embedded-content"
)
_BLOCK_TAGS = _names(
    "address article aside blockquote caption center dd details div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table"
    " tbody tfoot thead ul"
)
_CELL_TAGS = _names("td th")
_CLASSES_OF_IMAGES_IN_TEXT = _names("emoji wp-smiley")

# White space to HTML; a no-break space is a character like others.
_SPACES = re.compile(r"[ \t\r\n\f]+")

# Private characters that stand in the text where a link starts and where it ends.
_LINK, _LINK_END = "\ue000", "\ue001"
_LINKED = re.compile(f"{_LINK}[^{_LINK_END}]*{_LINK_END}")
_MARKS = str.maketrans("", "", _LINK + _LINK_END)
_LABEL = re.compile(r"\W*baca\s+juga\b", re.IGNORECASE)


def plain_text(html: str) -> str:
    """The blocks of the text, a blank line between them; the cells of a row have a tab between."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "\n\n".join(reader.blocks)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self._text = ""
        self._row: list[list[str]] | None = None
        self._in_link = False
        self._in_pre = False
        self._dropped = ""
        self._dropped_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._dropped:
            self._dropped_depth += tag == self._dropped
            return
        attributes = dict(attrs)
        classes = frozenset((attributes.get("class") or "").split())
        if tag in _BLOCK_TAGS:
            self._end_block()
        if tag in _DROPPED_TAGS or classes & _DROPPED_CLASSES:
            self._dropped, self._dropped_depth = tag, 1
        elif tag == "br":
            self._text += "\n"
        elif tag == "img" and classes & _CLASSES_OF_IMAGES_IN_TEXT:
            self._text += attributes.get("alt") or ""
        elif tag == "a":
            self._end_link()
            self._text += _LINK
            self._in_link = True
        elif tag == "pre":
            self._in_pre = True
        elif tag == "tr":
            self._end_row()
            self._row = []
        elif tag in _CELL_TAGS and self._row is not None:
            self._end_block()
            self._row.append([])

    def handle_endtag(self, tag: str) -> None:
        if self._dropped:
            self._dropped_depth -= tag == self._dropped
            if not self._dropped_depth:
                self._dropped = ""
            return
        if tag in _BLOCK_TAGS:
            self._end_block()
        if tag == "a":
            self._end_link()
        elif tag == "pre":
            self._in_pre = False
        elif tag == "tr":
            self._end_row()

    def handle_data(self, data: str) -> None:
        if not self._dropped:
            self._text += data if self._in_pre else _SPACES.sub(" ", data)

    def close(self) -> None:
        super().close()
        self._end_row()

    def _end_link(self) -> None:
        if self._in_link:
            self._text += _LINK_END
            self._in_link = False

    def _end_row(self) -> None:
        self._end_block()
        if self._row is not None:
            row = "\t".join("\n".join(cell) for cell in self._row)
            self._row = None
            if row.strip():
                self.blocks.append(row)

    def _end_block(self) -> None:
        """Two line breaks in a row end a block as a tag does; one is a line of its own in it."""
        in_link = self._in_link
        self._end_link()
        lines = [_visible(line) for line in self._text.split("\n")]
        self._text, self._in_link = (_LINK, True) if in_link else ("", False)
        blocks = ["\n".join(group) for has_text, group in groupby(lines, _has_text) if has_text]
        if self._row:
            self._row[-1] += blocks
        else:
            self.blocks += blocks


def _has_text(line: str) -> bool:
    return bool(line.strip())


def _visible(line: str) -> str:
    return "" if _points_elsewhere(line) else _SPACES.sub(" ", line.translate(_MARKS)).strip(" ")


def _points_elsewhere(line: str) -> bool:
    """Whether the line is "Baca juga: …", with nothing but links after these words."""
    beside_links = _LINKED.sub("", line)
    return (
        _LABEL.match(line) is not None
        and beside_links != line
        and re.fullmatch(r"\W*", _LABEL.sub("", beside_links, count=1)) is not None
    )
