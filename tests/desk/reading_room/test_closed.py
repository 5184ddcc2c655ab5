"""What was taken down is shown by no page, no query and no form of either."""

import json
from urllib.parse import quote, urlencode

import pytest

from borneone_crawler.desk.reading_room.questions import questions
from borneone_crawler.desk.words import words_of
from tests.archive.marked import MARKER, URL
from tests.desk.reading_room.conftest import BRIDGE, TO_WITHHELD
from tests.desk.reading_room.served import Served, text_of

SECRET = "permintaan narasumber"

WAYS = [
    "SELECT * FROM withheld",
    "SELECT count(*) AS n FROM withheld",
    "SELECT count(*) AS n FROM WITHHELD",
    "SELECT rowid FROM [Withheld]",
    "SELECT 1 FROM main.withheld",
    "SELECT article ->> '$.headline' FROM withheld LIMIT 1",
    "SELECT (SELECT group_concat(article) FROM withheld) AS texts",
    "WITH w AS (SELECT * FROM withheld) SELECT * FROM w",
    "SELECT a.id FROM articles AS a JOIN withheld AS w ON w.reading_id = a.reading_id",
    "SELECT id FROM articles WHERE EXISTS (SELECT 1 FROM withheld)",
    "SELECT id FROM articles ORDER BY (SELECT max(article) FROM withheld)",
    "EXPLAIN SELECT * FROM withheld",
    "SELECT reason FROM takedowns",
    "SELECT * FROM takedowns",
    "SELECT * FROM sqlite_dbpage",
]


@pytest.mark.parametrize("sql", WAYS)
@pytest.mark.parametrize("form", ["", ".json", ".csv"])
def test_no_sql_reads_it(served: Served, sql: str, form: str) -> None:
    response, text = served.get(f"/borneone{form}?{urlencode({'sql': sql, '_stream': 'on'})}")
    # A CSV is begun before SQLite refuses; then nothing follows.
    assert response.status == 400 or not text.strip(), text
    assert MARKER not in text
    assert SECRET not in text


@pytest.mark.parametrize(
    "path",
    [
        "/borneone/withheld", "/borneone/withheld.json", "/borneone/withheld.csv?_stream=on",
        "/borneone/WITHHELD", "/borneone/withheld/1", "/borneone/withheld/1.json",
        "/borneone/withheld?_facet=article", "/borneone/takedowns", "/borneone/takedowns.json",
        "/borneone/takedowns/1.json",
    ],
)  # fmt: skip
def test_no_page_shows_its_tables(served: Served, path: str) -> None:
    response, text = served.get(path)
    assert response.status in {403, 404}, text
    assert MARKER not in text
    assert SECRET not in text


@pytest.mark.parametrize(
    "where",
    [
        "_where=id+in+(select+reading_id+from+withheld)",
        "_where=exists(select+1+from+withheld)",
        "_through=" + quote(json.dumps({"table": "withheld", "column": "article", "value": "x"})),
    ],
)
def test_no_filter_asks_them(served: Served, where: str) -> None:
    response, text = served.get(f"/borneone/readings.json?{where}")
    assert response.status in {400, 403, 500}, text
    assert '"rows"' not in text
    assert MARKER not in text


def test_what_columns_of_open_tables_hold_of_it_is_empty(served: Served) -> None:
    assert served.rows("SELECT max(withheld) AS held FROM dumps") == [{"held": None}]
    assert served.get("/borneone/dumps.json")[0].status == 200


def test_no_list_names_them(served: Served) -> None:
    for path in ("/", "/borneone", "/borneone?_show_hidden=1"):
        text = text_of(served.page(path))
        assert "withheld" not in text
        assert "takedowns" not in text


def test_neither_table_nor_search_nor_question_has_a_word_of_it(served: Served) -> None:
    there = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
    asked = questions(words_of("en").of("datasette"))
    for name in (*(row["name"] for row in served.rows(there)), *asked):
        response, text = served.get(f"/borneone/{name}.json?_shape=array")
        assert response.status in {200, 400, 403}, (name, text)
        assert MARKER not in text, name
    for query in ("search.json?q", "stories.json?_search", "articles.json?_search"):
        assert served.get(f"/borneone/{query}={MARKER}&_shape=array")[1] == "[]"


def test_its_page_says_that_it_was_taken_down_and_nothing_else(served: Served) -> None:
    (row,) = served.rows("SELECT id FROM articles WHERE url = :url", url=URL)
    path = f"/-/article/borneone/{row['id']}"
    page = served.page(path, status=410)
    assert "Berita ini telah ditarik dari arsip." in text_of(page)
    response, text = served.get(f"{path}.csl.json")
    assert response.status == 410
    for said in (text, text_of(page)):
        assert MARKER not in said
        assert SECRET not in said


@pytest.mark.parametrize("state", ["", "?as_of=2019-10"])
def test_no_page_prints_the_words_of_a_link_to_it(served: Served, state: str) -> None:
    (row,) = served.rows("SELECT id FROM articles WHERE url = :url", url=BRIDGE)
    text = text_of(served.page(f"/-/article/borneone/{row['id']}{state}"))
    assert "Baca yang lain" in text
    assert "Tautan rusak" in text
    assert TO_WITHHELD not in text


def test_the_file_itself_is_not_given_away(served: Served) -> None:
    assert served.get("/borneone.db")[0].status == 403
