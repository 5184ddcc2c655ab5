"""Reads an article out of the plain text of a page, as an old scrape left it."""

from collections.abc import Sequence
from pathlib import Path

from borneone_crawler.cleaning import rules
from borneone_crawler.cleaning.dump import Dump, read_dump
from borneone_crawler.items import Article, Image, Reading, Removal
from borneone_crawler.pages.captions import split_credit
from borneone_crawler.pages.signature import dateline_of, initials_of, named_people


def read_text(
    text: str,
    known_sections: Sequence[str],
    *,
    outlet_names: Sequence[str] = ("BorneOneTV",),
    own_rules: Path | None = None,
) -> Reading:
    """Read a plain text dump of a page through the plain-line rules.

    `known_sections` are the newsroom's section names: a dump glues them ("BeritaLifestyle"). A
    dump has no address (`article.url` is "") and no date but what its text says: none is taken.
    """
    dump = dump_of(text, known_sections, own_rules)
    article = Article(
        url="",
        headline=dump.headline,
        article_section=dump.sections,
        article_body="\n\n".join(dump.blocks),
        images=[
            Image(url="", caption=words, credit_text=credit)
            for words, credit in map(split_credit, dump.captions)
        ],
    )
    article.word_count = len(article.article_body.split())
    article.main_image = article.images[0] if article.images else None
    if dump.blocks:
        article.dateline = dateline_of(dump.blocks[0], outlet_names)
        article.byline_initials = initials_of(dump.blocks)
        named = named_people("\n".join(dump.blocks[-3:]))
        article.authors = named.get("authors", [])
        article.editor = next(iter(named.get("editor", ())), None)
    return Reading(
        article=article,
        reader="text dump",
        sources=dict.fromkeys(("headline", "article_section", "article_body"), "dump"),
        removals=[Removal(rule=rule, text=line) for rule, line in dump.removals],
        flags=["no date", "text dump"],
    )


def dump_of(text: str, known_sections: Sequence[str], own_rules: Path | None = None) -> Dump:
    """The lines of a dump, taken apart: what `read_text` makes an article of."""
    return read_dump(
        text, known_sections, rules.load(own_rules), lambda line: split_credit(line)[1]
    )
