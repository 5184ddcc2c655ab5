"""What differs between two readings, field by field, for people and for machines."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from borneone_crawler.desk.diff import Op, compare, cut, excerpt, rendered
from borneone_crawler.desk.plain import brief
from borneone_crawler.items import Article, Reading

_TEXTS = frozenset({"article_body", "article_body_html", "description"})
_LONG = 100
"""Characters from which on any other field is shown as a word diff too."""

NOTHING = "nothing"
"""What stands for a value that is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field, before and after; the values are those of JSON."""

    field: str
    before: Any
    after: Any

    @property
    def is_long(self) -> bool:
        """Whether it is a text to be read as a word diff."""
        texts = [value for value in (self.before, self.after) if isinstance(value, str)]
        long = self.field in _TEXTS or any(len(text) > _LONG for text in texts)
        return long and len(texts) == 2

    def as_json(self) -> dict[str, Any]:
        """Before and after, and of a long text the words that differ."""
        said: dict[str, Any] = {"before": self.before, "after": self.after}
        if self.is_long:
            pieces = excerpt(compare(self.before, self.after))
            said["diff"] = [[piece.op, piece.text] for piece in pieces]
        return said

    def lines(self, *, colour: bool = False, most: int = 2_000) -> Iterator[str]:
        """The change as a person reads it; of a word diff at most so many words."""
        if self.is_long:
            pieces = excerpt(compare(self.before, self.after))
            if all(piece.op in (Op.KEPT, Op.LEFT_OUT) for piece in pieces):
                yield "only white space differs"
            else:
                yield rendered(cut(pieces, most), colour=colour)
        elif isinstance(self.before, dict) and isinstance(self.after, dict):
            for key in sorted(self.before.keys() | self.after.keys()):
                one, other = self.before.get(key), self.after.get(key)
                if one != other:
                    yield f"{brief(key)}: {_said(one)} → {_said(other)}"
        elif _is_parts(self.before) or _is_parts(self.after):
            yield from _parts(self.before or [], self.after or [])
        else:
            yield f"{_said(self.before)} → {_said(self.after)}"


def article_changes(before: Article, after: Article, names: Sequence[str]) -> list[Change]:
    """Those of the named fields that differ."""
    one, other = asdict(before), asdict(after)
    return [
        Change(field=name, before=one[name], after=other[name])
        for name in names
        if one[name] != other[name]
    ]


def reading_changes(before: Reading, after: Reading) -> list[Change]:
    """Everything that differs between two readings of the same page, links left aside."""
    one, other = asdict(before), asdict(after)
    names = [name for name in one["article"] if name != "url"]
    changes = article_changes(before.article, after.article, names)
    for name in ("reader", "sources", "flags", "removals"):
        if one[name] != other[name]:
            changes.append(Change(field=name, before=one[name], after=other[name]))
    return changes


def _is_parts(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _parts(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Iterator[str]:
    """Pictures, links or removals that came, went or say something else now."""
    old = {_key(one): one for one in before if one not in after}
    new = {_key(one): one for one in after if one not in before}
    if not old and not new:
        yield "in another order"
    for key in dict.fromkeys([*old, *new]):
        if key in old and key in new:
            for name, value in old[key].items():
                if value != new[key].get(name):
                    where = key.rpartition("/")[2] or key
                    yield f"{name} of {brief(where)}: {_said(value)} → {_said(new[key].get(name))}"
        elif key in old:
            yield f"- {_said(old[key])}"
        else:
            yield f"+ {_said(new[key])}"


def _key(part: dict[str, Any]) -> str:
    """What a part is known by: its address, or for a removal all that it says."""
    return str(part["url"]) if "url" in part else f"{part.get('rule')}\n{part.get('text')}"


def _said(value: Any) -> str:
    if value in (None, "", [], {}):
        return NOTHING
    if isinstance(value, dict):
        return brief(": ".join(str(each) for each in value.values() if each), 160)
    if isinstance(value, list):
        return brief(", ".join(_said(each) for each in value), 160)
    return brief(str(value), 160)
