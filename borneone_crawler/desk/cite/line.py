"""A citation in one line of Indonesian or English."""

import re
from collections.abc import Sequence

from borneone_crawler.desk.cite.citation import Citation
from borneone_crawler.desk.plain import plain
from borneone_crawler.desk.times import day_of
from borneone_crawler.desk.words import Words

_SHORT = 12
"""Digits of the digest: enough to tell states of one article apart."""

_SINGLE = str.maketrans('“”"', "‘’’")


def line_of(citation: Citation, words: Words) -> str:
    """Author, “headline”, outlet, date, address (when it was archived; revision; digest)."""
    standing = citation.standing
    article, zone = standing.article, standing.time_zone
    day = day_of(article.date_published, zone)
    parts = [
        _together(citation.authors, words.say("and")),
        _quoted(article.headline) or f"[{words.say('untitled')}]",
        citation.outlet,
        words.day(day) if day else words.say("undated"),
        article.url,
    ]
    proof = [
        _archived(citation, words),
        words.say("revision", number=standing.state.revision, all=standing.revisions),
        f"SHA-256 {standing.state.content_digest[:_SHORT]}…",
    ]
    if standing.gone_at:
        proof.append(words.say("gone", when=words.time(standing.gone_at, zone)))
    # After the address comes a space: what follows must not look like a part of it.
    return plain(f"{', '.join(filter(None, parts))} ({'; '.join(proof)}).")


def _archived(citation: Citation, words: Words) -> str:
    when = words.time(citation.archived_at, citation.standing.time_zone)
    if citation.dump:
        return words.say("dumped", dump=citation.dump.name, when=when)
    if not citation.captures:
        return words.say("seen", when=when)
    if origin := citation.captures[0].origin:
        return words.say("archived_by", origin=origin, when=when)
    return words.say("archived", when=when)


def _together(names: Sequence[str], joint: str) -> str:
    """ "Ani, Budi, dan Citra"; with semicolons where a name has commas of its own."""
    comma = "; " if any("," in name for name in names) else ", "
    if len(names) < 2:
        return "".join(names)
    if len(names) == 2 and comma == ", ":
        return f"{names[0]} {joint} {names[1]}"
    return f"{comma.join(names[:-1])}{comma}{joint} {names[-1]}"


def _quoted(headline: str | None) -> str | None:
    """The headline in quotes, its own quotes turned into single ones."""
    if not headline:
        return None
    inner = re.sub(r'[“"]([^“”"]*)[”"]', r"‘\1’", headline)
    return f"“{inner.translate(_SINGLE)}”"
