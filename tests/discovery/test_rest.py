"""The REST inventory: its addresses, its pages, and what is none."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from borneone_crawler.discovery.rest import (
    inventory_url,
    is_inventory,
    is_whole,
    next_page,
    read_inventory,
    read_texts,
)
from borneone_crawler.discovery.sources import UnreadableError, read_source
from borneone_crawler.urls import SiteUrls

SITE = "https://borneonetv.com"
POST = {
    "id": 812, "link": f"{SITE}/banjir/", "date_gmt": "2019-10-14T03:15:00",
    "modified_gmt": "2019-10-14T04:00:30",
}  # fmt: skip


@pytest.mark.parametrize("whole", [True, False])
def test_its_pages_follow_one_another_to_the_last(whole: bool) -> None:
    url = SiteUrls(SITE).canonical(inventory_url(SITE, whole=whole))
    numbers = []
    for _ in range(10):
        split = urlsplit(url)
        assert is_inventory(split)
        assert is_whole(split) is whole
        numbers.append(parse_qs(split.query).get("page", ["1"])[0])
        following = next_page(url, 4)
        if following is None:
            break
        url = SiteUrls(SITE).canonical(following)
    assert numbers == ["1", "2", "3", "4"]


def test_a_short_look_sees_what_was_changed_last() -> None:
    asked = parse_qs(urlsplit(inventory_url(SITE, whole=False)).query)
    assert (asked["orderby"], asked["order"]) == (["modified"], ["desc"])
    assert "modified_gmt" in asked["_fields"][0]


def test_a_post_says_number_address_and_times_in_utc() -> None:
    inventory = read_inventory(
        json.dumps([POST]).encode(), {"x-wp-total": "334", "x-wp-totalpages": "4"}
    )
    assert inventory is not None
    assert (inventory.total, inventory.pages) == (334, 4)
    (link,) = inventory.posts
    assert (link.url, link.post_id, link.is_entry) == (POST["link"], 812, True)
    assert link.published == "2019-10-14T03:15:00.000+00:00"
    assert link.modified == "2019-10-14T04:00:30.000+00:00"


@pytest.mark.parametrize(
    ("item", "held"),
    [
        (POST | {"id": "812"}, (None, "2019-10-14T03:15:00.000+00:00")),
        (POST | {"id": -1}, (None, "2019-10-14T03:15:00.000+00:00")),
        (POST | {"id": 2**70}, (None, "2019-10-14T03:15:00.000+00:00")),
        (POST | {"date_gmt": None}, (812, None)),
        (POST | {"date_gmt": "0000-00-00T00:00:00"}, (812, None)),
        (POST | {"date_gmt": {"raw": 1}}, (812, None)),
    ],
)
def test_what_it_says_wrong_is_left_out(item: object, held: tuple[object, object]) -> None:
    inventory = read_inventory(json.dumps([item, "x", {"link": 7}, {}]).encode(), {})
    assert inventory is not None
    (link,) = inventory.posts
    assert (link.post_id, link.published) == held
    assert (inventory.total, inventory.pages) == (None, None)


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b'{"code": "rest_forbidden"}', b"null", b"[" * 100_000, b'"\xff"'],
)
def test_what_is_no_list_is_told(body: bytes) -> None:
    assert read_inventory(body, {}) is None
    url = inventory_url(SITE, whole=True)
    with pytest.raises(UnreadableError):
        read_source(url, body, {}, SiteUrls(SITE), whole=False)


@pytest.mark.parametrize("total", ["", "-3", "viele", "9" * 40, "²"])
def test_a_total_that_is_no_number_is_none(total: str) -> None:
    inventory = read_inventory(b"[]", {"x-wp-total": total})
    assert inventory is not None
    assert inventory.total is None


def test_texts_are_those_that_are_given_away() -> None:
    def post(number: object, **content: object) -> dict[str, object]:
        return {"id": number, "content": content}

    items = [
        post(1, rendered="<p>Banjir.</p>", protected=False), post(2, rendered=""),
        post(3, rendered="<p>Rahasia.</p>", protected=True), post("4", rendered="<p>x</p>"),
        post(5, rendered=None), {"id": 6, "content": "x"}, {"id": 7}, "x",
    ]  # fmt: skip
    assert read_texts(json.dumps(items).encode()) == {1: "<p>Banjir.</p>"}
    assert read_texts(b"<html>") == read_texts(b'{"code": 1}') == {}
