"""Datasette's pages and ours: in both languages, whole, and inert whatever an article says."""

import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from borneone_crawler.archive.searching import found, sought
from borneone_crawler.archive.sqlite.database import open_readonly
from borneone_crawler.desk.reading_room import hooks
from borneone_crawler.desk.reading_room.charts import dashboards
from borneone_crawler.desk.reading_room.guard import policy
from borneone_crawler.desk.reading_room.language import preferred
from borneone_crawler.desk.reading_room.questions import questions
from borneone_crawler.desk.words import LANGUAGES, Words, words_of
from tests.archive.conftest import SITE, Desk
from tests.desk.reading_room.conftest import BRIDGE, CRAFTED, HOSTILE, UNDATED
from tests.desk.reading_room.served import Served, lay_out, text_of


def words(language: str) -> Words:
    return words_of(language).of("datasette")


def number(served: Served, url: str) -> int:
    ((row),) = served.rows("SELECT id FROM articles WHERE url = :url", url=url)
    return int(row["id"])


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", "5 berita, 1 Januari 2019 sampai 3 Februari 2020."),
        ("en", "5 articles, 1 January 2019 to 3 February 2020."),
    ],
)
def test_the_front_page_tells_what_is_held_and_leads_on(
    served: Served, language: str, said: str
) -> None:
    page = served.page("/", language)
    assert page.get("lang") == language
    assert said in text_of(page)
    (newest,) = page.cssselect("ol.stories li:first-child a")
    assert newest.get("href") == f"/-/article/borneone/{number(served, CRAFTED)}"
    titles = {text_of(link) for link in page.cssselect(".doors a")}
    assert {said["title"] for said in questions(words(language)).values()} < titles
    assert words(language).say("charts_link") in titles


def test_the_language_is_what_the_reader_chose_then_what_the_browser_asks(served: Served) -> None:
    response, _ = served.get("/-/language/id?back=%2Fborneone%3Fa%3D1", language="en")
    assert (response.status, response.headers["Location"]) == (302, "/borneone?a=1")
    cookie = response.headers["Set-Cookie"].partition(";")[0]
    _, text = served.get("/", "en", Cookie=cookie)
    assert '<html lang="id">' in text
    _, text = served.get("/", "en")
    assert '<html lang="en">' in text


@pytest.mark.parametrize("back", ["https://x.example/", "//x.example/", "/\\x.example", "/\nA: b"])
def test_the_choice_of_a_language_leads_to_no_other_server(served: Served, back: str) -> None:
    response, _ = served.get(f"/-/language/id?{urlencode({'back': back})}")
    assert response.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("id-ID,id;q=0.9,en-US;q=0.8", "id"),
        ("fr, en;q=0.4, id;q=0.7", "id"),
        ("en-GB", "en"),
        ("in", "id"),
        ("id;q=0, en;q=0.1", "en"),
        ("id;q=x", None),
        ("fr", None),
        ("", None),
    ],
)
def test_a_browser_s_languages_are_weighed(accepted: str, language: str | None) -> None:
    assert preferred(accepted) == language


def test_an_article_is_a_page_to_read_and_to_cite(served: Served) -> None:
    page = served.page(f"/-/article/borneone/{number(served, BRIDGE)}")
    text = text_of(page)
    assert text_of(page.cssselect("h1")[0]) == "Jembatan Sungai Kapuas Dibuka Hari Ini"
    for said in (
        "Oleh Rina Oktaviani",
        "Terbit Senin, 14 Oktober 2019 pukul 10.15 WIB (UTC+07:00)",
        "Jembatan baru Foto: Humas",
        "“Kami menunggu sepuluh tahun,” kata warga.",
        "Rina Oktaviani, “Jembatan Sungai Kapuas Dibuka Hari Ini”, BorneOneTV, 14 Oktober 2019, ",
        f"{BRIDGE} (dibaca 14 Oktober 2019",
        "Revisi 2: judul · ditampilkan di sini",
        "Baca yang lain",
        "Sebelumnya",
        "Banjir Sungai Sambas Surut",
    ):
        assert said in text, said
    assert not page.cssselect("img, iframe, video, object, embed, style, [style]")


