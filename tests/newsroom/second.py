"""Another newsroom, invented: its own name, eastern clock, and a theme that is nobody's own."""

from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path

from tests.newsroom.build import write_newsroom
from tests.newsroom.invented import generated_newsroom
from tests.newsroom.model import Post, load
from tests.newsroom.render import HERE

NAME = "Mahakam Pos"
WITA = timezone(timedelta(hours=8))
_SAID_OTHERWISE = {
    "BorneOneTV": NAME,
    "Kabar Kalimantan Barat": "Kabar Kalimantan Timur",
    "Asia/Pontianak": "Asia/Makassar",
    '"gmt_offset": 7': '"gmt_offset": 8',
}


def build_second(root: Path, count: int, seed: int) -> None:
    """Write it, in the format of fixtures/. Its address stays the first one's: a server that is
    asked for it answers under its own."""
    newsroom = generated_newsroom(load(HERE), count, seed)
    posts = tuple(map(_moved, newsroom.posts))
    write_newsroom(root, replace(newsroom, posts=posts, pages=(), theme="twentytwentyone"))
    for file in root.rglob("*.*"):
        if file.suffix in {".html", ".json", ".xml", ".txt"}:
            text = file.read_text("utf-8")
            for old, new in _SAID_OTHERWISE.items():
                text = text.replace(old, new)
            file.write_text(text, "utf-8")


def _moved(post: Post) -> Post:
    """A post as the same clock shows it an hour further east."""
    return replace(
        post,
        layout="twentytwentyone",
        published=post.published.replace(tzinfo=WITA),
        modified=post.modified and post.modified.replace(tzinfo=WITA),
    )
