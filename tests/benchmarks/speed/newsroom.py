"""A newsroom whose pages are as heavy as those of real WordPress sites: 60 to 90 KB of HTML.

`python -m tests.benchmarks.speed.newsroom FOLDER` serves it from a process of its own, so that
what answering costs is never taken for what crawling costs.
"""

import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

from borneone_crawler.newsroom_server import NewsroomServer
from tests.crawling import ROOT
from tests.newsroom.build import write_newsroom
from tests.newsroom.invented import generated_newsroom
from tests.newsroom.model import Comment, Post, load
from tests.newsroom.render import HERE

NAME = "newsroom.test"
"""Of a host, as RFC 6761 keeps them free for tests."""

_PLUGINS = ("jetpack", "yoast", "ads")
_COLOURS = ("black", "white", "pale-pink", "vivid-red", "luminous-vivid-orange", "vivid-cyan-blue")


def build(folder: Path, articles: int) -> None:
    """Write it, in the format of fixtures/, the same bytes every time."""
    chance = random.Random(3)
    light = generated_newsroom(load(HERE), articles, seed=7)
    words = sorted({word for post in light.posts[:200] for word in post.body.split()})
    posts = tuple(_heavier(post, words, chance) for post in light.posts)
    write_newsroom(folder, replace(light, posts=posts))
    style = _inline_style()
    for page in folder.glob("article_page/*/input.html"):
        html = page.read_text("utf-8")
        page.write_text(html.replace("</head>", f"{style}</head>", 1), "utf-8")


def _heavier(post: Post, words: list[str], chance: random.Random) -> Post:
    """With a text of its own, every plug-in, and comments of readers."""
    paragraphs = [
        " ".join(_sentence(words, chance) for _ in range(chance.randint(2, 5)))
        for _ in range(chance.randint(6, 16))
    ]
    comments = tuple(
        Comment(
            author=f"Pembaca {number}",
            at=post.published + timedelta(hours=number),
            text=_sentence(words, chance),
        )
        for number in range(chance.randint(4, 20))
    )
    body = f"{post.dateline} - " + "\n\n".join(paragraphs) + " [Lay]"
    return replace(post, body=body, plugins=_PLUGINS, comments=comments)


def _sentence(words: list[str], chance: random.Random) -> str:
    """No two articles say the same, as those of a newsroom that are no copies."""
    return " ".join(chance.choices(words, k=chance.randint(8, 22))).capitalize() + "."


def _inline_style() -> str:
    """What WordPress writes into the head of every page for the block editor's presets."""
    presets = "".join(
        f"--wp--preset--{kind}--{colour}: var(--wp--preset--{kind}--{colour}-{level});"
        f".has-{colour}-{level}-{kind}{{color: var(--wp--preset--{kind}--{colour}) !important;}}"
        for kind in ("color", "background-color", "border-color", "gradient", "duotone")
        for colour in _COLOURS
        for level in range(3)
    )
    return f"<style id='global-styles-inline-css'>\nbody{{{presets}}}\n</style>\n"


class _Named(NewsroomServer):
    """Writes addresses with a name in them: some crawlers take no bare number for a site."""

    @property
    def origin(self) -> str:
        return super().origin.replace("127.0.0.1", NAME)


@contextmanager
def served(folder: Path, name: str = "") -> Iterator[str]:
    """Serve it from another process while the `with` block lasts. Gives the origin; with NAME for
    a name, which whoever asks has to resolve to this machine by himself."""
    argv = [sys.executable, "-m", "tests.benchmarks.speed.newsroom", str(folder), name]
    with subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


if __name__ == "__main__":
    server = _Named if sys.argv[2] else NewsroomServer
    with server(Path(sys.argv[1])) as newsroom:
        print(newsroom.origin, flush=True)
        Event().wait()
