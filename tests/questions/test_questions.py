"""The questions of archive/README.md have the answers that stand below them."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlite_utils.cli import cli

from borneone_crawler.archive.sqlite.database import sql_files
from tests.questions import readme
from tests.questions.archive import Asked

README = readme.PATH.read_text("utf-8")

PANDAS = Path(sys.prefix) / "analysts"
"""Where the Makefile puts it: beside what the program runs with."""


def test_twenty_questions_have_their_answers(asked: Asked, subtests: pytest.Subtests) -> None:
    questions = readme.questions(README)
    numbers = [int(question.title.partition(".")[0]) for question in questions]
    assert numbers == list(range(1, 21))
    for question in questions:
        with subtests.test(question.title):
            rows, _ = asked.rows(question.sql)
            assert rows, "an answer that says something"
            assert asked.answer(question.sql) == question.answer.rstrip("\n")
    # Written anew it is the same: `python -m tests.questions` has nothing to do.
    assert readme.with_answers(README, asked.answer) == README


def test_the_questions_ask_every_view() -> None:
    asked = " ".join(question.sql for question in readme.questions(README))
    views = {name for name, _ in sql_files("views")}
    assert views <= set(re.findall(r"(?:FROM|JOIN) (\w+)", asked))


def test_an_answer_looks_as_sqlite_utils_prints_it(asked: Asked) -> None:
    question = next(one for one in readme.questions(README) if "borneonetv.com" not in one.sql)
    done = CliRunner().invoke(cli, [str(asked.path), question.sql, "-t"])
    assert [line.rstrip() for line in done.output.splitlines()] == question.answer.splitlines()


def test_sqlite_s_date_functions_are_the_trap_that_is_told(asked: Asked) -> None:
    sql = """SELECT date(date_published), day FROM stories
             WHERE date_published = '2019-10-01T03:15:00+07:00'"""
    assert asked.rows(sql)[0] == [["2019-09-30", "2019-10-01"]]


def test_the_lines_for_pandas_keep_every_article_on_its_day(asked: Asked, tmp_path: Path) -> None:
    (lines,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "borneone.db").symlink_to(asked.path)
    shown = """
dates = stories["date_published"].dt
print(stories.assign(read=dates.strftime("%Y-%m-%d"), hour=dates.hour).to_json(orient="records"))
"""
    done = subprocess.run(
        [sys.executable, "-c", lines + shown],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(PANDAS)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    stories = json.loads(done.stdout)
    assert len(stories) == 73
    assert [story["read"] for story in stories] == [story["day"] for story in stories]
    assert any(story["hour"] in range(7) for story in stories), "some in the first hours"


def test_what_counts_how_is_what_is_said(asked: Asked) -> None:
    def number(sql: str) -> int:
        ((found,),), _ = asked.rows(sql)
        return int(found)

    articles = number("SELECT count(*) FROM stories")
    several = number("SELECT sum(json_array_length(sections_json)) FROM stories")
    assert number("SELECT sum(articles) FROM sections_by_month") == several > articles
    assert number("SELECT count(*) FROM pages WHERE account = 'held'") == articles
    undated = number("SELECT count(*) FROM stories WHERE date_published IS NULL")
    assert number("SELECT count(*) FROM stories WHERE year >= 0") == articles - undated < articles
    there = number("SELECT count(*) FROM stories WHERE NOT is_gone AND redirected_to IS NULL")
    away = number("SELECT count(*) FROM gone WHERE came_back_at IS NULL")
    assert there == articles - away < articles
    flagged = number("SELECT count(*) FROM stories WHERE flags <> '[]'")
    assert number("SELECT count(*) FROM stories WHERE flags = '[]'") == articles - flagged
    once = number(
        "SELECT count(*) FROM stories WHERE id NOT IN (SELECT article_id FROM duplicates)"
    )
    assert once == articles - 1
