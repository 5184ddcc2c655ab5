"""The newsroom server answers as WordPress does (measured, see site-facts)."""

import gzip
import json
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from borneone_crawler.newsroom_server import NewsroomServer
from tests.newsroom.asking import ask
from tests.newsroom.build import FIXTURES

BRIEF = "/listrik-padam-di-siantan-tengah/"
LONG = "/menyusuri-kapuas-dari-muara-ke-hulu/"


@pytest.fixture(scope="module")
def newsroom() -> Iterator[NewsroomServer]:
    with NewsroomServer(FIXTURES) as server:
        yield server


@pytest.mark.parametrize(
    ("path", "target"),
    [
        (BRIEF.rstrip("/"), BRIEF),
        ("/?p=3010", BRIEF),
        ("/?author=3", "/author/lay/"),
        ("/?cat=3", "/category/berita/kota-pontianak/"),
        (f"{BRIEF}amp/", f"{BRIEF}?amp=1"),
        (f"{BRIEF}99/", BRIEF),
        (f"{BRIEF}1/", BRIEF),
        (f"{LONG}99/", LONG),
        ("/tarif-feri-naik/", "/tarif-penyeberangan-naik-seribu-rupiah/"),
        ("/listrik-padam/", BRIEF),
        ("/category/berita/?paged=2", "/category/berita/page/2/"),
    ],
)
def test_an_address_nearly_right_is_redirected(
    newsroom: NewsroomServer, path: str, target: str
) -> None:
    response, _ = ask(newsroom, path)
    assert response.status == 301
    assert response.headers["X-Redirect-By"] == "WordPress"
    assert response.headers["Location"] == newsroom.origin + target


@pytest.mark.parametrize(
    "path",
    ["?utm_source=x", "?amp", "?amp=1", "?share=facebook", "?replytocom=7", "?fbclid=a%20b"],
)
def test_parameters_that_mean_nothing_bring_the_same_page(
    newsroom: NewsroomServer, path: str
) -> None:
    assert ask(newsroom, BRIEF + path)[1] == ask(newsroom, BRIEF)[1]


@pytest.mark.parametrize(
    "path",
    ["/tidak-ada/", "/?p=999999", "/category/berita/page/99/", "/page/99/", "/tidak-ada.jpg"],
)
def test_what_is_not_there_is_the_themed_404(newsroom: NewsroomServer, path: str) -> None:
    response, body = ask(newsroom, path)
    assert response.status == 404
    assert "Ups! Halaman itu tidak dapat ditemukan." in body.decode()


def test_the_live_origin_becomes_the_servers_in_every_spelling(newsroom: NewsroomServer) -> None:
    for path in ("/", BRIEF, "/feed/", "/wp-sitemap.xml", "/robots.txt", "/wp-json/wp/v2/posts"):
        body = ask(newsroom, path)[1].decode()
        assert "//borneonetv.com" not in body
        assert "%2Fborneonetv.com" not in body
        assert newsroom.origin.rpartition("/")[2] in body


def test_nested_and_flat_category_addresses_show_the_same(newsroom: NewsroomServer) -> None:
    nested = ask(newsroom, "/category/berita/kota-pontianak/page/2/")[1]
    assert ask(newsroom, "/category/kota-pontianak/page/2/")[1] == nested


def test_a_feed_is_not_sent_twice(newsroom: NewsroomServer) -> None:
    first, _ = ask(newsroom, "/feed/")
    by_tag, nothing = ask(newsroom, "/feed/", If_None_Match=first.headers["ETag"])
    by_time, _ = ask(newsroom, "/feed", If_Modified_Since=first.headers["Last-Modified"])
    assert (by_tag.status, by_time.status, nothing) == (304, 304, b"")
    assert ask(newsroom, BRIEF)[0].headers["ETag"] is None


def test_feeds_have_pages_and_an_end(newsroom: NewsroomServer) -> None:
    first, second = ask(newsroom, "/feed/")[1], ask(newsroom, "/feed/?paged=2")[1]
    assert b"<item>" in second
    assert second != first
    assert ask(newsroom, "/feed/?paged=999")[0].status == 404


def test_bodies_are_compressed_where_the_caller_takes_it(newsroom: NewsroomServer) -> None:
    response, body = ask(newsroom, BRIEF, Accept_Encoding="gzip, deflate")
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == ask(newsroom, BRIEF)[1]


