"""The parts of archive/README.md that an archive writes: the answers, and the list of columns."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

import yaml

from borneone_crawler.archive.sqlite.database import sql_files
from tests.crawling import ROOT

PATH = ROOT / "archive" / "README.md"

_QUESTION = re.compile(
    r"^### (?P<title>\d+\. [^\n]+)\n\n(?:(?!```|#)[^\n]*\n)*"
    r"```sql\n(?P<sql>.*?)```\n\n```text\n(?P<answer>.*?)```$",
    re.DOTALL | re.MULTILINE,
)
_COLUMNS = "## Every column\n"


@dataclass(frozen=True, slots=True)
class Question:
    """One of the questions."""

    title: str
    """With its number: "4. Who wrote most in 2020?"."""
    sql: str
    answer: str


def questions(text: str) -> list[Question]:
    """The questions of the README, in order."""
    return [Question(**found.groupdict()) for found in _QUESTION.finditer(text)]


def with_answers(text: str, answer: Callable[[str], str]) -> str:
    """The README with what `answer` says to each question's SQL."""

    def answered(found: re.Match[str]) -> str:
        head = text[found.start() : found.start("answer")]
        return f"{head}{answer(found['sql'])}\n```"

    return _QUESTION.sub(answered, text)


def dictionary() -> dict[str, Any]:
    """What archive/metadata.yaml says of each view and table."""
    described = yaml.safe_load((ROOT / "archive" / "metadata.yaml").read_text("utf-8"))
    tables = described["databases"]["borneone"]["tables"]
    assert isinstance(tables, dict)
    return tables


def with_columns(text: str) -> str:
    """The README with every view, table and column as metadata.yaml describes it."""
    start = text.index(_COLUMNS) + len(_COLUMNS)
    end = text.find("\n## ", start)
    after = text[end:] if end != -1 else ""
    return text[:start] + "\n".join(_lines(dictionary())) + "\n" + after


def _lines(tables: dict[str, Any]) -> Iterator[str]:
    views = {name for name, _ in sql_files("views")}
    yield "\nAs [metadata.yaml](metadata.yaml) has it, from which this is written."
    for title, wanted in (("Views", True), ("Tables", False)):
        yield f"\n### {title}"
        for name, told in tables.items():
            if (name in views) is wanted:
                yield from _folded(name, told)


def _folded(name: str, told: dict[str, Any]) -> Iterator[str]:
    yield f"\n<details><summary><code>{name}</code>: {escape(told['description'])}</summary>\n"
    yield "| column | what it holds |"
    yield "|---|---|"
    for column, what in told["columns"].items():
        yield f"| `{column}` | {escape(what, quote=False).replace('|', chr(92) + '|')} |"
    yield "\n</details>"
