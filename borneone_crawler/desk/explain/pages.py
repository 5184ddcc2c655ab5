"""Explains an article from its pages: reads them with today's reader, and watches."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import zip_longest

from lxml.etree import _Element

from borneone_crawler.cleaning.blocks import Block, Leaf, blocks_of
from borneone_crawler.cleaning.tree import Taken
from borneone_crawler.desk.explain.explanation import (
    Cut,
    Explanation,
    OriginalBlock,
    OriginalPage,
    Run,
)
from borneone_crawler.desk.explain.fates import Fate, Piece, Watched
from borneone_crawler.desk.explain.words import NO_RULE
from borneone_crawler.items import NotAnArticle, RawPage, Removal
from borneone_crawler.patience import TooSlow
from borneone_crawler.reading import STEPS, Draft, Page, Reader, finish, page_of, steps
from borneone_crawler.statuses import Status, Stop
from borneone_crawler.trees import fold

_LABELS = frozenset({"", "foto", "oleh", "by", "penulis"})
"""Letters that may be left of a line of facts."""


def explain_pages(raws: Sequence[RawPage], reader: Reader) -> Explanation:
    """How today's reader reads an article's pages, given in order. Raises Stop UNEXPECTED_PAGES
    when a step takes longer than it may."""
    pages = [page_of(raw) for raw in raws]
    said = Explanation(
        pages=[],
        reading=None,
        own_rules=frozenset(rule.name for rule in reader.rules.own),
        reader_version=reader.version,
    )
    watch = None
    try:
        draft = reader.begin([page.copy() for page in pages])
        watch = _Watch(draft, reader)
        for step in STEPS:
            watch.take(step)
        said.reading = finish(draft)
        said.written = {
            name: draft.layout.written[date]
            for name in ("date_published", "date_modified")
            if (date := getattr(draft.article, name)) in draft.layout.written
        }
    except NotAnArticle as verdict:
        said.refused, said.seen = verdict.reason, _seen(pages[0])
    except TooSlow as error:
        raise Stop(Status.UNEXPECTED_PAGES, f"{pages[0].url}: {error}") from error
    if watch is None:
        bodies = [(page.url, page.body) for page in pages]
        said.pages = [_original(url, blocks_of(body), _unread) for url, body in bodies]
    else:
        said.pages, said.cuts = watch.pages(), watch.cuts
    return said


class _Watch:
    """A draft on its way, and what each step did to the words of its pages."""

    def __init__(self, draft: Draft, reader: Reader) -> None:
        self._draft = draft
        self._reader = reader
        self._pages = [Watched(content) for content in draft.contents]
        self._runs: dict[Piece, Run] = {}
        self.cuts: list[Cut] = []
        self._reasons = {rule.name: rule.reason for rule in draft.rules.all} | NO_RULE

    def take(self, step: Callable[[Draft], None]) -> None:
        """Have the step done. Raises NotAnArticle where the step does, and TooSlow."""
        draft = self._draft
        before, removals = len(draft.taken), len(draft.removals)
        self._reader.take(step, draft)
        taken, numbered = draft.taken[before:], enumerate(draft.removals[removals:], removals + 1)
        # A rule's removal is recorded where it was taken; a lost caption is not.
        fresh = [
            self._cut(number, removal, one)
            for (number, removal), one in zip_longest(numbered, taken)
        ]
        self.cuts += fresh
        cut_of = {id(one): cut for one, cut in zip(taken, fresh, strict=False)}
        above = step is steps.narrow_to_content
        pages = zip(self._pages, draft.contents, draft.layouts, strict=True)
        for page, content, layout in pages:
            gone = page.gone(content, last_first=above)
            for piece, taker in page.takers(gone, taken):
                if above:
                    self._runs[piece] = self._outside(page, piece, layout.heading)
                elif step is steps.lift_media:
                    self._runs[piece] = self._lifted(piece, fresh)
                else:
                    self._runs[piece] = Run("", Fate.REMOVED, cut_of.get(id(taker)))

    def _cut(self, number: int, removal: Removal, taken: Taken | None) -> Cut:
        went = taken.element if taken else None
        return Cut(
            number=number,
            rule=removal.rule,
            reason=self._reasons.get(removal.rule, ""),
            text=removal.text,
            gives=taken.rule.gives if taken else None,
            in_text=went is None
            or any(
                page.holds(container, went)
                for page, container in zip(self._pages, self._draft.containers, strict=True)
            ),
        )

    def _outside(self, page: Watched, piece: Piece, headline: _Element | None) -> Run:
        is_headline = headline is not None and page.is_within(piece, headline)
        if is_headline and piece.text.strip() in (self._draft.article.headline or ""):
            return Run("", Fate.MOVED, field="headline")
        return Run("", Fate.OUTSIDE)

    def _lifted(self, piece: Piece, captions: Sequence[Cut]) -> Run:
        """Words beside a picture or player: a caption, or an embedded post's own."""
        words = fold(piece.text)
        for cut in captions:
            if words in cut.text:
                return Run("", Fate.REMOVED, cut)
        if piece.top is None or next(piece.top.iter("img", "amp-img"), None) is None:
            return Run("", Fate.MOVED, field="embeds")
        beside = _letters("".join(piece.top.itertext()))
        kept = (image.caption or image.credit_text for image in self._draft.article.images)
        if any(_letters(caption) in beside for caption in kept if caption):
            return Run("", Fate.MOVED, field="images")
        return Run("", Fate.LOST)

    def pages(self) -> list[OriginalPage]:
        """The pages as they were, each word with its fate."""
        said = []
        for layout, page in zip(self._draft.layouts, self._pages, strict=True):
            original = _original(layout.page.url, page.blocks, self._of(page))
            for block, there in zip(original.blocks, page.blocks, strict=True):
                first = page.piece_of(there.cells[0][0].leaves[0])
                if block.fate is Fate.OUTSIDE and page.is_within(first, layout.article):
                    self._find_fields(block)
            said.append(original)
        return said

    def _find_fields(self, block: OriginalBlock) -> None:
        """Beside the text stand facts: words that say nothing but those went to their fields."""
        article = self._draft.article
        image = article.main_image
        shown = [image.caption, image.credit_text] if image else []
        captions = [("main_image", words) for words in shown if words]
        facts = [("authors", name) for name in article.authors]
        facts += [("article_section", name) for name in article.article_section]
        facts += [("keywords", name) for name in article.keywords]
        for values in (captions, facts):
            rest, fields = _letters(block.text), set()
            for name, value in sorted(values, key=lambda one: -len(one[1])):
                if _letters(value) in rest:
                    rest = rest.replace(_letters(value), "", 1)
                    fields.add(name)
            if fields and rest in _LABELS:
                field = ", ".join(sorted(fields))
                block.runs = [Run(run.text, Fate.MOVED, field=field) for run in block.runs]
                return

    def _of(self, page: Watched) -> Callable[[Leaf, int], Run]:
        kept = Run("", Fate.KEPT)
        return lambda leaf, nth: self._runs.get(page.piece_of(leaf, nth), kept)