def test_what_is_to_be_known_of_an_article_is_said(served: Served) -> None:
    page = served.page(f"/-/article/borneone/{number(served, UNDATED)}")
    assert "tanpa tanggal" in text_of(page.cssselect(".story header")[0])
    assert text_of(page.cssselect("dl.list")[0]).count("Catatan") == 1
    assert "no date" not in text_of(page)


def test_an_earlier_state_is_shown_as_of_its_time(served: Served) -> None:
    path = f"/-/article/borneone/{number(served, BRIDGE)}"
    (first, _) = served.page(path).cssselect(".history a")
    earlier = served.page(path + first.get("href").removeprefix(path))
    assert text_of(earlier.cssselect("h1")[0]) == "Jembatan Sungai Kapuas Dibuka"
    assert "Ini keadaan lama dari berita ini: revisi 1" in text_of(earlier)
    assert "revisi 1 dari 2" in text_of(earlier.cssselect("#source")[0])
    for wrong in ("2018-01-01", "kemarin", "2999-01-01"):
        page = served.page(f"{path}?as_of={wrong}", status=404)
        assert words("id").say("no_such_state") in text_of(page)


def test_an_address_leads_to_its_article_however_it_is_spelled(served: Served) -> None:
    spelled = BRIDGE.replace("https://", "http://www.").rstrip("/") + "?utm_source=wa#respond"
    response, _ = served.get(f"/-/article/borneone?{urlencode({'address': spelled})}")
    path = f"/-/article/borneone/{number(served, BRIDGE)}"
    assert (response.status, response.headers["Location"]) == (302, path)
    unknown = served.page(f"/-/article/borneone?address={quote(SITE + '/x<b>/')}", "en", 404)
    assert "The archive has no article at that address. https://borneonetv.com/x<b>/" in text_of(
        unknown
    )


def test_a_citation_is_there_for_reference_managers(served: Served) -> None:
    response, text = served.get(f"/-/article/borneone/{number(served, BRIDGE)}.csl.json")
    assert "csl+json" in response.headers["Content-Type"]
    (item,) = json.loads(text)
    assert (item["type"], item["URL"]) == ("article-newspaper", BRIDGE)


@pytest.mark.parametrize("path", ["/-/article/borneone/999", "/-/article/mahakam/1"])
def test_what_is_not_there_is_not_found(served: Served, path: str) -> None:
    assert served.get(path)[0].status == 404


def test_nothing_an_article_says_is_run_or_loaded(served: Served) -> None:
    path = f"/-/article/borneone/{number(served, CRAFTED)}"
    for at in (path, "/", "/borneone/search?q=sungai", "/borneone/stories", "/borneone/articles"):
        response, text = served.get(at)
        assert "hacked" in text
        assert HOSTILE not in text
        assert "<img" not in text
        assert "onerror=alert" not in re.sub(r"&lt;img.*?&gt;", "", text)
        assert 'href="javascript:' not in text
        assert "default-src" in response.headers["Content-Security-Policy"]
    for at in (path, "/", "/borneone/search?q=sungai"):
        assert "\u202e" not in served.get(at)[1]


def test_a_browser_may_load_nothing_from_elsewhere() -> None:
    for path in ("/", "/-/article/borneone/1", "/-/dashboards/borneone", "/borneone?sql=select+1"):
        assert not re.search(r"https?:|\*|//", policy(path))
        assert "default-src 'self'" in policy(path) or "default-src 'none'" in policy(path)


def test_search_finds_and_marks_the_words(served: Served) -> None:
    page = served.page("/borneone/search?q=SUNGAI+jembatan")
    (found,) = page.cssselect("ol.found li")
    assert text_of(found.cssselect("h2")[0]) == "Jembatan Sungai Kapuas Dibuka Hari Ini"
    assert {text_of(mark).lower() for mark in found.cssselect("mark")} == {"jembatan", "sungai"}
    assert "14 Oktober 2019 · Kota Pontianak · Rina Oktaviani" in text_of(found)


