"""Turns a stored body into what WordPress's the_content prints."""

import re

from jinja2 import Environment

from tests.newsroom.content import Content
from tests.newsroom.model import Newsroom, Post
from tests.newsroom.shortcodes import FURNITURE, Shortcodes
from tests.newsroom.typography import autop, plain, texturize

_ENVIRONMENT = Environment(autoescape=False)
_ONE_BLOCK = re.compile(r"<(p|h[2-6])(?: [^>]*)?>.*</\1>", re.DOTALL)
_NEXT_PAGE = "<!--nextpage-->"


def compose(post: Post, newsroom: Newsroom) -> Content:
    """Print a post's body; {{ … }} in it calls the methods of Shortcodes."""
    content = Content(post, newsroom)
    codes = Shortcodes(content)
    if post.lead and not post.video:
        codes.show(post.pictures[post.lead])
    if post.video:
        codes.play(post.video)
    stored = post.body
    if "{{" in stored:
        calls = {
            name: getattr(codes, name) for name in dir(Shortcodes) if not name.startswith("_")
        }
        stored = _ENVIRONMENT.from_string(stored).render(calls)
    for page in stored.split(_NEXT_PAGE):
        chunks = [chunk.strip("\n") for chunk in re.split(r"\n{2,}", page) if chunk.strip("\n")]
        content.pages.append("\n".join(_print(chunk, content) for chunk in chunks))
    return content


def _print(chunk: str, content: Content) -> str:
    if chunk.startswith(FURNITURE):
        return chunk.removeprefix(FURNITURE)
    if chunk == "<!--more-->":
        return f'<p><span id="more-{content.post.id}"></span></p>'
    printed = texturize(chunk.replace(FURNITURE, ""))
    if content.post.autop:
        printed = autop(printed)
    if content.blocks is not None:
        if _ONE_BLOCK.fullmatch(printed):
            if (text := plain(printed)).strip(" \u00a0"):
                content.blocks.append(text)
        else:
            content.blocks = None
    return printed
