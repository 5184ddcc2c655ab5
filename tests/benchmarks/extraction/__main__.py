"""The whole benchmark: saves the pages, has every reader read them, prints the tables."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.extraction.saving import POSTS, save
from tests.benchmarks.extraction.scoring import Found, Row, Score, Truth, row, score
from tests.benchmarks.extraction.table import commonest_leaks, details, table
from tests.wordpress.themes import Theme, themes
from tests.wordpress.wordpress_site import WordPressSite

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
OTHERS_PYTHON = ROOT / ".venv-extraction/bin/python"

READERS = {
    "borneone_crawler": "ours:borneone",
    "trafilatura": "peers:trafilatura",
    "trafilatura, favor_precision": "peers:trafilatura_precise",
    "newspaper4k": "peers:newspaper4k",
    "news-please": "peers:news_please",
    "readability-lxml": "peers:readability",
    "resiliparse": "peers:resiliparse",
}
ROUNDS = 3
OTHER_DESK = "other_desk"
HELD_OUT_THEMES = (
    Theme("twentytwentythree", "block theme"),
    Theme("understrap", "neutral"),
    Theme("underscores", "neutral"),
)
"""Themes that no reader of ours was written with."""
FOREIGN_THEMES = ROOT / ".venv-extraction/themes"
"""Where those of them are that are not Debian's."""
# Ours is imported from where it stands; and the order of sets is the same at every run.
_ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Posts of a desk shown by a theme: one folder of pages."""

    theme: Theme
    desk: str | None

    @property
    def name(self) -> str:
        return f"{self.theme.name}-{self.desk or 'usual'}"

    def folders(self, pages: Path) -> tuple[Path, Path]:
        """Where its pages are kept as served, and with other class names and ids."""
        return pages / self.name, pages / f"{self.name}-scrambled"


def newsrooms(desk: str | None) -> list[Newsroom]:
    """The posts of a desk in each theme that this machine can show."""
    return [Newsroom(theme, desk) for theme in (*themes(), *HELD_OUT_THEMES)]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.extraction")
    parser.add_argument("--pages", type=Path, help="where the pages are kept, or are already")
    parser.add_argument("--usual", action="store_true", help="posts our reader was written with")
    parser.add_argument("--theme", default="", help="only themes whose name has this in it")
    parser.add_argument("--readers", default="", help="only readers whose name has this in it")
    parser.add_argument("--wrong", action="store_true", help="list what was read wrong")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="extraction-") as folder:
        pages = options.pages or Path(folder)
        desk = None if options.usual else OTHER_DESK
        chosen = [one for one in newsrooms(desk) if options.theme in one.theme.name]
        _save_missing(chosen, desk, pages)
        for newsroom in chosen:
            _judge(newsroom, pages, options.readers, options.wrong)


def _save_missing(newsrooms: list[Newsroom], desk: str | None, pages: Path) -> None:
    """One site, filled once, wears one theme after another."""
    missing = [one for one in newsrooms if not (one.folders(pages)[1] / POSTS).exists()]
    if not missing:
        return
    with WordPressSite(desk) as site:
        for theme in FOREIGN_THEMES.iterdir():
            site.install(theme)
        for newsroom in missing:
            plain, scrambled = newsroom.folders(pages)
            save(plain, site, newsroom.theme, with_scrambled=scrambled)


def _judge(newsroom: Newsroom, pages: Path, readers: str, wrong: bool) -> None:
    for folder in newsroom.folders(pages):
        posts = json.loads((folder / POSTS).read_text(encoding="utf-8"))
        rows, remarks = [], []
        for name, reader in READERS.items():
            if readers in name:
                results = _run(reader, folder)
                rows.append(_row(name, posts, results))
                remarks += list(_remarks(name, posts, results, wrong))
        title = f"### {folder.name}, {len(posts)} posts"
        print("", title, "", table(rows), "", *remarks, sep="\n", flush=True)


def _run(reader: str, folder: Path) -> list[dict[str, Any]]:
    """Have a reader read a folder, ROUNDS times, each in a process of its own; the least of the
    times counts: what is more is the machine's."""
    rounds = [_round(reader, folder) for _ in range(ROUNDS)]
    for results in zip(*rounds, strict=True):
        for name in ("seconds", "bare"):
            results[0][name] = min(one[name] for one in results)
    return rounds[0]


def _round(reader: str, folder: Path) -> list[dict[str, Any]]:
    out = folder / f"{reader.partition(':')[2]}.jsonl"
    python = sys.executable if reader.startswith("ours") else OTHERS_PYTHON
    command = [str(python), str(HERE / "running.py"), reader, str(folder), str(out)]
    done = subprocess.run(command, cwd=ROOT, env=_ENVIRONMENT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{reader}: {done.stderr[-2000:]}")
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def _scores(posts: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[Score]:
    return [
        score(Truth(**post["truth"]), Found(**one)) for post, one in zip(posts, found, strict=True)
    ]


def _row(name: str, posts: list[dict[str, Any]], results: list[dict[str, Any]]) -> Row:
    scores = _scores(posts, [one["found"] for one in results])
    return row(name, scores, [(one["seconds"], one["bare"]) for one in results])


def _remarks(
    name: str, posts: list[dict[str, Any]], results: list[dict[str, Any]], wrong: bool
) -> Iterator[str]:
    split = [(post, one) for post, one in zip(posts, results, strict=True) if "first" in one]
    for key, given in (("found", "all their pages"), ("first", "page 1 alone")):
        scores = _scores([post for post, _ in split], [one[key] for _, one in split])
        exact = sum(one.exact for one in scores)
        yield f"- {name}: {exact} of {len(split)} posts of several pages exact, given {given}"
    scores = _scores(posts, [one["found"] for one in results])
    if leaks := commonest_leaks(scores):
        yield f"- {name} let in {leaks}"
    for post, one, judged in zip(posts, results, scores, strict=True):
        for line in (
            details(Truth(**post["truth"]), Found(**one["found"]), judged) if wrong else ()
        ):
            yield f"  - {post['truth']['shape']}, {post['files'][0]}: {line}"


if __name__ == "__main__":
    main()
