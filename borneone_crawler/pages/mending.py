"""What is put right in the tree of a page before anybody reads it."""

from collections.abc import Iterable, Mapping

from lxml.etree import XPath, _Element

_EMOJI = XPath(
    "descendant::img[@alt][contains(@src, '/images/core/emoji/') or contains(@src, '/smilies/')"
    " or contains(@class, 'wp-smiley')]"
)


def take_back(root: _Element) -> None:
    """What stands behind a </html> goes back to the end of the body, where browsers show it:
    libxml2 makes trees of their own of it, which no search from the root would find."""
    others = list(root.itersiblings("html"))
    body = root.find("body") if others else None
    place = root if body is None else body
    for other in others:
        _move(other, place)
        place.append(other)
        place.remove(other)


def write_out_emoji(root: _Element) -> None:
    """WordPress draws smileys and emoji as pictures whose alt text is the character itself."""
    characters = {image: image.get("alt") for image in _EMOJI(root)}
    for parent in dict.fromkeys(image.getparent() for image in characters):
        _write_out(parent, characters)


def _move(source: _Element, place: _Element) -> None:
    """Have what an element holds stand at the end of another; a second head or body is none."""
    _add_text(place, source.text)
    for child in source.getchildren():
        if child.tag in {"head", "body"}:
            _move(child, place)
            _add_text(place, child.tail)
        else:
            place.append(child)


def _add_text(place: _Element, text: str | None) -> None:
    last = next(place.iterchildren(reversed=True), None)
    _say(place, last, [place.text if last is None else last.tail, text])


def _write_out(parent: _Element, characters: Mapping[_Element, str]) -> None:
    """Write pictures out as text. All of an element at once: one by one, each would copy what
    stands before it."""
    before, words = None, [parent.text]
    for child in parent.getchildren():
        if child in characters:
            words += [characters[child], child.tail]
            parent.remove(child)
        else:
            _say(parent, before, words)
            before, words = child, [child.tail]
    _say(parent, before, words)


def _say(parent: _Element, before: _Element | None, words: Iterable[str | None]) -> None:
    """Have words stand behind a child of an element, or before the first."""
    text = "".join(filter(None, words)) or None
    if before is None:
        parent.text = text
    else:
        before.tail = text