def test_search_has_the_order_of_the_command(served: Served, filled: Path) -> None:
    with closing(open_readonly(filled / "borneone.db")) as database:
        wanted = list(found(database, sought(database, "sungai OR lain")))
    assert len(wanted) == 4
    answer = served.get("/borneone/search.json?_shape=array&q=sungai+OR+lain")[1]
    assert [row["article_id"] for row in json.loads(answer)] == wanted


@pytest.mark.parametrize(
    ("asked", "number_found"),
    [
        ({"q": "sungai", "from": "2020-01-01"}, 2),
        ({"q": "sungai", "until": "2019-12-31"}, 1),
        ({"q": "sungai", "section": "kota pontianak"}, 2),
        ({"q": '"sungai kapuas"'}, 1),
        ({"q": "sungai -jembatan"}, 2),
        ({"q": "jemb*"}, 1),
        ({"q": "tidakada"}, 0),
        ({"q": ""}, 0),
        ({"q": "sungai", "author": "lay"}, 1),
        ({"q": "sungai", "from": "2020", "until": "2020-01"}, 1),
        ({"q": "dibukanya"}, 1),
        ({"q": "dibukanya", "exact": "1"}, 0),
    ],
)
def test_search_is_narrowed_and_takes_whatever_is_typed(
    served: Served, asked: dict[str, str], number_found: int
) -> None:
    page = served.page(f"/borneone/search?{urlencode(asked)}")
    assert len(page.cssselect("ol.found li")) == number_found
    assert not page.cssselect(".error")


def test_search_can_be_sorted_by_date(served: Served) -> None:
    page = served.page("/borneone/search?q=sungai&sort=date")
    days = [text_of(facts) for facts in page.cssselect("ol.found .facts")]
    assert [day.partition(" · ")[0] for day in days] == [
        "3 Februari 2020", "2 Januari 2020", "14 Oktober 2019",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"q": '"sungai'}, "ada tanda kutip yang belum ditutup"),
        ({"q": "-sungai"}, "hanya menyebut apa yang tidak boleh ada"),
        ({"q": "(sungai"}, "ada tanda kurung yang belum ditutup"),
        ({"q": "sungai)"}, "ada tanda kurung tutup tanpa pembukanya"),
        ({"q": "sungai OR"}, "OR harus berdiri di antara dua kata"),
        ({"q": "AND sungai"}, "AND harus berdiri di antara dua kata;"),
        ({"q": "sungai NOT"}, "NOT dan - harus berdiri di depan kata"),
        ({"q": "su*gai"}, "* hanya berdiri di akhir kata"),
        ({"q": "!?"}, "tidak ada kata di dalamnya"),
        (
            {"q": "sungai", "section": "Kota Pontiank"},
            "Tidak ada rubrik “Kota Pontiank” di arsip ini. Mungkin maksudnya “Kota Pontianak”.",
        ),
        ({"q": "sungai", "section": "Kota%"}, "Tidak ada rubrik “Kota%” di arsip ini."),
        (
            {"q": "sungai", "author": "Rina Oktavian"},
            "Tidak ada penulis atau inisial “Rina Oktavian” di arsip ini. Mungkin maksudnya “Rina",
        ),
        ({"q": "sungai", "from": "14/10/2019"}, "“14/10/2019” bukan tanggal."),
        ({"q": "sungai", "from": "2020", "until": "2019"}, "“Sampai 2019” lebih dulu"),
    ],
)
def test_what_cannot_be_searched_for_is_said(
    served: Served, asked: dict[str, str], said: str
) -> None:
    page = served.page(f"/borneone/search?{urlencode(asked)}", status=400)
    (told,) = page.cssselect("p.error")
    assert said in text_of(told)
    assert not page.cssselect("ol.found li")
    assert served.get(f"/borneone/search.json?{urlencode(asked)}")[0].status == 400


def test_a_mistake_is_told_in_the_reader_s_language_and_inert(served: Served) -> None:
    for asked, said in (
        ({"q": '"sungai'}, "a quotation mark is open"),
        ({"q": "sungai", "section": "<b>\u202eKota"}, "There is no section “<b>\ufffdKota”"),
    ):
        page = served.page(f"/borneone/search?{urlencode(asked)}", "en", 400)
        assert said in text_of(page.cssselect("p.error")[0])


