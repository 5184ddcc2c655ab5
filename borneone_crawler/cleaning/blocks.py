"""The text of a tree as blocks and lines, each still tied to the nodes it stands in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element, iterwalk

from borneone_crawler.trees import BLOCKS, fold

SILENT = frozenset(
    """script style template noscript svg iframe object video audio canvas map textarea select head
    title noframes""".split()  # noqa: SIM905
)
"""Elements whose content is no text of the page."""

# What a line may consist of and still be empty: a reader sees nothing.
_INVISIBLE = " \t\n\r\f\xa0\u200b\u2060\ufeff"


@dataclass(slots=True, frozen=True)
class Leaf:
    """One piece of text: the text of an element, or the tail behind it."""

    element: _Element
    is_tail: bool
    text: str
    link: _Element | None
    number: int = 0
    """Of preformatted text: which line of the element's text or tail it is, from 0."""
    is_line: bool = False


def clear(leaves: Iterable[Leaf]) -> None:
    """Take texts out of their tree; of preformatted text, only these lines of it."""
    lines: defaultdict[tuple[_Element, bool], set[int]] = defaultdict(set)
    for leaf in leaves:
        lines[leaf.element, leaf.is_tail] |= {leaf.number} if leaf.is_line else set()
    for (element, is_tail), numbers in lines.items():
        left = None
        if numbers:
            pieces = ((element.tail if is_tail else element.text) or "").split("\n")
            kept = ("" if at in numbers else piece for at, piece in enumerate(pieces))
            left = "\n".join(kept) or None
        if is_tail:
            element.tail = left
        else:
            element.text = left


@dataclass(slots=True)
class Line:
    """What stands between two line breaks of a block."""

    leaves: list[Leaf] = field(default_factory=list)
    break_before: _Element | None = None
    """The <br> that ended the line above it in the same block."""

    @property
    def text(self) -> str:
        return fold("".join(leaf.text for leaf in self.leaves))

    @property
    def is_empty(self) -> bool:
        return not any(leaf.text.strip(_INVISIBLE) for leaf in self.leaves)


@dataclass(slots=True)
class Block:
    """A paragraph, heading, list item, quote, or a table row with several cells."""

    cells: list[list[Line]]

    @property
    def text(self) -> str:
        """Lines apart by a line end, cells by a tab."""
        return "\t".join("\n".join(line.text for line in lines) for lines in self.cells)


def blocks_of(container: _Element) -> list[Block]:
    """The blocks of a tree in order; those without a visible character are left out."""
    return list(_blocks(container))


def text_of(blocks: list[Block]) -> str:
    """The blocks' text, a blank line between them and no character added."""
    return "\n\n".join(block.text for block in blocks)


def _blocks(container: _Element) -> Iterator[Block]:
    lines = [Line()]
    cells: list[list[Line]] | None = None  # of the table row being read
    row: _Element | None = None
    link: _Element | None = None
    preformatted = 0

    def add(element: _Element, is_tail: bool) -> None:
        text = element.tail if is_tail else element.text
        if not text:
            return
        if not preformatted:
            lines[-1].leaves.append(Leaf(element, is_tail, text, link))
            return
        for number, piece in enumerate(text.split("\n")):
            if number:
                lines.append(Line())
            lines[-1].leaves.append(Leaf(element, is_tail, piece, link, number, is_line=True))

    walk = iterwalk(container, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in SILENT and element is not container:
                walk.skip_subtree()
                continue
            if tag == "br":
                lines.append(Line(break_before=element))
            elif tag == "tr" and row is None and _is_data(element):
                yield from _paragraphs(lines)
                row, cells, lines = element, [], [Line()]
            elif tag in BLOCKS:
                if cells is None:
                    yield from _paragraphs(lines)
                    lines = [Line()]
                elif tag in {"td", "th"} and element.getparent() is row:
                    lines = [Line()]
                    cells.append(lines)
                elif not lines[-1].is_empty:
                    lines.append(Line())
                preformatted += tag == "pre"
            elif tag == "a":
                link = element
            add(element, is_tail=False)
            continue
        if event == "end":
            if element is row and cells is not None:
                yield from _row(cells)
                row, cells, lines = None, None, [Line()]
            elif tag in BLOCKS:
                if cells is None:
                    yield from _paragraphs(lines)
                    lines = [Line()]
                elif not lines[-1].is_empty:
                    lines.append(Line())
                preformatted -= tag == "pre"
            elif tag == "a":
                link = None
        if element is not container:
            add(element, is_tail=True)
    yield from _paragraphs(lines)


def _paragraphs(lines: list[Line]) -> Iterator[Block]:
    """Lines between block edges; an empty line (two or more <br>) parts two paragraphs."""
    paragraph: list[Line] = []
    for line in lines:
        if not line.is_empty:
            paragraph.append(line)
        elif paragraph:
            yield Block([paragraph])
            paragraph = []
    if paragraph:
        yield Block([paragraph])


def _row(cells: list[list[Line]]) -> Iterator[Block]:
    rows = [[line for line in lines if not line.is_empty] for lines in cells]
    if any(rows):
        yield Block(rows)


def _is_data(row: _Element) -> bool:
    """Whether a table row is data, and not a frame that lays out whole paragraphs."""
    if next(row.iter("table"), None) is not None:
        return False
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    return len(cells) > 1
