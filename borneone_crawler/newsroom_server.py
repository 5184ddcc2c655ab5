"""Serves a folder of fixtures on loopback as WordPress would serve the newsroom."""

import json
from collections.abc import Collection
from pathlib import Path
from urllib.parse import unquote, urlsplit

from borneone_crawler.imitation.server import Page, Routes, WordPressServer


class NewsroomServer(WordPressServer):
    """The newsroom of a fixtures folder on 127.0.0.1, while the `with` block lasts."""

    def __init__(self, folder: Path, *, port: int = 0, disabled: Collection[str] = ()) -> None:
        self._folder = folder
        self.routes = _routes(folder)
        super().__init__(port=port, disabled=disabled)

    def read(self, file: str) -> bytes:
        return (self._folder / file).read_bytes()

    def read_picture(self, name: str) -> bytes:
        return (self._folder / "images" / name).read_bytes()


def _routes(folder: Path) -> Routes:
    """What routes.json, the cases' input.json and images.json say."""
    routes = Routes()
    for route in json.loads((folder / "newsroom/routes.json").read_text("utf-8")):
        path = route.pop("path")
        routes.add(path, Page(**route))
    for room in ("article_page", "not_an_article"):
        for file in sorted((folder / room).glob("*/input.json")):
            _add_case(routes, file)
    uploads = folder / "images/images.json"
    if uploads.exists():
        for url, name in json.loads(uploads.read_text("utf-8")).items():
            routes.uploads[unquote(urlsplit(url).path)] = name
    return routes


def _add_case(routes: Routes, file: Path) -> None:
    case = json.loads(file.read_text("utf-8"))
    here = file.parent.relative_to(file.parents[2])
    for part in ({"url": case["url"], "file": "input.html"}, *case.get("parts", ())):
        split = urlsplit(part["url"])
        page = Page(
            file=f"{here}/{part['file']}",
            status=case.get("status", 200),
            headers=case.get("headers", {}),
        )
        routes.add(split.path + (f"?{split.query}" if split.query else ""), page)