@pytest.mark.parametrize(
    "question", [name for name, one in questions(words("en")).items() if ":from" in one["sql"]]
)
def test_dates_in_addresses_are_days_months_or_years(served: Served, question: str) -> None:
    asked = {"q": "sungai"} if question == "search" else {}
    for wrong in ("14/10/2019", "2019-13", "kemarin"):
        for end in ("from", "until"):
            path = f"/borneone/{question}?{urlencode(asked | {end: wrong})}"
            page = served.page(path, status=400)
            assert f"“{wrong}” bukan tanggal" in text_of(page.cssselect("p.error")[0])
    for right in ("2019", "2019-10", "2019-10-14"):
        span = asked | {"from": right, "until": right}
        page = served.page(f"/borneone/{question}?{urlencode(span)}")
        assert not page.cssselect("p.error, p.nothing"), right


def test_a_day_of_an_edit_is_the_newsroom_s(served: Served) -> None:
    # Seen at 20.53 UTC of the day before.
    (row,) = served.rows("SELECT seen_at FROM edits WHERE kind = 'headline'")
    assert row["seen_at"].startswith("2019-10-13T2")
    for day, shown in (("2019-10-13", 0), ("2019-10-14", 1)):
        span = {"from": day, "until": day, "kind": "headline"}
        page = served.page(f"/borneone/edits_in_period?{urlencode(span)}")
        assert len(page.cssselect("tbody tr")) == shown


def test_kinds_of_edits_and_roles_are_in_words(served: Served) -> None:
    page = served.page("/borneone/edits_in_period?kind=headline")
    assert text_of(page.cssselect("td.col-kinds")[0]) == "judul"
    labels = {text_of(option) for option in page.cssselect("select[name=kind] option")}
    assert {"semua jenis", "koreksi", "isi", "salah ketik"} < labels
    page = served.page("/borneone/articles_by_author?name=Lay")
    assert text_of(page.cssselect("td.col-roles")[0]) == "inisial"


def test_initials_are_counted_apart_from_authors(served: Served) -> None:
    page = served.page("/borneone/authors_by_number")
    told = [
        (text_of(name), text_of(role))
        for name, role in zip(
            page.cssselect("td.col-name"), page.cssselect("td.col-role"), strict=True
        )
    ]
    assert ("Rina Oktaviani", "penulis") in told
    assert told[-1] == ("Lay", "inisial")
    assert all(name != "*" for name, _ in told)
    (charts,) = dashboards(words("id"), ["borneone"]).values()
    names = {
        chart: {row["name"] for row in served.rows(charts["charts"][chart]["query"])}
        for chart in ("by_author", "by_initials")
    }
    assert "Rina Oktaviani" in names["by_author"]
    assert "Lay" not in names["by_author"]
    assert names["by_initials"] == {"Lay"}


def test_a_kind_of_edits_that_there_is_not_is_said(served: Served) -> None:
    page = served.page("/borneone/edits_in_period?kind=isi")
    assert text_of(page.cssselect("p.error")[0]) == "Tidak ada jenis perubahan “isi”."


def test_what_empty_fields_mean_is_said(served: Served) -> None:
    page = served.page("/borneone/edits_in_period?kind=&from=&until=")
    assert "Kolom yang dikosongkan tidak menyaring apa pun." in text_of(page)
    nothing = served.page("/borneone/edits_in_period?kind=date&from=&until=")
    assert text_of(nothing.cssselect("p.nothing")[0]) == "Tidak ada hasil."
    for question in ("search?q=+&section=", "articles_with_tag?tag="):
        page = served.page(f"/borneone/{question}")
        assert "Isi kolom" in text_of(page.cssselect("p.nothing")[0])
        assert "Kolom yang dikosongkan" not in text_of(page)


def test_no_name_is_a_pattern(served: Served) -> None:
    for question in ("articles_with_tag?tag=%25", "articles_by_author?name=%25"):
        assert served.page(f"/borneone/{question}").cssselect("p.nothing")


def test_the_excerpt_is_of_the_text_and_not_the_headline_again(served: Served) -> None:
    page = served.page("/borneone/search?q=kapuas")
    assert text_of(page.cssselect("ol.found .excerpt")[0]).startswith("Pontianak, BorneOneTV")


