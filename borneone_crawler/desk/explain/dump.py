"""Explains the reading of a text dump: a page as a naive scrape left it, line by line."""

from collections.abc import Sequence

from borneone_crawler.desk.explain.explanation import (
    Cut,
    Explanation,
    OriginalBlock,
    OriginalPage,
    Run,
)
from borneone_crawler.desk.explain.fates import Fate
from borneone_crawler.desk.explain.words import NO_RULE
from borneone_crawler.reading import Reader
from borneone_crawler.reading.text_dump import dump_of


def explain_dump(text: str, known_sections: Sequence[str], reader: Reader) -> Explanation:
    """How a dump is read today; `known_sections` are the newsroom's section names, which a dump
    glues together."""
    reading = reader.read_text(text, known_sections)
    dump = dump_of(text, known_sections, reader.own_rules)
    reasons = {rule.name: rule.reason for rule in reader.rules.all} | NO_RULE
    cuts = [
        Cut(number=number, rule=rule, reason=reasons[rule], text=line)
        for number, (rule, line) in enumerate(dump.removals, 1)
    ]
    # What is left stands in this order: sections, headline, captions, text.
    fields = ["article_section"] * bool(dump.sections) + ["headline"] * (dump.headline is not None)
    fields += ["images"] * len(dump.captions)
    blocks = []
    for number, line in enumerate(dump.lines):
        if number in dump.removed:
            run = Run(line, Fate.REMOVED, cuts[dump.removed[number]])
        elif fields:
            run = Run(line, Fate.MOVED, field=fields.pop(0))
        else:
            run = Run(line, Fate.KEPT)
        blocks.append(OriginalBlock([run]))
    return Explanation(
        pages=[OriginalPage(url="", blocks=blocks)],
        reading=reading,
        cuts=cuts,
        own_rules=frozenset(rule.name for rule in reader.rules.own),
        reader_version=reader.version,
    )
