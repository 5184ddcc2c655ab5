"""Saves the posts of a real WordPress to a folder: pages as served, and what is true of them."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, build_opener

from tests.benchmarks.extraction.furniture import markers_of, texts_of
from tests.benchmarks.extraction.scoring import Truth
from tests.benchmarks.extraction.scrambling import scrambled
from tests.benchmarks.extraction.shown import captions_in, videos_in
from tests.wordpress.plain_text import plain_text
from tests.wordpress.themes import Theme
from tests.wordpress.wordpress_site import WordPressSite

POSTS = "posts.json"
"""In a folder: one object a post with `url`, `files` (its pages in order) and `truth`."""


def save(folder: Path, site: WordPressSite, theme: Theme, *, with_scrambled: Path) -> None:
    """Save all posts of a site to `folder` as they look in a theme; to `with_scrambled` the same
    pages with all class names and ids under other names."""
    site.wear(theme)
    truth = site.truth()["posts"]
    posts = [(post, [_fetched(url) for url in _addresses(post)]) for post in truth]
    for target, alter in ((folder, bytes), (with_scrambled, scrambled)):
        target.mkdir(parents=True, exist_ok=True)
        entries = []
        for post, pages in posts:
            files = [f"{post['post_id']}-{number}.html" for number in range(1, len(pages) + 1)]
            for name, page in zip(files, pages, strict=True):
                (target / name).write_bytes(alter(page))
            entries.append(
                {"url": post["url"], "files": files, "truth": asdict(_truth(post, theme, pages))}
            )
        (target / POSTS).write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")


def _addresses(post: dict[str, Any]) -> list[str]:
    url: str = post["url"]
    further = range(2, len(post["pages"]) + 1)
    return [url, *(f"{url.rstrip('/')}/{number}/" for number in further)]


def _fetched(url: str) -> bytes:
    with build_opener(ProxyHandler({})).open(url, timeout=60) as answer:
        body: bytes = answer.read()
    return body


def _truth(post: dict[str, Any], theme: Theme, pages: list[bytes]) -> Truth:
    lead = (post["lead_picture"] or {}).get("whole") or ""
    shown = {text for page in pages for text in texts_of(page)}
    # A theme made of blocks prints no caption under the lead picture: nobody can read it there.
    lead_captions = [lead] if lead and " ".join(lead.split()) in shown else []
    written = [*post["pages"], post["title"], lead]
    return Truth(
        shape=post["shape"],
        headline=plain_text(post["title"]),
        bodies=[plain_text(page) for page in post["pages"]],
        date=post["published"],
        authors=_authors(post, theme),
        sections=post["sections"],
        keywords=post["tags"],
        captions=lead_captions + [one for page in post["pages"] for one in captions_in(page)],
        videos=_lead_video(post, theme)
        + [one for page in post["pages"] for one in videos_in(page)],
        markers=list(dict.fromkeys(one for page in pages for one in markers_of(page, written))),
    )


def _authors(post: dict[str, Any], theme: Theme) -> list[str]:
    """Whose post it is, and who is named below the text, by the theme or by the author."""
    named = [post["named"]] * theme.named_people + [post["typed"]]
    writers = [people["writer"] for people in named if people["writer"]]
    return list(dict.fromkeys([post["author"], *writers]))


def _lead_video(post: dict[str, Any], theme: Theme) -> list[str]:
    """What plays above the text, in a theme that has such a place."""
    if not theme.lead_video or post["lead_video"] is None:
        return []
    _, identity = post["lead_video"]
    return [f"/embed/{identity}"]