def _unread(_leaf: Leaf, _nth: int) -> Run:
    return Run("", None)


def _original(
    url: str, blocks: Sequence[Block], run_of: Callable[[Leaf, int], Run]
) -> OriginalPage:
    """The blocks of a page; `run_of` tells what a leaf shares with a run."""
    met: Counter[tuple[_Element, bool, str]] = Counter()
    originals = []
    for block in blocks:
        original = OriginalBlock()
        for cell, lines in enumerate(block.cells):
            original.end("\t" if cell else "")
            for number, line in enumerate(lines):
                original.end("\n" if number else "")
                for leaf in line.leaves:
                    key = (leaf.element, leaf.is_tail, leaf.text)
                    original.add(leaf.text, run_of(leaf, met[key]))
                    met[key] += 1
        originals.append(original)
    return OriginalPage(url=url, blocks=originals)


def _seen(page: Page) -> dict[str, str]:
    """What a page that is no article shows of itself, where most refusals are decided."""
    types = (node.get("@type") for node in page.structured.nodes)
    said = {
        "title": fold(page.root.findtext(".//title") or ""),
        "h1": "; ".join(fold("".join(one.itertext())) for one in page.root.iter("h1")),
        "classes of body": " ".join(sorted(page.classes)),
        "og:type": page.structured.metas.get("og:type", ""),
        "JSON-LD": ", ".join(dict.fromkeys(str(one) for one in types if one)),
        "canonical": ", ".join(page.links.get("canonical", ())),
        "looks like HTML": "" if page.is_html else "no",
    }
    return {name: value for name, value in said.items() if value}


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
