"""What became of text dumps that were taken in, for people and for programs."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from borneone_crawler.archive.dumps.importing import Fate, Imported
from borneone_crawler.desk.plain import brief, plain

_SAID = {
    Fate.ARTICLE: "is the article {url} until a crawl brings its page",
    Fate.LINKED: "kept beside {url}, of which it changes nothing",
    Fate.KEPT: "kept until an article comes that begins like it",
    Fate.SEVERAL: "kept; several articles begin like it: --url says which it is",
    Fate.HELD: "held already",
    Fate.WITHHELD: "not taken in: {url} was taken down here",
    Fate.REFUSED: "not taken in, it is {why}",
}


def text_lines(done: Sequence[Imported]) -> Iterator[str]:
    """One line a file."""
    for one in done:
        said = _SAID[one.fate].format(url=plain(one.url or ""), why=plain(one.why or ""))
        told = f" (“{brief(one.headline, 60)}”, {one.words} words)" if one.headline else ""
        yield f"{plain(one.name)}: {said}{told}"


def text_json(done: Sequence[Imported]) -> dict[str, Any]:
    """The same for programs; every key is always there."""
    return {"files": [asdict(one) for one in done]}
