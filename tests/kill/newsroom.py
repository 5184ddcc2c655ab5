"""The newsroom that is crawled: invented posts, and what makes a crawl of them difficult."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from borneone_crawler.imitation.loopback import Answer
from borneone_crawler.newsroom_server import NewsroomServer
from tests.newsroom.build import write_newsroom
from tests.newsroom.invented import generated_newsroom
from tests.newsroom.model import ORIGIN, Newsroom, Post, load
from tests.newsroom.render import HERE

_DEAD_SECTION = "/category/foto/"
"""In the menu of every page, and not there."""


def write_difficult_newsroom(root: Path, articles: int, seed: int) -> Newsroom:
    """Write a newsroom of so many articles below a folder: several pages to some of them, links
    to addresses that redirect or are dead, pictures, and a section that is not there."""
    invented = generated_newsroom(load(HERE), articles, seed)
    posts = tuple(_difficult(number, post) for number, post in enumerate(invented.posts))
    newsroom = replace(invented, posts=posts)
    write_newsroom(root, newsroom)
    routes = root / "newsroom/routes.json"
    kept = [
        route
        for route in json.loads(routes.read_text("utf-8"))
        if not route["path"].startswith(_DEAD_SECTION)
    ]
    routes.write_text(json.dumps(kept), "utf-8")
    return newsroom


def _difficult(number: int, post: Post) -> Post:
    """Each kind of difficulty at its own interval, so that some posts have several."""
    body, old_slugs = post.body, post.old_slugs
    paragraphs = body.split("\n\n")
    if number % 12 == 5:
        paragraphs[1:1] = ["<!--nextpage-->"]
        if len(paragraphs) > 4:
            paragraphs[4:4] = ["<!--nextpage-->"]
    if number % 10 == 3:
        old_slugs = (f"alamat-lama-{post.slug}",)
        paragraphs[0] += _link(f"/alamat-lama-{post.slug}/", "Kisah itu bermula di sini.")
    if number % 15 == 7:
        paragraphs[0] += _link(f"/halaman-hilang-{number}/", "Laporan itu sudah tidak ada.")
    if number % 20 == 9:
        paragraphs[0] += _link(f"/?p={post.id}", "Alamat pendek.")
    return replace(post, body="\n\n".join(paragraphs), old_slugs=old_slugs)


def _link(path: str, words: str) -> str:
    return f' {{{{ link("{ORIGIN}{path}", "{words}") }}}}'


class DifficultServer(NewsroomServer):
    """Serves it, and fails the first time that one page in forty is asked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._failing = {
            path for number, path in enumerate(sorted(self.routes.post_ids)) if number % 40 == 11
        }
        self.begin()

    def begin(self) -> None:
        """From here on it is a server that nobody has asked for anything yet."""
        self._begun = len(self.requests)
        self._failed: set[str] = set()

    @property
    def asked(self) -> list[str]:
        """The addresses asked for since `begin`, as they came."""
        return [target for _, target in self.requests[self._begun :]]

    def answer(self, method: str, target: str, headers: dict[str, str]) -> Answer:
        answer = super().answer(method, target, headers)
        if target in self._failing - self._failed:
            self._failed.add(target)
            return Answer(status=503, headers={"Content-Type": "text/plain"}, body=b"sibuk\n")
        return answer


class Asked:
    """How often each address was asked for: what the server itself has seen."""

    def __init__(self, targets: list[str]) -> None:
        self._times = Counter(targets)

    def again(self, kind: str) -> int:
        """Requests beyond the first one for each address of a kind."""
        return sum(times - 1 for target, times in self._times.items() if kind_of(target) == kind)


def kind_of(target: str) -> str:
    """What an address is by its form: home, page (an article or a listing), picture or machine."""
    path = urlsplit(target).path
    if path == "/" and "?" not in target:
        return "home"
    if path.startswith("/wp-content/"):
        return "picture"
    if path == "/robots.txt" or path.endswith(".xml") or path.startswith(("/feed", "/wp-json")):
        return "machine"
    return "page"
