"""Readings as the archive keeps them: canonical JSON, its digests, and back again."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from borneone_crawler.items import Article, Image, Reading, Reference, Removal, Video

# What makes two readings the same content. Never counters, ids, read_also, or date_modified
# alone: those change without the newsroom changing what it says.
_CONTENT = (
    "headline", "description", "date_published", "authors", "editor", "article_section",
    "article_body",
)  # fmt: skip
CONTENT = (*_CONTENT, "images", "videos")
"""Fields whose change is an edit by the newsroom."""

_CANONICAL = json.JSONEncoder(
    ensure_ascii=False,
    sort_keys=True,
    separators=(",", ":"),
    default=lambda record: {field.name: getattr(record, field.name) for field in fields(record)},
)

_PICTURE = re.compile(r"\.(?:avif|bmp|gif|jpe?g|png|tiff?|webp)$", re.IGNORECASE)


def canonical_json(value: object) -> str:
    """JSON with sorted keys, no spaces and text unescaped; of dataclasses their fields."""
    return _CANONICAL.encode(value)


def article_json(article: Article) -> str:
    """The whole article as it stands in the table `readings`."""
    # Deep, as asdict goes, but for its copies of what is only read.
    return canonical_json(article)


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def content_digest(article: Article) -> str:
    """SHA-256, hexadecimal, of the canonical JSON of what counts as content.

    Canonical: keys sorted, no spaces, UTF-8 unescaped.
    """
    return digest(canonical_json(content_of(article)))


def content_of(article: Article) -> dict[str, object]:
    """What counts as content, by the names of CONTENT. Images count by URL (that of a file without
    its query, where caches put numbers), caption and credit, videos by URL."""
    content: dict[str, object] = {name: getattr(article, name) for name in _CONTENT}
    content["images"] = [[_file(i.url), i.caption, i.credit_text] for i in article.images]
    content["videos"] = [video.url for video in article.videos]
    return content


def _file(url: str) -> str:
    path = url.partition("?")[0]
    return path if _PICTURE.search(path) else url


def article_from(text: str) -> Article:
    """The article back from `article_json`; fields that it no longer has are passed over."""
    known = {field.name for field in fields(Article)}
    values = {name: value for name, value in json.loads(text).items() if name in known}
    for name, kind in (
        ("images", Image), ("videos", Video), ("embeds", Reference), ("read_also", Reference),
        ("outlinks", Reference),
    ):  # fmt: skip
        values[name] = [kind(**one) for one in values[name]]
    if values["main_image"] is not None:
        values["main_image"] = Image(**values["main_image"])
    return Article(**values)


def reading_from(row: Mapping[str, Any], removals: list[Removal]) -> Reading:
    """A reading back from its row in `readings` (or `withheld`); its links are not kept."""
    return Reading(
        article=article_from(row["article"]),
        reader=row["reader"],
        sources=json.loads(row["sources"]),
        flags=json.loads(row["flags"]),
        removals=removals,
    )


def flags_of(column: str) -> list[str]:
    """The flags as a column of `articles` or `readings` holds them."""
    flags: list[str] = json.loads(column)
    return flags
