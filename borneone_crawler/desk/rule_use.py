"""What each boilerplate rule has taken off the articles as they are shown now."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from borneone_crawler.cleaning.rule import ElementRule, LineRule, Rule
from borneone_crawler.cleaning.rules import Rules
from borneone_crawler.desk.explain.words import NO_RULE

# With one max() the other columns come from its row (https://sqlite.org/lang_select.html#bareagg).
_TAKEN = """
SELECT
    m.rule AS name, count(*) AS pieces, count(DISTINCT a.id) AS articles,
    max(v.seen_at) AS last_at, a.url AS last_url
FROM articles AS a
JOIN revisions AS v ON v.id = a.revision_id
JOIN removals AS m ON m.reading_id = a.reading_id
WHERE a.id NOT IN (SELECT article_id FROM takedowns)
    AND (:since IS NULL OR a.date_published >= :since)
GROUP BY m.rule
"""

_ARTICLES = """
SELECT count(*) AS articles, count(*) FILTER (WHERE v.read_with IS NOT :version) AS outdated
FROM articles AS a JOIN revisions AS v ON v.id = a.revision_id
WHERE a.id NOT IN (SELECT article_id FROM takedowns)
    AND (:since IS NULL OR a.date_published >= :since)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A rule, and what it took. None where nothing says it."""

    name: str
    takes: str | None
    """"element", "line" or "tail"; None of what is in no rule of today."""
    origin: str | None
    """"built in", "own", "off", or "reader" of what goes by no rule; None of what is in no rule of
    today."""
    reason: str | None
    articles: int = 0
    pieces: int = 0
    last_at: str | None = None
    """When the newest page was fetched off which it took something, UTC."""
    last_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleUse:
    """All rules over all articles, or those published since a day."""

    uses: list[Use]
    """In the rules' order; then those that are off, then what is in no rule of today."""
    articles: int
    outdated: int
    """Of the articles, those that the reader of today, with its rules, has not read yet."""

    def as_json(self) -> dict[str, Any]:
        return {
            "articles": self.articles,
            "outdated": self.outdated,
            "rules": [asdict(use) for use in self.uses],
        }


def rule_use(database: Database, rules: Rules, version: str, since: str | None = None) -> RuleUse:
    """`version`: of today's reader; `since`: a day in the newsroom's time."""
    taken = {row["name"]: row for row in database.query(_TAKEN, {"since": since})}
    uses = [
        *_uses([rule for rule in rules.all if rule not in rules.own], "built in", taken),
        *_uses(rules.own, "own", taken),
        *_uses(rules.off, "off", taken),
    ]
    uses += [
        Use(
            takes=None,
            origin="reader" if name in NO_RULE else None,
            reason=NO_RULE.get(name),
            **row,
        )
        for name, row in taken.items()
    ]
    (counts,) = database.query(_ARTICLES, {"version": version, "since": since})
    return RuleUse(uses=uses, **counts)


def _uses(rules: Sequence[Rule], origin: str, taken: dict[str, dict[str, Any]]) -> list[Use]:
    """The use of each rule; what is told is taken out of `taken`."""
    return [
        Use(
            takes=_takes(rule),
            origin=origin,
            reason=rule.reason,
            **(taken.pop(rule.name, None) or {"name": rule.name}),
        )
        for rule in rules
    ]


def _takes(rule: Rule) -> str:
    if isinstance(rule, ElementRule):
        return "element"
    assert isinstance(rule, LineRule)
    return "tail" if rule.to_end else "line"
