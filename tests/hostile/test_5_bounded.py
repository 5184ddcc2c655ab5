"""Promise 5: no answer takes more of us than is set: memory, bytes and time are bounded."""

from itertools import pairwise

from tests.crawling import Crawl
from tests.hostile import wire
from tests.hostile.conftest import Weigh
from tests.hostile.states import state_of
from tests.small_site import Answer, SmallSite

MOST_MEMORY = 400
"""MB resident."""

MOST_TAKEN = (32 + 8) * 1024 * 1024
"""Bytes of one answer: what is set, and what the system may hold in its buffers."""


def entity_bomb(root: str, origin: str) -> str:
    """Entities that nest until the last of them is some gigabytes."""
    entities = '<!ENTITY e0 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">'
    for before, number in pairwise(range(10)):
        entities += f'<!ENTITY e{number} "{f"&e{before};" * 10}">'
    return (
        f'<?xml version="1.0"?><!DOCTYPE {root} [{entities}]><{root}><url><loc>{origin}/&e9;'
        f"</loc></url></{root}>"
    )


def test_pages_without_measure_take_no_more_than_is_set(
    site: SmallSite, crawl: Crawl, weigh: Weigh
) -> None:
    endless = wire.Endless(b"<p>Warga menanam pohon.</p>" * 2048)
    depth = 100_000
    structured = '{"a":' * depth + "1" + "}" * depth
    links = "".join(f'<a href="/x-{number}/">lihat</a> ' for number in range(50_000))
    site.numbers = list(range(1, 7))
    site.answers = {
        "/berita-1/": endless,
        "/berita-2/": wire.gzipped(wire.bomb(4)),
        "/berita-3/": Answer(site.article(3, site.text(3) + "<div>" * depth)),
        "/berita-4/": Answer(
            site.article(4, extra=f'<script type="application/ld+json">{structured}</script>')
        ),
        "/berita-5/": Answer(site.article(5, f"{site.text(5)}<p>{links}</p>")),
    }
    status, megabytes = weigh()
    assert status == 0
    assert megabytes <= MOST_MEMORY
    assert endless.taken <= MOST_TAKEN
    assert state_of(crawl, 1) == ("failed", "too large")
    assert state_of(crawl, 2) == ("failed", "too large")
    for number in (3, 4, 5, 6):
        assert state_of(crawl, number)[0] == "stored", number
    bodies = crawl.rows("SELECT article_body FROM articles")
    assert all("Warga nomor" in body for (body,) in bodies)


def test_lists_without_measure_take_no_more_than_is_set(
    site: SmallSite, crawl: Crawl, weigh: Weigh
) -> None:
    endless = wire.Endless(b"<url><loc>x</loc></url>" * 2048, content_type="application/xml")
    # Entities are text, not addresses: what is named beside them is found.
    named = f"<url><loc>{site.origin}/berita-3/</loc></url></urlset>"
    bomb = entity_bomb("urlset", site.origin).replace("</urlset>", named)
    packed = wire.bomb(1, f"<urlset>{named}".encode())
    site.answers = {
        "/robots.txt": Answer(
            "User-agent: *\n" + "".join(f"Sitemap: {site.origin}/{n}.xml\n" for n in "abc"),
            content_type="text/plain",
        ),
        "/a.xml": endless,
        "/b.xml": Answer(bomb, content_type="application/xml"),
        "/c.xml": Answer(packed, content_type="application/gzip", length=len(packed)),
        "/feed/": Answer(entity_bomb("rss", site.origin), content_type="application/rss+xml"),
    }
    status, megabytes = weigh()
    assert status == 0
    assert megabytes <= MOST_MEMORY
    assert endless.taken <= MOST_TAKEN
    assert crawl.one("SELECT count(*) FROM articles") == 3
    sources = dict(crawl.rows("SELECT url, reason FROM urls WHERE kind = 'source'"))
    assert sources[f"{site.origin}/a.xml"] == "too large"
    # Of what inflates without end so much is read as of any other list.
    assert sources[f"{site.origin}/c.xml"] is None
    assert crawl.one("SELECT count(*) FROM shown WHERE source = 'sitemap'") == 1


def test_answers_that_take_for_ever_are_given_up_and_closed(site: SmallSite, crawl: Crawl) -> None:
    never = wire.Silence()
    never_goes_on = wire.Silence(wire.head(Content_Length=5000) + site.article(2)[:300].encode())
    dripping = wire.drip(wire.head(Content_Length=5000) + site.article(3).encode(), 0.05)
    site.numbers = [1, 2, 3, 4]
    site.answers = {
        "/berita-1/": never,
        "/berita-2/": never_goes_on,
        "/berita-3/": dripping,
    }
    assert crawl.run(DOWNLOAD_TIMEOUT=1, RETRY_DELAYS="0.1") == 0
    assert crawl.one("SELECT count(*) FROM articles") == 1
    for number in (1, 2, 3):
        state, reason = state_of(crawl, number)
        assert state == "failed"
        assert "Timeout" in reason
        assert site.paths().count(f"/berita-{number}/") == 2
    # A connection that is only forgotten would stay open until the process ends, and longer here.
    assert never.held == never_goes_on.held == 2
    assert never.closed_after < 1.5
    assert never_goes_on.closed_after < 1.5
