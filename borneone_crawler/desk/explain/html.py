"""An explanation as one page for a browser, which loads nothing and runs nothing."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from borneone_crawler.desk.browser import page_of, write_page
from borneone_crawler.desk.explain import words as wording
from borneone_crawler.desk.explain.explanation import Cut, Explanation, OriginalBlock
from borneone_crawler.desk.explain.fates import Fate
from borneone_crawler.desk.words import Words
from borneone_crawler.statuses import Status, Stop

_HERE = Path(__file__).parent
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
"""Unicode categories of characters that nobody sees: controls, formats, half characters."""
_JOINERS = frozenset("\u200c\u200d")
"""Format characters without which an emoji is another one."""


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring blocks of one fate, or one whose words have several."""

    blocks: list[OriginalBlock]
    anchors: dict[int, int]
    """Number of a block's run -> the removal whose first words it shows."""

    @property
    def fate(self) -> Fate | None:
        return self.blocks[0].fate

    @property
    def is_mixed(self) -> bool:
        return self.blocks[0].what is None

    @property
    def cut(self) -> Cut | None:
        return self.blocks[0].runs[0].cut

    @property
    def field(self) -> str | None:
        return self.blocks[0].runs[0].field


def write_html(said: Explanation, words: Words, path: Path, inputs: Sequence[str] = ()) -> None:
    """Write the page, never over one of the `inputs`. Raises Stop USAGE or CANNOT_CREATE."""
    if any(path.exists() and Path(one).exists() and path.samefile(one) for one in inputs):
        raise Stop(Status.USAGE, f"{path} is what is to be explained")
    write_page(path, html_of(said, words))


def html_of(said: Explanation, words: Words) -> str:
    """The page. Every text of others is escaped, and what in it cannot be seen is shown."""
    words, zone = words.of("explain"), ZoneInfo(said.time_zone)
    groups, shown = _groups(said)
    return page_of(
        _HERE,
        said=said,
        groups=groups,
        shown=shown,
        Fate=Fate,
        pieces=pieces,
        language=words.language,
        say=words.say,
        origin=wording.origin_of(said, words, lambda at: words.time(at, zone)),
        refusal=wording.refusal(said.refused or "", words),
        flag_meaning=lambda flag: wording.flag_meaning(flag, words),
        counted=lambda number: wording.counted(number, words),
        seen_as=lambda name: words.meaning("seen", name, name),
        reason_of=partial(_reason_of, said, words),
    )


def _reason_of(said: Explanation, words: Words, cut: Cut) -> str:
    """Why a rule took it: a built-in one says so in English, and words.toml in other languages."""
    if cut.rule in said.own_rules:
        return cut.reason
    return words.meaning("rules", cut.rule, cut.reason)


def pieces(text: str) -> Iterator[tuple[str | None, str]]:
    """(name, text) of each piece of a text: name None for what can be seen; of a character that
    cannot, or that turns the direction of what stands beside it, its name and its code."""
    seen: list[str] = []
    for char in text:
        if char in "\n\t" or char in _JOINERS or unicodedata.category(char) not in _UNSEEN:
            seen.append(char)
            continue
        if seen:
            yield None, "".join(seen)
            seen = []
        yield unicodedata.name(char, "CONTROL CHARACTER"), f"U+{ord(char):04X}"
    if seen:
        yield None, "".join(seen)


def _groups(said: Explanation) -> tuple[list[list[Group]], set[int]]:
    """The groups of each page, and the numbers of the removals that have a place in them."""
    shown: set[int] = set()
    pages = []
    for page in said.pages:
        groups = []
        for blocks in page.groups:
            anchors = {}
            for number, run in enumerate(blocks[0].runs):
                if run.cut and run.cut.number not in shown:
                    shown.add(run.cut.number)
                    anchors[number] = run.cut.number
            groups.append(Group(blocks, anchors))
        pages.append(groups)
    return pages, shown
