"""The feed: its posts, its older pages, and what is none."""

from urllib.parse import urlsplit

import pytest

from borneone_crawler.discovery.feeds import MOST_PAGES, is_feed, next_page, read_feed
from tests.crawling import ROOT

SITE = "https://borneonetv.com"


def test_the_newsroom_s_feed_lists_its_ten_newest_posts() -> None:
    links = read_feed((ROOT / "fixtures" / "newsroom" / "feed" / "1.xml").read_bytes())
    assert links is not None
    assert len(links) == 10
    assert all(link.is_entry and link.url.startswith(SITE) for link in links)
    assert all(link.post_id and link.published for link in links)
    assert [link.published for link in links] == sorted(
        (link.published or "" for link in links), reverse=True
    )


def test_older_pages_follow_up_to_a_bound() -> None:
    url: str | None = f"{SITE}/feed/"
    asked = []
    while url is not None:
        assert is_feed(urlsplit(url))
        asked.append(url)
        url = next_page(url)
    assert asked[:3] == [f"{SITE}/feed/", f"{SITE}/feed/?paged=2", f"{SITE}/feed/?paged=3"]
    assert len(asked) == MOST_PAGES


def test_an_item_without_number_or_date_is_kept_and_one_without_address_is_not() -> None:
    links = read_feed(
        b"<rss><channel><item><link> https://borneonetv.com/banjir/ </link><guid>x</guid>"
        b"<pubDate>kemarin</pubDate></item><item><title>Kabut</title></item></channel></rss>"
    )
    assert links is not None
    (link,) = links
    assert (link.url, link.post_id, link.published) == (f"{SITE}/banjir/", None, None)


def test_entities_are_not_written_out() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = (
        f'<!DOCTYPE rss [<!ENTITY e0 "a">{levels}]><rss><channel><item><link>&e11;</link></item>'
    )
    assert read_feed(f"{bomb}</channel></rss>".encode()) == []


@pytest.mark.parametrize(
    "body", [b"", b"<html><body>404</body></html>", b"\x00", b"<feed><entry/></feed>", b"{}"]
)
def test_what_is_no_feed_is_told(body: bytes) -> None:
    assert read_feed(body) is None
