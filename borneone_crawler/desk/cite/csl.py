"""A citation as CSL-JSON, which Zotero, Mendeley, pandoc and citeproc read.

The format: https://docs.citationstyles.org/en/stable/specification.html, and its schema
https://resource.citationstyles.org/schema/latest/input/json/csl-data.json.
"""

import re
from dataclasses import asdict
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from borneone_crawler.desk.cite.citation import Citation
from borneone_crawler.desk.times import day_of


def items_of(citation: Citation) -> list[dict[str, Any]]:
    """The citation as a list of one item: a CSL-JSON document is a list."""
    standing = citation.standing
    article, zone = standing.article, standing.time_zone
    issued, accessed = (
        day_of(text, zone) for text in (article.date_published, citation.archived_at)
    )
    item = {
        "id": _key(citation),
        "type": "article-newspaper",
        "title": article.headline,
        "author": [_name(name) for name in citation.authors],
        "editor": [_name(article.editor)] if article.editor else [],
        "container-title": citation.outlet,
        "issued": _date(issued),
        "accessed": _date(accessed),
        "URL": article.url,
        "language": article.in_language,
        "section": next(iter(article.article_section), None),
        "keyword": ", ".join(article.keywords),
        "archive": f"borneone_crawler archive of {citation.outlet}, {citation.archive}",
        "archive_location": "; ".join(_locations(citation)),
        "note": _note(citation),
        "custom": _custom(citation),
    }
    return [{name: value for name, value in item.items() if value}]


def _key(citation: Citation) -> str:
    """The same in every archive that holds this state, and another for each state."""
    parts = urlsplit(citation.standing.article.url)
    slug = re.sub(r"[^a-z0-9]+", "-", f"{parts.path} {parts.query}".lower()).strip("-")
    return f"{citation.newsroom}-{slug}-{citation.standing.state.content_digest[:8]}"


def _name(name: str) -> dict[str, str]:
    """A name as it is written. Most Indonesians have no family name, and where one has a degree,
    a clan's name or a patronymic, nothing on the page says which word is what."""
    return {"literal": name}


def _date(day: date | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None


def _locations(citation: Citation) -> list[str]:
    if citation.dump:
        return [f"text dump {citation.dump.name}"]
    held = [one for one in citation.captures if one.dropped is None]
    return [f"{one.warc_file}, offset {one.warc_offset}" for one in held]


def _note(citation: Citation) -> str:
    """What reference managers that drop `custom` keep of it."""
    state = citation.standing.state
    said = [
        f"Revision {state.revision} of {citation.standing.revisions}, first seen {state.from_at}",
        f"content SHA-256 {state.content_digest}",
    ]
    if citation.dump:
        said.append(f"known from an undated text dump, SHA-256 {citation.dump.sha256}")
    said += [
        f"captured {one.fetched_at}, WARC record {one.record_id}, SHA-256 {one.digest}"
        for one in citation.captures
    ]
    return "; ".join(said)


def _custom(citation: Citation) -> dict[str, Any]:
    """What CSL has no name for; times in UTC."""
    standing, state = citation.standing, citation.standing.state
    return {
        "archive": citation.archive,
        "article": standing.id,
        "as_of": standing.as_of,
        "revision": state.revision,
        "revisions": standing.revisions,
        "first_seen_at": standing.states[0].from_at,
        "last_seen_at": standing.last_seen_at,
        "from_at": state.from_at,
        "until_at": state.until_at,
        "content_digest": state.content_digest,
        "reader_version": standing.reader_version,
        "captures": [asdict(one) for one in citation.captures],
        "text_dump": asdict(citation.dump) if citation.dump else None,
        "gone_at": standing.gone_at,
        "redirected_to": standing.redirected_to,
    }
