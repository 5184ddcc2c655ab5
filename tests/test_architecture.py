"""Imports point inward only, and the logic rooms do not know Scrapy (design: rooms)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "borneone_crawler"

# Room -> the rooms it may import from. Glue may import everything but settings.
INNERMOST = {"site", "items", "urls", "statuses", "likeness", "trees", "codings", "patience"}
LOGIC = {
    **{room: set() for room in INNERMOST},
    "urls": set(),
    "discovery": INNERMOST,
    "pages": INNERMOST,
    "cleaning": INNERMOST,
    "archive": INNERMOST,
    "upkeep": INNERMOST,
    "robots": INNERMOST,
    "pace": INNERMOST,
    "reading": INNERMOST | {"pages", "cleaning"},
    "desk": INNERMOST | {"archive", "cleaning", "reading"},
}
NOT_FOR_LOGIC = {"scrapy", "twisted"}
ONLY_THE_ARCHIVE = {"sqlite3", "sqlite_utils", "warcio"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    relative = path.relative_to(PACKAGE)
    return relative.parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            for alias in node.names:
                yield f"{node.module}.{alias.name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_inward(path: Path) -> None:
    room = room_of(path)
    for name in imports(path):
        top, _, rest = name.partition(".")
        if top == "borneone_crawler":
            target = rest.partition(".")[0]
            assert target != "settings", "nobody imports settings; from_crawler reads them"
            if room in LOGIC and (PACKAGE / target).exists() | (PACKAGE / f"{target}.py").exists():
                assert target == room or target in LOGIC[room], f"{room} must not import {target}"
        elif room in LOGIC:
            assert top not in NOT_FOR_LOGIC, f"{room} is logic and must not know {top}"
            if top in ONLY_THE_ARCHIVE:
                allowed = {"archive", "desk"} if top == "sqlite_utils" else {"archive"}
                assert room in allowed, f"only the archive knows {top}"


def test_every_module_says_in_one_sentence_what_it_offers() -> None:
    for path in modules():
        docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))
        assert docstring, f"{path} has no docstring"
        assert docstring.splitlines()[0].rstrip().endswith((".", ":", "?")), path


def test_the_spiders_know_no_selectors_and_no_sql() -> None:
    for path in (PACKAGE / "spiders").glob("*.py"):
        text = path.read_text("utf-8")
        for word in (".css(", ".xpath(", "SELECT ", "UPDATE ", "INSERT "):
            assert word not in text, f"{path} contains {word!r}"


def test_commands_are_short() -> None:
    for path in (PACKAGE / "commands").glob("*.py"):
        lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
        assert len(lines) <= 60, f"{path}: {len(lines)} lines; a command only joins other rooms"
