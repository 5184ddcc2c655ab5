"""Runs one reader over saved pages, in a process of its own: `running.py READER FOLDER OUT`.

Writes a JSON object a post: `found`, its fields in the common form of scoring.Found, all pages of
the post read; `first`, the same of page 1 alone, where there are more; `seconds` and `bare`, the
processor time a page that reading it and a bare parse took. No page is read twice before it is
timed: what a reader remembers of other pages helps it as it would in a crawl, and no more. Needs
nothing of the project, so that it runs in the others' environment too.
"""

import gc
import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml.etree import HTMLParser, fromstring

Fields = dict[str, Any]
Page = tuple[str, bytes]
"""Address and bytes as they were served."""
Read = Callable[[list[Page]], Fields]


def main(reader: str, folder: Path, out: Path) -> None:
    """Read every post of a folder."""
    attempts = _stay_offline()
    module, _, name = reader.partition(":")
    read: Read = getattr(importlib.import_module(module), name)()
    posts = json.loads((folder / "posts.json").read_text(encoding="utf-8"))
    with out.open("w", encoding="utf-8") as lines:
        for post in posts:
            bodies = [(folder / file).read_bytes() for file in post["files"]]
            pages = [(_address(post["url"], n), body) for n, body in enumerate(bodies, start=1)]
            gc.collect()
            begun = time.process_time()
            for body in bodies:
                fromstring(body, HTMLParser(encoding="utf-8", huge_tree=True))
            parsed = time.process_time()
            result: Fields = {"found": read(pages)}
            seconds = time.process_time() - parsed
            result["seconds"], result["bare"] = seconds / len(pages), (parsed - begun) / len(pages)
            if len(pages) > 1:
                result["first"] = read(pages[:1])
            lines.write(json.dumps(result, ensure_ascii=False) + "\n")
    if attempts:
        raise SystemExit(f"{reader} tried to reach the network: {attempts[:3]}")


def page_by_page(read: Callable[[str, bytes], Fields]) -> Read:
    """A reader that knows single pages: the texts of all pages of a post are joined,
    captions and videos collected, and the rest is what page 1 says."""

    def read_all(pages: list[Page]) -> Fields:
        first, *further = (read(url, body) for url, body in pages)
        for page in further:
            first["body"] += "\n\n" + page["body"]
            for name in ("captions", "videos"):
                if first.get(name) is not None:
                    first[name] += [one for one in page[name] if one not in first[name]]
        return first

    return read_all


def _address(url: str, number: int) -> str:
    return url if number == 1 else f"{url.rstrip('/')}/{number}/"


def _stay_offline() -> list[str]:
    """Have every attempt to reach a network fail, and return the list of them."""
    attempts: list[str] = []

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event in {"socket.connect", "socket.getaddrinfo", "socket.sendto"}:
            attempts.append(f"{event} {arguments[:2]}")
            raise OSError("no network here")

    sys.addaudithook(refuse)
    return attempts


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
