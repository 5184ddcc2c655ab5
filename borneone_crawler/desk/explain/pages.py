"""Explains an article from its pages: reads them with today's reader, and watches."""

from collections import Counter
from collections.abc import Callable, Sequence

from lxml.etree import _Element

from borneone_crawler.cleaning.blocks import Block, Leaf, blocks_of, fold
from borneone_crawler.cleaning.tree import Taken
from borneone_crawler.desk.explain.explanation import (
    Cut,
    Explanation,
    OriginalBlock,
    OriginalPage,
    Run,
)
from borneone_crawler.desk.explain.fates import Fate, Piece, Watched
from borneone_crawler.items import NotAnArticle, RawPage
from borneone_crawler.reading import STEPS, Draft, Reader, begin, finish, page_of, steps
from borneone_crawler.site import Site
from borneone_crawler.urls import SiteUrls

NO_RULE = {
    "caption of a player": "Words below a player, for which the article has no field.",
}
"""Removals that no rule of boilerplate.toml makes -> why."""


def explain_pages(raws: Sequence[RawPage], site: Site) -> Explanation:
    """How today's reader reads an article's pages, given in order."""
    pages = [page_of(raw) for raw in raws]
    said = Explanation(pages=[], reading=None, reader_version=Reader(site).version)
    watch = None
    try:
        draft = begin(pages, SiteUrls(site.base_url, site.category_bases), site)
        watch = _Watch(draft)
        for step in STEPS:
            watch.take(step)
        said.reading = finish(draft)
        said.written = {
            name: draft.layout.written[date]
            for name in ("date_published", "date_modified")
            if (date := getattr(draft.article, name)) in draft.layout.written
        }
    except NotAnArticle as verdict:
        said.refused = verdict.reason
        said.seen = {
            name: value
            for name, value in {
                "title": fold(pages[0].root.findtext(".//title") or ""),
                "classes of body": " ".join(sorted(pages[0].classes)),
                "og:type": pages[0].structured.metas.get("og:type", ""),
                "JSON-LD": ", ".join(_types(pages[0].structured.nodes)),
                "canonical": ", ".join(pages[0].links.get("canonical", ())),
                "looks like HTML": "" if pages[0].is_html else "no",
            }.items()
            if value
        }
    if watch is None:
        bodies = [(page.url, page.body) for page in pages]
        said.pages = [_original(url, blocks_of(body), _unread) for url, body in bodies]
    else:
        said.pages, said.cuts = watch.pages(), watch.cuts
    return said


class _Watch:
    """A draft on its way, and what each step did to the words of its pages."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._pages = [Watched(content) for content in draft.contents]
        self._runs: dict[Piece, Run] = {}
        self.cuts: list[Cut] = []
        self._reasons = {rule.name: rule.reason for rule in draft.rules.all} | NO_RULE

    def take(self, step: Callable[[Draft], None]) -> None:
        """Have the step done. Raises NotAnArticle where the step does."""
        draft = self._draft
        taken, removals = len(draft.taken), len(draft.removals)
        headline = draft.layout.heading
        try:
            step(draft)
        finally:
            fresh = [
                Cut(
                    number=number,
                    rule=removal.rule,
                    reason=self._reasons.get(removal.rule, ""),
                    text=removal.text,
                )
                for number, removal in enumerate(draft.removals[removals:], removals + 1)
            ]
            self.cuts += fresh
            by_rules = dict(zip(map(id, draft.taken[taken:]), fresh, strict=False))
            for page, content in zip(self._pages, draft.contents, strict=True):
                above = step is steps.narrow_to_content
                for piece in page.gone(content, last_first=above):
                    if above:
                        run = self._outside(page, piece, headline)
                    elif step is steps.lift_media:
                        run = self._lifted(piece, fresh)
                    else:
                        one = page.taken_by(piece, draft.taken[taken:])
                        run = Run("", Fate.REMOVED, by_rules.get(id(one)))
                    self._runs[piece] = run

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
        is_picture = piece.top is not None and next(piece.top.iter("img", "amp-img"), None)
        return Run("", Fate.MOVED, field="images" if is_picture is not None else "embeds")

    def pages(self) -> list[OriginalPage]:
        """The pages as they were, each word with its fate."""
        return [
            _original(layout.page.url, page.blocks, self._of(page))
            for layout, page in zip(self._draft.layouts, self._pages, strict=True)
        ]

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


def _types(nodes: Sequence[dict[str, object]]) -> list[str]:
    """The @type of each JSON-LD object, each once."""
    found = (node.get("@type") for node in nodes)
    return list(dict.fromkeys(str(one) for one in found if one))