def test_more_than_is_shown_is_told(tmp_path: Path) -> None:
    desk = Desk(lay_out(tmp_path / "archive") / "borneone.db")
    for number in range(201):
        desk.store(f"{SITE}/sungai-{number}/", headline=f"Sungai ke-{number}", post_id=number)
    desk.archive.close()
    with Served(tmp_path / "archive") as served:
        page = served.page("/borneone/search?q=sungai")
    assert len(page.cssselect("ol.found li")) == 200
    assert "200 yang pertama dari 201 hasil" in text_of(page.cssselect(".count")[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_is_answered(served: Served, language: str) -> None:
    asked = urlencode({"q": "sungai", "name": "Rina", "tag": "Jembatan", "kind": "headline"})
    for name, question in questions(words(language)).items():
        page = served.page(f"/borneone/{name}?{asked}", language)
        assert text_of(page.cssselect("h1")[0]) == question["title"]
        assert not page.cssselect(".error"), name
        heads = {text_of(cell) for cell in page.cssselect("th")}
        assert not {head for head in heads if "_" in head}, f"{name}: a column without words"
        assert not {label for label in page.cssselect("label") if text_of(label).islower()}, name


def test_search_finds_other_forms_of_a_word_and_says_so(served: Served) -> None:
    page = served.page("/borneone/search?q=dibukanya")
    (found,) = page.cssselect("ol.found li")
    assert "Jembatan Sungai Kapuas Dibuka" in text_of(found)
    assert "Juga dicari: dibuka" in text_of(page)


def test_a_question_offers_the_names_that_are_known(served: Served) -> None:
    page = served.page("/borneone/search")
    offered = page.cssselect("datalist#choices-section option")
    assert [one.get("value") for one in offered][-2:] == ["Berita", "Kota Pontianak"]
    assert page.cssselect("input[name=section]")[0].get("list") == "choices-section"


def test_no_question_chart_or_view_is_without_words(served: Served) -> None:
    said, room = words("id"), Path(hooks.__file__).parent
    written = {path.stem for path in room.joinpath("queries").glob("*.sql")}
    assert set(questions(said)) == written
    views = {
        row["name"] for row in served.rows("SELECT name FROM sqlite_master WHERE type='view'")
    }
    assert {name for name in said.names("views") if not name.endswith("_what")} == views


def test_questions_answer_what_they_say(served: Served) -> None:
    def answer(question: str, **asked: str) -> list[dict[str, object]]:
        query = urlencode({"_shape": "array"} | asked)
        found: list[dict[str, object]] = json.loads(
            served.get(f"/borneone/{question}.json?{query}")[1]
        )
        return found

    (changed,) = answer("changed_headlines")
    assert changed["headline_before"] == "Jembatan Sungai Kapuas Dibuka"
    assert [row["url"] for row in answer("articles_by_author", name="oktaviani")] == [BRIDGE]
    assert [row["url"] for row in answer("articles_with_tag", tag="jembatan")] == [BRIDGE]
    assert {row["section"]: row["articles"] for row in answer(
        "articles_by_month_and_section", **{"from": "2019-10-20", "until": "2020-01-31"}
    )} == {"Kota Pontianak": 1}  # fmt: skip
    assert answer("places_by_number")[0] == {
        "place": "Pontianak", "articles": 1, "first": "2019-10-14", "last": "2019-10-14",
    }  # fmt: skip


def test_times_days_and_months_of_answers_are_in_words(served: Served) -> None:
    for question, column, said in (
        ("changed_headlines", "seen_at", r"14 Oktober 2019 pukul \d\d\.\d\d WIB"),
        ("tags_by_number", "first", r"14 Oktober 2019"),
        ("articles_by_month_and_section", "month", r"Februari 2020"),
    ):
        cells = served.page(f"/borneone/{question}").cssselect(f"td.col-{column}")
        assert any(re.fullmatch(said, text_of(cell)) for cell in cells), question


def test_a_tag_and_a_name_lead_to_all_their_articles(served: Served) -> None:
    for question in ("tags_by_number", "authors_by_number"):
        links = served.page(f"/borneone/{question}").cssselect("td a")
        (link,) = [link for link in links if text_of(link) in {"Jembatan", "Rina Oktaviani"}]
        (found,) = served.page(link.get("href")).cssselect("td.col-headline a")
        assert text_of(found) == "Jembatan Sungai Kapuas Dibuka Hari Ini"


def test_tables_are_searched_counted_and_described(served: Served) -> None:
    page = served.page("/borneone/stories?_search=jembatan")
    assert text_of(page.cssselect("h1")[0]) == "Berita (stories) (view)"
    assert "Satu baris satu berita" in text_of(page)
    assert text_of(page.cssselect("td.col-headline a")[0]).startswith("Jembatan Sungai")
    assert "2019 1" in text_of(page.cssselect(".facet-results")[0])
    assert "mencari kata persis seperti ditulis" in text_of(page.cssselect(".other-search")[0])


def test_what_columns_mean_is_folded_away_below_the_rows(served: Served) -> None:
    page = served.page("/borneone/stories")
    (described,) = page.cssselect("dl.column-descriptions")
    assert "Headline as published." in text_of(described)
    (fold,) = page.cssselect("details.meaning")
    assert fold.cssselect("dl") == [described]
    assert fold.get("open") is None
    order = [element for element in page.iter() if element in (fold, page.cssselect("table")[0])]
    assert order[0].tag == "table"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_counts_and_is_drawn_by_what_loads_nothing(
    served: Served, language: str
) -> None:
    (dashboard,) = dashboards(words(language), ["borneone"]).values()
    assert len(dashboard["charts"]) >= 6
    for chart in dashboard["charts"].values():
        fields = {channel["field"] for channel in chart["display"]["encoding"].values()}
        titles = {channel["title"] for channel in chart["display"]["encoding"].values()}
        rows = served.rows(chart["query"])
        assert rows, chart["title"]
        assert fields <= set(rows[0])
        assert not titles & fields, "an axis without words"
        assert chart["library"] == "vega-lite"
        assert chart["display"]["usermeta"]["embedOptions"]["actions"]["editor"] is False
    assert dashboard["title"] in text_of(served.page("/-/dashboards/borneone", language))


def test_an_archive_that_is_being_written_is_read_as_it_grows(tmp_path: Path) -> None:
    desk = Desk(lay_out(tmp_path / "archive") / "borneone.db")
    with Served(desk.path.parent) as served:
        assert words("en").say("no_articles") in text_of(served.page("/", "en"))
        desk.store(BRIDGE, headline="Baru saja terbit")
        assert "Baru saja terbit" in text_of(served.page("/", "en"))
        assert served.rows("SELECT headline FROM stories") == [{"headline": "Baru saja terbit"}]
        desk.archive.close()


def test_a_folder_without_an_archive_says_what_to_do(tmp_path: Path) -> None:
    with Served(lay_out(tmp_path / "archive")) as served:
        assert words("en").say("no_archive") in text_of(served.page("/", "en"))


def test_other_archives_are_shown_too_and_what_is_none_is_named(tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "archive")
    desk = Desk(folder / "mahakam.2026.db")
    desk.store(BRIDGE)
    desk.archive.close()
    for name, pragma in (("older", "user_version = 3"), ("other", "application_id = 7")):
        shutil.copy(folder / "mahakam.2026.db", folder / f"{name}.db")
        with closing(sqlite3.connect(folder / f"{name}.db")) as connection:
            connection.execute(f"PRAGMA {pragma}")
    with Served(folder) as served:
        page = served.page("/", "en")
        notes = [text_of(note) for note in page.cssselect(".note")]
        assert any("older version of this program" in note for note in notes)
        assert any("a database of something else" in note for note in notes)
        assert len(page.cssselect("section.archive")) == 1
        (link,) = page.cssselect("ol.stories a")
        assert BRIDGE in text_of(served.page(link.get("href")))
        described = text_of(served.page("/mahakam~2E2026/stories", "en"))
        assert "Begin here. One row an article" in described
        assert "Headline as published." in described
        assert served.get("/mahakam~2E2026/withheld")[0].status == 403
        assert served.get("/mahakam~2E2026.json?sql=select+*+from+withheld")[0].status == 400
        assert served.get("/-/article/older/1")[0].status == 404
