"""An explanation: every block of the original with its fate, beside what was read of it."""

import re
from dataclasses import asdict, dataclass, field
from typing import Any

from borneone_crawler.desk.explain.fates import Fate
from borneone_crawler.items import Reading

_WHITE_SPACE = re.compile(r"[ \t\n\r\f]+")


@dataclass(slots=True, frozen=True, kw_only=True)
class Cut:
    """One removal."""

    number: int
    """From 1, in the order in which they were made."""
    rule: str
    reason: str
    text: str
    """All that went, white space folded; "" for what has no words, as a row of buttons."""
    gives: str | None = None
    """The field that its links are kept in."""
    in_text: bool = True
    """Whether it stood in the element that holds the text, and not around it."""


@dataclass(slots=True)
class Run:
    """Words of one block that share one fate."""

    text: str
    fate: Fate | None
    """None on a page that was not read, being no article."""
    cut: Cut | None = None
    """The removal that took them."""
    field: str | None = None
    """The field they went to."""

    @property
    def what(self) -> tuple[Fate | None, int | None, str | None]:
        """The fate and whatever else tells it from another."""
        return self.fate, self.cut.number if self.cut else None, self.field


@dataclass(slots=True)
class OriginalBlock:
    """A paragraph, heading, list item or table row of the original."""

    runs: list[Run] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs).strip()

    @property
    def what(self) -> tuple[Fate | None, int | None, str | None] | None:
        """What all of its words share, or None if they part."""
        shared = {run.what for run in self.runs if run.text.strip()}
        return shared.pop() if len(shared) == 1 else None

    @property
    def fate(self) -> Fate | None:
        """The fate of all of its words, or None if they part."""
        return None if self.what is None else self.what[0]

    def add(self, text: str, run: Run) -> None:
        """Go on with a text that shares the fate of `run`, white space folded over both."""
        text = _WHITE_SPACE.sub(" ", text)
        if not self.runs or self.runs[-1].text[-1:] in {" ", "\n", "\t"}:
            text = text.lstrip(" ")
        if self.runs and self.runs[-1].what == run.what:
            self.runs[-1].text += text
        elif text:
            self.runs.append(Run(text, run.fate, run.cut, run.field))

    def end(self, mark: str) -> None:
        """End a line or a cell with "\\n" or a tab."""
        if self.runs:
            self.runs[-1].text = self.runs[-1].text.rstrip(" ") + mark


@dataclass(slots=True, kw_only=True)
class OriginalPage:
    """One page of the original, in reading order."""

    url: str
    blocks: list[OriginalBlock]

    @property
    def groups(self) -> list[list[OriginalBlock]]:
        """The blocks with neighbours of one fate together."""
        groups: list[list[OriginalBlock]] = []
        for block in self.blocks:
            if groups and block.what is not None and groups[-1][0].what == block.what:
                groups[-1].append(block)
            else:
                groups.append([block])
        return groups


@dataclass(slots=True, kw_only=True)
class Explanation:
    """How one article was read, or why a page is none."""

    pages: list[OriginalPage]
    reading: Reading | None
    """None where the page is no article."""
    refused: str | None = None
    """The reason why it is none."""
    seen: dict[str, str] = field(default_factory=dict)
    """What a page that is no article shows of itself."""
    cuts: list[Cut] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)
    """Date field -> the date as the page writes it."""
    own_rules: frozenset[str] = frozenset()
    """Names of the owner's own rules, whose reasons are in the owner's words."""
    reader_version: str = ""
    time_zone: str = "UTC"
    """The newsroom's."""
    about: dict[str, Any] = field(default_factory=dict)
    """Of an article of the archive: its number, revision and capture time; of a file its name."""

    def count(self, fate: Fate | None) -> int:
        """How many blocks of the original have words of that fate."""
        return sum(
            any(run.fate == fate and run.text.strip() for run in block.runs)
            for page in self.pages
            for block in page.blocks
        )

    def by_rule(self, *, in_text: bool) -> dict[str, list[Cut]]:
        """The removals in the text, or around it, by the name of their rule; those that took
        something with words first."""
        rules: dict[str, list[Cut]] = {}
        for cut in self.cuts:
            if cut.in_text is in_text:
                rules.setdefault(cut.rule, []).append(cut)
        return dict(sorted(rules.items(), key=lambda one: not any(cut.text for cut in one[1])))

    def fields(self) -> list[tuple[str, Any, str | None]]:
        """(name, value, source) of each field that has a value, but for the text itself."""
        if self.reading is None:
            return []
        said = asdict(self.reading.article)
        return [
            (name, value, self.reading.sources.get(name))
            for name, value in said.items()
            if value not in (None, "", []) and not name.startswith("article_body")
        ]

    def as_json(self) -> dict[str, Any]:
        """All of it, for machines."""
        said: dict[str, Any] = {**self.about, "reader_version": self.reader_version}
        if self.refused is not None:
            said |= {"refused": self.refused, "seen": self.seen}
        if self.reading is not None:
            said |= asdict(self.reading)
            del said["removals"]
        said["written"] = self.written
        said["removals"] = [asdict(cut) for cut in self.cuts]
        said["pages"] = [
            {"url": page.url, "blocks": [_block(block) for block in page.blocks]}
            for page in self.pages
        ]
        return said


def _block(block: OriginalBlock) -> dict[str, Any]:
    what = block.what
    said: dict[str, Any] = {"fate": "mixed" if what is None else what[0], "text": block.text}
    if what is None:
        said["runs"] = [{"text": run.text, **_fate(run)} for run in block.runs]
    else:
        said |= _fate(block.runs[0])
    return said


def _fate(run: Run) -> dict[str, Any]:
    said: dict[str, Any] = {"fate": run.fate}
    if run.cut:
        said |= {"removal": run.cut.number, "rule": run.cut.rule}
    if run.field:
        said["field"] = run.field
    return said
