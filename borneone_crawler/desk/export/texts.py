"""Articles as plain text, one file each, in folders by year and month: for corpus tools."""

import json
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from borneone_crawler.desk.export.articles import Row
from borneone_crawler.desk.plain import harmless, plain

_HEAD = (
    "headline", "date_published", "date_modified", "sections", "authors", "editor",
    "byline_initials", "keywords", "url", "id", "content_digest", "first_seen_at", "last_seen_at",
    "gone_at", "redirected_to", "flags",
)  # fmt: skip
"""Columns that stand above the text, where they say something."""

_DAY = re.compile(r"(\d{4})-(\d\d)-\d\d", re.ASCII)
_LONGEST = 60
"""Characters of an address's last piece that become part of a file's name."""


def write_texts(rows: Iterable[Row], folder: Path) -> int:
    """Write a file an article into an empty folder. Returns how many."""
    number = 0
    for number, row in enumerate(rows, start=1):  # noqa: B007 - counted
        path = folder / path_of(row).with_suffix(".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_of(row), encoding="utf-8", newline="\n")
    return number


def path_of(row: Row) -> PurePosixPath:
    """Where an article's file goes, without ending: "2019/10/2019-10-14-12-wagub-kalbar-minta";
    nothing of the net is in it but letters, digits and "-". By the article's number no two are
    alike."""
    piece = urlsplit(row["url"]).path.rstrip("/").rpartition("/")[2]
    ascii_only = unicodedata.normalize("NFKD", piece).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only)[:_LONGEST].strip("-")
    day = _DAY.fullmatch(row["day"] or "")
    folder = PurePosixPath(day[1], day[2]) if day else PurePosixPath("undated")
    return folder / "-".join(filter(None, (day and day[0], str(row["id"]), slug)))


def text_of(row: Row) -> str:
    """What is known of it as YAML between lines of "---", as pandoc and many others read it; then
    the text as it was published."""
    head = [f"{name}: {_said(row[name])}" for name in _HEAD if row[name] not in (None, [], "")]
    return "\n".join(["---", *head, "---", "", harmless(row["article_body"]), ""])


def _said(value: object) -> str:
    """A value as JSON, which is YAML too."""
    if isinstance(value, str):
        value = plain(value)
    elif isinstance(value, list):
        value = [plain(one) for one in value]
    return json.dumps(value, ensure_ascii=False)
