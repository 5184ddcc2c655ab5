"""A citation as CSL-JSON, by the rules of its schema."""

import json
from typing import Any

from borneone_crawler.desk.cite.csl import items_of
from borneone_crawler.items import State
from tests.archive.conftest import SITE, Desk, reading
from tests.archive.dumps.conftest import Dumping, dumping  # noqa: F401 - a fixture
from tests.desk.cite.conftest import Cite

URL = f"{SITE}/wagub/"

# Of csl-data.json (see cite/csl.py), as far as a newspaper's article can use it. An item has a
# type and an id, and no other names than the schema's.
NAMES = {"author", "editor", "translator", "contributor"}
DATES = {"accessed", "issued", "original-date", "available-date"}
STRINGS = {
    "language", "abstract", "annote", "archive", "archive_collection", "archive_location",
    "archive-place", "call-number", "container-title", "container-title-short", "genre", "keyword",
    "medium", "note", "original-title", "publisher", "publisher-place", "section", "source",
    "status", "title", "title-short", "URL",
}  # fmt: skip
OF_A_NAME = {
    "family", "given", "dropping-particle", "non-dropping-particle", "suffix", "comma-suffix",
    "static-ordering", "literal", "parse-names",
}  # fmt: skip


def check(items: list[dict[str, Any]]) -> dict[str, Any]:
    """The one item of a document that keeps to the schema."""
    item: dict[str, Any]
    (item,) = json.loads(json.dumps(items))
    assert item["type"] == "article-newspaper"
    assert isinstance(item["id"], str)
    for name, value in item.items():
        if name in NAMES:
            assert value, name
            for person in value:
                assert set(person) <= OF_A_NAME
                assert all(isinstance(part, str) and part for part in person.values())
        elif name in DATES:
            assert set(value) == {"date-parts"}
            ((year, month, day),) = value["date-parts"]
            assert (1000 < year < 3000, 1 <= month <= 12, 1 <= day <= 31) == (True, True, True)
        elif name == "custom":
            assert isinstance(value, dict)
        else:
            assert name in STRINGS | {"type", "id"}, name
            assert isinstance(value, str), name
    return item


def test_an_article_with_all_that_is_known_of_it(desk: Desk, cite: Cite) -> None:
    desk.settle(
        URL,
        reading=reading(
            URL, authors=["Sukarno", "Dr. H. Sutarmidji, S.H., M.Hum."], editor="Citra",
            in_language="id", keywords=["medsos", "wagub"],
            sections=[("Berita", None), ("Kota", None)],
        ),
        capture=desk.capture(URL),
    )  # fmt: skip
    item = check(items_of(cite()))
    digest, uuid, seen = desk.rows(
        "SELECT a.content_digest, uuid, v.seen_at FROM articles AS a, archive, revisions AS v"
    )[0]
    assert item["id"] == f"borneonetv-wagub-{digest[:8]}"
    assert item["title"] == "Wagub Kalbar Minta Gunakan Medsos"
    # Nothing on the page says which word of a name is what.
    assert item["author"] == [
        {"literal": "Sukarno"}, {"literal": "Dr. H. Sutarmidji, S.H., M.Hum."},
    ]  # fmt: skip
    assert item["editor"] == [{"literal": "Citra"}]
    assert item["container-title"] == "BorneOneTV"
    assert item["issued"] == {"date-parts": [[2019, 10, 14]]}
    assert item["accessed"] == {"date-parts": [[2019, 10, 14]]}
    assert (item["URL"], item["language"]) == (URL, "id")
    assert (item["section"], item["keyword"]) == ("Berita", "medsos, wagub")
    assert uuid in item["archive"]
    ((file, offset, capture),) = desk.rows("SELECT warc_file, warc_offset, digest FROM captures")
    assert item["archive_location"] == f"{file}, offset {offset}"
    custom = item["custom"]
    assert (custom["archive"], custom["content_digest"]) == (uuid, digest)
    assert (custom["first_seen_at"], custom["from_at"], custom["until_at"]) == (seen, seen, None)
    assert [one["digest"] for one in custom["captures"]] == [capture]
    for said in (digest, capture, seen, "Revision 1 of 1"):
        assert said in item["note"]


def test_what_is_not_known_is_left_out(desk: Desk, cite: Cite) -> None:
    desk.store(URL, headline=None, date_published=None, authors=["admin"])
    item = check(items_of(cite()))
    for name in ("title", "issued", "author", "editor", "language", "section", "keyword"):
        assert name not in item, name
    assert "archive_location" not in item


def test_each_state_has_a_key_of_its_own_that_other_archives_give_it_too(
    desk: Desk, cite: Cite
) -> None:
    desk.store(URL)
    first = check(items_of(cite()))["id"]
    seen = str(desk.one("SELECT from_at FROM states")).partition(".")[0]
    desk.store(URL, headline="Kedua")
    assert check(items_of(cite()))["id"] != first
    assert check(items_of(cite(f"{seen}Z")))["id"] == first
    desk.archive.db.execute("UPDATE articles SET url = ?", [f"{SITE}/?p=12"])
    assert check(items_of(cite()))["id"].startswith("borneonetv-p-12-")


def test_a_capture_that_is_in_no_file_any_more_is_no_place_to_look(desk: Desk, cite: Cite) -> None:
    desk.settle(URL, reading=reading(URL), capture=desk.capture(URL))
    desk.archive.db.execute("UPDATE captures SET dropped = 'lost'")
    item = check(items_of(cite()))
    assert "archive_location" not in item
    assert [one["dropped"] for one in item["custom"]["captures"]] == ["lost"]


def test_what_has_gone_and_leads_elsewhere_says_so(desk: Desk, cite: Cite) -> None:
    desk.store(URL)
    desk.next_run()
    desk.settle(URL, state=State.GONE, http_status=404)
    custom = check(items_of(cite()))["custom"]
    assert custom["gone_at"] == desk.one("SELECT gone_at FROM articles")


def test_a_text_dump_stands_in_place_of_a_capture(
    dumping: Dumping,  # noqa: F811
    cite: Cite,
) -> None:
    dumping.take_in(url=URL, name="salinan.txt")
    item = check(items_of(cite()))
    sha256 = dumping.desk.one("SELECT sha256 FROM dumps")
    assert item["archive_location"] == "text dump salinan.txt"
    assert item["custom"]["text_dump"]["sha256"] == sha256
    assert item["custom"]["captures"] == []
    assert sha256 in item["note"]
    assert "issued" not in item
