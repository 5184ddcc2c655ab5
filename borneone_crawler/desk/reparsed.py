"""What reading captures again changes, or would: counts, samples and reasons."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from borneone_crawler.archive.articles.articles import Effect
from borneone_crawler.archive.articles.rereading import Again
from borneone_crawler.archive.articles.revisions import same_reading
from borneone_crawler.archive.articles.stored import content_digest
from borneone_crawler.archive.reparsing.looking import PageAgain
from borneone_crawler.desk.changes import Change, reading_changes
from borneone_crawler.desk.plain import brief, plain
from borneone_crawler.statuses import Status, Stop

SAMPLES = 5
"""Examples kept of each field and each reason."""

_DERIVED = frozenset({"article_body_html", "word_count"})
"""Fields of which no samples are shown: what they say is said by the text."""

_MOST_LINES, _MOST_WORDS = 6, 60
"""What is shown of a sample on a terminal."""


@dataclass(slots=True)
class Tally:
    """How often something happened, and the first few times of it."""

    count: int = 0
    samples: list[dict[str, Any]] = field(default_factory=list)

    def add(self, **sample: Any) -> None:
        self.count += 1
        if len(self.samples) < SAMPLES:
            self.samples.append(sample)


@dataclass(slots=True, kw_only=True)
class Report:
    """Takes in what was read again, one by one."""

    reader_version: str
    dry_run: bool
    looked_at: int = 0
    changed: int = 0
    edited_text: int = 0
    """Of those changed: readings that differ in what counts as content."""
    articles: set[int] = field(default_factory=set)
    """Articles with a revision that changed."""
    fields: dict[str, Tally] = field(default_factory=dict)
    readers: dict[str, Counter[str]] = field(default_factory=dict)
    rules: dict[str, Counter[str]] = field(default_factory=dict)
    refused: dict[str, Tally] = field(default_factory=dict)
    lost: dict[str, Tally] = field(default_factory=dict)
    faults: dict[str, Tally] = field(default_factory=dict)
    pages: int = 0
    found: dict[str, Tally] = field(default_factory=dict)
    """Pages that could not be read before, by what became of them."""
    still_none: Counter[str] = field(default_factory=Counter)

    @property
    def read(self) -> int:
        """Captures that could be opened, whatever was found in them."""
        return self.looked_at + self.pages - sum(each.count for each in self.lost.values())

    def add(self, again: Again | PageAgain) -> None:
        """One more revision, or one more page that is part of none yet."""
        if isinstance(again, Again):
            self._add_revision(again)
        else:
            self._add_page(again)

    def _add_revision(self, again: Again) -> None:
        self.looked_at += 1
        where = {"url": again.before.article.url, "revision": again.revision.n}
        reader = self.readers.setdefault(again.before.reader, Counter())
        reader["looked_at"] += 1
        if again.after is None:
            self._add_failure(again, where)
            return
        if same_reading(again.before, again.after):
            return
        self.changed += 1
        self.articles.add(again.revision.article_id)
        reader["changed"] += 1
        self.edited_text += content_digest(again.before.article) != content_digest(
            again.after.article
        )
        for change in reading_changes(again.before, again.after):
            tally = self.fields.setdefault(change.field, Tally())
            tally.add(**where, change=change)
        for name, reading in (("before", again.before), ("after", again.after)):
            for removal in reading.removals:
                self.rules.setdefault(removal.rule, Counter())[name] += 1

    def _add_page(self, again: PageAgain) -> None:
        self.pages += 1
        where = {"url": again.page.url}
        if again.fault or again.lost:
            self._add_failure(again, where)
        elif again.further:
            self._found("waiting for their other pages", again, where)
        elif again.refused is not None:
            self.still_none[again.refused] += 1
        elif again.effect is Effect.NEW or (again.effect is None and not again.page.article_id):
            self._found("new articles", again, where)
        elif again.effect is Effect.WITHHELD:
            self._found("taken down", again, where)
        elif again.effect is Effect.UNCHANGED:
            self._found("as held", again, where)
        else:
            self._found("newer states of articles", again, where)

    def _found(self, what: str, again: PageAgain, where: dict[str, Any]) -> None:
        headline = again.reading.article.headline if again.reading else None
        self.found.setdefault(what, Tally()).add(**where, headline=headline)

    def _add_failure(self, again: Again | PageAgain, where: dict[str, Any]) -> None:
        for reasons, reason in (
            (self.faults, again.fault), (self.lost, again.lost), (self.refused, again.refused),
        ):  # fmt: skip
            if reason is not None:
                reasons.setdefault(reason, Tally()).add(**where)
                return

    def check(self) -> None:
        """Raise Stop where a person must know: BUG for faults of this program, NO_ARCHIVE when
        there were captures and none could be opened."""
        for fault, tally in self.faults.items():
            url = tally.samples[0]["url"]
            message = f"a fault of this program, the first time with {url}: {fault}"
            raise Stop(Status.BUG, message)
        if self.looked_at + self.pages and not self.read:
            raise Stop(Status.NO_ARCHIVE, f"no capture can be read: {next(iter(self.lost))}")

    def counts(self) -> dict[str, object]:
        """The numbers for the run's row."""
        return {
            "reparse/revisions": self.looked_at,
            "reparse/changed": self.changed,
            "reparse/pages": self.pages,
            "reparse/found": sum(each.count for each in self.found.values()),
            "reparse/refused": sum(each.count for each in self.refused.values()),
            "reparse/lost": sum(each.count for each in self.lost.values()),
            "reparse/faults": sum(each.count for each in self.faults.values()),
        }

    def as_json(self) -> dict[str, Any]:
        """Everything, for machines."""
        return {
            "reader_version": self.reader_version,
            "dry_run": self.dry_run,
            "revisions": {
                "looked_at": self.looked_at,
                "changed": self.changed,
                "changed_in_content": self.edited_text,
            },
            "articles_changed": len(self.articles),
            "fields": {
                name: {"count": tally.count, "samples": [_sample(one) for one in tally.samples]}
                for name, tally in self.fields.items()
            },
            "readers": {name: dict(counts) for name, counts in self.readers.items()},
            "rules": {
                rule: {"before": counts["before"], "after": counts["after"]}
                for rule, counts in sorted(self.rules.items())
                if counts["before"] != counts["after"]
            },
            "no_longer_read": _reasons(self.refused),
            "lost": _reasons(self.lost),
            "faults": _reasons(self.faults),
            "pages": {
                "looked_at": self.pages,
                "found": _reasons(self.found),
                "still_none": dict(self.still_none),
            },
        }

    def lines(self, *, colour: bool = False) -> Iterator[str]:
        """The same for people."""
        if not self.looked_at + self.pages:
            yield f"nothing to read again with reader {self.reader_version}"
            return
        would = "would change" if self.dry_run else "changed"
        yield (
            f"reader {self.reader_version}: {self.looked_at} revisions looked at, "
            f"{self.changed} {would} ({self.edited_text} in what counts as content)"
        )
        for name, counts in sorted(self.readers.items()):
            yield f"  layout {name}: {counts['looked_at']} looked at, {counts['changed']} {would}"
        for name, tally in sorted(self.fields.items(), key=lambda one: -one[1].count):
            yield ""
            yield f"{name}: {tally.count}"
            if name in _DERIVED:
                continue
            for sample in tally.samples:
                yield f"  {brief(sample['url'], 120)} (revision {sample['revision']})"
                lines = list(sample["change"].lines(colour=colour, most=_MOST_WORDS))
                yield from (f"    {line}" for line in lines[:_MOST_LINES])
                if len(lines) > _MOST_LINES:
                    yield f"    … and {len(lines) - _MOST_LINES} more"
        yield from self._rule_lines()
        would = "would be" if self.dry_run else "are"
        yield from _told(
            f"captured pages that could not be read before and {would} now", self.found
        )
        if self.still_none:
            yield ""
            yield "captured pages that are still no articles"
            for reason, count in self.still_none.most_common():
                yield f"  {plain(reason)}: {count}"
        yield from _told(
            "revisions that would no longer be read, and stay as they were read", self.refused
        )
        yield from _told("captures that cannot be read", self.lost)
        yield from _told("faults of this program", self.faults)

    def _rule_lines(self) -> Iterator[str]:
        moved = {
            rule: counts
            for rule, counts in sorted(self.rules.items())
            if counts["before"] != counts["after"]
        }
        if moved:
            yield ""
            yield "rules, in the readings that differ"
        for rule, counts in moved.items():
            yield f"  {plain(rule)}: took {counts['before']}, takes {counts['after']}"


def _sample(sample: dict[str, Any]) -> dict[str, Any]:
    change: Change = sample["change"]
    return {"url": sample["url"], "revision": sample["revision"]} | change.as_json()


def _reasons(tallies: dict[str, Tally]) -> dict[str, dict[str, Any]]:
    return {
        reason: {"count": tally.count, "samples": tally.samples}
        for reason, tally in tallies.items()
    }


def _told(title: str, tallies: dict[str, Tally]) -> Iterator[str]:
    if not tallies:
        return
    yield ""
    yield title
    for reason, tally in tallies.items():
        yield f"  {plain(reason)}: {tally.count}"
        for sample in tally.samples:
            number = f" (revision {sample['revision']})" if "revision" in sample else ""
            headline = f" {brief(sample['headline'])}" if sample.get("headline") else ""
            yield f"    {brief(sample['url'], 120)}{number}{headline}"