def test_the_rest_api_pages_filters_and_refuses(newsroom: NewsroomServer) -> None:
    query = "/wp-json/wp/v2/posts?per_page=20&_fields=id,modified&orderby=modified"
    response, body = ask(newsroom, f"{query}&page=2")
    total, pages = (int(response.headers[n]) for n in ("X-WP-Total", "X-WP-TotalPages"))
    items = json.loads(body)
    assert total > 40
    assert pages == -(-total // 20)
    assert [set(item) for item in items] == [{"id", "modified"}] * 20
    assert items == sorted(items, key=lambda item: str(item["modified"]), reverse=True)
    assert 'rel="next"' in response.headers["Link"]
    beyond, body = ask(newsroom, f"{query}&page={pages + 1}")
    assert (beyond.status, json.loads(body)["code"]) == (400, "rest_post_invalid_page_number")
    assert ask(newsroom, "/wp-json/wp/v2/posts?per_page=101")[0].status == 400
    assert ask(newsroom, "/wp-json/wp/v2/unknown")[0].status == 404
    later = ask(newsroom, "/wp-json/wp/v2/posts?modified_after=2023-08-01T00:00:00")[1]
    assert 0 < len(json.loads(later)) < 10


def test_the_rest_api_takes_moments_with_an_offset_to_its_own_zone(
    newsroom: NewsroomServer,
) -> None:
    def found(bound: str) -> list[int]:
        path = f"/wp-json/wp/v2/posts?modified_after={bound}&_fields=id&per_page=100"
        return [item["id"] for item in json.loads(ask(newsroom, path)[1])]

    newest = "/wp-json/wp/v2/posts?orderby=modified&per_page=1"
    (item,) = json.loads(ask(newsroom, newest)[1])
    before = datetime.fromisoformat(item["modified_gmt"]) - timedelta(seconds=1)
    assert found(f"{before.isoformat()}Z") == [item["id"]]
    assert found(f"{item['modified_gmt']}Z") == []
    # A plus sign that nobody escaped is a space, and the moment none.
    path = f"/wp-json/wp/v2/posts?modified_after={item['modified']}+07:00"
    assert ask(newsroom, path)[0].status == 400


def test_the_rest_api_gives_single_posts_by_number_and_by_slug(newsroom: NewsroomServer) -> None:
    for query in ("include=3010", f"slug={BRIEF.strip('/')}"):
        (item,) = json.loads(ask(newsroom, f"/wp-json/wp/v2/posts?{query}")[1])
        assert (item["id"], item["link"]) == (3010, newsroom.origin + BRIEF)
    both = json.loads(ask(newsroom, "/wp-json/wp/v2/posts?include=3010,999999&_fields=id")[1])
    assert both == [{"id": 3010}]


def test_the_newsroom_can_go_down_and_come_back() -> None:
    with NewsroomServer(FIXTURES) as server:
        server.go_down()
        with pytest.raises(ConnectionRefusedError):
            ask(server, BRIEF)
        server.come_back()
        assert ask(server, BRIEF)[0].status == 200


def test_uploads_are_served_in_every_size(newsroom: NewsroomServer) -> None:
    original, body = ask(newsroom, "/wp-content/uploads/2019/10/wagub-apel.jpg")
    assert original.headers["Content-Type"] == "image/jpeg"
    assert body.startswith(b"\xff\xd8")
    assert ask(newsroom, "/wp-content/uploads/2019/10/wagub-apel-300x169.jpg")[1] == body
    assert ask(newsroom, "/wp-content/uploads/2019/10/lain.jpg")[0].status == 404


def test_a_connection_serves_many_requests(newsroom: NewsroomServer) -> None:
    with closing(HTTPConnection(urlsplit(newsroom.origin).netloc, timeout=10)) as connection:
        for method, path in (("GET", "/"), ("HEAD", BRIEF), ("GET", "/x/"), ("GET", "/?p=3010")):
            connection.request(method, path)
            socket = connection.sock
            connection.getresponse().read()
            assert connection.sock is socket
        assert newsroom.requests[-3:] == [("HEAD", BRIEF), ("GET", "/x/"), ("GET", "/?p=3010")]


def test_what_is_switched_off_is_not_there() -> None:
    with NewsroomServer(FIXTURES, disabled={"rest", "sitemap", "feed"}) as server:
        for path in ("/wp-json/", "/wp-sitemap.xml", "/sitemap.xml", "/feed/", "/feed"):
            assert ask(server, path)[0].status == 404
        assert b"Sitemap" not in ask(server, "/robots.txt")[1]
        assert ask(server, BRIEF)[0].headers["Link"] is None
    with pytest.raises(ValueError, match="cannot be switched off: html"):
        NewsroomServer(FIXTURES, disabled={"html"})
