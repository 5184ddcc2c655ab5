"""Compares an archive with what WordPress says of its posts, field by field."""

import difflib
import json
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tests.wordpress.plain_text import plain_text
from tests.wordpress.themes import Theme

_STORED = """
SELECT id, url, post_id, headline, article_body, date_published, date_modified, authors_json,
       editor, byline_initials, dateline, sections_json, keywords_json, comment_count
FROM stories
"""
_SHOWN = {
    "pictures": "url, caption, credit_text, is_main FROM images WHERE true",
    "videos": "provider, video_id, url FROM videos WHERE true",
    "embeds": "url FROM outlinks WHERE kind = 'embed'",
    "read_also": "url, text FROM outlinks WHERE kind = 'read_also'",
    "outlinks": "url FROM outlinks WHERE kind = 'link'",
}
"""What an article shows besides words: each of these for one article, in its order."""
_SIZE = re.compile(r"-\d+x\d+(?=\.\w+$)")
_DIFF_LINES = 12
_LINE_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one post; `shape` says what is special about the post."""

    field: str
    url: str
    shape: str
    expected: Any
    got: Any


def stored_rows(archive: Path) -> list[dict[str, Any]]:
    """All rows of the archive's view `stories`, what each shows besides words with it."""
    with closing(sqlite3.connect(f"file:{archive}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        rows = [dict(row) for row in connection.execute(_STORED)]
        for row in rows:
            for kind, query in _SHOWN.items():
                one = f"SELECT {query} AND article_id = ? ORDER BY position"
                row[kind] = [tuple(found) for found in connection.execute(one, (row["id"],))]
        return rows


def differences(
    posts: list[dict[str, Any]], rows: list[dict[str, Any]], theme: Theme
) -> list[Difference]:
    """What the archive has otherwise than WordPress showed it in this theme; posts as in
    truth.php, rows as stored."""
    found = []
    stored = {same_url(row["url"]): row for row in rows}
    for post in posts:
        row = stored.pop(same_url(post["url"]), None)
        if row is None:
            found.append(Difference("url", post["url"], post["shape"], "archived", "missing"))
            continue
        got = _as_stored(row)
        found += [
            Difference(field, post["url"], post["shape"], expected, got[field])
            for field, expected in _as_expected(post, theme).items()
            if got[field] != expected
        ]
    found += [
        Difference("url", row["url"], "", "not there", "archived") for row in stored.values()
    ]
    # Where the words differ, so do the blocks: one finding is enough.
    wrong_words = {difference.url for difference in found if difference.field == "words"}
    return [
        difference
        for difference in found
        if difference.field != "blocks" or difference.url not in wrong_words
    ]


def report(posts: list[dict[str, Any]], found: list[Difference]) -> str:
    """One line when all is well, and a paragraph a difference when it is not."""
    summary = f"{len(posts)} posts compared, {len(found)} differences"
    return "\n\n".join((summary, *(_paragraph(difference) for difference in found)))


def same_url(url: str) -> str:
    """WordPress writes percent-encoded slugs in lower case, most others in upper case."""
    return unquote(url)


def _as_expected(post: dict[str, Any], theme: Theme) -> dict[str, Any]:
    named = [post["named"]] * theme.named_people + [post["typed"]]
    writers = [people["writer"] for people in named if people["writer"]]
    video = post["lead_video"] if theme.lead_video else None
    body = "\n\n".join(filter(None, map(plain_text, post["pages"])))
    return {
        "post_id": post["post_id"],
        "headline": _words(plain_text(post["title"])),
        "words": _words(body),
        "blocks": _blocks(body),
        "date_published": post["published"],
        "date_modified": post["modified"],
        "authors": _names(list(dict.fromkeys([post["author"], *writers]))),
        "editor": next((people["editor"] for people in named if people["editor"]), None),
        "dateline": post["dateline"],
        "byline_initials": post["initials"],
        "sections": sorted(_names(post["sections"])),
        "keywords": sorted(_names(post["tags"])),
        "comment_count": post["comments"],
        "pictures": _pictures(post, theme),
        "videos": _distinct(map(tuple, [video, *post["videos"]] if video else post["videos"])),
        "embeds": _distinct(post["embeds"]),
        "read_also": _distinct((url, plain_text(title)) for url, title in post["read_also"]),
        "outlinks": _distinct(post["outlinks"]),
    }


def _pictures(post: dict[str, Any], theme: Theme) -> list[tuple[Any, ...]]:
    """(file, caption, credit, whether it is the main one) of each picture, the main one first."""
    lead = post["lead_picture"]
    pictures = [(one["file"], one["caption"], one["credit"], 0) for one in post["pictures"]]
    if lead is None or (theme.lead_video and post["lead_video"]):
        return pictures
    caption = (lead["caption"], lead["credit"]) if theme.lead_caption else (None, None)
    # A picture that the text shows once more, caption and all, is still one picture.
    again = next((one for one in pictures if one[0] == lead["file"]), None)
    main = (lead["file"], *(again[1:3] if again else caption), 1)
    return [main, *(one for one in pictures if one is not again)]


def _as_stored(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "post_id": row["post_id"],
        "headline": _words(row["headline"] or ""),
        "words": _words(row["article_body"]),
        "blocks": _blocks(row["article_body"]),
        "date_published": row["date_published"],
        # A page that shows one time only says that the post was not changed.
        "date_modified": row["date_modified"] or row["date_published"],
        "authors": _names(json.loads(row["authors_json"])),
        "editor": row["editor"],
        "dateline": row["dateline"],
        "byline_initials": row["byline_initials"],
        "sections": sorted(_names(json.loads(row["sections_json"]))),
        "keywords": sorted(_names(json.loads(row["keywords_json"]))),
        # A page without comments shows no number.
        "comment_count": row["comment_count"] or 0,
        "pictures": [
            (_file(url), caption, credit, is_main)
            for url, caption, credit, is_main in row["pictures"]
        ],
        "videos": [
            (provider, identity if provider else url) for provider, identity, url in row["videos"]
        ],
        "embeds": [url for (url,) in row["embeds"]],
        "read_also": row["read_also"],
        "outlinks": [url for (url,) in row["outlinks"]],
    }


def _distinct(found: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(found))


def _file(url: str) -> str:
    """The file's name, as it was before WordPress made it smaller."""
    return _SIZE.sub("", url.rpartition("/")[2])


def _names(names: list[str]) -> list[str]:
    """Themes made of blocks show names with typographic apostrophes, the classic one does not."""
    return [name.replace("’", "'") for name in names]


def _words(text: str) -> str:
    return " ".join(text.split())


def _blocks(text: str) -> list[str]:
    """The blocks with their lines and cells; runs of other white space count as one space."""
    return ["\n".join(map(_line, block.split("\n"))) for block in text.strip().split("\n\n")]


def _line(line: str) -> str:
    return "\t".join(map(_words, line.split("\t"))).strip()


def _paragraph(difference: Difference) -> str:
    heading = f"{difference.field}: {difference.url} ({difference.shape})"
    expected, got = difference.expected, difference.got
    if difference.field == "words":
        return "\n".join((heading, *_diff(_sentences(expected), _sentences(got))))
    if difference.field == "blocks":
        return "\n".join((heading, *_diff(map(repr, expected), map(repr, got))))
    return f"{heading}\n  expected {expected!r}\n  got      {got!r}"


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?]) ", text)


def _diff(expected: Iterable[str], got: Iterable[str]) -> list[str]:
    lines = list(difflib.unified_diff(list(expected), list(got), n=0, lineterm=""))
    return [f"  {line[:_LINE_LENGTH]}" for line in lines[2 : 2 + _DIFF_LINES]]
